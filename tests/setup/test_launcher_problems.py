"""What stands in a newcomer's way is named in a sentence that says what to do."""

from __future__ import annotations

import ast
import contextlib
import errno
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import launch
from portal.launcher import checks, commands
from portal.launcher.console import Problem
from portal.management.commands import prepare

from .conftest import ROOT, newcomers_environment

BEFORE_3_11 = "import sys, runpy; sys.version_info = (3, 9, 18); sys.argv = ['launch', 'run']; "
RUN_AS_MAIN = "runpy.run_module('portal.launch', run_name='__main__')"


def launched(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """``python -m portal.launch`` with these words, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "portal.launch", *words],
        cwd=ROOT,
        env=newcomers_environment(**variables),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def complaint(done: subprocess.CompletedProcess[str]) -> str:
    """What it complained of, once it is certain that it only complained."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return " ".join(done.stderr.split())


def test_a_busy_port_names_another(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = complaint(launched("run", PORT=str(port), DATA_DIR=str(tmp_path)))
    assert f"Port {port} is in use" in said
    assert f"make run PORT={port + 1 if port < 65535 else 8000}" in said


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "8e3", "٨٠٠٠", "9" * 5000])
def test_what_is_no_port_is_refused_with_an_example(port):
    said = complaint(launched("run", PORT=port))
    assert "PORT must be a number from 1 to 65535" in said
    assert "make run PORT=8001" in said


def test_a_port_for_root_alone_is_explained():
    denied = OSError(errno.EACCES, "Permission denied")
    assert "Choose one above 1023" in checks._why_not(80, denied)


def test_an_old_python_is_told_which_one_is_needed():
    done = subprocess.run(
        [sys.executable, "-c", BEFORE_3_11 + RUN_AS_MAIN],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = complaint(done)
    assert "needs Python 3.11 or newer; this is" in said
    assert "make run PYTHON=" in said


def test_an_old_python_can_read_the_file_that_tells_it():
    ast.parse((ROOT / "portal" / "launch.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(tmp_path, module):
    (tmp_path / "sitecustomize.py").write_text(f"import sys; sys.modules[{module!r}] = None\n")
    variables = {"PYTHONPATH": str(tmp_path), "LEARNING_GATE_VENV": str(tmp_path / "new")}
    said = complaint(launched("lint", **variables))
    assert "has no venv module" in said
    assert re.search(r"sudo apt install python3\.\d+-venv", said)


def test_without_a_network_it_says_so(tmp_path):
    variables = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_FIND_LINKS": ""}
    said = complaint(launched("lint", LEARNING_GATE_VENV=str(tmp_path / "new"), **variables))
    assert "the package index does not answer" in said
    assert "HTTPS_PROXY" in said


def test_an_unknown_command_lists_the_known_ones():
    said = complaint(launched("dance"))
    assert all(name in said for name in commands.COMMANDS)


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """A disk of 4 MB at ``folder`` where this account may mount one; False elsewhere."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(folder)]
    mounted = not subprocess.run(mount, capture_output=True, check=False).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_is_too_small_is_named_before_anything_is_written(tmp_path, monkeypatch):
    with small_disk(tmp_path / "small") as mounted:
        if mounted:
            said = complaint(launched("run", DATA_DIR=str(tmp_path / "small" / "var"), PORT="8999"))
            assert "MB are free in" in said
        monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 6, 3))
        with pytest.raises(Problem, match=r"Only 0 MB are free .* Make room"):
            checks.check_disk(tmp_path / "small" / "later", checks.CONTENT_BYTES)


def test_a_disk_that_fills_up_meanwhile_gets_a_sentence(tmp_path):
    with small_disk(tmp_path / "small") as mounted:
        if mounted:
            variables = {"DATA_DIR": str(tmp_path / "small")}
            variables["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
            argv = [sys.executable, "manage.py", "prepare"]
            done = subprocess.run(
                argv,
                cwd=ROOT,
                env=newcomers_environment(**variables),
                capture_output=True,
                text=True,
                check=False,
            )
            assert "The disk is full. Make room" in complaint(done)
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert prepare._is_disk_full(full)
    assert not prepare._is_disk_full(OSError(errno.EACCES, "denied"))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "cannot be written"),
        (errno.EACCES, "cannot be written"),
        (errno.EIO, "The operating system refused"),
    ],
)
def test_what_the_system_refuses_is_a_sentence(number, words, monkeypatch, capsys):
    def refuse(_words: list[str]) -> int:
        raise OSError(number, os.strerror(number), "/somewhere")

    monkeypatch.setattr(commands, "run", refuse)
    assert launch.main(["lint"]) == 1
    assert words in capsys.readouterr().err


def test_make_alone_lists_the_commands_even_without_python(tmp_path):
    for name in ("make", "sh", "bash", "sed", "awk", "env"):
        if found := shutil.which(name):
            (tmp_path / name).symlink_to(found)

    def made(*words: str) -> subprocess.CompletedProcess[str]:
        argv = [str(tmp_path / "make"), *words]
        variables = {"PATH": str(tmp_path)}
        return subprocess.run(
            argv, cwd=ROOT, env=variables, capture_output=True, text=True, check=False
        )

    listed = made()
    assert listed.returncode == 0
    for name in commands.COMMANDS:
        assert f"make {name}" in listed.stdout
    refused = made("run")
    assert refused.returncode != 0
    assert "needs Python 3.11 or newer, and there is no python3 here" in " ".join(
        refused.stderr.split()
    )
