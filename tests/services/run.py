"""``python -m tests.services.run SUITE [pytest's words]``: pytest with the suite's database.

Django chooses its database before any fixture runs, so PostgreSQL must be there earlier.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys

import pytest

from . import postgres


def main(suite: str, words: list[str]) -> int:
    """Pytest's exit status."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.ExitStack() as stack:
        if suite == "postgres" and not postgres.why_not():
            os.environ["DATABASE_URL"] = stack.enter_context(postgres.server())
        return pytest.main(words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
