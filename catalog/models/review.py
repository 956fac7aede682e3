"""The review task of the editorial workflow: the last editor may not approve."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask


def is_last_editor(obj, user) -> bool:
    """True when ``user`` wrote the revision that waits for approval."""
    revision = obj.get_latest_revision()
    return bool(revision and user and revision.user_id == user.pk)


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by a moderator who did not write the last change."""

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    def get_actions(self, obj, user) -> list:
        """Without "approve" for the person who edited last."""
        actions = super().get_actions(obj, user)
        if is_last_editor(obj, user):
            actions = [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state, user, action_name, **kwargs):
        """Refuses the last editor's approval, however it was sent."""
        obj = task_state.workflow_state.content_object
        if action_name == "approve" and is_last_editor(obj, user):
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        """What editors read when they choose a task."""
        return str(_("A member of these groups approves, but never the last editor."))
