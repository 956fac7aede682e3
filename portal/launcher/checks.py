"""Whether this machine can run the portal, asked before anything is changed on it."""

from __future__ import annotations

import errno
import importlib.util
import shutil
import socket
import sys
from pathlib import Path

from .console import Problem

PACKAGES_BYTES = 500 * 1024 * 1024
CONTENT_BYTES = 100 * 1024 * 1024
DEFAULT_PORT = 8000


def check_venv_module() -> None:
    """Debian ships Python without its venv module."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    raise Problem(
        f"This Python ({sys.executable}) has no venv module, which keeps the portal's packages "
        f"apart from the system's. On Debian or Ubuntu: sudo apt install python{version}-venv"
    )


def check_disk(folder: Path, needed: int) -> None:
    """``needed`` bytes must fit where ``folder`` is or will be."""
    place = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(place).free
    if free < needed:
        raise Problem(
            f"Only {free // 2**20} MB are free in {place}; Learning Gate needs "
            f"{needed // 2**20} MB there. Make room and run the command again."
        )


def parse_port(text: str) -> int:
    """The port of ``PORT=…``; empty means the usual one."""
    if not text.strip():
        return DEFAULT_PORT
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= 65535):
        raise Problem(
            f"PORT must be a number from 1 to 65535, not “{text}”. Try: make run PORT=8001"
        )
    return int(text)


def check_port(port: int) -> None:
    """Refuse early when another program listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Problem(_why_not(port, error)) from error


def _why_not(port: int, error: OSError) -> str:
    other = port + 1 if port < 65535 else DEFAULT_PORT
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use, perhaps by a portal that is already running. Stop that "
            f"program or choose another port: make run PORT={other}"
        )
    if error.errno == errno.EACCES:
        return f"Only root may use port {port}. Choose one above 1023: make run PORT=8000"
    return f"Port {port} cannot be used ({error.strerror}). Try: make run PORT={other}"
