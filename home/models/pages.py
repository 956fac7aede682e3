"""Home, ordinary pages and news."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from home.blocks import BodyBlock, PageBodyBlock
from home.review import TwoPairsOfEyes

# A slug is written once and copied to translations, where it may be changed: machine
# translation must never be asked for an address.
KEEP_SLUG = [SynchronizedField("slug")]


class PortalPage(Page):
    """What every page of the portal shares."""

    intro = models.TextField(_("introduction"), max_length=500, blank=True)

    override_translatable_fields = KEEP_SLUG
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    @property
    def is_untranslated(self) -> bool:
        """True for a page that stands in for its source until somebody translates it."""
        return bool(self.alias_of_id) and self.alias_of.locale_id != self.locale_id

    def permissions_for_user(self, user) -> TwoPairsOfEyes:
        """What ``user`` may do here."""
        return TwoPairsOfEyes(user, self)

    def get_context(self, request, *args, **kwargs) -> dict:
        """Adds the source page where this one is not translated yet."""
        context = super().get_context(request, *args, **kwargs)
        context["source_page"] = self.alias_of.specific if self.is_untranslated else None
        return context


class HomePage(PortalPage):
    """The front page of one language."""

    example_queries = models.TextField(
        _("example searches"), blank=True, help_text=_("One per line; the first three are shown.")
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("example_queries"),
        FieldPanel("body"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")

    @property
    def examples(self) -> list[str]:
        """Up to three searches a visitor may try."""
        return [line.strip() for line in self.example_queries.splitlines() if line.strip()][:3]


class StandardPage(PortalPage):
    """A page of text."""

    body = StreamField(PageBodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [*PortalPage.content_panels, FieldPanel("body")]
    template = "pages/standard.html"

    class Meta:
        verbose_name = _("page")


class NewsIndexPage(PortalPage):
    """The list of news in one language."""

    subpage_types = ["home.NewsPage"]
    parent_page_types = ["home.HomePage"]
    template = "pages/news_index.html"

    class Meta:
        verbose_name = _("news list")

    def news(self) -> models.QuerySet[NewsPage]:
        """Published news, newest first."""
        return (
            NewsPage.objects.child_of(self)
            .live()
            .public()
            .select_related("image", "locale", "alias_of")
            .order_by("-date", "-pk")
        )

    def get_context(self, request, *args, **kwargs) -> dict:
        """Adds one page of news."""
        from home.paging import page_of

        context = super().get_context(request, *args, **kwargs)
        context["news"] = page_of(self.news(), request.GET.get("page"), 12)
        return context


class NewsPage(PortalPage):
    """One piece of news."""

    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    image = models.ForeignKey(
        "home.PortalImage",
        models.SET_NULL,
        verbose_name=_("image"),
        null=True,
        blank=True,
        related_name="+",
    )
    body = StreamField(BodyBlock(), blank=True, verbose_name=_("body"))

    content_panels = [
        *PortalPage.content_panels,
        FieldPanel("date"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/news.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
