"""Filters of the lists of courses and runs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.forms import RadioSelect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.models import Revision, TaskState, WorkflowState

from catalog.models import Course, CourseRun, CourseText, Provider

EXPIRING = timedelta(days=30)
MINE, WAITING, EXPIRES = "mine", "waiting", "expiring"
WAITING_LABEL, EXPIRES_LABEL = _("Waiting for me"), _("Expiring within 30 days")


def _numbers(rows: QuerySet, field: str = "object_id") -> QuerySet:
    """Numbers of the objects that generic rows point to."""
    return rows.values_list(Cast(field, BigIntegerField()), flat=True)


def written_by(courses: QuerySet, user: Any) -> QuerySet:
    """Courses of which ``user`` wrote a text or changed the facts."""
    kinds = ContentType.objects.get_for_models(Course, CourseText)
    own = Revision.objects.filter(user=user)
    texts = _numbers(own.filter(base_content_type=kinds[CourseText]))
    facts = _numbers(own.filter(base_content_type=kinds[Course]))
    return courses.filter(
        Q(pk__in=CourseText.objects.filter(pk__in=texts).values("course")) | Q(pk__in=facts)
    )


def waiting_for(courses: QuerySet, user: Any) -> QuerySet:
    """Courses with a text that ``user`` is asked to review, or to change after a review."""
    kind = ContentType.objects.get_for_model(CourseText)
    states = TaskState.objects.reviewable_by(user).filter(workflow_state__base_content_type=kind)
    # Nobody reviews what they wrote last.
    review = _numbers(states.exclude(revision__user=user), "workflow_state__object_id")
    change = _numbers(
        WorkflowState.objects.filter(
            base_content_type=kind,
            status=WorkflowState.STATUS_NEEDS_CHANGES,
            requested_by=user,
        )
    )
    texts = CourseText.objects.filter(Q(pk__in=review) | Q(pk__in=change))
    return courses.filter(pk__in=texts.values("course"))


def expiring(courses: QuerySet) -> QuerySet:
    """Courses with a text that expires, or a run whose enrolment ends, within thirty days."""
    soon = (timezone.now(), timezone.now() + EXPIRING)
    texts = CourseText.objects.filter(course=OuterRef("pk"), live=True, expire_at__range=soon)
    runs = CourseRun.objects.filter(
        course=OuterRef("pk"), cancelled=False, enrolment_end__range=soon
    )
    return courses.filter(Exists(texts) | Exists(runs), withdrawn_at=None)


class CourseFilterSet(WagtailFilterSet):
    """Filters of the list of courses."""

    attention = django_filters.ChoiceFilter(
        label=_("Show"),
        method="filter_attention",
        widget=RadioSelect,
        empty_label=_("All"),
        choices=[
            (MINE, _("Mine")),
            (WAITING, WAITING_LABEL),
            (EXPIRES, EXPIRES_LABEL),
        ],
    )
    provider = django_filters.ModelChoiceFilter(
        label=_("Provider"), queryset=Provider.objects.all()
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Course.Kind.choices)
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Course.Level.choices)
    withdrawn = django_filters.BooleanFilter(
        label=_("Withdrawn"), field_name="withdrawn_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = Course
        fields: list[str] = []

    def filter_attention(self, courses: QuerySet, name: str, value: str) -> QuerySet:
        """Mine, waiting for me or expiring."""
        if value == MINE:
            return written_by(courses, self.request.user)
        if value == WAITING:
            return waiting_for(courses, self.request.user)
        return expiring(courses)
