"""Why a query is answered as it is: the plan, each result's score, and what its words met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from home.languages.facts import language_name
from search.analysis import Word, tokens
from search.documents import documents_for
from search.engine import Document, EngineQuery, EngineUnavailable, TextQuery
from search.engines import get_engine
from search.engines.fields import Factors, boost, by_field, code_key
from search.glossary import alternatives
from search.params import MAX_QUERY, SearchParams, clean
from search.planning import parse
from search.planning.steps import Step
from search.service import Answer, answer, notes

from .placements import placed
from .report import CRUMB, policy

SHOWN = 20
STEPS = {
    Step.STRICT: _("as it stands"),
    Step.PREFIX: _("beginnings of words"),
    Step.KEYBOARD: _("typed on another keyboard"),
    Step.ALPHABET: _("another alphabet"),
    Step.SPELLING: _("another spelling"),
    Step.RELAXED: _("some of the words"),
    Step.MEANING: _("the meaning"),
}
_PLACES = (("titles", _("title")), ("keywords", _("search words")), ("bodies", _("text")))


@dataclass(frozen=True)
class Met:
    """Where a document has a word, or another for it: "title (Turkish)", and how it is there."""

    word: str
    places: list[str]


@dataclass(frozen=True)
class Explained:
    """One entry. ``text`` × ``factor`` is about its ``score``; 0 where it is no result.

    ``factors``: what the factor is made of.
    """

    rank: int
    title: str
    url: str
    code: str
    score: float
    text: float
    factor: float
    factors: Factors
    met: list[Met]
    is_first: bool = False


class ExplainForm(forms.Form):
    """The query as a reader types it; ``code``: a course that is missed among the results."""

    query = forms.CharField(label=_("Query"), max_length=MAX_QUERY)
    language = forms.ChoiceField(label=_("Language of the reader"), choices=settings.LANGUAGES)
    code = forms.CharField(
        label=_("Course code"),
        max_length=60,
        required=False,
        help_text=_("To see what this course has of the query, also when it is not found."),
    )


def explain(found: Answer, language: str) -> list[Explained]:
    """The results of an answer, each with what counted."""
    hits = {hit.key: hit.score for hit in found.found.result.hits}
    documents = {one.key: one for one in documents_for(hits)[0]}
    first = placed(found.params.query, language).first
    return [
        _explained(
            documents[result.key],
            hits[result.key],
            list(_words(found, language)),
            rank=rank,
            title="".join(text for text, _is_match in result.title),
            url=result.url,
            is_first=result.key in first,
        )
        for rank, result in enumerate(found.results, 1)
        if result.key in documents
    ]


def explain_course(code: str, found: Answer, language: str) -> Explained | None:
    """What a course has of the query; None when no course has the code."""
    wanted = TextQuery(codes=(code_key(code),))
    hits = get_engine().search(EngineQuery(language=language, text=wanted, limit=1)).hits
    made = documents_for([hit.key for hit in hits])[0]
    if not made or code_key(made[0].code) != code_key(code):
        return None
    title = made[0].titles.get(language) or next(iter(made[0].titles.values()), code)
    return _explained(made[0], 0.0, list(_words(found, language)), rank=0, title=title, url="")


def _words(found: Answer, language: str) -> Iterator[tuple[str, dict[str, set[str]]]]:
    """Each word of the query with its stems by language, those of other words for it too."""
    words = found.found.read_as or parse(found.params.query).words
    others = alternatives(tuple(words), language)
    for place, word in enumerate(words):
        stems = _stems(word)
        for other in others:
            if other.start <= place < other.end:
                for part in other.words:
                    stems.setdefault(other.language, set()).add(part.stem(other.language))
        yield word.folded, {code: own - {""} for code, own in stems.items()}


def _stems(word: Word) -> dict[str, set[str]]:
    return {language: {stem} for language, stem in word.stems}


def _explained(
    document: Document, score: float, words: list[tuple[str, dict[str, set[str]]]], **facts: Any
) -> Explained:
    factor = boost(document)
    return Explained(
        code=document.code,
        score=score,
        text=score / factor,
        factor=factor,
        factors=Factors.of(document),
        met=[Met(word, list(_places(document, stems))) for word, stems in words],
        **facts,
    )


def _places(document: Document, stems: Mapping[str, set[str]]) -> Iterator[str]:
    for name, label in _PLACES:
        for language, text in by_field(getattr(document, name)).items():
            own = {token.text for token in tokens(text, language)}
            if met := own & stems.get(language, set()):
                yield f"{label} ({language_name(language, get_language())}): {', '.join(met)}"


class ExplainView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """A form, and below it the answer taken apart."""

    template_name = "search/admin/explain.html"
    page_title = _("Explain a search")
    header_icon = "search"
    permission_policy = policy
    permission_required = "view"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        """Below the report that leads here."""
        return [*self.breadcrumbs_items, CRUMB, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The answer, where a query is given."""
        context = super().get_context_data(**kwargs)
        form = ExplainForm(self.request.GET if "query" in self.request.GET else None)
        context["form"] = form
        if form.is_valid():
            context |= self._answered(form.cleaned_data)
        return context

    def _answered(self, data: dict[str, str]) -> dict[str, Any]:
        language = data["language"]
        params = SearchParams(query=clean(data["query"])[:MAX_QUERY])
        try:
            with override(language):
                found = answer(params, language, timezone.now(), page_size=SHOWN)
        except EngineUnavailable:
            return {"unavailable": True}
        missed = explain_course(data["code"], found, language) if data["code"] else None
        return {
            "answer": found,
            "step": STEPS[found.found.step],
            "done": notes(found),
            "explained": explain(found, language),
            "missed": missed,
            "unknown_code": bool(data["code"]) and missed is None,
            "words": [
                (word, sorted(set().union(*own.values()))) for word, own in _words(found, language)
            ],
            "hidden": placed(params.query, language).hidden,
        }
