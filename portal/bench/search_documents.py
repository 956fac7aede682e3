"""Generated courses as search documents, for indexes larger than a database is worth filling."""

from __future__ import annotations

from collections.abc import Iterator

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


def documents(count: int, seed: int = 1) -> Iterator[Document]:
    """``count`` courses as the database would give them to an index."""
    for number, row in enumerate(
        courses(count, providers=PROVIDERS, subjects=SUBJECTS, seed=seed), 1
    ):
        yield _document(number, row)


def _document(number: int, row: dict[str, str]) -> Document:
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
    )
