"""A portal in a folder of its own: a file copy of the tests' migrated database, real processes."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

NAME = "portal.sqlite3"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class PortalCopy:
    """``folder`` is its DATA_DIR; its processes see nothing of the tests' own database."""

    folder: Path

    @property
    def variables(self) -> dict[str, str]:
        """The environment of its processes."""
        kept = {k: v for k, v in os.environ.items() if not k.endswith(("DATABASE_URL", "SEARCH"))}
        return kept | {
            "DATA_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "PYTHONUNBUFFERED": "1",
        }

    def argv(self, *words: object) -> list[str]:
        """A management command."""
        return [sys.executable, str(ROOT / "manage.py"), *map(str, words)]

    def start(self, *words: object) -> subprocess.Popen:
        """The command, running."""
        return subprocess.Popen(
            self.argv(*words),
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def manage(self, *words: object) -> str:
        """The command, run to its end; what it printed. AssertionError when it failed."""
        process = self.start(*words)
        try:
            said, _none = process.communicate(timeout=300)
        except BaseException:
            process.send_signal(signal.SIGKILL)
            process.wait()
            raise
        assert process.returncode == 0, said
        return said

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What its database answers."""
        database = sqlite3.connect(self.folder / NAME, timeout=20)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()


def keep_database(folder: Path) -> Path:
    """The tests' migrated database as a file in ``folder``."""
    kept = folder / NAME
    with sqlite3.connect(kept) as target:
        connection.ensure_connection()
        connection.connection.backup(target)
    target.close()
    return kept


def copy_database(kept: Path, folder: Path) -> PortalCopy:
    """A portal in the new ``folder``; migrating takes many seconds, copying none."""
    folder.mkdir()
    shutil.copyfile(kept, folder / NAME)
    return PortalCopy(folder)
