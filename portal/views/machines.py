"""What machines ask for: robots.txt, security.txt, OpenSearch, sitemaps."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from home.navigation import frame_for
from portal import sitemaps

XML = "application/xml; charset=utf-8"


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """RFC 9309: everything but the admin and the endless addresses of searches."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /api/",
        *(f"Disallow: /{code}/search/?" for code, _name in settings.LANGUAGES),
        "",
        f"Sitemap: {frame_for(request).base_url}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116: whom to tell about a weakness; 404 until the site settings name an address."""
    frame = frame_for(request)
    email = frame.settings.contact_email
    if not email:
        raise Http404
    # The expiry moves on by itself, a month at a time, so that the file can be kept.
    expires = (timezone.now() + timedelta(days=180)).replace(day=1, hour=0, minute=0, second=0)
    lines = [
        f"Contact: mailto:{email}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(frame.languages)}",
        f"Canonical: {frame.base_url}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1, so that browsers offer the portal's search in their address bar."""
    return render(request, "portal/opensearch.xml", content_type=XML)


@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """Every part of the sitemap."""
    base = frame_for(request).base_url
    parts = [f"{base}/sitemap-{name}.xml" for name in sitemaps.parts()]
    return render(request, "portal/sitemap_index.xml", {"parts": parts}, content_type=XML)


@require_safe
def sitemap(request: HttpRequest, kind: str, number: str = "") -> HttpResponse:
    """One part: its entries with their addresses in every language that has them."""
    entries = sitemaps.entries(request, kind, int(number) if number else 0)
    if entries is None:
        raise Http404
    base = frame_for(request).base_url
    context = {"entries": entries, "base": base}
    return render(request, "portal/sitemap.xml", context, content_type=XML)
