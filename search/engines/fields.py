"""What an engine stores of a document, made once for both engines.

Fields: ``key``, ``type``, ``code``; ``t_<language>`` titles, ``k_<language>`` keywords and
``d_<language>`` bodies, stemmed; ``x`` words of all titles, folded, ``exact`` whole titles, ``ac``
how their words begin; ``sk`` keys of words across alphabets, ``st`` those of titles; ``w`` words
and ``ws`` stems for the speller; ``facets.<name>``; ``start`` day of the next start; ``boost`` what
the score is multiplied by; ``by_…`` values to sort by; ``stored`` what is shown of it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from home.languages.folding import skeleton
from search.analysis import LANGUAGES, OTHER
from search.analysis.text import prepare
from search.analysis.tokens import TOKEN, field_language, folded_form, term
from search.engine import Document, EngineQuery

# Raise it when the fields change: an index with other fields cannot be read and is rebuilt.
LAYOUT = 8
TEXT_LANGUAGES = (*LANGUAGES, OTHER)
SORT_FIELDS = ("by_start", "by_newest", *(f"by_title_{language}" for language in LANGUAGES))
SKELETON_WORDS = 90
SORT_CHARACTERS = 60
LONGEST_BEGINNING = 10
SHORTEST_SPELT, LONGEST_SPELT = 3, 30
# Ten people enrolled, a start ahead, a year younger: each weighs a little, and none outweighs a
# better match. Age is counted from a fixed day, so that no weight changes while time goes by.
TENFOLD_BOOST, START_BOOST, YEAR_BOOST = 0.06, 0.05, 0.01
_FIRST_DAY, _MONTH, MOST_YEARS = 1_420_070_400, 2_629_800, 30
_NOT_CODE = re.compile(r"[\W_]+")
_LATEST = 10**11
# Sorts after every letter.
_LAST = "\U0010fffd"


def code_key(code: str) -> str:
    """``EGOV-101``, ``egov 101`` and ``Egov101`` are one code."""
    return _NOT_CODE.sub("", code).upper()


class Forms(NamedTuple):
    """What a word is in the index: its term, what the speller may propose, its skeleton keys.

    "" for what is not there: a stop word has no term.
    """

    term: str
    spelling: str
    stem: str
    keys: tuple[str, ...]


@lru_cache(maxsize=300_000)
def forms(word: str, language: str) -> Forms:
    """Of a word of prepared text in the field of ``language``."""
    found, folded = term(word, language), folded_form(word, OTHER)
    keys = (skeleton(word), skeleton(found)) if found else ()
    return Forms(
        found,
        folded if _is_spelt(folded) else "",
        found if _is_spelt(found) else "",
        tuple(key for key in dict.fromkeys(keys) if len(key) > 1),
    )


@dataclass(frozen=True)
class Texts:
    """The words of a document's texts, by kind of field and language.

    Found once: every field is made of them.
    """

    titles: dict[str, list[Forms]]
    keywords: dict[str, list[Forms]]
    bodies: dict[str, list[Forms]]

    @classmethod
    def of(cls, document: Document) -> Texts:
        """The languages are those of fields; what has no field of its own is joined."""
        return cls(*map(_words, (document.titles, document.keywords, document.bodies)))

    def kinds(self) -> tuple[tuple[str, dict[str, list[Forms]]], ...]:
        """With the beginnings of the fields' names."""
        return ("t", self.titles), ("k", self.keywords), ("d", self.bodies)


def _words(texts: Mapping[str, str]) -> dict[str, list[Forms]]:
    return {
        language: [forms(word, language) for word in TOKEN.findall(prepare(text))]
        for language, text in by_field(texts).items()
    }


