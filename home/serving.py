"""The short way to the catalogue: index pages answer for their entries without walking the tree."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail import views
from wagtail.models import Page

from home import moves
from home.cache import kept
from home.models import EntryIndexPage
from home.navigation import active_language, address, home_pages, site_for


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """What stands at ``path`` (without the language): an index page's entry, else a page.

    Index pages are found in a kept map, so the way to a course costs no query. Those that Wagtail
    must guard (login, password, groups) are left to it, like every other page.
    """
    site = site_for(request)
    for prefix, page in index_pages(site.pk if site else 0, active_language()):
        if path.startswith(prefix):
            request.routable_resolver_match = page.resolve_subpage(f"/{path[len(prefix) :]}")
            view, args, kwargs = request.routable_resolver_match
            return view(request, *args, **kwargs)
    try:
        return views.serve(request, path)
    except Http404:
        if (way := moves.follow(request)) is not None:
            return way
        if site and _has_expired(home_pages(site.pk).get(active_language()), path):
            return render(request, "410.html", {"is_error": True}, status=410)
        raise


def _has_expired(home: Page | None, path: str) -> bool:
    """True where a page stood until the day its editors had set."""
    return bool(
        home
        and Page.objects.filter(
            url_path=f"{home.url_path}{path}", path__startswith=home.path, live=False, expired=True
        ).exists()
    )


@kept
def index_pages(site_id: int, language: str) -> list[tuple[str, EntryIndexPage]]:
    """Published, unguarded index pages of a site in a language, with their paths below it.

    The longest path comes first. The pages are shared between requests: never change one.
    """
    home = home_pages(site_id).get(language)
    if home is None:
        return []
    start = len(f"/{language}/")
    found = [
        (address(page, home, language)[start:], page)
        for model in EntryIndexPage.__subclasses__()
        for page in model.objects.descendant_of(home).live().public().select_related("locale")
    ]
    return sorted(found, key=lambda pair: -len(pair[0]))
