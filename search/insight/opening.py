"""The way from a result to its entry, which counts that the result was opened."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search.highlight import Marks
from search.params import MAX_QUERY, clean
from search.results import Result, load

from .counting import Seen

_KEY = re.compile(r"(?:course|programme|provider|centre):[0-9]{1,12}|page:[0-9a-f]{32}")


def counted_url(result: Result, query: str) -> str:
    """The address that counts and leads on; without a query the entry's own."""
    if not query:
        return result.url
    return f"{_path(get_language())}?{urlencode({'to': result.key, 'q': query})}"


@lru_cache(maxsize=64)
def _path(language: str) -> str:
    """Where readers of the active language are counted; every result asks."""
    return reverse("search_open")


@require_safe
def open_result(request: HttpRequest) -> HttpResponse:
    """On to the entry ``to``; its address is made here, so this leads nowhere else."""
    key, language = request.GET.get("to", ""), get_language()
    found = load([key], language, Marks(), timezone.now()) if _KEY.fullmatch(key) else []
    if not found or not found[0].url:
        raise Http404(_("There is no such entry any more."))
    response = HttpResponseRedirect(found[0].url)
    response.searched = Seen(clean(request.GET.get("q", ""))[:MAX_QUERY], language, clicked=True)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, no_store=True)
    return response
