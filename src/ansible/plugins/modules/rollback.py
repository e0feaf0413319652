#!/usr/bin/python
# Copyright: HxOps contributors
# MIT licence

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: rollback
short_description: Carries out a rollback plan, or resumes one
description:
  - Runs the steps of a plan in their times, each observed; when a critical step fails, what was done is taken back as the plan says.
  - Unlike the other modules this one is an act and not a state. A run that was carried out is a change. I(unless_since) keeps a playbook
    that runs twice from rolling back twice.
options:
  state:
    description: C(done) carries the plan out; C(resumed) goes on with an interrupted run, if there is one.
    type: str
    choices: [done, resumed]
    default: done
  plan:
    description: The plan's file, or the name of one that ships. Required with C(state=done).
    type: str
  scenario:
    description: One of the plan's scenarios. Default is the first.
    type: str
  values:
    description: Values that the plan leaves open.
    type: dict
    default: {}
  unless_since:
    description:
      - A time in UTC such as C(2025-08-18T17:50:00Z). When the same scenario succeeded at that time or later, nothing is done.
    type: str
  run:
    description: With C(state=resumed), the run. Default is the newest interrupted one.
    type: str
  in_doubt:
    description: With C(state=resumed), what to do with a step of which nothing tells whether it has happened.
    type: str
    choices: [ask, repeat, skip]
    default: ask
extends_documentation_fragment: hx.ops.hxops
author: HxOps contributors
"""

EXAMPLES = r"""
- name: The emergency scenario is carried out, once for this incident
  hx.ops.rollback:
    plan: llm-hub
    scenario: emergency
    unless_since: "2025-08-18T17:50:00Z"
"""

RETURN = r"""
result:
  description: What the run did, as C(hxops) tells it.
  returned: not in check mode, when something was done
  type: dict
plan:
  description: What would be done, line by line.
  returned: in check mode, when something would be done
  type: list
  elements: str
"""

from ansible_collections.hx.ops.plugins.module_utils.hxops import HxModule, option


def words_of(module):
    params = module.params
    if params["state"] == "resumed":
        return ["rollback", "resume"] + ([params["run"]] if params["run"] else []) + ["--in-doubt", params["in_doubt"]]

    words = ["rollback", "run", params["plan"]] + option("--scenario", params["scenario"])
    for name, value in sorted(params["values"].items()):
        words += ["--set", "%s=%s" % (name, value)]
    return words


def is_done(module):
    """Whether there is nothing to do."""
    params = module.params
    if params["state"] == "resumed":
        return not any(each["state"] == "Interrupted" for each in module.call("rollback", "list"))
    if params["unless_since"] is None:
        return False
    # A run remembers the name of its plan, which may have been given as a file.
    name = module.call("plan", "show", params["plan"])["id"]
    return any(
        each["plan"] == name
        and params["scenario"] in (None, each["scenario"])
        and each["state"] == "Succeeded"
        and each["startedUtc"] >= params["unless_since"]
        for each in module.call("rollback", "list")
    )


def main():
    module = HxModule(
        dict(
            state=dict(type="str", choices=["done", "resumed"], default="done"),
            plan=dict(type="str"),
            scenario=dict(type="str"),
            values=dict(type="dict", default={}),
            unless_since=dict(type="str"),
            run=dict(type="str"),
            in_doubt=dict(type="str", choices=["ask", "repeat", "skip"], default="ask"),
        ),
        required_if=[("state", "done", ["plan"])],
    )
    if is_done(module):
        module.exit_json(changed=False)

    words = words_of(module)
    if module.check_mode:
        plan = module.call(*(words + ["--what-if"]))
        module.exit_json(changed=True, plan=plan, diff=dict(prepared="".join(line + "\n" for line in plan)))

    result = module.call(*(words + ["--yes"]), accept=(0, 1, 4, 20, 21, 130))
    code = result.get("exitCode", result["error"]["exitCode"] if result.get("error") else 1)
    if code != 0:
        # Taken back is as before; anything else left something.
        module.fail(code, result, changed=code in (1, 4, 21))
    module.exit_json(changed=True, result=result)


if __name__ == "__main__":
    main()
