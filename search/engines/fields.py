"""What an engine stores of a document, made once for both engines."""

from __future__ import annotations

import re

from home.languages.folding import normalise, skeleton
from search.analysis.tokens import LANGUAGES, OTHER, TOKEN, field_language
from search.engine import NO_START, Document

FACETS = (
    "kind",
    "subject",
    "teaching",
    "subtitles",
    "mode",
    "level",
    "country",
    "provider",
    "state",
    "language",
)
TEXT_LANGUAGES = (*LANGUAGES, OTHER)
SKELETON_CHARACTERS = 600
_NOT_CODE = re.compile(r"[\W_]+")


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


def skeleton_text(document: Document) -> str:
    """The cross-alphabet keys of titles and of the beginning of each body."""
    texts = [*document.titles.values()]
    texts += [body[:SKELETON_CHARACTERS] for body in document.bodies.values()]
    words = (match.group() for text in texts for match in TOKEN.finditer(normalise(text)))
    return " ".join(dict.fromkeys(key for key in map(skeleton, words) if key))


def start_of(document: Document) -> int:
    """The next start as a sortable number; entries without one come last."""
    return NO_START if document.start is None else document.start
