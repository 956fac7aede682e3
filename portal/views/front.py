"""The address without a language, and the files that pages are made with."""

from __future__ import annotations

import mimetypes
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_safe

from home.colours import brand_address, brand_css
from home.covers import cover_at
from home.navigation import home_pages, site_for, site_settings
from home.social import picture_at

# Only what image renditions are made into; originals and documents have views of their own.
IMAGES = {".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp"}
YEAR = 31_536_000


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """To the front page in the language that the browser asks for, if the site has it."""
    site = site_for(request)
    offered = list(home_pages(site.pk if site else 0))
    language = get_language_from_request(request)
    if language not in offered:
        language = offered[0] if offered else settings.LANGUAGE_CODE
    response = HttpResponseRedirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
def cover(request: HttpRequest, name: str) -> HttpResponse:
    """A generated cover; the same for ever."""
    drawing = cover_at(name)
    if drawing is None:
        raise Http404
    return _for_ever(HttpResponse(drawing, content_type="image/svg+xml"))


@require_safe
def picture(request: HttpRequest, name: str, mark: str) -> HttpResponse:
    """The same cover as an image, for networks that show no drawings."""
    drawn = picture_at(name, mark)
    if drawn is None:
        raise Http404
    response = _for_ever(HttpResponse(drawn, content_type="image/png"))
    # Shown by whoever shares the page.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@require_safe
def brand(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet of a site's own colours; its address changes with them."""
    site = site_for(request)
    own = site_settings(site.pk if site else 0)
    colours = (own.brand, own.brand_2, own.gold)
    if brand_address(*colours) != request.path:
        raise Http404
    return _for_ever(HttpResponse(brand_css(*colours), content_type="text/css"))


@require_safe
def image(request: HttpRequest, path: str) -> HttpResponse:
    """A rendition of an uploaded image, for servers that have no web server before them."""
    name = f"images/{path}"
    kind = PurePosixPath(path).suffix.lower()
    try:
        if kind not in IMAGES or not default_storage.exists(name):
            raise Http404
        file = default_storage.open(name)
    except (SuspiciousOperation, OSError, ValueError) as error:
        raise Http404 from error
    content_type = mimetypes.types_map.get(kind, "application/octet-stream")
    return _for_ever(FileResponse(file, content_type=content_type))


def _for_ever(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response
