"""docs/deploy.md as an operator follows it: its lines typed on a machine, one after the other."""

from __future__ import annotations

import contextlib
import re
import shlex

from .compose import Machine
from .portal_copy import ROOT

_GUIDE = ROOT / "docs" / "deploy.md"


def commands(heading: str) -> list[str]:
    """The lines that docs/deploy.md tells an operator to type under a heading."""
    guide = _GUIDE.read_text(encoding="utf-8")
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", guide, re.MULTILINE | re.DOTALL)[1]
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", section, flags=re.MULTILINE | re.DOTALL)
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def follow(machine: Machine, heading: str) -> str:
    """Type those lines on a machine whose checkout is this one; returns what they print."""
    said = []
    for line in commands(heading):
        words = shlex.split(line)
        if words[0] == "docker":
            assert words[1] == "compose"
            said.append(_compose(machine, words[2:]))
        else:
            # Getting the release itself.
            assert words[0] == "git", line
    return "\n".join(said)


def _compose(machine: Machine, words: list[str]) -> str:
    with contextlib.ExitStack() as files:
        given = taken = None
        if words[-2:-1] in (["<"], [">"]):
            path = machine.folder.parent / words.pop()
            if words.pop() == "<":
                given = files.enter_context(path.open("rb"))
            else:
                taken = files.enter_context(path.open("wb"))
        return machine.compose(words, given, taken)
