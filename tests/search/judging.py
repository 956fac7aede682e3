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

JUDGED = Path(__file__).parent / "data" / "judged.csv"


@contextlib.contextmanager
def demo_content() -> Iterator[None]:
    """The demo's content and the glossary in the database, taken out in the end."""
    with transaction.atomic():
        call_command("setup", stdout=StringIO())
        call_command("concepts", "import", SHIPPED, stdout=StringIO())
        call_command("demo", "load", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def outcomes(directory: Path, url: str = "") -> list[Outcome]:
    """What every judged query finds in the embedded engine, or in the server at ``url``."""
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
        call_command("train_embedder", stdout=StringIO())
        rebuild()
        return [ask(judged) for judged in read(JUDGED)]
    finally:
        elastic.QUERY_SECONDS = patience
        if url:
            forget(get_engine())
        settings.SEARCH = before
