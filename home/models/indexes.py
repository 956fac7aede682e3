"""Index pages: where editors decide at which address the catalogue's entries live."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

from home import entries

from .pages import PortalPage


class EntryIndexPage(RoutablePageMixin, PortalPage):
    """An index page; its entries are not pages but are served below its address."""

    kind: ClassVar[str]

    subpage_types: list[str] = []
    parent_page_types = ["home.HomePage", "home.StandardPage"]

    class Meta:
        abstract = True

    @path("")
    def listing(self, request: HttpRequest) -> HttpResponse:
        """The list of entries."""
        return entries.listing(self.kind, request, self)

    @re_path(r"^(?:(?P<words>[\w-]{0,200})-)?(?P<number>[0-9]{1,18})/(?P<rest>[\w./-]{0,80})$")
    def entry(
        self, request: HttpRequest, number: str, words: str | None = None, rest: str = ""
    ) -> HttpResponse:
        """One entry, found by its number; the words are corrected by a redirect."""
        return entries.entry(self.kind, request, self, words or "", int(number), rest)


class CatalogueIndexPage(EntryIndexPage):
    """Where courses live."""

    kind = "course"

    class Meta:
        verbose_name = _("catalogue")


class ProgrammeIndexPage(EntryIndexPage):
    """Where programmes live."""

    kind = "programme"

    class Meta:
        verbose_name = _("list of programmes")


class ProviderIndexPage(EntryIndexPage):
    """Where providers live."""

    kind = "provider"

    class Meta:
        verbose_name = _("list of providers")


class CentreIndexPage(EntryIndexPage):
    """Where training centres live."""

    kind = "centre"

    class Meta:
        verbose_name = _("list of centres")
