"""Search documents made from the catalogue: one per course, all its languages together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import strip_tags

from catalog.availability import RunFacts, course_availability
from catalog.models import Course, CourseText
from catalog.selectors.vocabulary import SubjectFact, countries, providers, subjects
from home.languages.collation import sort_key

from .engine import Document

# Long bodies add noise and size; a course is about what stands in its first pages.
BODY_CHARACTERS = 6000
# Blocks of words, and the parts of them that are none.
_READ = frozenset({"paragraph", "heading", "list", "callout", "question"})
_NOT_WORDS = frozenset({"id", "type", "tone"})


def expand(keys: Iterable[str]) -> Iterator[str]:
    """Course keys for everything announced, each once: a provider stands in all its courses."""
    seen: set[str] = set()
    for key in keys:
        kind, _colon, number = key.partition(":")
        found = [key] if kind == "course" else _courses_showing(kind, int(number))
        for course in found:
            if course not in seen:
                seen.add(course)
                yield course


def _courses_showing(kind: str, number: int) -> Iterator[str]:
    lookup = {
        "provider": "provider_id",
        "subject": "subjects",
        "centre": "runs__centre_id",
    }.get(kind)
    if lookup is None:
        return
    numbers = Course.objects.filter(**{lookup: number}).values_list("pk", flat=True).distinct()
    for pk in numbers.iterator(chunk_size=2000):
        yield f"course:{pk}"


def documents_for(keys: Iterable[str]) -> tuple[list[Document], list[str]]:
    """Documents of the public courses among ``keys`` and the keys to delete. Constant queries."""
    wanted = {int(key.partition(":")[2]): key for key in keys}
    now, known = timezone.now(), Vocabularies.now()
    documents = [document(course, known, now) for course in _courses(wanted)]
    have = {doc.key for doc in documents}
    return documents, [key for key in wanted.values() if key not in have]


def _courses(numbers: Iterable[int]) -> Iterable[Course]:
    texts = CourseText.objects.filter(live=True).select_related("locale")
    return (
        Course.objects.public()
        .filter(pk__in=list(numbers))
        .prefetch_related(
            Prefetch("texts", texts, to_attr="live_texts"), "languages", "subjects", "runs"
        )
    )


@dataclass(frozen=True)
class Vocabularies:
    """What stands in many courses: (code, country) of providers, paths of subjects, by number."""

    providers: dict[int, tuple[str, str]]
    subjects: dict[int, tuple[str, ...]]

    @classmethod
    def now(cls) -> Vocabularies:
        """Asked for once per batch."""
        places = {country.pk: country.code for country in countries().values()}
        return cls(
            {row.pk: (row.code, places.get(row.country, "")) for row in providers().values()},
            _subject_paths(subjects()),
        )


def _subject_paths(known: Mapping[int, SubjectFact]) -> dict[int, tuple[str, ...]]:
    """Codes of each subject and of everything above it; a subject below itself ends the path."""
    paths: dict[int, tuple[str, ...]] = {}
    for number in known:
        path: dict[int, str] = {}
        at: int | None = number
        while at in known and at not in path:
            path[at] = known[at].code
            at = known[at].parent
        paths[number] = tuple(path.values())
    return paths


def document(course: Course, known: Vocabularies, now: datetime) -> Document:
    """The document of one course, whose relations are loaded."""
    texts = {text.language: text for text in course.live_texts}
    runs = list(course.runs.all())
    state = course_availability(
        [RunFacts.of(run) for run in runs], course.kind, course.enrolment, now
    ).state
    starts = [run.start for run in runs if run.start and run.start >= now and not run.cancelled]
    created = min(
        (t.first_published_at for t in texts.values() if t.first_published_at), default=now
    )
    return Document(
        key=f"course:{course.pk}",
        type="course",
        code=course.code,
        titles={language: text.title for language, text in texts.items()},
        bodies={language: body_text(text) for language, text in texts.items()},
        facets=_facets(course, known, runs, texts) | {"state": (str(state),)},
        start=_epoch_day(min(starts)) if starts else None,
        created=int(created.timestamp()),
        sort_titles={lang: sort_key(text.title, lang) for lang, text in texts.items()},
        popularity=float(sum(run.seats_taken for run in runs)),
    )


def _facets(
    course: Course, known: Vocabularies, runs: list, texts: dict
) -> dict[str, tuple[str, ...]]:
    def spoken(role: str) -> tuple[str, ...]:
        return tuple(row.language for row in course.languages.all() if row.role == role)

    provider, country = known.providers.get(course.provider_id, ("", ""))
    modes = {course.mode} | {run.mode for run in runs if not run.cancelled}
    found = {
        code for row in course.subjects.all() for code in known.subjects.get(row.pk, (row.code,))
    }
    return {
        "kind": (course.kind,),
        "subject": tuple(sorted(found)),
        "teaching": spoken("teaching"),
        "subtitles": spoken("subtitles"),
        "mode": tuple(sorted(modes)),
        "level": (course.level,),
        "country": (country,) if country else (),
        "provider": (provider,) if provider else (),
        "language": tuple(texts),
    }


def body_text(text: CourseText) -> str:
    """Everything a searcher may mean besides the title, as plain text."""
    body = " ".join(
        plain
        for block in text.body.raw_data
        if block["type"] in _READ
        for plain in _strings(block["value"])
    )
    parts = (text.summary, text.search_words, text.outline, text.outcomes, body)
    return "\n".join(part for part in parts if part)[:BODY_CHARACTERS]


def _strings(value: Any) -> Iterator[str]:
    """The words of a block's stored value, without making blocks of it."""
    if isinstance(value, str):
        yield unescape(strip_tags(value))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_WORDS:
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _epoch_day(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() // 86_400)