def by_field(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by the language of their index field; what has no field of its own is joined."""
    found: dict[str, str] = {}
    for language, text in texts.items():
        name = field_language(language)
        found[name] = f"{found[name]}\n{text}" if name in found else text
    return found


def title_words(document: Document) -> list[str]:
    """The words of all titles, each once, folded but not stemmed."""
    words = (word for title in document.titles.values() for word in folded_words(title))
    return list(dict.fromkeys(words))


def whole_titles(document: Document) -> list[str]:
    """Each title as the folded words it is made of."""
    titles = (" ".join(folded_words(title)) for title in document.titles.values())
    return [title for title in dict.fromkeys(titles) if title]


def folded_words(text: str) -> list[str]:
    """The words of a text folded, stop words too."""
    folded = (term(word, OTHER, stemmed=False) for word in TOKEN.findall(prepare(text)))
    return [word for word in folded if word]


def beginnings(words: Iterable[str]) -> list[str]:
    """How title words begin, for suggestions while somebody types."""
    found: dict[str, None] = {}
    for word in words:
        for length in range(1, LONGEST_BEGINNING + 1):
            found[word[:length]] = None
    return list(found)


def spellings(document: Document, texts: Texts) -> tuple[list[str], list[str]]:
    """What the speller may propose: words and pairs of title words, and stems that are no words.

    Pairs keep their space, so that words written together are found as a misspelt pair.
    """
    words: dict[str, None] = {}
    stems: dict[str, None] = {}
    for title in document.titles.values():
        for a, b in pairwise(folded_words(title)):
            if len(a) + len(b) > 4 and _is_spelt(f"{a} {b}"):
                words[f"{a} {b}"] = None
    for _kind, by_language in texts.kinds():
        for own in by_language.values():
            for found in own:
                words[found.spelling] = None
                stems[found.stem] = None
    words.pop("", None)
    stems.pop("", None)
    return list(words), [stem for stem in stems if stem not in words]


def _is_spelt(word: str) -> bool:
    return SHORTEST_SPELT <= len(word) <= LONGEST_SPELT and word.replace(" ", "").isalpha()


def title_keys(texts: Texts) -> list[str]:
    """Keys across alphabets of the words and stems of titles."""
    words = (word for own in texts.titles.values() for word in own)
    return list(dict.fromkeys(key for word in words for key in word.keys))


def skeleton_keys(texts: Texts) -> list[str]:
    """Keys across alphabets of the words and stems of titles and of the beginning of bodies."""
    found: dict[str, None] = {}
    for kind, by_language in texts.kinds():
        for words in by_language.values():
            for word in words[:SKELETON_WORDS] if kind == "d" else words:
                for key in word.keys:
                    found[key] = None
    return list(found)


def stored(document: Document) -> str:
    """What an engine gives back with a hit: titles by language, and whatever else is shown."""
    shown = {"titles": dict(document.titles), **document.shown}
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":"))


class Factors(NamedTuple):
    """What is added to 1 to make the factor of an entry's score."""

    start: float
    enrolments: float
    freshness: float

    @classmethod
    def of(cls, document: Document) -> Factors:
        """A start ahead, many enrolments and a recent publication help."""
        months = max(0, document.created - _FIRST_DAY) // _MONTH
        return cls(
            START_BOOST if document.start is not None else 0.0,
            TENFOLD_BOOST * math.log10(1 + max(0.0, document.popularity)),
            YEAR_BOOST * min(MOST_YEARS, months / 12),
        )


def boost(document: Document) -> float:
    """What the score is multiplied by, at least 1."""
    return 1 + sum(Factors.of(document))


def sort_values(document: Document) -> dict[str, str]:
    """Values by which documents sort, ascending; each ends in the key, so no two are equal."""
    newest = _LATEST - max(0, document.created)
    start = f"{document.start:07d}" if document.start is not None else _LAST
    values = {"by_start": f"{start} {newest:011d}", "by_newest": f"{newest:011d}"}
    other = next(iter(document.sort_titles.values()), "")
    for language in LANGUAGES:
        own = document.sort_titles.get(language)
        # What has no title in the reader's language comes after what has one.
        values[f"by_title_{language}"] = (_LAST + other if own is None else own)[:SORT_CHARACTERS]
    return {name: f"{value}\t{document.key}" for name, value in values.items()}


def sort_field(query: EngineQuery) -> str:
    """The field a query's results are sorted by; "" for the score."""
    if query.sort == "title":
        return f"by_title_{query.language if query.language in LANGUAGES else LANGUAGES[0]}"
    if query.sort == "start":
        return "by_start"
    return "" if query.sort == "relevance" and query.text is not None else "by_newest"
