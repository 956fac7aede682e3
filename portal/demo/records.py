"""Remembers what the demo made, and takes exactly that out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError
from wagtail.models import Page

from home.cache import touch_content
from portal.models import DemoRecord

BATCH = 50


def remember(*objects: Model) -> None:
    """These rows belong to the demo."""
    DemoRecord.objects.bulk_create(
        [DemoRecord(model=row._meta.label, object_pk=str(row.pk)) for row in objects],
        ignore_conflicts=True,
    )


def is_loaded() -> bool:
    """True when there is any demo row."""
    return DemoRecord.objects.exists()


@transaction.atomic
def remove(progress: Callable[[str], None] = lambda line: None) -> tuple[Counter, list[str]]:
    """Delete the demo's rows, newest first; what real content leans on stays and is named.

    Returns how many of each kind went, and one line for each row that stayed.
    """
    gone: Counter = Counter()
    kept: list[str] = []
    records = DemoRecord.objects.order_by("-pk")
    for label, group in groupby(records, key=lambda record: record.model):
        model, alike = apps.get_model(label), list(group)
        size = 1 if issubclass(model, Page) else BATCH
        for start in range(0, len(alike), size):
            _take_out(model, alike[start : start + size], gone, kept)
    touch_content()
    progress(f"{sum(gone.values())} rows taken out, {len(kept)} stay")
    return gone, kept


def _take_out(
    model: type[Model], records: list[DemoRecord], gone: Counter, kept: list[str]
) -> None:
    """Delete the rows together; where one of them is needed, each alone."""
    rows = list(model._default_manager.filter(pk__in=[record.object_pk for record in records]))
    try:
        with transaction.atomic():
            _delete(model, rows)
            DemoRecord.objects.filter(pk__in=[record.pk for record in records]).delete()
    except ProtectedError as error:
        if len(records) > 1:
            for record in records:
                _take_out(model, [record], gone, kept)
            return
        leaning = ", ".join(sorted({str(other) for other in error.protected_objects})[:3])
        kept.append(f"{rows[0]} stays: {leaning} needs it")
    else:
        gone[model._meta.verbose_name_plural] += len(rows)


def _delete(model: type[Model], rows: list[Model]) -> None:
    if not issubclass(model, Page):
        model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
        return
    for row in rows:
        # treebeard keeps child counts on the row: read it anew before each deletion.
        page = Page.objects.get(pk=row.pk).specific
        if children := set(page.get_children()):
            # Its own children went before it, so these are somebody's.
            raise ProtectedError("Pages stand below it.", children)
        page.delete()
