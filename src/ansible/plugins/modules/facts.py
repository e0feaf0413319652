#!/usr/bin/python
# Copyright: HxOps contributors
# MIT licence

from __future__ import absolute_import, division, print_function

__metaclass__ = type

DOCUMENTATION = r"""
module: facts
short_description: Tells what HxOps knows of a host
description:
  - Gathers the deployment, its checkpoints and its restores as C(ansible_facts.hxops). Nothing is changed and no probe is asked.
extends_documentation_fragment: hx.ops.hxops
author: HxOps contributors
"""

EXAMPLES = r"""
- name: What there is
  hx.ops.facts:

- name: The newest checkpoint
  ansible.builtin.debug:
    var: ansible_facts.hxops.checkpoints[0].id
"""

RETURN = r"""
ansible_facts:
  description: Under C(hxops) the deployment as it is named, and lists of checkpoints and restores, newest first.
  returned: always
  type: dict
  sample: {hxops: {deployment: {id: hx-api-gateway}, checkpoints: [], restores: []}}
"""

from ansible_collections.hx.ops.plugins.module_utils.hxops import HxModule


def main():
    module = HxModule(dict())
    facts = dict(
        deployment=module.call("deployment", "show"),
        checkpoints=module.call("checkpoint", "list"),
        restores=module.call("restore", "list"),
    )
    module.exit_json(changed=False, ansible_facts=dict(hxops=facts))


if __name__ == "__main__":
    main()
