"""Publishing in the admin, held to the rule of two pairs of eyes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.models import WorkflowMixin
from wagtail.snippets.views.snippets import CreateView, EditView

from home.review import holds_back
from home.review_admin import keep_as_draft


class ReviewedCreateView(CreateView):
    """Making of what a second person publishes."""

    def get_available_actions(self) -> list[str]:
        """Without "publish" for all but superusers: whoever makes a row is its last editor."""
        return _without_publishing(super().get_available_actions(), self.model(), self.request.user)


class ReviewedEditView(EditView):
    """Editing of what a second person publishes."""

    def get_available_actions(self) -> list[str]:
        """Without "publish" for the last editor of words that are not public yet."""
        return _without_publishing(super().get_available_actions(), self.object, self.request.user)

    def publish_action(self) -> HttpResponse | None:
        """Publishes what somebody else wrote; what the same form changed stays a draft."""
        if (answer := keep_as_draft(self.request, self.object, self.get_edit_url())) is not None:
            return answer
        return super().publish_action()


def _without_publishing(actions: list[str], row: WorkflowMixin, user: Any) -> list[str]:
    if "publish" not in actions or not holds_back(row, user):
        return actions
    return [action for action in actions if action != "publish"]


def hold_back_publishing(items: list, request: HttpRequest, context: dict) -> None:
    """Takes "Publish" from the menu of the last editor of words that are not public yet."""
    model = context.get("model")
    if model is None or not issubclass(model, WorkflowMixin):
        return
    if holds_back(context.get("instance") or model(), request.user):
        items[:] = [item for item in items if item.name != "action-publish"]
