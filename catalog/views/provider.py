"""The page of a provider: who they are, their courses and their programmes."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from catalog import structured_data
from catalog.addresses import programme_url, provider_url
from catalog.models import Course, Programme, Provider
from catalog.selectors.cards import cards, soonest
from catalog.selectors.counts import Counted, provider_counts
from home.models import EntryIndexPage
from home.navigation import frame_for
from home.paging import page_of

from .facts import provider_facts
from .frame import active_language, corrected, languages_of, page, require_safe, translated
from .listing import COURSES

PROGRAMMES = 12


@require_safe
def entry(
    request: HttpRequest, index_page: EntryIndexPage, *, words: str, number: int, rest: str
) -> HttpResponse:
    """A provider, or 301 to its right address, or 404. Seven queries."""
    provider = Provider.objects.select_related("logo").filter(pk=number).first()
    if provider is None or rest:
        raise Http404
    language = active_language()
    right = provider_url(number, str(provider.name), language)
    if (redirect := corrected(request, right)) is not None:
        return redirect
    count = provider_counts().get(number, 0)
    rows = Course.objects.public().filter(provider=number).order_by("-pk")
    paged = page_of(
        Counted(rows.values_list("pk", flat=True), count), request.GET.get("page"), COURSES
    )
    shown = cards(paged.object_list, language, timezone.now())
    programmes = Programme.objects.filter(live=True, provider=number).only("title", "summary")
    spoken = provider.name.language(language)
    base = frame_for(request).base_url
    context = {
        "provider": provider,
        "cover": (provider.code, 190),
        "content_language": spoken if spoken != language else "",
        "facts": provider_facts(provider, language),
        "count": count,
        "courses": shown,
        "paged": paged,
        "programmes": [
            (programme, programme_url(programme.pk, str(programme.title), language))
            for programme in programmes[:PROGRAMMES]
        ],
        "structured_data": structured_data.organization(provider, base, base + right),
    }
    context |= languages_of(request, "provider", number, *translated(provider.name))
    return page(
        request,
        "catalog/provider.html",
        context,
        index_page=index_page,
        expires_at=soonest(shown),
    )
