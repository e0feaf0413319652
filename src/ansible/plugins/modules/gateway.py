#!/usr/bin/python
# Copyright: HxOps contributors
# MIT licence

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: gateway
short_description: Tests a gateway and comes to one verdict
description:
  - Asks every probe of the deployment. The task fails unless the verdict is Healthy. Nothing is changed.
options:
  wait:
    description: Seconds to go on asking until the gateway is healthy.
    type: int
    default: 0
  profile:
    description: C(free) leaves out every probe that makes a model work.
    type: str
    choices: [full, free]
    default: full
  probes:
    description: The only probes to ask.
    type: list
    elements: str
    default: []
  fail:
    description: Whether a gateway that is not healthy fails the task.
    type: bool
    default: true
extends_documentation_fragment: hx.ops.hxops
author: HxOps contributors
"""

EXAMPLES = r"""
- name: The gateway is healthy within half a minute
  hx.ops.gateway:
    wait: 30
    secrets:
      MASTER_KEY: "{{ vault_master_key }}"
"""

RETURN = r"""
verdict:
  description: Healthy, Unhealthy or Inconclusive.
  returned: always
  type: str
report:
  description: What every probe found.
  returned: always
  type: dict
"""

from ansible_collections.hx.ops.plugins.module_utils.hxops import HxModule, option


def blamed(report):
    """The first required probe that is not healthy."""
    found = [each for each in report["probes"] if each["importance"] == "Required" and each["verdict"] != "Healthy"]
    return found[0] if found else dict(id="", finding="there was no required probe to judge by", remedy="")


def main():
    module = HxModule(
        dict(
            wait=dict(type="int", default=0),
            profile=dict(type="str", choices=["full", "free"], default="full"),
            probes=dict(type="list", elements="str", default=[]),
            fail=dict(type="bool", default=True),
        )
    )
    words = ["gateway", "test", "--wait", str(module.params["wait"])] + option("--profile", module.params["profile"])
    for probe in module.params["probes"]:
        words += ["--probe", probe]

    report = module.call(*words, accept=(0, 4))
    if "error" in report:
        module.fail(4, report)
    if report["verdict"] != "Healthy" and module.params["fail"]:
        probe = blamed(report)
        module.fail_json(
            msg="The gateway is %s: %s: %s" % (report["verdict"].lower(), probe["id"], probe["finding"]),
            id="Gateway" + report["verdict"],
            target=probe["id"],
            remedy=probe["remedy"],
            exit_code=4,
            verdict=report["verdict"],
            report=report,
        )
    module.exit_json(changed=False, verdict=report["verdict"], report=report)


if __name__ == "__main__":
    main()
