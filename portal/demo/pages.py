"""Pages and news of the demo, in every language there is a text for; aliases in the others."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Page

from home.languages.transliteration import slugify
from home.models import HomePage, NewsIndexPage, NewsPage, SiteSettings, StandardPage

from .blocks import body
from .data import read
from .records import remember

# Where the help form of the demo leads; no mail server knows the address.
HELP = "help@academy.example"


def load_pages() -> None:
    """Home page words, standard pages, news, and where the help form leads."""
    if NewsPage.objects.exists() or StandardPage.objects.exists():
        return
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    lists = {
        page.locale.language_code: page for page in NewsIndexPage.objects.select_related("locale")
    }
    for language, page in homes.items():
        if not page.intro and not page.example_queries:
            page.intro, page.example_queries = _home_words(language)
            page.save()
    for own in SiteSettings.objects.filter(help_email=""):
        own.help_email = HELP
        own.save()
    for row in read("pages")["pages"]:
        _everywhere(StandardPage, row, homes)
    today = timezone.localdate()
    for row in sorted(read("news"), key=lambda item: item["days"]):
        _everywhere(NewsPage, row, lists, date=today + timedelta(days=row["days"]))


def clear_home_words() -> None:
    """Take the demo's words off the front pages; words that somebody has changed stay.

    The help form's address goes with them.
    """
    for page in HomePage.objects.select_related("locale"):
        if (page.intro, page.example_queries) == _home_words(page.locale.language_code):
            page.intro = page.example_queries = ""
            page.save()
    SiteSettings.objects.filter(help_email=HELP).update(help_email="")


def _home_words(language: str) -> tuple[str, str]:
    """Introduction and example searches, one per line."""
    words = read("pages")["home"]
    examples = "\n".join(words["example_queries"].get(language, ()))
    return words["intro"].get(language, ""), examples


def _everywhere(
    model: type[Page], row: dict[str, Any], parents: dict[str, Page], **values: Any
) -> None:
    key, source = uuid.uuid4(), None
    for language in sorted(parents, key=lambda code: code != settings.LANGUAGE_CODE):
        if language not in row["title"]:
            continue
        parent = Page.objects.get(pk=parents[language].pk)
        page = model(
            title=row["title"][language],
            slug=row.get("slug", {}).get(language) or slugify(row["title"][language], language),
            intro=row["intro"].get(language, ""),
            body=body(row["body"][language], parents[language].locale),
            locale=parents[language].locale,
            translation_key=key,
            **values,
        )
        parent.add_child(instance=page)
        page.save_revision(log_action=False).publish(log_action=False)
        remember(page)
        source = source or page
    for locale in Locale.objects.exclude(language_code__in=row["title"]):
        if source is not None and locale.language_code in parents:
            remember(source.copy_for_translation(locale, alias=True))
