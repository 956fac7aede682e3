"""Short texts that say the same in several languages, for the embedder to learn from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from search.analysis import LANGUAGES
from search.engine import Document

if TYPE_CHECKING:
    # Analysis runs in processes that know no database.
    from home.concepts import ConceptFact

# Of a long text the beginning says what it is about.
CHARACTERS = 1500
# Terms of the glossary are chosen, sentences of the catalogue happen to be there.
CONCEPT_WEIGHT = 2.0

Segment = Mapping[str, str]


def of_document(document: Document) -> Iterator[Segment]:
    """Its title, its keywords, its lines where the languages have equally many, and the whole."""
    texts = [lang for lang in LANGUAGES if document.titles.get(lang)]
    yield {language: document.titles[language] for language in texts}
    keywords = {lang: words for lang, words in document.keywords.items() if lang in LANGUAGES}
    if len(keywords) > 1:
        yield keywords
    yield from _lines({language: document.bodies.get(language, "") for language in texts})
    yield {language: whole(document, language) for language in texts}


def whole(document: Document, language: str) -> str:
    """What an entry says in one language."""
    parts = (document.titles, document.keywords, document.bodies)
    return "\n".join(part.get(language, "")[:CHARACTERS] for part in parts)


def _lines(bodies: Mapping[str, str]) -> Iterator[Segment]:
    lines = {
        lang: [row for row in body.split("\n") if row.strip()] for lang, body in bodies.items()
    }
    counts = Counter(len(rows) for rows in lines.values() if rows)
    count, languages = counts.most_common(1)[0] if counts else (0, 0)
    if languages > 1:
        alike = {language: rows for language, rows in lines.items() if len(rows) == count}
        yield from ({lang: rows[n] for lang, rows in alike.items()} for n in range(count))


def of_concepts(concepts: Iterable[ConceptFact]) -> Iterator[Segment]:
    """Each concept with all its terms."""
    for concept in concepts:
        terms: dict[str, list[str]] = defaultdict(list)
        for term in concept.terms:
            if term.language in LANGUAGES:
                terms[term.language].append(term.text)
        yield {language: "\n".join(own) for language, own in terms.items()}
