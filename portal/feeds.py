"""Atom feeds of one language: news, and the newest courses."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from catalog.models import Course
from catalog.selectors.cards import Card, cards
from home.models import NewsIndexPage, NewsPage
from home.navigation import address, frame_for, home_pages, site_for

ENTRIES = 20


class PortalFeed(Feed):
    """What both feeds share: absolute addresses, the site's name, the language of the address."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> HttpRequest:
        """The request: everything depends on its site and language."""
        return request

    def get_feed(self, obj: HttpRequest, request: HttpRequest):
        """Written in the language of the address."""
        self.language = frame_for(request).language
        self.base_url = frame_for(request).base_url
        return super().get_feed(obj, request)

    def link(self, obj: HttpRequest) -> str:
        """The front page."""
        frame = frame_for(obj)
        return frame.base_url + frame.home_url

    def author_name(self, obj: HttpRequest) -> str:
        """Who answers for every entry: the portal."""
        return frame_for(obj).name

    def feed_url(self, obj: HttpRequest) -> str:
        """The feed itself."""
        return frame_for(obj).base_url + obj.path


class NewsFeed(PortalFeed):
    """Published news, newest first."""

    def title(self, obj: HttpRequest) -> str:
        """Names the site and what it is."""
        return _("News: %(site)s") % {"site": frame_for(obj).name}

    def items(self, obj: HttpRequest) -> list[tuple[NewsPage, str]]:
        """News with their paths."""
        site, language = site_for(obj), frame_for(obj).language
        home = home_pages(site.pk if site else 0).get(language)
        if home is None:
            raise Http404
        index = NewsIndexPage.objects.child_of(home).live().public().first()
        rows = index.news()[:ENTRIES] if index else []
        return [(page, address(page, home, language)) for page in rows]

    def item_title(self, item: tuple[NewsPage, str]) -> str:
        """The headline."""
        return item[0].title

    def item_description(self, item: tuple[NewsPage, str]) -> str:
        """The introduction."""
        return item[0].intro

    def item_link(self, item: tuple[NewsPage, str]) -> str:
        """Where it stands."""
        return self.base_url + item[1]

    def item_guid(self, item: tuple[NewsPage, str]) -> str:
        """The same when the address changes."""
        return f"urn:uuid:{item[0].translation_key}"

    def item_pubdate(self, item: tuple[NewsPage, str]) -> datetime:
        """The day it is dated."""
        return datetime.combine(item[0].date, time(), tzinfo=UTC)

    def item_updateddate(self, item: tuple[NewsPage, str]) -> datetime:
        """Its last publication."""
        return item[0].last_published_at or self.item_pubdate(item)


class CourseFeed(PortalFeed):
    """The newest courses."""

    def title(self, obj: HttpRequest) -> str:
        """Names the site and what it is."""
        return _("New courses: %(site)s") % {"site": frame_for(obj).name}

    def items(self, obj: HttpRequest) -> list[Card]:
        """The newest courses as cards."""
        numbers = Course.objects.public().order_by("-pk").values_list("pk", flat=True)[:ENTRIES]
        return cards(numbers, frame_for(obj).language, timezone.now())

    def item_title(self, item: Card) -> str:
        """The title, in the reader's language or the nearest."""
        return item.text.title

    def item_description(self, item: Card) -> str:
        """Summary and state."""
        return f"{item.text.summary} {item.availability.label}.".strip()

    def item_link(self, item: Card) -> str:
        """Its page."""
        return self.base_url + item.url

    def item_guid(self, item: Card) -> str:
        """The same in every language and at every address."""
        return f"urn:uuid:{item.course.uuid}"

    def item_pubdate(self, item: Card) -> datetime:
        """Its first publication."""
        return item.text.first_published_at or item.course.created_at

    def item_updateddate(self, item: Card) -> datetime:
        """Its last change."""
        return max(item.text.last_published_at or item.course.updated_at, item.course.updated_at)
