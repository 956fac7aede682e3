"""What an engine stores of a document, made once for both engines.

Fields: ``key``, ``type``, ``code``; ``t_<language>`` titles, ``k_<language>`` keywords and
``d_<language>`` bodies, stemmed; ``x`` words of all titles, folded, ``exact`` whole titles, ``ac``
how their words begin; ``sk`` keys of words across alphabets, ``st`` those of titles; ``w`` words
and ``ws`` stems for the speller; ``facets.<name>``; ``start`` day of the next start; ``boost`` what
the score is multiplied by; ``by_…`` values to sort by; ``titles`` as they are shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from home.languages.folding import skeleton
from search.analysis import LANGUAGES, OTHER, tokens
from search.analysis.text import prepare
from search.analysis.tokens import TOKEN, field_language, folded_form, term
from search.engine import Document, EngineQuery

# Raise it when the fields change: an index with other fields cannot be read and is rebuilt.
LAYOUT = 4
TEXT_LANGUAGES = (*LANGUAGES, OTHER)
SORT_FIELDS = ("by_start", "by_newest", *(f"by_title_{language}" for language in LANGUAGES))
SKELETON_CHARACTERS = 600
SORT_CHARACTERS = 60
LONGEST_BEGINNING = 10
SHORTEST_SPELT, LONGEST_SPELT = 3, 30
# Ten people enrolled, or a start ahead, weigh a little; they never outweigh a better match.
TENFOLD_BOOST, START_BOOST = 0.06, 0.05
_NOT_CODE = re.compile(r"[\W_]+")
_LATEST = 10**11
# Sorts after every letter.
_LAST = "\U0010fffd"


def code_key(code: str) -> str:
    """``EGOV-101``, ``egov 101`` and ``Egov101`` are one code."""
    return _NOT_CODE.sub("", code).upper()


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
    return [token.text for token in tokens(text, OTHER, stemmed=False)]


def beginnings(document: Document) -> list[str]:
    """How the words of all titles begin, for suggestions while somebody types."""
    found: dict[str, None] = {}
    for word in title_words(document):
        found |= dict.fromkeys(word[:length] for length in range(1, LONGEST_BEGINNING + 1))
    return list(found)


def spellings(document: Document) -> tuple[list[str], list[str]]:
    """What the speller may propose: words and pairs of title words, and stems that are no words.

    Pairs keep their space, so that words written together are found as a misspelt pair.
    """
    words: dict[str, None] = {}
    stems: dict[str, None] = {}
    for title in document.titles.values():
        own = folded_words(title)
        words |= dict.fromkeys(f"{a} {b}" for a, b in pairwise(own) if len(a) + len(b) > 4)
    for texts in (document.titles, document.keywords, document.bodies):
        for language, text in texts.items():
            for match in TOKEN.findall(prepare(text)):
                folded, stem = _spelling(match, language)
                words[folded] = None
                stems[stem] = None
    return (
        [word for word in words if _is_spelt(word)],
        [stem for stem in stems if stem not in words and _is_spelt(stem)],
    )


@lru_cache(maxsize=200_000)
def _spelling(word: str, language: str) -> tuple[str, str]:
    return folded_form(word, OTHER), term(word, language)


def _is_spelt(word: str) -> bool:
    return SHORTEST_SPELT <= len(word) <= LONGEST_SPELT and word.replace(" ", "").isalpha()


def skeleton_keys(document: Document) -> list[str]:
    """Keys across alphabets of the words and stems of titles and of the beginning of bodies."""
    bodies = [(lang, body[:SKELETON_CHARACTERS]) for lang, body in document.bodies.items()]
    return _keys_in([*document.titles.items(), *document.keywords.items(), *bodies])


def title_keys(document: Document) -> list[str]:
    """Keys across alphabets of the words and stems of titles."""
    return _keys_in(document.titles.items())


def _keys_in(texts: Iterable[tuple[str, str]]) -> list[str]:
    found: dict[str, None] = {}
    for language, text in texts:
        for word in TOKEN.findall(prepare(text)):
            found |= _keys(word, language)
    return list(found)


@lru_cache(maxsize=200_000)
def _keys(word: str, language: str) -> dict[str, None]:
    stem = term(word, language)
    keys = (skeleton(word), skeleton(stem)) if stem else ()
    return dict.fromkeys(key for key in keys if len(key) > 1)


def boost(document: Document) -> float:
    """What the score is multiplied by, at least 1: many enrolments and a start ahead help."""
    start = START_BOOST if document.start is not None else 0.0
    return 1 + TENFOLD_BOOST * math.log10(1 + max(0.0, document.popularity)) + start


def text_fields(document: Document) -> Iterator[tuple[str, str, str]]:
    """Name, language and text of every stemmed field."""
    kinds = (("t", document.titles), ("k", document.keywords), ("d", document.bodies))
    for prefix, texts in kinds:
        for language, text in by_field(texts).items():
            yield f"{prefix}_{language}", language, text


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


def key_in(sort_value: str) -> str:
    """The document key at the end of a sort value."""
    return sort_value.rpartition("\t")[2]
