"""What an engine stores of a document, made once for both engines.

Fields: ``key``, ``type``, ``code``; ``t_<language>`` titles and ``d_<language>`` bodies, stemmed;
``x`` words of all titles, folded; ``sk`` their keys across alphabets; ``facets.<name>``; ``start``
day of the next start; ``boost`` what the score is multiplied by; ``by_…`` values to sort by.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

from home.languages.folding import skeleton
from search.analysis import LANGUAGES, OTHER, tokens
from search.analysis.text import prepare
from search.analysis.tokens import TOKEN, field_language, term
from search.engine import Document, EngineQuery

# Raise it when the fields change: an index with other fields cannot be read and is rebuilt.
LAYOUT = 2
TEXT_LANGUAGES = (*LANGUAGES, OTHER)
SORT_FIELDS = ("by_start", "by_newest", *(f"by_title_{language}" for language in LANGUAGES))
SKELETON_CHARACTERS = 600
SORT_CHARACTERS = 60
# Ten people enrolled, or a start ahead, weigh a little; they never outweigh a better match.
TENFOLD_BOOST, START_BOOST = 0.06, 0.05
_NOT_CODE = re.compile(r"[\W_]+")
_LATEST = 10**11
# Sorts after every letter.
_LAST = "\U0010fffd"


def code_key(code: str) -> str:
    """``EGOV-101``, ``egov 101`` and ``Egov101`` are one code."""
    return _NOT_CODE.sub("", code).upper()


def by_field(texts: dict[str, str]) -> dict[str, str]:
    """Texts by the language of their index field; what has no field of its own is joined."""
    found: dict[str, str] = {}
    for language, text in texts.items():
        name = field_language(language)
        found[name] = f"{found[name]}\n{text}" if name in found else text
    return found


def title_words(document: Document) -> list[str]:
    """The words of all titles, each once, folded but not stemmed."""
    found = (
        token.text
        for title in document.titles.values()
        for token in tokens(title, OTHER, stemmed=False)
    )
    return list(dict.fromkeys(found))


def skeleton_keys(document: Document) -> list[str]:
    """Keys across alphabets of the words and stems of titles and of the beginning of bodies."""
    texts = [*document.titles.items()]
    texts += [(lang, body[:SKELETON_CHARACTERS]) for lang, body in document.bodies.items()]
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
