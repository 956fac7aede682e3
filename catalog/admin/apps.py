"""Puts our list and form of people in the place of Wagtail's."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    """Stands for ``wagtail.users`` among the installed apps."""

    user_viewset = "catalog.admin.people.PeopleViewSet"

    def ready(self) -> None:
        """Wagtail's own, and then our rule about superusers and the name in the corner."""
        super().ready()
        from django.contrib.auth import get_user_model
        from wagtail.permissions import register_permission_policy

        from . import corner  # noqa: F401
        from .people import PeoplePolicy

        person = get_user_model()
        register_permission_policy(person, PeoplePolicy(person))
