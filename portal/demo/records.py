"""Remembers what the demo made, and takes exactly that out again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.apps import apps
from django.db import transaction
from django.db.models import Model, ProtectedError
from wagtail.models import Page

from home.cache import touch_content
from portal.models import DemoRecord


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
    for record in DemoRecord.objects.order_by("-pk"):
        model = apps.get_model(record.model)
        row = model._default_manager.filter(pk=record.object_pk).first()
        try:
            with transaction.atomic():
                if row is not None:
                    _delete(row)
                    gone[model._meta.verbose_name_plural] += 1
                record.delete()
        except ProtectedError as error:
            leaning = ", ".join(sorted({str(other) for other in error.protected_objects})[:3])
            kept.append(f"{row} stays: {leaning} needs it")
    touch_content()
    progress(f"{sum(gone.values())} rows taken out, {len(kept)} stay")
    return gone, kept


def _delete(row: Model) -> None:
    if isinstance(row, Page):
        # treebeard keeps child counts on the row: read it anew before each deletion.
        page = Page.objects.get(pk=row.pk).specific
        if children := set(page.get_children()):
            # Its own children went before it, so these are somebody's.
            raise ProtectedError("Pages stand below it.", children)
        page.delete()
    else:
        row.delete()
