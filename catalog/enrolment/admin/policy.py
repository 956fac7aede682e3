"""Who sees whose enrolments: those of one's own providers; nobody writes them by hand."""

from __future__ import annotations

from typing import Any

from catalog.admin.policy import ProviderPolicy

from ..models import Enrolment

PATH = "run__course__provider"


class EnrolmentPolicy(ProviderPolicy):
    """By the provider of the run's course. An enrolment itself is made and changed by services."""

    def __init__(self, model: type) -> None:
        super().__init__(model, PATH)

    def user_has_permission(self, user: Any, action: str) -> bool:
        """ "again" is what the right to change an enrolment is for."""
        if self.model is Enrolment:
            if action in ("add", "change", "delete"):
                return False
            action = "change" if action == "again" else action
        elif action == "change":
            # A key that has been handed out is deleted, not turned into another.
            return False
        return super().user_has_permission(user, action)
