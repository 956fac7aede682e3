"""The people of the portal in the admin: who they are, what they may do, for which providers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.users.views.users import IndexView, UserFilterSet, UserViewSet

from home.languages.casing import capitalise, lower, upper

from .gate import InstanceGate
from .people_form import PersonCreationForm, PersonEditForm


class PeoplePolicy(ModelPermissionPolicy):
    """Administrators manage people, but not those who stand above every rule."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        """A superuser's password or address in other hands would be their rights."""
        if instance.pk and not user.is_superuser and self._is_superuser(instance.pk):
            return False
        return super().user_has_permission_for_instance(user, action, instance)

    def _is_superuser(self, number: int) -> bool:
        return self.model._default_manager.filter(pk=number, is_superuser=True).exists()


def spare_superusers(request: HttpRequest, objects: list[Any]) -> None:
    """Raises PermissionDenied when a bulk action would touch people its user may not manage."""
    people = [row for row in objects if isinstance(row, get_user_model())]
    if not request.user.is_superuser and any(person.is_superuser for person in people):
        raise PermissionDenied


def spellings(word: str) -> set[str]:
    """``word`` as it may be written: the database folds the case of English letters only."""
    forms = {word}
    for language in ("az", "en"):
        small = lower(word, language)
        forms |= {small, upper(small, language), capitalise(small, language)}
    return forms


class PeopleFilterSet(UserFilterSet):
    """Filters that help to find colleagues."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.filters["is_superuser"]


class PeopleIndexView(IndexView):
    """People by name; the username says nothing, but is found: LMSs and logs name people by it."""

    page_title = _("People")
    add_item_label = _("Add a person")
    filterset_class = PeopleFilterSet

    def get_base_queryset(self) -> QuerySet:
        """With what a row shows."""
        people = super().get_base_queryset()
        return people.select_related("institution").prefetch_related("groups")

    def search_queryset(self, queryset: QuerySet) -> QuerySet:
        """People in whose name, address or username every word stands."""
        if not self.is_searching:
            return queryset
        for word in self.search_query.split()[:5]:
            found = Q()
            for form in spellings(word):
                for name in ("first_name", "last_name", "email", "username"):
                    found |= Q(**{f"{name}__icontains": form})
            queryset = queryset.filter(found)
        return queryset

    @cached_property
    def columns(self) -> list[Column]:
        """Name, e-mail, institution, roles, active, last sign-in."""
        checkbox, name, _username, _level, *_others = super().columns
        return [
            checkbox,
            name,
            Column("email", label=_("E-mail"), sort_key="email"),
            Column("institution", label=_("Institution")),
            Column("groups", label=_("Roles"), accessor=self.roles),
            BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
            DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
        ]

    @staticmethod
    def roles(person: Any) -> str:
        """Names of the groups."""
        return ", ".join(sorted(group.name for group in person.groups.all()))


class PeopleViewSet(InstanceGate, UserViewSet):
    """People."""

    icon = "user"
    menu_label = _("People")
    index_view_class = PeopleIndexView
    ordering = "name"
    filterset_class = PeopleFilterSet
    copy_view_enabled = False
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"

    def get_form_class(self, for_update: bool = False) -> type:
        """One form for new people, one for those who are there."""
        return PersonEditForm if for_update else PersonCreationForm
