"""What keeps derived facts true when the catalogue changes by hand."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from . import models
from .changes import courses_touched_by, refresh_next_change
from .signals import announce, key

# Rows of these models are shown by courses; several are saved for one edit, announced one by one.
_COURSE_PARTS = (
    models.Course,
    models.CourseLanguage,
    models.CourseText,
    models.CourseRun,
    models.RunSession,
)
# Whatever stands in many courses: their documents are all written again, by the worker.
_SHARED = (models.Provider, models.Centre, models.Subject, models.Competency)


@receiver([post_save, post_delete], dispatch_uid="catalog.changed")
def on_change(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    """A row of the catalogue was saved or deleted."""
    if raw:
        return
    if sender in _COURSE_PARTS:
        numbers = courses_touched_by(instance)
        refresh_next_change(numbers)
        announce(key("course", number) for number in numbers)
    elif sender in _SHARED:
        announce([key(sender.__name__.lower(), instance.pk)])
    elif sender is models.Programme:
        announce([key("programme", instance.pk)])


@receiver(m2m_changed, dispatch_uid="catalog.m2m_changed")
def on_m2m(sender: type[Model], instance: Model, action: str, **kwargs: Any) -> None:
    """Subjects, countries or institutions of a course changed."""
    if action.startswith("post_") and isinstance(instance, models.Course):
        announce([key("course", instance.pk)])
