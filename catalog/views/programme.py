"""The page of a programme: its courses in their order, with where each of them stands."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from catalog import structured_data
from catalog.addresses import programme_url
from catalog.audience import Visitor, eligibility
from catalog.models import Programme
from catalog.models.text import lines
from catalog.selectors.cards import cards
from home.models import EntryIndexPage
from home.navigation import frame_for

from .facts import programme_facts
from .frame import active_language, corrected, languages_of, page, require_safe, translated
from .visitors import audience_of


@require_safe
def entry(
    request: HttpRequest, index_page: EntryIndexPage, *, words: str, number: int, rest: str
) -> HttpResponse:
    """A published programme, or 301 to its right address, or 404."""
    programme = Programme.objects.filter(pk=number, live=True).first()
    if programme is None or rest:
        raise Http404
    right = programme_url(number, str(programme.title), active_language())
    if (redirect := corrected(request, right)) is not None:
        return redirect
    context = programme_context(programme, request)
    context |= languages_of(request, "programme", number, *translated(programme.title))
    moments = [card.availability.next_change for card, _required in context["steps"]]
    expires = min((moment for moment in moments if moment), default=None)
    return page(
        request, "catalog/programme.html", context, index_page=index_page, expires_at=expires
    )


def programme_context(programme: Programme, request: HttpRequest) -> dict[str, Any]:
    """What ``catalog/programme.html`` shows; six queries. Works for previews too."""
    language, now = active_language(), timezone.now()
    required = {step.course_id: step.required for step in programme.steps.all()}
    countries = tuple(country.pk for country in programme.audience_countries.all())
    audience = audience_of(programme.audience, countries, ())
    steps = [(card, required[card.course.pk]) for card in cards(required, language, now)]
    shown = programme.title.language(language)
    base = frame_for(request).base_url
    minutes = sum(card.course.workload or 0 for card, _required in steps)
    return {
        "programme": programme,
        "cover": (programme.code, 190),
        "content_language": shown if shown != language else "",
        "facts": programme_facts(programme, minutes, language),
        "eligibility": eligibility(audience, Visitor()),
        "steps": steps,
        "outcomes": lines(str(programme.outcomes)),
        "structured_data": structured_data.programme(
            programme,
            [(card.text.title, base + card.url) for card, _required in steps],
            audience,
            base,
            base + programme_url(programme.pk, str(programme.title), language),
        ),
    }
