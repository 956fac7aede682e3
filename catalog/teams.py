"""Who works for which provider: the one question behind every permission on the catalogue."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

ANY_PROVIDER = "catalog.any_provider"


def works_for_all(user: Any) -> bool:
    """True for those who may work on the courses of every provider."""
    return bool(user.is_active and (user.is_superuser or user.has_perm(ANY_PROVIDER)))


def own_providers(user: Any) -> frozenset[int]:
    """Numbers of the providers in whose teams ``user`` is; one query per user object."""
    if not user.is_active or user.pk is None:
        return frozenset()
    if not hasattr(user, "_own_providers"):
        user._own_providers = frozenset(user.provider_teams.values_list("pk", flat=True))
    return user._own_providers


def works_for(user: Any, provider: int | None) -> bool:
    """True when ``user`` may work on what the provider with this number offers."""
    return works_for_all(user) or provider in own_providers(user)


def people_for(provider: int | None) -> QuerySet:
    """Active people who work for this provider, or for all."""
    right = Permission.objects.filter(
        content_type__app_label="catalog", codename="any_provider"
    ).values("pk")
    people = get_user_model()._default_manager.filter(is_active=True)
    everywhere = people.filter(
        Q(is_superuser=True) | Q(user_permissions__in=right) | Q(groups__permissions__in=right)
    )
    return people.filter(
        Q(pk__in=everywhere.values("pk"))
        | Q(pk__in=people.filter(provider_teams=provider).values("pk"))
    )
