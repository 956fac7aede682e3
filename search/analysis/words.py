"""Query words as every language sees them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from home.languages.folding import fold, is_cyrillic, skeleton
from home.languages.transliteration import to_cyrillic

from .stemming import stem
from .text import prepare
from .tokens import LANGUAGES, OTHER, TOKEN, folded_form, term

_CYRILLIC_LANGUAGES = ("ru", "kk")
# Letters of Azerbaijani and Turkish that nobody writes for Cyrillic ones.
_NEVER_TRANSLITERATED = frozenset("çə")


@dataclass(frozen=True, slots=True)
class Word:
    """A query word: folded, its stem per language ("" where it is a stop word), its skeletons.

    ``skeletons``: the keys under which spellings in another alphabet may stand, the word's own
    first.
    """

    folded: str
    stems: tuple[tuple[str, str], ...]
    skeletons: tuple[str, ...]

    def stem(self, language: str) -> str:
        """What the word is in the index field of ``language``; "" for a stop word."""
        return dict(self.stems)[language]

    @property
    def is_common(self) -> bool:
        """True for what is a stop word in at least one language."""
        return not all(stem for _language, stem in self.stems)

    @classmethod
    def of_stem(cls, stem: str) -> Word:
        """A word of which only the stem is known, the same in every language."""
        stems = tuple((language, stem) for language in (*LANGUAGES, OTHER))
        return cls(stem, stems, tuple(key for key in (skeleton(stem),) if len(key) > 1))


def analyse_words(text: str) -> list[Word]:
    """The words of a text or query."""
    return [_word(match.group()) for match in TOKEN.finditer(prepare(text))]


@lru_cache(maxsize=10_000)
def _word(raw: str) -> Word:
    stems = [(language, term(raw, language)) for language in (*LANGUAGES, OTHER)]
    return Word(folded_form(raw, OTHER), tuple(stems), _skeletons(raw, stems))


def _skeletons(raw: str, stems: list[tuple[str, str]]) -> tuple[str, ...]:
    keys = [skeleton(raw), *(skeleton(value) for _language, value in stems)]
    if not (is_cyrillic(raw) or _NEVER_TRANSLITERATED & set(raw.lower())):
        # Endings are known in Cyrillic only: upravleniya is stemmed as управления.
        folded = fold(to_cyrillic(raw))
        keys += [skeleton(stem(folded, language)) for language in _CYRILLIC_LANGUAGES]
    return tuple(dict.fromkeys(key for key in keys if len(key) > 1))
