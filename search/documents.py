"""Search documents made from the catalogue: one per course, all its languages together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import strip_tags

from catalog.availability import RunFacts, course_availability
from catalog.models import Course, CourseText, Provider, Subject
from home.cache import kept
from home.languages.collation import sort_key

from .engine import Document

# Long bodies add noise and size; a course is about what stands in its first pages.
BODY_CHARACTERS = 6000


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
    now = timezone.now()
    documents = [document(course, now) for course in _courses(wanted)]
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


def document(course: Course, now: datetime) -> Document:
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
        facets=_facets(course, runs, texts) | {"state": (str(state),)},
        start=_epoch_day(min(starts)) if starts else None,
        created=int(created.timestamp()),
        sort_titles={lang: sort_key(text.title, lang) for lang, text in texts.items()},
        popularity=float(sum(run.seats_taken for run in runs)),
    )


def _facets(course: Course, runs: list, texts: dict) -> dict[str, tuple[str, ...]]:
    def spoken(role: str) -> tuple[str, ...]:
        return tuple(row.language for row in course.languages.all() if row.role == role)

    provider, country = provider_facts()[course.provider_id]
    modes = {course.mode} | {run.mode for run in runs if not run.cancelled}
    ancestors = subject_paths()
    subjects = {code for s in course.subjects.all() for code in ancestors.get(s.pk, (s.code,))}
    return {
        "kind": (course.kind,),
        "subject": tuple(sorted(subjects)),
        "teaching": spoken("teaching"),
        "subtitles": spoken("subtitles"),
        "mode": tuple(sorted(modes)),
        "level": (course.level,),
        "country": (country,),
        "provider": (provider,),
        "language": tuple(texts),
    }


def body_text(text: CourseText) -> str:
    """Everything a searcher may mean besides the title, as plain text."""
    body = " ".join(
        strip_tags(str(block.render() if block.block_type == "paragraph" else block.value))
        for block in text.body
        if block.block_type in {"paragraph", "heading", "list", "callout", "question"}
    )
    parts = (text.summary, text.search_words, text.outline, text.outcomes, body)
    return "\n".join(part for part in parts if part)[:BODY_CHARACTERS]


@kept
def provider_facts() -> dict[int, tuple[str, str]]:
    """Provider code and country code by the provider's number."""
    rows = Provider.objects.values_list("pk", "code", "country__code")
    return {pk: (code, country) for pk, code, country in rows}


@kept
def subject_paths() -> dict[int, tuple[str, ...]]:
    """Codes of a subject and of everything above it, by the subject's number."""
    rows = {
        pk: (code, parent)
        for pk, code, parent in Subject.objects.values_list("pk", "code", "parent")
    }
    paths = {}
    for pk in rows:
        path, at, seen = [], pk, set()
        while at in rows and at not in seen:
            seen.add(at)
            path.append(rows[at][0])
            at = rows[at][1]
        paths[pk] = tuple(path)
    return paths


def _epoch_day(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() // 86_400)
