"""Pages and news of the demo, in every language there is a text for; aliases in the others."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
from wagtail.models import Locale, Page

from home.models import HomePage, NewsIndexPage, NewsPage, StandardPage

from .data import read
from .records import remember


def load_pages() -> None:
    """Home page words, standard pages, news."""
    if NewsPage.objects.exists() or StandardPage.objects.exists():
        return
    homes = {page.locale.language_code: page for page in HomePage.objects.select_related("locale")}
    lists = {
        page.locale.language_code: page for page in NewsIndexPage.objects.select_related("locale")
    }
    words = read("pages")
    for language, page in homes.items():
        page.intro = words["home"]["intro"].get(language, "")
        page.example_queries = "\n".join(words["home"]["example_queries"].get(language, ()))
        page.save()
    for row in words["pages"]:
        _everywhere(StandardPage, row, homes)
    today = timezone.localdate()
    for row in sorted(read("news"), key=lambda item: item["days"]):
        _everywhere(NewsPage, row, lists, date=today + timedelta(days=row["days"]))


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
            slug=row["slug"].get(language) or row["slug"][settings.LANGUAGE_CODE],
            intro=row["intro"].get(language, ""),
            body=_body(row["body"][language]),
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


def _body(blocks: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    made = []
    for block in blocks:
        value = block["value"]
        if block["type"] == "paragraph":
            value = f"<p>{escape(value)}</p>"
        made.append((block["type"], value))
    return made
