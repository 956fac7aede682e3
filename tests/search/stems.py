"""How well the stemmers do on word groups; run it to see which forms part."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from search.analysis.stemming import RULES, stem
from search.analysis.tokens import folded_form

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Recall:
    """Groups, forms, and those whose stem is not that of their dictionary form."""

    groups: int
    forms: int
    parted: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """Forms that reach the stem of their dictionary form."""
        return 1 - len(self.parted) / self.forms


def stem_of(word: str, language: str) -> str:
    """The stem of a word as it is written."""
    return stem(folded_form(word, language), language)


def recall(kind: str, language: str) -> Recall:
    """``kind``: "groups" or "unseen"."""
    lines = (DATA / f"{kind}_{language}.txt").read_text(encoding="utf-8").splitlines()
    pairs = [(base, form) for base, *forms in map(str.split, lines) for form in forms]
    parted = [p for p in pairs if stem_of(p[0], language) != stem_of(p[1], language)]
    return Recall(len(lines), len(pairs), tuple(parted))


def apart() -> list[tuple[str, str, str]]:
    """Language and two words that must keep different stems."""
    lines = (DATA / "apart.txt").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split()) for line in lines]


if __name__ == "__main__":
    for language in RULES:
        for kind in ("groups", "unseen"):
            found = recall(kind, language)
            print(f"{language} {kind}: {found.groups} groups, {found.share:.1%} of {found.forms}")
            print("  " + ", ".join(f"{base}/{form}" for base, form in found.parted))
