# Copyright: HxOps contributors
# MIT licence
"""Calls hxops and gives its one JSON document; whatever goes wrong ends the module with its id, remedy and exit code."""

from __future__ import absolute_import, division, print_function

__metaclass__ = type

import json
import re

from ansible.module_utils.basic import AnsibleModule

COMMON = dict(
    deployment=dict(type="str"),
    root=dict(type="path"),
    executable=dict(type="str", default="hxops"),
    secrets=dict(type="dict", no_log=True),
)

_HUNK = re.compile(r"^@@ -(\S+) \+(\S+) @@(.*)$")


class HxModule(AnsibleModule):
    """A module whose work hxops does."""

    def __init__(self, options, **rules):
        super(HxModule, self).__init__(argument_spec=dict(COMMON, **options), supports_check_mode=True, **rules)

    def call(self, *words, **how):
        """The document of one call. Exit codes in `accept` are results; any other ends the module."""
        program = self.get_bin_path(self.params["executable"])
        if program is None:
            self.fail_json(
                msg="There is no %s on the host." % self.params["executable"],
                id="ProgramMissing",
                target=self.params["executable"],
                remedy="Install HxOps on the host, or name its hxops with the option executable.",
                exit_code=3,
            )

        command = [program, "--json"]
        for name in ("deployment", "root"):
            if self.params[name]:
                command += ["--" + name, self.params[name]]

        # A child of its own environment: a secret is never part of a command line.
        secrets = dict((name, str(value)) for name, value in (self.params["secrets"] or {}).items())
        code, output, errors = self.run_command(command + list(words), environ_update=secrets)
        document = self._read(code, output, errors)
        if code not in how.get("accept", (0,)):
            self.fail(code, document)
        return document

    def fail(self, code, document, **more):
        """Ends the module with the failure that a document tells of."""
        error = (document.get("error") if isinstance(document, dict) else None) or {}
        self.fail_json(
            msg=error.get("message") or "hxops ended with %d." % code,
            id=error.get("id", "Unexpected"),
            target=error.get("target", ""),
            remedy=error.get("remedy", ""),
            exit_code=code,
            **dict({"result": document if "error" not in document or len(document) > 1 else {}}, **more)
        )

    def _read(self, code, output, errors):
        try:
            return json.loads(output)
        except ValueError:
            self.fail_json(
                msg="hxops did not answer with a JSON document.",
                id="AnswerUnreadable",
                target=self.params["executable"],
                remedy="Run the same hxops on the host by hand; see whether it starts and which version it is.",
                exit_code=code,
                stdout=output[-2000:],
                stderr=errors[-2000:],
            )


def option(name, value):
    """The words of an option that may be absent."""
    if value is None or value is False:
        return []
    return [name] if value is True else [name, str(value)]


def diff_to_live(comparison):
    """What has changed since a checkpoint, as Ansible shows it. hxops has redacted it."""
    return dict(prepared="".join(_block(each["kind"], each["id"], each["detail"], each["diff"]) for each in comparison["differences"]))


def diff_of_plan(plan, comparison):
    """What a restore would do: its changes, each with the difference read from the host to the checkpoint."""
    lines = dict((each["id"], each["diff"]) for each in comparison["differences"])
    return dict(
        prepared="".join(_block(each["kind"], each["hostPath"], each["detail"], _reversed(lines.get(each["hostPath"], []))) for each in plan["changes"])
    )


def _block(kind, path, detail, lines):
    head = "%s %s%s" % (kind.lower(), path, " (%s)" % detail if detail else "")
    return "".join(line + "\n" for line in [head] + list(lines))


def _reversed(lines):
    """A unified diff read backwards. In each run of changes the lines that go come first."""
    gone, come = [], []
    for line in lines:
        if line[:1] == "+":
            gone.append("-" + line[1:])
            continue
        if line[:1] == "-":
            come.append("+" + line[1:])
            continue
        for each in gone + come:
            yield each
        gone, come = [], []
        hunk = _HUNK.match(line)
        yield "@@ -%s +%s @@%s" % (hunk.group(2), hunk.group(1), hunk.group(3)) if hunk else line
    for each in gone + come:
        yield each
