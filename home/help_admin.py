"""Messages of the help form in the admin: read, marked as answered, erased."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.site_summary import SummaryItem
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import HelpMessage


class HelpMessagePolicy(ModelPermissionPolicy):
    """Nobody adds messages here: they come from the form."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """The model's rights without "add"."""
        return action != "add" and super().user_has_permission(user, action)


register_permission_policy(HelpMessage, HelpMessagePolicy(HelpMessage))


class HelpMessageViewSet(SnippetViewSet):
    """Messages, newest first; only their state and a note may be changed."""

    model = HelpMessage
    icon = "mail"
    menu_label = _("Help messages")
    menu_name = "help-messages"
    menu_order = 140
    add_to_admin_menu = True
    search_backend_name = None
    copy_view_enabled = False
    list_display: list[Any] = ["reference", "created_at", "topic", "email", "state", "mail_error"]
    list_filter = ["state", "topic"]
    list_per_page = 50
    search_fields = ["reference", "email", "name", "message"]
    edit_handler = ObjectList(
        [
            FieldRowPanel(
                [
                    FieldPanel("created_at", read_only=True),
                    FieldPanel("topic", read_only=True),
                    FieldPanel("language", read_only=True),
                ]
            ),
            FieldRowPanel(
                [FieldPanel("name", read_only=True), FieldPanel("email", read_only=True)]
            ),
            FieldPanel("message", read_only=True),
            FieldPanel("state"),
            FieldPanel("note"),
        ]
    )


class NewMessagesItem(SummaryItem):
    """How many messages wait for an answer, on the first page of the admin."""

    order = 30
    template_name = "admin/summary_item.html"

    def is_shown(self) -> bool:
        """To those who answer them."""
        policy = policy_registry.get_by_type(HelpMessage)
        return policy.user_has_permission(self.request.user, "change")

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        """Number, words and where they lead; one query."""
        new = HelpMessage.State.NEW
        url = reverse("wagtailsnippets_home_helpmessage:list")
        return {
            "icon": "mail",
            "label": _("help messages without an answer"),
            "count": HelpMessage.objects.filter(state=new).count(),
            "url": f"{url}?state={new}",
        }


def add_number(request: HttpRequest, items: list[SummaryItem]) -> None:
    """Puts it before Wagtail's own."""
    items.append(NewMessagesItem(request))
