"""Numbers on the first page of the admin: what waits, what ends soon, each leading to its list."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.site_summary import SummaryItem
from wagtail.permissions import policy_registry

from catalog.models import Course

from .filters import EXPIRES, EXPIRES_LABEL, WAITING, WAITING_LABEL, expiring, waiting_for
from .gate import OPENING


class CoursesItem(SummaryItem):
    """How many of one's own courses the list shows under one of its filters; one query."""

    template_name = "admin/summary_item.html"
    icon, label, value = "", "", ""

    def courses(self, own: QuerySet) -> QuerySet:
        """The courses to count, among those of one's own providers."""
        raise NotImplementedError

    def is_shown(self) -> bool:
        """To those who may open courses."""
        policy = policy_registry.get_by_type(Course)
        return policy.user_has_any_permission(self.request.user, OPENING)

    def get_context_data(self, parent_context: Any) -> dict:
        """Number, words and where they lead."""
        policy = policy_registry.get_by_type(Course)
        own = policy.instances_user_has_any_permission_for(self.request.user, OPENING)
        url = reverse("wagtailsnippets_catalog_course:list")
        return {
            "icon": self.icon,
            "label": self.label,
            "count": self.courses(own).count(),
            "url": f"{url}?attention={self.value}",
        }


class WaitingItem(CoursesItem):
    """What this person is asked to review or to change."""

    order, icon, label, value = 10, "tasks", WAITING_LABEL, WAITING

    def courses(self, own: QuerySet) -> QuerySet:
        """Those that wait for the reader."""
        return waiting_for(own, self.request.user)


class ExpiringItem(CoursesItem):
    """What ends within thirty days."""

    order, icon, label, value = 20, "time", EXPIRES_LABEL, EXPIRES

    def courses(self, own: QuerySet) -> QuerySet:
        """Those that end soon."""
        return expiring(own)


def add_numbers(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Puts them before Wagtail's own."""
    items.extend([WaitingItem(request), ExpiringItem(request)])
