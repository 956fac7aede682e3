"""A demo portal as ``make run`` shows it, in a folder and on a port of its own."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .process import free_port, running, scratch_folder, wait_until

ROOT = Path(__file__).resolve().parents[2]
Named = dict[str, dict[str, str]]


@dataclass(frozen=True)
class DemoPortal:
    """By language, then by name: paths of the ten key pages (``pages``) and of every kind of page
    (``every``); HTML of pages for what goes wrong (``refusals``).
    """

    url: str
    pages: Named
    every: Named
    refusals: Named

    def address(self, language: str, name: str) -> str:
        """The whole address of a key page."""
        return self.url + self.pages[language][name]


@contextlib.contextmanager
def demo_portal() -> Iterator[DemoPortal]:
    """Served while the block lasts."""
    with scratch_folder("demo") as folder:
        port, log = free_port(), folder / "log"
        url = f"http://127.0.0.1:{port}"
        kept = {k: v for k, v in os.environ.items() if not k.endswith(("DATABASE_URL", "SEARCH"))}
        variables = kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "DATA_DIR": str(folder / "data"),
            "PUBLIC_URL": url,
        }
        _python("manage.py", "prepare", "--demo", env=variables)
        told = json.loads(_python("-m", "tests.services.demo_pages", env=variables))
        argv = [sys.executable, "-m", "gunicorn", "portal.wsgi:application"]
        argv += [f"--bind=127.0.0.1:{port}", "--log-level=warning", "--threads=4"]
        with running(argv, log, env=variables, cwd=ROOT) as process:
            wait_until(lambda: _answers(url), process, log, seconds=60)
            yield DemoPortal(url, told["key"], told["every"], told["refusals"])


def _python(*arguments: str, env: dict[str, str]) -> str:
    """What it prints; what goes wrong is shown."""
    argv = [sys.executable, *arguments]
    return subprocess.run(
        argv, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    ).stdout


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False
