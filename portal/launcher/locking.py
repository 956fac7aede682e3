"""``make requirements``: exact versions with hashes from the ``.in`` files."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from .children import call
from .console import Problem, heading

PIP_TOOLS = "pip-tools==7.6.2"
_OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--strip-extras",
    "--allow-unsafe",
    # Where packages come from is a matter of the machine, not of the project.
    "--no-emit-index-url",
    "--no-emit-trusted-host",
    "--no-emit-find-links",
)


def lock() -> int:
    """Compile both files; the development one is held to the versions of the other."""
    variables = dict(os.environ) | {"CUSTOM_COMPILE_COMMAND": "make requirements"}
    # Wheels built on this machine have hashes that nobody else's have.
    variables.pop("PIP_FIND_LINKS", None)
    with tempfile.TemporaryDirectory(prefix="learning-gate-") as folder:
        python = str(Path(folder) / "bin" / "python")
        if call([sys.executable, "-m", "venv", folder]) or call(
            [python, "-m", "pip", "install", "--quiet", PIP_TOOLS], variables
        ):
            raise Problem("pip-tools could not be installed; is there a network?")
        for name in ("requirements", "requirements-dev"):
            heading(f"Compiling {name}.txt")
            source, target = f"{name}.in", f"{name}.txt"
            argv = [python, "-m", "piptools", "compile", *_OPTIONS, "-o", target, source]
            if status := call(argv, variables):
                return status
    return 0
