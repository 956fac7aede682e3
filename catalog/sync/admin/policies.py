"""How the catalogue of each LMS comes over; reading it now; the secrets of pushes."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.widgets.button import HeaderButton

from catalog.admin.actions import ActionView
from catalog.admin.base import AtOnceEditView, CatalogueIndexView, CatalogueViewSet

from ..models import PushSecret, SyncPolicy, SyncRun
from ..tasks import sync_catalogue
from ..telling import verdict

VIEWS = "wagtailsnippets_sync_syncpolicy"


class PolicyIndexView(CatalogueIndexView):
    """One row for each LMS."""

    def get_base_queryset(self) -> QuerySet:
        """With what a row shows."""
        rows = super().get_base_queryset().select_related("connection", "provider")
        runs = SyncRun.objects.defer("parts_done")
        return rows.prefetch_related(Prefetch("connection__sync_runs", runs))

    @cached_property
    def columns(self) -> list[Column]:
        """LMS, provider, what becomes of new courses, the last run."""
        return [
            self._get_title_column("connection"),
            Column("provider", label=_("Provider")),
            Column("arrival", label=_("New courses"), accessor="get_arrival_display"),
            BooleanColumn("active", label=_("Every night")),
            Column("last", label=_("Last run"), accessor=last_words),
        ]


def last_words(policy: SyncPolicy) -> str:
    """The verdict of the latest run."""
    run = next(iter(policy.connection.sync_runs.all()), None)
    return verdict(run) if run else _("It has not been read yet.")


class PolicyEditView(AtOnceEditView):
    """The policy, with ways to its secrets and to reading now."""

    @cached_property
    def header_buttons(self) -> list:
        """Read now, and secrets."""
        pk = self.object.pk
        now = HeaderButton(_("Read now"), url=reverse(f"{VIEWS}:now", args=[pk]), icon_name="cogs")
        url = reverse(f"{VIEWS}:secrets", args=[pk])
        secrets = HeaderButton(_("Secrets of pushes"), url=url, icon_name="key")
        return [now, secrets, *super().header_buttons]


class ReadNowView(ActionView):
    """Asks the worker to read the catalogue."""

    model = SyncPolicy
    page_title = gettext_lazy("Read now")
    template_name = "sync/now.html"
    header_icon = "cogs"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The list of runs shows how far it is."""
        sync_catalogue.enqueue(pk)
        messages.success(
            request, _("The catalogue is being read. Load this page again in a moment.")
        )
        return redirect("wagtailsnippets_sync_syncrun:list")


class SecretsView(ActionView):
    """Secrets are shown once, when they are made."""

    model = SyncPolicy
    page_title = gettext_lazy("Secrets of pushes")
    template_name = "sync/secrets.html"
    header_icon = "key"
    made = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Without the secrets but the one made just now."""
        connection = self.object.connection
        rows = PushSecret.objects.filter(connection=connection).defer("secret")
        more = {"secrets": list(rows), "made": self.made, "code": connection.code}
        return super().get_context_data(address=reverse("push_course_runs"), **more, **kwargs)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes one, or deletes the one that ``delete`` names."""
        connection, number = self.object.connection, request.POST.get("delete", "")
        if not number:
            self.made = PushSecret.objects.create(connection=connection).secret
            return self.get(request, pk=pk)
        if number.isascii() and number.isdigit() and len(number) <= 18:
            PushSecret.objects.filter(connection=connection, pk=int(number)).delete()
            messages.success(request, _("The secret is deleted: nothing signed with it is taken."))
        return redirect(f"{VIEWS}:secrets", pk)


class SyncPolicyViewSet(CatalogueViewSet):
    """Policies."""

    model = SyncPolicy
    icon = "download"
    menu_label = gettext_lazy("What is read")
    index_view_class = PolicyIndexView
    edit_view_class = PolicyEditView
    edit_handler = ObjectList(
        [
            FieldPanel("connection"),
            FieldPanel("active"),
            FieldRowPanel([FieldPanel("provider"), FieldPanel("arrival")]),
            FieldRowPanel([FieldPanel("language"), FieldPanel("audience")]),
            FieldPanel("categories"),
        ]
    )

    def get_urlpatterns(self) -> list:
        """Wagtail's own, and what a policy can be asked for."""
        views = {"now": ReadNowView, "secrets": SecretsView}
        return [
            *super().get_urlpatterns(),
            *(
                path(f"{name}/<int:pk>/", self.construct_view(view, model=SyncPolicy), name=name)
                for name, view in views.items()
            ),
        ]
