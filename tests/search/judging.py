"""The demo catalogue in an engine, and the judged queries asked of it."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from home.concepts.table import SHIPPED
from search.engines import elastic, get_engine
from search.evaluation import Outcome, ask, read
from search.rebuild import rebuild
from tests.search.indexes import forget
from tests.services.installed_site import install_site

DATA = Path(__file__).parent / "data"
JUDGED = DATA / "judged.csv"
# The first set, then those that were written afterwards.
SETS = {"first": JUDGED} | {name: DATA / f"judged_{name}.csv" for name in ("late", "dev", "held")}


@contextlib.contextmanager
def demo_content() -> Iterator[None]:
    """The demo's content and the glossary in the database, taken out in the end."""
    with transaction.atomic():
        install_site()
        call_command("concepts", "import", SHIPPED, stdout=StringIO())
        call_command("demo", "load", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def outcomes(directory: Path, url: str = "") -> dict[str, list[Outcome]]:
    """By set, what its queries find in the embedded engine, or in the server at ``url``."""
    before = settings.SEARCH
    settings.SEARCH = before | {
        "ELASTICSEARCH_URL": url,
        "INDEX_DIR": directory,
        "INDEX_NAME": f"test-{uuid.uuid4().hex[:8]}",
        "FALLBACK": False,
    }
    # How fast a server must answer is tested elsewhere, and a busy machine's is slow.
    patience, elastic.QUERY_SECONDS = elastic.QUERY_SECONDS, 60.0
    try:
        call_command("train_embedder", if_needed=True, stdout=StringIO())
        rebuild()
        return {name: [ask(judged) for judged in read(path)] for name, path in SETS.items()}
    finally:
        elastic.QUERY_SECONDS = patience
        if url:
            forget(get_engine())
        settings.SEARCH = before
