"""What a newcomer types, in a clone of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What a developer's or CI's environment may say and a newcomer's does not.
STRANGE = (
    *("DATA_DIR", "DATABASE_URL", "ELASTICSEARCH_URL", "REDIS_URL", "PUBLIC_URL", "SECRET_KEY"),
    *("DJANGO_SETTINGS_MODULE", "PORT", "SUITE", "ARGS", "CI", "MAKEFLAGS", "MAKELEVEL"),
)


def newcomers_environment(**more: str) -> dict[str, str]:
    """This process's environment without what a newcomer does not have."""
    kept = {k: v for k, v in os.environ.items() if k not in STRANGE}
    return kept | {"LEARNING_GATE_VENV": sys.prefix} | more


@dataclass(frozen=True)
class Clone:
    """A fresh clone; packages come from the environment that the tests run in."""

    folder: Path

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """A command in the clone, to its end."""
        return subprocess.run(
            words,
            cwd=self.folder,
            env=newcomers_environment(**variables),
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )


@pytest.fixture(scope="session")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A clone of what is committed."""
    folder = tmp_path_factory.mktemp("clone") / "learning-gate"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return Clone(folder)
