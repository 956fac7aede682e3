"""Permissions by provider: a model's right holds only for what one's own providers offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from catalog import models
from catalog.teams import own_providers, people_for, works_for, works_for_all

# Where each model keeps the number of its provider.
PROVIDER_PATHS: dict[type[Model], str] = {
    models.Course: "provider",
    models.CourseText: "course__provider",
    models.CourseRun: "course__provider",
    models.Programme: "provider",
    models.Provider: "pk",
}


class ProviderPolicy(ModelPermissionPolicy):
    """The model's own rights, for the rows of the providers whose team a person is in."""

    def __init__(self, model: type[Model], path: str = "") -> None:
        super().__init__(model)
        self.path = path or PROVIDER_PATHS[model]

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """The model's right, and a team that ``instance`` belongs to."""
        if not self.user_has_permission(user, action):
            return False
        return works_for_all(user) or works_for(user, self.stored_provider(instance))

    def stored_provider(self, instance: Model) -> int | None:
        """The provider's number in the database; a form or a draft may say otherwise."""
        if instance.pk is None:
            return None
        rows = self.model._default_manager.filter(pk=instance.pk)
        return rows.values_list(self.path, flat=True).first()

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        """Rows for which ``user`` may do any of ``actions``."""
        if not self.user_has_any_permission(user, actions):
            return self.model._default_manager.none()
        return self.own_rows(user)

    def own_rows(self, user: Any) -> QuerySet:
        """Rows of the providers that ``user`` works for, whatever the right."""
        rows = self.model._default_manager.all()
        if works_for_all(user):
            return rows
        return rows.filter(**{f"{self.path}__in": own_providers(user)})

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Model
    ) -> QuerySet:
        """People who may do any of ``actions`` with ``instance``."""
        people = people_for(self.stored_provider(instance))
        return self.users_with_any_permission(actions).filter(pk__in=people.values("pk"))


def register() -> None:
    """Make the policies known to Wagtail; must run before any view is built."""
    for model in PROVIDER_PATHS:
        register_permission_policy(model, ProviderPolicy(model))
