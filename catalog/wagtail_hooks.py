"""What the catalogue adds to Wagtail's admin."""

from catalog.admin import policy

# First of all: Wagtail hands out policies as soon as a view is built.
policy.register()

from typing import Any  # noqa: E402

from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.utils.translation import gettext_lazy as _  # noqa: E402
from wagtail import hooks  # noqa: E402
from wagtail.log_actions import LogActionRegistry  # noqa: E402
from wagtail.rich_text.feature_registry import FeatureRegistry  # noqa: E402
from wagtail.snippets.models import register_snippet  # noqa: E402

from catalog import rich_text  # noqa: E402
from catalog.admin import (  # noqa: E402
    dashboard,
    guards,
    people,
    people_services,
    publishing,
    texts,
    userbar,
)
from catalog.admin.menu import CatalogueGroup, PlacesGroup  # noqa: E402

register_snippet(texts.CourseTextViewSet)
register_snippet(CatalogueGroup)
register_snippet(PlacesGroup)
register_snippet(people_services.SignInGroup)


@hooks.register("before_delete_snippet")
def refuse_deletion(request: HttpRequest, rows: list) -> HttpResponse | None:
    """What is needed elsewhere stays."""
    return guards.refuse_deletion(request, rows)


@hooks.register("before_edit_snippet")
def keep_first_wording(request: HttpRequest, row: Any) -> None:
    """Before the first change by a person."""
    if request.method == "POST":
        guards.keep_first_wording(row)


@hooks.register("construct_snippet_action_menu")
def hold_back_publishing(items: list, request: HttpRequest, context: dict) -> None:
    """The last editor does not publish past the review."""
    publishing.hold_back_publishing(items, request, context)


@hooks.register("construct_homepage_summary_items")
def add_numbers(request: HttpRequest, items: list) -> None:
    """What waits and what ends soon."""
    dashboard.add_numbers(request, items)


@hooks.register("register_rich_text_features")
def register_course_links(features: FeatureRegistry) -> None:
    """The feature "course-link" of rich text."""
    rich_text.register(features)


@hooks.register("construct_wagtail_userbar")
def add_course_to_userbar(request: HttpRequest, items: list, page: Any) -> None:
    """ "Edit" on the public page of a course."""
    userbar.add_course(request, items)


@hooks.register("before_bulk_action")
def spare_superusers(request: HttpRequest, kind: str, objects: list, action: Any) -> None:
    """Bulk actions on people keep to the rule of the form."""
    people.spare_superusers(request, objects)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    """What the history says about our own actions."""
    actions.register_action("catalog.withdraw", _("Withdraw"), _("Withdrawn"))
    actions.register_action("catalog.restore", _("Restore"), _("Restored"))
