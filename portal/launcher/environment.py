"""The virtual environment: made once, filled from the locked requirements when those change."""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .checks import PACKAGES_BYTES, check_disk, check_venv_module
from .children import end
from .console import Problem, say

ROOT = Path(__file__).resolve().parents[2]
_NO_NETWORK = (
    "NewConnectionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
    "Temporary failure in name resolution",
    "Name or service not known",
    "Connection refused",
    "Network is unreachable",
)


@dataclass(frozen=True)
class Environment:
    """A virtual environment in ``folder``; LEARNING_GATE_VENV names another than ``.venv``."""

    folder: Path

    @property
    def python(self) -> str:
        """The interpreter inside."""
        return str(self.folder / "bin" / "python")

    @property
    def shown(self) -> str:
        """The interpreter as people type it in the project's folder."""
        path = Path(self.python)
        return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)

    def tool(self, name: str) -> str:
        """A command that a package installed."""
        return str(self.folder / "bin" / name)

    def manage(self, *words: str) -> list[str]:
        """The argv of a management command."""
        return [self.python, str(ROOT / "manage.py"), *words]


def ensure(*requirements: str) -> Environment:
    """The environment with these requirement files installed (names relative to the project)."""
    folder = Path(os.environ.get("LEARNING_GATE_VENV") or ROOT / ".venv").absolute()
    environment = Environment(folder)
    if not _works(environment):
        check_venv_module()
        check_disk(folder, PACKAGES_BYTES)
        say(f"      making a virtual environment in {folder}")
        made = subprocess.run(
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise Problem(_explain(made.stdout + made.stderr, "The virtual environment"))
    for name in requirements:
        _install(environment, ROOT / name)
    return environment


def _works(environment: Environment) -> bool:
    """False also for one whose interpreter went away or that was copied from elsewhere."""
    probe = "import sys, pip; print(sys.prefix)"
    try:
        done = subprocess.run(
            [environment.python, "-c", probe], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0 and Path(done.stdout.strip()).samefile(environment.folder)


def _install(environment: Environment, requirements: Path) -> None:
    text = requirements.read_bytes()
    wanted = hashlib.sha256(text).hexdigest()
    stamp = environment.folder / f"{requirements.stem}.sha256"
    with contextlib.suppress(FileNotFoundError):
        if stamp.read_text() == wanted:
            return
    total = sum(b"==" in line and line[:1].isalnum() for line in text.splitlines())
    say(f"      installing {total} packages of {requirements.name}")
    output = _pip(environment, requirements, _progress(total))
    if output is not None:
        raise Problem(_explain(output))
    stamp.write_text(wanted)


def _pip(environment: Environment, requirements: Path, line_read: Callable) -> str | None:
    """Install; None when all went well, otherwise what pip printed."""
    argv = [environment.python, "-m", "pip", "install", "--require-hashes", "-r", requirements]
    argv += ["--no-input", "--progress-bar=off", "--disable-pip-version-check", "--retries=2"]
    with tempfile.TemporaryFile("w+") as problems:
        process = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=problems, text=True)
        try:
            for line in process.stdout:
                line_read(line)
            status = process.wait()
        finally:
            end(process)
        problems.seek(0)
        return problems.read() if status else None


def _progress(total: int) -> Callable[[str], None]:
    done = 0

    def read(line: str) -> None:
        nonlocal done
        if line.startswith(("Collecting ", "Requirement already satisfied")):
            done += 1
            if done % 10 == 0 or done == total:
                say(f"      {done} of {total}")
        elif line.startswith("Installing collected"):
            say("      unpacking")

    return read


def _explain(output: str, what: str = "The packages") -> str:
    """Pip's or venv's complaint as a sentence."""
    if "No space left on device" in output:
        return "The disk is full. Make room and run the command again; what is done stays done."
    if "Permission denied" in output or "Read-only file system" in output:
        return f"{what} could not be written: this account may not write there."
    if any(sign in output for sign in _NO_NETWORK):
        return (
            "The packages could not be fetched: the package index does not answer. Check the "
            "network (behind a proxy: set HTTPS_PROXY) and run the command again."
        )
    tail = "\n".join(output.strip().splitlines()[-15:])
    return f"{what} could not be installed:\n{tail}"
