"""What the launcher says: numbered steps, and problems as sentences that name the remedy."""

from __future__ import annotations

import os
import sys


class Problem(Exception):
    """Something the person at the keyboard can mend; its text says what and how."""


def _styled(text: str, code: str) -> str:
    """Colour is for terminals only; NO_COLOR (https://no-color.org) switches it off."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\033[{code}m{text}\033[0m"


def say(text: str = "") -> None:
    """One line, at once, also into a pipe; in one piece, since several threads speak."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def heading(text: str) -> None:
    """A line that opens a part of the output."""
    say(_styled(text, "1"))


def complain(problem: Problem) -> None:
    """The problem, on standard error, so that a log of standard output stays clean."""
    print(_styled(f"\n{problem}", "31"), file=sys.stderr, flush=True)


class Steps:
    """Progress as ``[3/8] what happens now``."""

    def __init__(self, total: int, done: int = 0) -> None:
        self.total, self.done = total, done

    def begin(self, text: str) -> None:
        """Announce the next step."""
        self.done += 1
        say(f"{_styled(f'[{self.done}/{self.total}]', '36')} {text}")
