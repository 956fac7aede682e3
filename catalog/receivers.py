"""What keeps derived facts true when the catalogue changes by hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Locale

from home.cache import touch_content

from . import models
from .admin_search import refresh_admin_search
from .changes import courses_touched_by, refresh_next_change
from .people.models import Country, Institution
from .signals import announce, key

# Rows of these models are shown by courses; several are saved for one edit, announced one by one.
_COURSE_PARTS = (
    models.Course,
    models.CourseLanguage,
    models.CourseText,
    models.CourseRun,
    models.RunSession,
)
# Whatever stands in many courses or has a page of its own, announced by its number.
_SHARED = (
    models.Provider,
    models.Centre,
    models.Subject,
    models.Competency,
    models.Programme,
    Country,
    Institution,
)
# Words that pages keep; no search document holds them.
_KEPT = (models.Room, models.CentreEvent, models.LMSConnection)

_OPENS_AND_CLOSES = (models.Course, models.CourseRun)
_NAMED = (models.Course, models.CourseText)
# Columns that only editors see: who locked a row, and that a newer draft waits.
_UNSEEN = frozenset(
    {"latest_revision", "has_unpublished_changes", "locked", "locked_at", "locked_by"}
)

# What a draft that nobody outside can see writes into its row.
_DRAFTED = frozenset({"title"})


def on_change(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Collection[str] | None = None,
    **kwargs: Any,
) -> None:
    """A row of the catalogue was saved or deleted."""
    if raw or (update_fields is not None and _UNSEEN.issuperset(update_fields)):
        return
    if sender in _SHARED:
        announce([key(sender.__name__.lower(), instance.pk)])
    elif sender in _KEPT:
        touch_content()
    else:
        numbers = courses_touched_by(instance)
        if sender in _OPENS_AND_CLOSES:
            refresh_next_change(numbers)
        if sender in _NAMED:
            refresh_admin_search(numbers)
        if sender is models.CourseText and not instance.live and update_fields == _DRAFTED:
            return
        announce(key("course", number) for number in numbers)


# With a sender each: a receiver for all models would make every deletion load its rows first.
for _model in (*_COURSE_PARTS, *_SHARED, *_KEPT):
    post_save.connect(on_change, sender=_model, dispatch_uid="catalog.changed")
    post_delete.connect(on_change, sender=_model, dispatch_uid="catalog.changed")


@receiver(post_save, sender=Locale, dispatch_uid="catalog.locale_changed")
def on_locale(instance: Locale, created: bool, raw: bool = False, **kwargs: Any) -> None:
    """A language got another code: its texts stand at other addresses and in another field."""
    if not raw and not created:
        announce([key("locale", instance.pk)])


@receiver(m2m_changed, dispatch_uid="catalog.m2m_changed")
def on_m2m(sender: type[Model], instance: Model, action: str, **kwargs: Any) -> None:
    """Subjects, countries or institutions of a course changed."""
    if action.startswith("post_") and isinstance(instance, models.Course):
        announce([key("course", instance.pk)])
