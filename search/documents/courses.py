"""Documents of courses: one each, all its languages together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.utils import timezone

from catalog.availability import course_availability
from catalog.models import Course
from catalog.selectors.card_facts import CardFacts, CardText
from home.languages.collation import sort_key
from search.eligible import audience_codes
from search.engine import Document

from .loading import Loaded, TextRow, Vocabularies, load
from .streams import stream_text

# Long bodies add noise and size; a course is about what stands in its first pages.
BODY_CHARACTERS = 6000
# Of a course that is held more often than this the index keeps no card: it would be larger than
# what a server keeps of one field, and every search would read it all.
MOST_RUNS = 50


def numbers(after: str) -> Iterator[int]:
    """Numbers of the public courses, in order, beyond ``after``."""
    rows = Course.objects.public().filter(pk__gt=int(after or 0)).order_by("pk")
    return rows.values_list("pk", flat=True).iterator(chunk_size=2000)


def documents(wanted: Iterable[str]) -> list[Document]:
    """Documents of the public courses among these. A dozen queries, however many."""
    now, known = timezone.now(), Vocabularies.now()
    return [document(loaded, known, now) for loaded in load(int(number) for number in wanted)]


def document(loaded: Loaded, known: Vocabularies, now: datetime) -> Document:
    """The document of one course."""
    course, texts, runs = loaded.course, loaded.texts, loaded.runs
    times = [run.facts for run in runs]
    state = course_availability(times, course.kind, course.enrolment, now).state
    ahead = [
        (time.start, run.city)
        for run, time in zip(runs, times, strict=True)
        if time.start and time.start >= now and not time.cancelled
    ]
    created = min(
        (t.first_published_at for t in texts.values() if t.first_published_at), default=now
    )
    provider = known.providers.get(course.provider)
    names = [provider.name] if provider else []
    names += [city for _start, city in ahead if city]
    return Document(
        key=f"course:{course.pk}",
        type="course",
        code=course.code,
        titles={language: text.title for language, text in texts.items()},
        keywords=_keywords(loaded, known),
        bodies={
            language: "\n".join([body_text(text), *(name.get(language, "") for name in names)])
            for language, text in texts.items()
        },
        facets=_facets(loaded, known) | {"state": (str(state),)},
        start=epoch_day(min(start for start, _city in ahead)) if ahead else None,
        created=int(created.timestamp()),
        sort_titles={lang: sort_key(text.title, lang) for lang, text in texts.items()},
        popularity=float(sum(time.taken for time in times)),
        shown=_card(loaded).plain() if len(runs) <= MOST_RUNS else {},
    )


def _card(loaded: Loaded) -> CardFacts:
    """What a list shows of the course without asking the tables for it."""
    course, spoken = loaded.course, loaded.spoken
    return CardFacts(
        pk=course.pk,
        code=course.code,
        kind=course.kind,
        level=course.level,
        mode=course.mode,
        workload=course.workload,
        enrolment=course.enrolment,
        source_language=course.source_language,
        provider_id=course.provider,
        texts={
            text.locale: CardText(text.language, text.title, text.summary) for text in loaded.pages
        },
        teaching=tuple(spoken["teaching"]),
        subtitles=tuple(spoken["subtitles"]),
        runs=tuple(run.card for run in loaded.runs),
    )


def _keywords(loaded: Loaded, known: Vocabularies) -> dict[str, str]:
    """Search words, subjects and competencies; in languages without a text too."""
    found: dict[str, list[str]] = defaultdict(list)
    for language, text in loaded.texts.items():
        found[language].append(text.search_words)
    linked = loaded.linked
    names = [above.name for number in linked["subjects"] for above in known.paths.get(number, ())]
    names += [known.competencies[n].name for n in linked["competencies"] if n in known.competencies]
    for name in names:
        for language, words in name.items():
            found[language].append(words)
    joined = {lang: "\n".join(dict.fromkeys(words)).strip() for lang, words in found.items()}
    return {language: words for language, words in joined.items() if words}


def _facets(loaded: Loaded, known: Vocabularies) -> dict[str, tuple[str, ...]]:
    course, linked = loaded.course, loaded.linked
    provider = known.providers.get(course.provider)
    country = known.countries.get(provider.country) if provider else None
    modes = {course.mode} | {run.mode for run in loaded.runs if not run.facts.cancelled}
    paths = (known.paths.get(number, ()) for number in linked["subjects"])
    places, bodies = linked["audience_countries"], linked["audience_institutions"]
    return {
        "kind": (course.kind,),
        "subject": tuple(sorted({above.code for path in paths for above in path})),
        "competency": tuple(
            known.competencies[n].code for n in linked["competencies"] if n in known.competencies
        ),
        "teaching": tuple(loaded.spoken["teaching"]),
        "subtitles": tuple(loaded.spoken["subtitles"]),
        "mode": tuple(sorted(modes)),
        "level": (course.level,),
        "country": (country.code,) if country else (),
        "provider": (provider.code,) if provider else (),
        "language": tuple(loaded.texts),
        "audience": audience_codes(
            course.audience,
            [known.countries[number].code for number in places if number in known.countries],
            [known.institutions[number] for number in bodies if number in known.institutions],
        ),
    }


def body_text(text: TextRow) -> str:
    """Everything a searcher may mean besides title and search words, as plain text."""
    body = stream_text(text.body)
    parts = (text.summary, text.outline, text.outcomes, body)
    return "\n".join(part for part in parts if part)[:BODY_CHARACTERS]


def epoch_day(moment: datetime) -> int:
    """The day of a moment in UTC, counted from 1970."""
    return int(moment.astimezone(UTC).timestamp() // 86_400)
