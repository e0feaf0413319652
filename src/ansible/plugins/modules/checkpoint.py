#!/usr/bin/python
# Copyright: HxOps contributors
# MIT licence

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: checkpoint
short_description: Takes, proves, marks and removes checkpoints of a gateway
description:
  - With C(state=present) the state of the host is in a checkpoint afterwards. When the newest checkpoint has it already, none is taken.
  - With C(state=verified) a checkpoint is proven, and nothing changes.
  - With C(state=absent) checkpoints that no rule keeps are removed, or the named one.
options:
  state:
    description: What shall be.
    type: str
    choices: [present, verified, absent]
    default: present
  id:
    description: A checkpoint by id, file name or path. Default is the newest. With C(state=present) none is taken, and the named one is marked.
    type: str
  note:
    description: A note kept with the checkpoint that is taken.
    type: str
  force:
    description: Takes a checkpoint even when the newest one has the state of the host.
    type: bool
    default: false
  pinned:
    description: Whether the checkpoint is kept by every pruning.
    type: bool
  known_good:
    description: Whether the checkpoint is declared good, which keeps it as well.
    type: bool
  drill:
    description: Also extracts the checkpoint to a scratch folder and validates the configuration in it.
    type: bool
    default: false
  keep:
    description: With C(state=absent), how many checkpoints of each kind stay. Default is what the deployment says.
    type: int
extends_documentation_fragment: hx.ops.hxops
author: HxOps contributors
"""

EXAMPLES = r"""
- name: The present state is in a checkpoint
  hx.ops.checkpoint:
    note: before the LiteLLM update

- name: The newest checkpoint is proven
  hx.ops.checkpoint:
    state: verified
    drill: true

- name: Five checkpoints of each kind stay
  hx.ops.checkpoint:
    state: absent
    keep: 5
"""

RETURN = r"""
checkpoint:
  description: The checkpoint that has the state, as C(hxops) shows it. Absent in check mode when one would be taken.
  returned: state is present
  type: dict
  sample: {id: gw-checkpoint-20250818T175013Z, note: before the LiteLLM update, files: 21}
plan:
  description: What would be in it.
  returned: in check mode, when one would be taken
  type: dict
verification:
  description: What was proven.
  returned: state is verified
  type: dict
removed:
  description: Ids of the checkpoints that were, or in check mode would be, removed.
  returned: state is absent
  type: list
  elements: str
"""

from ansible_collections.hx.ops.plugins.module_utils.hxops import HxModule, diff_to_live, option


def compared(module):
    """How the host differs from its newest checkpoint; None when there is none, or none that is whole."""
    comparison = module.call("checkpoint", "compare", accept=(0, 3, 4))
    error = comparison.get("error")
    if error is None:
        return comparison
    if error["exitCode"] == 4 or error["id"] == "CheckpointNotFound":
        return None
    module.fail(error["exitCode"], comparison)


def present(module):
    if module.params["id"]:
        # What is named is there already, or it is an error; another one must not be marked in its place.
        return mark(module, dict(changed=False, checkpoint=module.call("checkpoint", "show", module.params["id"])["checkpoint"]))
    comparison = compared(module)
    if comparison is None or comparison["differences"] or module.params["force"]:
        return taken(module, comparison)
    return mark(module, dict(changed=False, checkpoint=module.call("checkpoint", "show", comparison["id"])["checkpoint"]))


def taken(module, comparison):
    result = dict(changed=True)
    if comparison:
        result["diff"] = diff_to_live(comparison)
    note = option("--note", module.params["note"])
    if module.check_mode:
        return dict(result, plan=module.call("checkpoint", "new", "--what-if", *note))
    return mark(module, dict(result, checkpoint=module.call("checkpoint", "new", *note)))


def mark(module, result):
    words = []
    for name, key, yes, no in (
        ("pinned", "isPinned", "--pin", "--unpin"),
        ("known_good", "isKnownGood", "--known-good", "--not-known-good"),
    ):
        wanted = module.params[name]
        if wanted is not None and wanted != result["checkpoint"][key]:
            words.append(yes if wanted else no)
    if words:
        result["changed"] = True
        if not module.check_mode:
            result["checkpoint"] = module.call("checkpoint", "set", result["checkpoint"]["id"], *words)
    return result


def verified(module):
    names = [module.params["id"]] if module.params["id"] else []
    verification = module.call("checkpoint", "test", *(names + option("--drill", module.params["drill"])), accept=(0, 4))
    if not verification.get("passed", False):
        findings = "; ".join(each["message"] for each in verification.get("findings", []))
        if "error" not in verification:
            verification["error"] = dict(id="CheckpointNotProven", message="The checkpoint did not pass: %s" % findings, remedy="Take a new checkpoint, or choose another one.", target=verification["id"])
        module.fail(4, verification)
    return dict(changed=False, verification=verification)


def absent(module):
    words = [module.params["id"]] if module.params["id"] else option("--keep", module.params["keep"])
    decisions = module.call("checkpoint", "remove", "--what-if" if module.check_mode else "--yes", *words)
    removed = [each["id"] for each in decisions if not each["keep"]]
    return dict(changed=bool(removed), removed=removed)


def main():
    module = HxModule(
        dict(
            state=dict(type="str", choices=["present", "verified", "absent"], default="present"),
            id=dict(type="str"),
            note=dict(type="str"),
            force=dict(type="bool", default=False),
            pinned=dict(type="bool"),
            known_good=dict(type="bool"),
            drill=dict(type="bool", default=False),
            keep=dict(type="int"),
        ),
        mutually_exclusive=[("id", "keep")],
    )
    module.exit_json(**dict(present=present, verified=verified, absent=absent)[module.params["state"]](module))


if __name__ == "__main__":
    main()
