"""Buttons that lead from a row of the catalogue to what belongs to it."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from catalog.addresses import course_url, programme_url
from catalog.models import Course, CourseRun, CourseText, Programme
from home.navigation import active_language

from .titles import best_text, with_titles


def allowed(user: Any, action: str, row: Any) -> bool:
    """True when ``user`` may do ``action`` with ``row``."""
    policy = policy_registry.get_by_type(type(row))
    return policy.user_has_permission_for_instance(user, action, row)


def post_button(label: str, url: str, icon: str, priority: int) -> Button:
    """A button that does its work at once."""
    return Button(
        label,
        icon_name=icon,
        priority=priority,
        attrs={
            "data-controller": "w-action",
            "data-action": "w-action#post",
            "data-w-action-url-value": url,
        },
    )


def live_url(text: CourseText) -> str | None:
    """The public address of a text; None while nobody outside can see it."""
    if not text.live or text.course.is_withdrawn:
        return None
    return course_url(text.course_id, text.title, text.locale.language_code)


def _view_live(text: CourseText | None) -> list[Button]:
    return _to_public_page(live_url(text) if text else None)


def _to_public_page(url: str | None) -> list[Button]:
    if not url:
        return []
    return [Button(_("View live"), url=url, icon_name="link-external", priority=5)]


def text_buttons(text: CourseText, user: Any) -> list[Button]:
    """From a text to its public page, its course's facts and its runs."""
    if text.course_id is None or text.pk is None:
        return []
    buttons = _view_live(CourseText.objects.select_related("course", "locale").get(pk=text.pk))
    if user.has_perm("catalog.change_course"):
        url = reverse("wagtailsnippets_catalog_course:edit", args=[text.course_id])
        buttons.append(Button(_("Course facts"), url=url, icon_name="form", priority=6))
    if user.has_perm("catalog.change_courserun"):
        buttons.append(runs_button(text.course_id))
    return buttons


def runs_button(course: int) -> Button:
    """From a course to the list of its runs."""
    url = reverse("wagtailsnippets_catalog_courserun:list") + f"?course={course}"
    return Button(_("Runs"), url=url, icon_name="calendar-alt", priority=7)


def course_links(course: Course, user: Any) -> list[Button]:
    """From a course to its public page and its runs; no queries when texts are prefetched."""
    live = [text for text in course.texts.all() if text.live]
    buttons = _view_live(best_text(live, course.source_language))
    if user.has_perm("catalog.change_courserun"):
        buttons.append(runs_button(course.pk))
    return buttons


def course_buttons(course: Course, user: Any) -> list[Button]:
    """What can be done with a whole course."""
    prefetch_related_objects([course], with_titles())
    buttons = course_links(course, user)
    if user.has_perm("catalog.add_course") and allowed(user, "change", course):
        url = reverse("wagtailsnippets_catalog_course:duplicate", args=[course.pk])
        buttons.append(post_button(_("Duplicate"), url, "copy", 40))
        buttons.append(Button(_("Duplicate with runs…"), url=url, icon_name="copy", priority=41))
    if allowed(user, "withdraw", course):
        url = reverse("wagtailsnippets_catalog_course:withdraw", args=[course.pk])
        label = _("Restore…") if course.is_withdrawn else _("Withdraw…")
        buttons.append(Button(label, url=url, icon_name="no-view", priority=50))
    return buttons


def run_buttons(run: CourseRun, user: Any) -> list[Button]:
    """What can be done with a run."""
    if not (user.has_perm("catalog.add_courserun") and allowed(user, "change", run)):
        return []
    url = reverse("wagtailsnippets_catalog_courserun:duplicate", args=[run.pk])
    return [post_button(_("Duplicate"), url, "copy", 40)]


def programme_buttons(programme: Programme) -> list[Button]:
    """From a programme, as it is published, to its public page."""
    if not programme.live:
        return []
    language = programme.title.language(active_language())
    return _to_public_page(programme_url(programme.pk, programme.title.text(language), language))
