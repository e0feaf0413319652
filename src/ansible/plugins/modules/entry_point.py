#!/usr/bin/python
# Copyright: HxOps contributors
# MIT licence

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: entry_point
short_description: Makes a gateway's unit run an earlier entry point
description:
  - Writes a drop-in, restarts the unit and proves by its state, its process and its health that the entry point runs. When it does
    not, the one before is back and the task fails.
options:
  source:
    description: Id of an entry point, as C(hxops entrypoint list) shows it. Default is the newest that differs from the live one.
    type: str
  config:
    description: Configuration file given to the program in place of the recorded one.
    type: path
  health_path:
    description: Where its health is asked. Default is as the deployment file says for this kind of program.
    type: str
  key_variable:
    description: Environment variable with the key that its health is asked with. Its value belongs into I(secrets).
    type: str
  expect:
    description: Status code that its health must answer with.
    type: int
  budget:
    description: How long it may take to be proven healthy, such as C(90s).
    type: str
  rehearse:
    description: Carries it out in a sandbox first, and for real only when that proves it.
    type: bool
    default: false
extends_documentation_fragment: hx.ops.hxops
author: HxOps contributors
"""

EXAMPLES = r"""
- name: The unit runs what the checkpoint recorded
  hx.ops.entry_point:
    source: gw-checkpoint-20250818T175013Z
    budget: 90s
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


def main():
    module = HxModule(
        dict(
            source=dict(type="str"),
            config=dict(type="path"),
            health_path=dict(type="str"),
            key_variable=dict(type="str", no_log=False),
            expect=dict(type="int"),
            budget=dict(type="str"),
            rehearse=dict(type="bool", default=False),
        )
    )
    params = module.params
    words = ["entrypoint", "set"] + ([params["source"]] if params["source"] else [])
    for name in ("config", "health_path", "key_variable", "expect", "budget"):
        words += option("--" + name.replace("_", "-"), params[name])

    plan = module.call(*(words + ["--what-if"]))
    result = dict(changed=not plan["isAlreadyThere"])
    if result["changed"]:
        result["diff"] = dict(before_header=plan["dropIn"], after_header=plan["dropIn"], before="", after=plan["shown"])
    if module.check_mode:
        module.exit_json(plan=plan, **result)

    done = module.call(*(words + option("--rehearse", params["rehearse"]) + ["--yes"]), accept=(0, 4, 20, 21))
    code = done.get("exitCode", 1)
    if code != 0:
        # After a change that was taken back the host is as it was; an unproven one was restarted, or it stayed as it is.
        module.fail(code, done, changed=code == 21 or (code == 4 and done.get("wasRestarted", False)))
    module.exit_json(**dict(result, changed=done["outcome"] == "Set", result=done))


if __name__ == "__main__":
    main()
