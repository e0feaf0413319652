#!/usr/bin/python
# Copyright: HxOps contributors
# MIT licence

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: restore
short_description: Restores a checkpoint of a gateway; undoes, confirms or mends a restore
description:
  - A restore is one transaction that is verified first, staged, journaled, tested by the gate, and taken back when the gate fails.
  - When the host is as the checkpoint says already and its units run, nothing changes.
options:
  state:
    description:
      - C(restored) brings a checkpoint back.
      - C(undone) brings back the state before a restore.
      - C(repaired) ends what an interrupted restore left.
      - C(confirmed) keeps a restore that was made with I(confirm_within).
    type: str
    choices: [restored, undone, repaired, confirmed]
    default: restored
  checkpoint:
    description: The checkpoint by id, file name or path. Default is the newest.
    type: str
  id:
    description: With C(state=undone), the restore to undo, by default the newest; with C(state=confirmed), the one to confirm, by default the one that awaits it.
    type: str
  confirm_within:
    description:
      - With C(state=restored), undoes the restore by itself unless it is confirmed within this time, such as C(5m).
      - A later task with C(state=confirmed) tells that the host can still be reached.
    type: str
  components:
    description: The only components to restore.
    type: list
    elements: str
    default: []
  mirror:
    description: Also removes managed paths that the checkpoint does not have.
    type: bool
    default: false
  services:
    description: Whether units are stopped before and started after.
    type: bool
    default: true
  gate:
    description: Whether the gateway is tested afterwards.
    type: bool
    default: true
  rollback:
    description: Whether the restore is taken back when the gate fails.
    type: bool
    default: true
  map_owner:
    description: Owners of the checkpoint and the owners of this host to use instead; the key C(*) stands for all others.
    type: dict
    default: {}
extends_documentation_fragment: hx.ops.hxops
author: HxOps contributors
"""

EXAMPLES = r"""
- name: The newest checkpoint is back
  hx.ops.restore:

- name: What a restore would change
  hx.ops.restore:
    checkpoint: gw-checkpoint-20250818T175013Z
  check_mode: true
  diff: true

- name: The newest checkpoint is back, if the host can still be reached after that
  hx.ops.restore:
    confirm_within: 5m
  register: restored

- name: It can
  hx.ops.restore:
    state: confirmed
  when: restored is changed

- name: The state before the last restore is back
  hx.ops.restore:
    state: undone
"""

RETURN = r"""
result:
  description: What the restore did, as C(hxops) tells it.
  returned: not in check mode
  type: dict
  sample: {id: restore-20250818T180000Z, outcome: Restored, changed: 3, safetyCheckpoint: pre-restore-20250818T180000Z}
plan:
  description: What it would do.
  returned: in check mode
  type: dict
repaired:
  description: The restores that were, or would be, brought to an end.
  returned: state is repaired
  type: list
  elements: dict
"""

from ansible_collections.hx.ops.plugins.module_utils.hxops import HxModule, diff_of_plan, option


def words_of(module):
    params = module.params
    words = []
    if params["state"] == "undone":
        words += ["restore", "undo"] + ([params["id"]] if params["id"] else [])
    else:
        words += ["checkpoint", "restore"] + ([params["checkpoint"]] if params["checkpoint"] else [])
        words += option("--mirror", params["mirror"])
        words += option("--confirm-within", params["confirm_within"])
        for component in params["components"]:
            words += ["--component", component]
        for old, new in sorted(params["map_owner"].items()):
            words += ["--map-owner", "%s=%s" % (old, new)]
    for name in ("services", "gate", "rollback"):
        words += option("--no-" + name, not params[name])
    return words


def carried_out(module):
    words = words_of(module)
    plan = module.call(*(words + ["--what-if"]))
    result = dict(changed=not plan["isIdle"], plan=plan)
    if plan["changes"] and module._diff:
        # An archive that lies elsewhere is known by its path only.
        result["diff"] = diff_of_plan(plan, module.call("checkpoint", "compare", plan["checkpoint"]["path"]))
    if module.check_mode:
        return result

    del result["plan"]
    if plan["isIdle"]:
        # Not even the lock is taken for what is there already.
        result["result"] = dict(id="", checkpoint=plan["checkpoint"]["id"], outcome="AlreadyThere", changed=0, exitCode=0)
        return result

    result["result"] = module.call(*(words + ["--yes"]), accept=(0, 4, 20, 21))
    code = result["result"].get("exitCode", 1)
    if code != 0:
        # After a restore that was taken back the host is as it was.
        module.fail(code, result["result"], changed=code != 20)
    return result


def repaired(module):
    done = module.call("restore", "repair", "--what-if" if module.check_mode else "--yes")
    return dict(changed=bool(done), repaired=done)


def confirmed(module):
    words = ["restore", "confirm"] + ([module.params["id"]] if module.params["id"] else [])
    restore = module.call(*(words + ["--what-if"]))
    changed = restore["confirmation"] != "Confirmed"
    if changed and not module.check_mode:
        restore = module.call(*words)
    return dict(changed=changed, result=restore)


def main():
    module = HxModule(
        dict(
            state=dict(type="str", choices=["restored", "undone", "repaired", "confirmed"], default="restored"),
            checkpoint=dict(type="str"),
            id=dict(type="str"),
            confirm_within=dict(type="str"),
            components=dict(type="list", elements="str", default=[]),
            mirror=dict(type="bool", default=False),
            services=dict(type="bool", default=True),
            gate=dict(type="bool", default=True),
            rollback=dict(type="bool", default=True),
            map_owner=dict(type="dict", default={}),
        ),
        mutually_exclusive=[("checkpoint", "id")],
    )
    work = dict(repaired=repaired, confirmed=confirmed).get(module.params["state"], carried_out)
    module.exit_json(**work(module))


if __name__ == "__main__":
    main()
