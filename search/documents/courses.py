"""Documents of courses: one each, all its languages together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Prefetch
from django.utils import timezone

from catalog.availability import RunFacts, course_availability
from catalog.models import Course, CourseRun, CourseText
from catalog.selectors.vocabulary import (
    CountryFact,
    ProviderFact,
    SubjectFact,
    countries,
    providers,
    subjects,
)
from home.languages.collation import sort_key
from search.eligible import audience_codes
from search.engine import Document

from .streams import stream_text

# Long bodies add noise and size; a course is about what stands in its first pages.
BODY_CHARACTERS = 6000


def numbers(after: str) -> Iterator[int]:
    """Numbers of the public courses, in order, beyond ``after``."""
    rows = Course.objects.public().filter(pk__gt=int(after or 0)).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=2000)


def documents(wanted: Iterable[str]) -> list[Document]:
    """Documents of the public courses among these. Eight queries, however many."""
    now, known = timezone.now(), Vocabularies.now()
    return [document(course, known, now) for course in _courses([int(n) for n in wanted])]


def _courses(numbers: list[int]) -> Iterable[Course]:
    texts = CourseText.objects.filter(live=True).select_related("locale")
    return (
        Course.objects.public()
        .filter(pk__in=numbers)
        .defer("admin_search")
        .prefetch_related(
            Prefetch("texts", texts, to_attr="live_texts"),
            Prefetch("runs", CourseRun.objects.select_related("centre")),
            "languages",
            "subjects",
            "competencies",
            "audience_countries",
            "audience_institutions",
        )
    )


@dataclass(frozen=True)
class Vocabularies:
    """What stands in many courses, by number; ``paths`` go from a subject up to the top."""

    countries: dict[int, CountryFact]
    providers: dict[int, ProviderFact]
    paths: dict[int, tuple[SubjectFact, ...]]

    @classmethod
    def now(cls) -> Vocabularies:
        """Asked for once per batch."""
        return cls(countries(), providers(), _subject_paths(subjects()))


def _subject_paths(known: Mapping[int, SubjectFact]) -> dict[int, tuple[SubjectFact, ...]]:
    """Each subject and everything above it; a subject below itself ends the path."""
    paths: dict[int, tuple[SubjectFact, ...]] = {}
    for number in known:
        path: dict[int, SubjectFact] = {}
        at: int | None = number
        while at in known and at not in path:
            path[at] = known[at]
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
    ahead = [run for run in runs if run.start and run.start >= now and not run.cancelled]
    created = min(
        (t.first_published_at for t in texts.values() if t.first_published_at), default=now
    )
    provider = known.providers.get(course.provider_id)
    names = [provider.name] if provider else []
    names += [run.centre.city for run in ahead if run.centre]
    return Document(
        key=f"course:{course.pk}",
        type="course",
        code=course.code,
        titles={language: text.title for language, text in texts.items()},
        keywords=_keywords(course, texts, known),
        bodies={
            language: "\n".join([body_text(text), *(name.get(language, "") for name in names)])
            for language, text in texts.items()
        },
        facets=_facets(course, known, runs, texts) | {"state": (str(state),)},
        start=epoch_day(min(run.start for run in ahead)) if ahead else None,
        created=int(created.timestamp()),
        sort_titles={lang: sort_key(text.title, lang) for lang, text in texts.items()},
        popularity=float(sum(run.seats_taken for run in runs)),
    )


def _keywords(course: Course, texts: Mapping[str, CourseText], known: Vocabularies) -> dict:
    """Search words, subjects and competencies; in languages without a text too."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, text in texts.items():
        found[language].append(text.search_words)
    names = [above.name for row in course.subjects.all() for above in known.paths.get(row.pk, ())]
    names += [row.name for row in course.competencies.all()]
    for name in names:
        for language, words in name.items():
            found[language].append(words)
    joined = {lang: "\n".join(dict.fromkeys(words)).strip() for lang, words in found.items()}
    return {language: words for language, words in joined.items() if words}


def _facets(
    course: Course, known: Vocabularies, runs: list[CourseRun], texts: Mapping[str, CourseText]
) -> dict[str, tuple[str, ...]]:
    def spoken(role: str) -> tuple[str, ...]:
        return tuple(row.language for row in course.languages.all() if row.role == role)

    provider = known.providers.get(course.provider_id)
    country = known.countries.get(provider.country) if provider else None
    modes = {course.mode} | {run.mode for run in runs if not run.cancelled}
    paths = (known.paths.get(row.pk, (row,)) for row in course.subjects.all())
    return {
        "kind": (course.kind,),
        "subject": tuple(sorted({above.code for path in paths for above in path})),
        "teaching": spoken("teaching"),
        "subtitles": spoken("subtitles"),
        "mode": tuple(sorted(modes)),
        "level": (course.level,),
        "country": (country.code,) if country else (),
        "provider": (provider.code,) if provider else (),
        "language": tuple(texts),
        "audience": audience_codes(
            course.audience,
            [row.code for row in course.audience_countries.all()],
            [row.code for row in course.audience_institutions.all()],
        ),
    }


def body_text(text: CourseText) -> str:
    """Everything a searcher may mean besides title and search words, as plain text."""
    body = stream_text(text.body)
    parts = (text.summary, text.outline, text.outcomes, body)
    return "\n".join(part for part in parts if part)[:BODY_CHARACTERS]


def epoch_day(moment: datetime) -> int:
    """The day of a moment in UTC, counted from 1970."""
    return int(moment.astimezone(UTC).timestamp() // 86_400)
