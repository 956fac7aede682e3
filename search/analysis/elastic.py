"""Elasticsearch analyzers made from the tables that Python's analysis uses.

Every analyzer gives the tokens of ``search.analysis.tokens`` for text that went through
``prepare``; only filters that every server has are used: no plugin, no file on the server.
"""

from __future__ import annotations

from typing import Any

from home.languages.folding import APOSTROPHES, AZERBAIJANI_CYRILLIC, fold

from .rules import Steps
from .stemming import RULES, SNOWBALL, stem
from .stopwords import STOPWORDS
from .tokens import (
    ELISION_PATTERN,
    LANGUAGES,
    LETTERS_BEFORE_SUFFIX,
    MAX_TERM,
    OTHER,
    SUFFIX_AFTER_APOSTROPHE,
    TOKEN_PATTERN,
)

# Letters with case or diacritics are found below this code point; others have none to lose.
_LAST_FOLDED = 0x2000
# The names Elasticsearch has for our Snowball algorithms.
_SERVER_STEMMERS = {"russian": "russian", "english": "porter2"}
# Common English words that Snowball stems otherwise since the release inside Elasticsearch.
_NEWER_ENGLISH = """
    added adding ebbed emergence emergencies emergency emergent erring evening interfered
    interfering internal internally internals internalise internalised internalize internalized
    international internationally interval intervals lateral laterally organic organically
    organics organisation organisational organisations organise organised organiser organisers
    organises organising organization organizational organizations organize organized organizer
    organizers organizes organizing paste pasted pastes pasting pathologist pathologists
    psychologist psychologists radiologist radiologists sociologist sociologists technologist
    technologists universal universality universally universities university
"""
# Python's \w: letters and numbers of any script, and the underscore.
_WORD_CHARACTER = r"[\p{L}\p{N}_]"
# Python stems words of letters only; the rules must leave the others alone on the server too.
_LETTERS_ONLY = r"^(?=[\p{L}]+$)"


def analyzer_name(language: str) -> str:
    """The analyzer for text in ``language``."""
    return f"text_{language}" if language in LANGUAGES else f"text_{OTHER}"


def analysis_settings() -> dict[str, Any]:
    """The ``analysis`` part of the index settings."""
    return {
        "char_filter": {
            "fold": {"type": "mapping", "mappings": _fold_mappings()},
            "az_cyrillic": {"type": "mapping", "mappings": _azerbaijani_mappings()},
        },
        "tokenizer": {
            "words": {
                "type": "pattern",
                "pattern": TOKEN_PATTERN.replace(r"\w", _WORD_CHARACTER),
                "group": 0,
            }
        },
        "filter": _filters(),
        "analyzer": {
            analyzer_name(language): _analyzer(language) for language in (*LANGUAGES, OTHER)
        },
    }


def _fold_mappings() -> list[str]:
    letters = (chr(code) for code in range(0x41, _LAST_FOLDED) if chr(code).isalpha())
    folded = ((letter, fold(letter)) for letter in letters)
    return [f"{letter}=>{plain}" for letter, plain in folded if letter != plain]


def _azerbaijani_mappings() -> list[str]:
    pairs = {**AZERBAIJANI_CYRILLIC}
    pairs |= {letter.upper(): plain for letter, plain in AZERBAIJANI_CYRILLIC.items()}
    return [f"{letter}=>{plain}" for letter, plain in pairs.items()]


def _filters() -> dict[str, Any]:
    first = rf"^([^{APOSTROPHES}]{{{LETTERS_BEFORE_SUFFIX},}})[{APOSTROPHES}].*$"
    filters: dict[str, Any] = {
        "suffix": _replace(first, "$1"),
        "elision": _replace(f"(?i){ELISION_PATTERN}".replace(r"\w", _WORD_CHARACTER), ""),
        "apostrophe": _replace(f"[{APOSTROPHES}]", "", everywhere=True),
        "longest": {"type": "truncate", "length": MAX_TERM},
        # A Latin i between Cyrillic letters is the Kazakh one, typed on another keyboard.
        "cyrillic_i": _replace(
            r"i(?=.*[\u0400-\u04ff])|(?<=[\u0400-\u04ff].{0,60})i", "и", everywhere=True
        ),
    }
    for language, words in STOPWORDS.items():
        filters[f"stop_{language}"] = {"type": "stop", "stopwords": sorted(words)}
    for language, steps in RULES.items():
        filters |= {f"stem_{language}_{n}": step for n, step in enumerate(_server_steps(steps))}
    for language, algorithm in SNOWBALL.items():
        filters[f"stem_{language}"] = {"type": "stemmer", "language": _SERVER_STEMMERS[algorithm]}
    filters["stem_en_newer"] = {
        "type": "stemmer_override",
        "rules": [f"{word} => {stem(word, 'en')}" for word in _NEWER_ENGLISH.split()],
    }
    return filters


def _replace(pattern: str, replacement: str, everywhere: bool = False) -> dict[str, Any]:
    return {
        "type": "pattern_replace",
        "pattern": pattern,
        "replacement": replacement,
        "all": everywhere,
    }


def _server_steps(steps: Steps) -> list[dict[str, Any]]:
    return [_replace(_LETTERS_ONLY + pattern[1:], to) for pattern, to in steps]


def _analyzer(language: str) -> dict[str, Any]:
    filters = ["suffix"] if language in SUFFIX_AFTER_APOSTROPHE else []
    filters += ["elision"] if language == OTHER else []
    filters += ["apostrophe", "longest", "lowercase", "cyrillic_i"]
    if language in STOPWORDS:
        filters.append(f"stop_{language}")
    if language in RULES:
        filters += [f"stem_{language}_{n}" for n in range(len(RULES[language]))]
    elif language in SNOWBALL:
        filters += ["stem_en_newer"] if language == "en" else []
        filters.append(f"stem_{language}")
    chars = ["az_cyrillic", "fold"] if language == "az" else ["fold"]
    return {"type": "custom", "char_filter": chars, "tokenizer": "words", "filter": filters}
