"""The commands of the Makefile."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable

from . import checking, locking, serve
from .children import call
from .console import Problem
from .environment import ROOT, ensure


def bench() -> int:
    """Measure in a portal that is thrown away; ARGS go to ``manage.py bench``."""
    environment = ensure("requirements.txt")
    argv = environment.manage("bench", *os.environ.get("ARGS", "").split())
    with tempfile.TemporaryDirectory(prefix="learning-gate-bench-") as folder:
        variables = {"DATA_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
        return call(argv, dict(os.environ) | variables | {"PYTHONUNBUFFERED": "1"})


def format_code() -> int:
    """Rewrite Python and templates as the linters want them."""
    environment = ensure("requirements.txt", "requirements-dev.txt")
    status = call([environment.tool("ruff"), "check", "--fix-only", "--quiet", "."])
    status |= call([environment.tool("ruff"), "format", "."])
    # djlint answers 1 when it has changed something.
    call([environment.tool("djlint"), "templates", "--reformat", "--quiet"])
    return status


def messages() -> int:
    """Bring locale/ up to date with the code."""
    environment = ensure("requirements.txt")
    return call([environment.python, "-m", "portal.installation.messages"])


def screenshots() -> int:
    """Render key pages of a fresh demo portal into screenshots/."""
    environment = ensure("requirements.txt", "requirements-dev.txt")
    return call([environment.python, "-m", "tests.screenshots"])


def paint() -> int:
    """Measure largest paint and layout shift on a slow line and a slow processor."""
    environment = ensure("requirements.txt", "requirements-dev.txt")
    return call([environment.python, "-m", "tests.paint"])


COMMANDS: dict[str, Callable[[], int]] = {
    "run": serve.run,
    "test": checking.test,
    "lint": checking.lint,
    "format": format_code,
    "bench": bench,
    "requirements": locking.lock,
    "messages": messages,
    "screenshots": screenshots,
    "paint": paint,
}


def run(words: list[str]) -> int:
    """Run the command of that name from the project's folder; returns its exit status."""
    if len(words) != 1 or words[0] not in COMMANDS:
        raise Problem(f"Say one of: {', '.join(COMMANDS)}")
    os.chdir(ROOT)
    return COMMANDS[words[0]]()
