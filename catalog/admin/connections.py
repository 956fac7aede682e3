"""LMS connections in the admin: a form for each kind, and how each is doing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import HeaderButton

from catalog import lms
from catalog.connections.checks import ask_for_check
from catalog.connections.services import platform
from catalog.connections.states import forget_rest, standing
from catalog.models import LMSConnection

from .actions import ActionView
from .base import AtOnceCreateView, AtOnceEditView, CatalogueViewSet, FoldedIndexView
from .connection_form import ConnectionForm, kind_name, panels_of


class ConnectionIndexView(FoldedIndexView):
    """All of them, with their state."""

    def get_base_queryset(self) -> QuerySet:
        """With what the column of states shows."""
        return super().get_base_queryset().select_related("state")

    @cached_property
    def columns(self) -> list[Column]:
        """Name, kind, state."""
        return [
            self._get_title_column("name"),
            Column("code", label=_("Code"), sort_key="code"),
            Column("kind", label=_("Kind"), accessor=lambda row: kind_name(row.kind)),
            BooleanColumn("active", label=_("Active")),
            Column("state", label=_("State"), accessor=lambda row: standing(row).word),
        ]


class _OfItsKind:
    """The form of one kind; what is saved is tried again at once, and checked."""

    def get_form_class(self) -> type[ConnectionForm]:
        """That of the kind; the viewset has the same one for all."""
        return self.panel.get_form_class()

    def save_instance(self) -> LMSConnection:
        """In one transaction with the question to the worker."""
        with transaction.atomic():
            connection = super().save_instance()
            forget_rest(connection)
            ask_for_check(connection, get_language())
        return connection


class ConnectionCreateView(_OfItsKind, AtOnceCreateView):
    """First the kind, then what it asks for."""

    @cached_property
    def kind(self) -> str:
        """As the address says; "" while none is chosen."""
        kind = self.request.GET.get("kind", "")
        return kind if kind in lms.kinds() else ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The choice, unless it is made."""
        if self.kind:
            return super().dispatch(request, *args, **kwargs)
        if not self.user_has_permission("add"):
            raise PermissionDenied
        context = {
            "page_title": _("New LMS connection"),
            "header_icon": "link-external",
            "kinds": [(kind, kind_name(kind)) for kind in lms.kinds()],
        }
        return render(request, "catalog/admin/connection_kinds.html", context)

    def get_panel(self) -> ObjectList:
        """The form of the kind."""
        return panels_of(self.kind) if self.kind else super().get_panel()

    def get_initial_form_instance(self) -> LMSConnection:
        """Of the kind."""
        return LMSConnection(kind=self.kind)

    def get_add_url(self) -> str:
        """The form is sent to where it stands."""
        return f"{super().get_add_url()}?kind={self.kind}"

    def get_success_url(self) -> str:
        """To the state, where the check will stand."""
        return _state_url(self.object)


class ConnectionEditView(_OfItsKind, AtOnceEditView):
    """The kind stays; secrets are kept unless replaced."""

    def get_panel(self) -> ObjectList:
        """The form of its kind."""
        return panels_of(self.object.kind)

    @cached_property
    def header_buttons(self) -> list:
        """How it is doing."""
        button = HeaderButton(_("State"), url=_state_url(self.object), icon_name="info-circle")
        return [button, *super().header_buttons]

    def get_success_url(self) -> str:
        """To the state, where the check will stand."""
        return _state_url(self.object)


def _state_url(connection: LMSConnection) -> str:
    return reverse("wagtailsnippets_catalog_lmsconnection:state", args=[connection.pk])


class ConnectionStateView(ActionView):
    """What the last check found, what went wrong lately; a button asks for another check."""

    model = LMSConnection
    page_title = gettext_lazy("State")
    template_name = "catalog/admin/connection_state.html"
    header_icon = "link-external"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything is read from the database; the LMS is not asked."""
        connection = self.object
        edit_url = reverse("wagtailsnippets_catalog_lmsconnection:edit", args=[connection.pk])
        return super().get_context_data(
            standing=standing(connection, timezone.now()),
            faults=list(connection.faults.all()),
            kind=kind_name(connection.kind),
            platform=platform() if connection.kind == "lti" else None,
            edit_url=edit_url,
            **kwargs,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks the worker."""
        ask_for_check(self.object, get_language())
        messages.success(request, _("The check is under way. Load this page again in a moment."))
        return redirect(_state_url(self.object))


class LMSConnectionViewSet(CatalogueViewSet):
    """Learning management systems that courses lead to."""

    model = LMSConnection
    icon = "link-external"
    index_view_class = ConnectionIndexView
    add_view_class = ConnectionCreateView
    edit_view_class = ConnectionEditView
    search_fields = ["name", "code"]
    edit_handler = panels_of("link")

    def get_urlpatterns(self) -> list:
        """Wagtail's own, and the state."""
        view = self.construct_view(ConnectionStateView, model=LMSConnection)
        return [*super().get_urlpatterns(), path("state/<int:pk>/", view, name="state")]
