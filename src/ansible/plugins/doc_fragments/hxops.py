# Copyright: HxOps contributors
# MIT licence


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  deployment:
    description:
      - The deployment file on the host, or the name of one that ships with C(hxops).
      - Without it C(hxops) takes C($HXOPS_DEPLOYMENT), C(/etc/hxops/deployment.yaml), or the HX API gateway.
    type: str
  root:
    description: A folder of the host put before every absolute path that the deployment names, for staging and practice.
    type: path
  executable:
    description: The C(hxops) of the host, by name or path.
    type: str
    default: hxops
  secrets:
    description:
      - Environment variables with secrets that the deployment names, such as C(MASTER_KEY).
      - Unlike the keyword C(environment) of a task, they are on no command line and in no output, however verbose.
    type: dict
notes:
  - C(hxops) must be installed on the host.
  - A failure carries C(id), C(remedy), C(target) and C(exit_code) as C(hxops) gives them.
"""
