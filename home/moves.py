"""Pages that were renamed or moved: one redirect each, which holds for everything below them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.functions import Length
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.signals import page_slug_changed, post_page_move

from home.navigation import home_pages, site_for

LONGEST = Redirect._meta.get_field("old_path").max_length
# Deeper than any page lies; an address with more parts is somebody's game.
DEEPEST = 12


@receiver(page_slug_changed, dispatch_uid="home.renamed")
def on_rename(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    """A page got another word in its address."""
    if instance_before.live:
        remember(instance, instance_before.url_path)


@receiver(post_page_move, dispatch_uid="home.moved")
def on_move(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    """A page got another place in the tree."""
    if instance.live and url_path_before != url_path_after:
        remember(instance, url_path_before)


def remember(page: Page, url_path_before: str) -> None:
    """Let the old address of ``page`` lead to it; one set by hand stays as it is."""
    for site in Site.objects.all():
        for language, home in home_pages(site.pk).items():
            rest = url_path_before.removeprefix(home.url_path)
            old = Redirect.normalise_path(f"/{language}/{rest}")
            if rest in ("", url_path_before) or len(old) > LONGEST:
                continue
            if Redirect.objects.filter(old_path=old, site=site, automatically_created=False):
                continue
            Redirect.objects.update_or_create(
                old_path=old,
                site=site,
                defaults={"redirect_page": page, "automatically_created": True},
            )


def follow(request: HttpRequest) -> HttpResponse | None:
    """The way from an address below a page's old one to the same below its new one; one query."""
    parts = request.path.strip("/").split("/")
    if len(parts) > DEEPEST:
        return None
    above = ["/" + "/".join(parts[:count]) for count in range(2, len(parts) + 1)]
    known = Redirect.objects.filter(
        Q(site=site_for(request)) | Q(site=None),
        old_path__in=above,
        automatically_created=True,
        redirect_page__live=True,
    )
    found = known.select_related("redirect_page").order_by(Length("old_path")).last()
    url = found.redirect_page.get_url(request) if found else None
    if not url:
        return None
    target = url + request.path[len(found.old_path) :].lstrip("/")
    if target == request.path:
        return None
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{target}?{query}" if query else target)
