"""A demo portal as ``make run`` shows it, served on a free port for the whole session."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.screenshots import LANGUAGES, ROOT, addresses, answers
from tests.services.process import free_port, running, scratch_folder, wait_until


@dataclass(frozen=True)
class DemoPortal:
    """``pages``: by language, then by name, the path of each of the ten key pages."""

    url: str
    pages: dict[str, dict[str, str]]

    def address(self, language: str, name: str) -> str:
        """The whole address of a key page."""
        return self.url + self.pages[language][name]


@pytest.fixture(scope="session")
def demo_portal() -> Iterator[DemoPortal]:
    """Its data are its own; nothing here touches the tests' database."""
    with scratch_folder("browser") as folder:
        port, log = free_port(), folder / "log"
        url = f"http://127.0.0.1:{port}"
        kept = {k: v for k, v in os.environ.items() if not k.endswith(("DATABASE_URL", "SEARCH"))}
        variables = kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "DATA_DIR": str(folder / "data"),
            "PUBLIC_URL": url,
        }
        prepare = [sys.executable, str(ROOT / "manage.py"), "prepare", "--demo"]
        subprocess.run(prepare, env=variables, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        argv = [sys.executable, "-m", "gunicorn", "portal.wsgi:application"]
        argv += [f"--bind=127.0.0.1:{port}", "--log-level=warning", "--threads=4"]
        with running(argv, log, env=variables, cwd=ROOT) as process:
            wait_until(lambda: answers(port), process, log, seconds=60)
            yield DemoPortal(url, {code: addresses(code, variables) for code in LANGUAGES})
