#!/usr/bin/python
# Copyright: HxOps contributors
# MIT licence

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: service
short_description: Starts, stops, installs and removes a gateway's service
description:
  - Each is seen to be done; a start also by the health of the service.
  - Installing and removing put the service that the deployment file describes on the host, or take it off, as one transaction.
options:
  state:
    description: What shall be. C(restarted) always changes the host.
    type: str
    choices: [started, stopped, restarted, installed, uninstalled]
    required: true
  unit:
    description: The unit to start, stop or restart. Default is the service that the deployment file describes.
    type: str
  health:
    description: Whether the service is asked for its health after it was started.
    type: bool
    default: true
  timeout:
    description: The longest wait for a start or stop, such as C(90s).
    type: str
  at_boot:
    description: With C(state=installed), whether it is started at boot.
    type: bool
    default: true
  start:
    description: With C(state=installed), whether it is started afterwards, or restarted when its unit file changed.
    type: bool
    default: false
  purge:
    description: With C(state=uninstalled), whether its drop-ins and its environment file go too.
    type: bool
    default: false
extends_documentation_fragment: hx.ops.hxops
author: HxOps contributors
"""

EXAMPLES = r"""
- name: The wrapper is installed and runs
  hx.ops.service:
    state: installed
    start: true

- name: LiteLLM runs and is healthy
  hx.ops.service:
    state: started
    unit: hx-litellm-gateway
"""

RETURN = r"""
result:
  description: What was done, as C(hxops) tells it.
  returned: not in check mode
  type: dict
plan:
  description: What would be done.
  returned: in check mode
  type: dict
"""

from ansible_collections.hx.ops.plugins.module_utils.hxops import HxModule, option

VERBS = dict(started="start", stopped="stop", restarted="restart")


def activity(module, unit):
    """Whether a unit runs, in the word of hxops; empty when it cannot be told."""
    status = module.call("service", "status", unit, accept=(0, 3, 4))
    return status[0]["activity"] if isinstance(status, list) and status else ""


def operated(module):
    params = module.params
    words = ["service", VERBS[params["state"]]] + ([params["unit"]] if params["unit"] else []) + option("--timeout", params["timeout"])
    if module.check_mode:
        plan = module.call(*(words + ["--what-if"]))
        there = dict(started="Active", stopped="Inactive").get(params["state"])
        return dict(changed=activity(module, plan["id"]) != there, plan=plan)

    if params["state"] != "stopped":
        words += option("--no-health", not params["health"])
    result = module.call(*words)
    return dict(changed=result["outcome"] != "AlreadyThere", result=result)


def placed(module):
    params = module.params
    if params["state"] == "installed":
        words = ["service", "install"] + option("--not-at-boot", not params["at_boot"]) + option("--start", params["start"])
    else:
        words = ["service", "uninstall"] + option("--purge", params["purge"])

    plan = module.call(*(words + ["--what-if"]))
    result = dict(changed=not plan["isAlreadyThere"])
    if result["changed"]:
        lines = plan["diff"] or ["+" + line for line in plan["unitFile"].splitlines()]
        result["diff"] = dict(prepared="".join(line + "\n" for line in plan["steps"] + lines))
    if module.check_mode:
        return dict(result, changed=result["changed"] or (params["start"] and activity(module, plan["id"]) != "Active"), plan=plan)
    if plan["isAlreadyThere"] and not params["start"]:
        return dict(result, result=dict(id=plan["id"], outcome="AlreadyThere"))

    done = module.call(*(words + ["--yes"]))
    started = (done.get("start") or {}).get("outcome", "AlreadyThere") != "AlreadyThere"
    return dict(result, changed=done["outcome"] != "AlreadyThere" or started, result=done)


def main():
    module = HxModule(
        dict(
            state=dict(type="str", choices=["started", "stopped", "restarted", "installed", "uninstalled"], required=True),
            unit=dict(type="str"),
            health=dict(type="bool", default=True),
            timeout=dict(type="str"),
            at_boot=dict(type="bool", default=True),
            start=dict(type="bool", default=False),
            purge=dict(type="bool", default=False),
        )
    )
    module.exit_json(**(operated if module.params["state"] in VERBS else placed)(module))


if __name__ == "__main__":
    main()
