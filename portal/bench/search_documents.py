"""Generated courses as search documents, for indexes larger than a database is worth filling."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from catalog.models import Course, CourseRun
from catalog.selectors.card_facts import CardFacts, CardRun, CardText
from home.languages.collation import sort_key
from search.engine import Document

from .generate import LANGUAGES, courses

PROVIDERS = [f"provider-{number}" for number in range(20)]
SUBJECTS = [f"subject-{number}" for number in range(40)]


def titles(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Language and title of every text of ``count`` courses."""
    for row in courses(count, providers=PROVIDERS, subjects=SUBJECTS, seed=seed):
        for language in LANGUAGES:
            if title := row.get(f"title_{language}"):
                yield language, title


def documents(count: int, providers: Sequence[int], seed: int = 1) -> Iterator[Document]:
    """``count`` courses as the database would give them to an index, shown as of ``providers``."""
    for number, row in enumerate(
        courses(count, providers=PROVIDERS, subjects=SUBJECTS, seed=seed), 1
    ):
        yield _document(number, row, providers[number % len(providers)])


def _document(number: int, row: dict[str, str], provider: int) -> Document:
    own = {lang: row[f"title_{lang}"] for lang in LANGUAGES if f"title_{lang}" in row}
    return Document(
        key=f"course:{number}",
        type="course",
        code=row["code"],
        titles=own,
        bodies={
            lang: "\n".join(row[f"{part}_{lang}"] for part in ("summary", "outline", "about"))
            for lang in own
        },
        facets={
            "kind": (row["kind"],),
            "subject": tuple(row["subjects"].split("|")),
            "teaching": (row["teaching"],),
            "subtitles": tuple(code for code in row["subtitles"].split("|") if code),
            "mode": (row["mode"],),
            "level": (row["level"],),
            "country": ("az",),
            "provider": (row["provider"],),
            "state": ("open" if "run_start" in row else "anytime",),
            "language": tuple(own),
        },
        start=20_000 + number % 1000 if "run_start" in row else None,
        created=1_700_000_000 + number,
        sort_titles={lang: sort_key(title, lang) for lang, title in own.items()},
        popularity=float(number % 97),
        shown=_card(number, row, provider).plain(),
    )


def _card(number: int, row: dict[str, str], provider: int) -> CardFacts:
    return CardFacts(
        pk=number,
        code=row["code"],
        kind=row["kind"],
        level=row["level"],
        mode=row["mode"],
        workload=int(row["workload"]),
        enrolment=Course.Enrolment.OPEN,
        source_language=row["teaching"],
        provider_id=provider,
        texts={
            lang: CardText(lang, row[f"title_{lang}"], row[f"summary_{lang}"])
            for lang in LANGUAGES
            if f"title_{lang}" in row
        },
        teaching=(row["teaching"],),
        subtitles=tuple(code for code in row["subtitles"].split("|") if code),
        runs=_runs(row),
    )


def _runs(row: dict[str, str]) -> tuple[CardRun, ...]:
    if "run_start" not in row:
        return ()
    days = (row[name] for name in ("run_start", "run_end", "enrolment_start", "enrolment_end"))
    moments = [datetime.fromisoformat(day).replace(tzinfo=UTC) for day in days]
    return (CardRun.of(None, *moments, int(row["seats"]), 0, CourseRun.Pace.SCHEDULED, False),)
