"""A seeded catalogue: the same number and seed always make the same courses."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any

from django.conf import settings

LANGUAGES = ("az", "tr", "en", "ru", "kk")
KINDS = ("course", "course", "course", "live", "live", "video", "video", "slides", "document")
MODES = ("online", "live_online", "classroom", "blended")
LEVELS = ("introductory", "intermediate", "advanced")
# About 1.7 kB of text per course over all its languages, as in real catalogues.
CHARACTERS = 1700


@cache
def vocabulary(language: str) -> tuple[list[str], list[float]]:
    """Words of real text with cumulative Zipf weights (the word of rank r weighs 1/r)."""
    path = settings.BASE_DIR / "tests" / "data" / "ntrex" / f"{language}.txt"
    words = re.findall(r"[^\W\d_]{3,}", path.read_text(encoding="utf-8"))
    distinct = list(dict.fromkeys(word.lower() for word in words))
    random.Random(7).shuffle(distinct)  # noqa: S311 -- a benchmark, not a secret
    return distinct, list(accumulate(1 / rank for rank in range(1, len(distinct) + 1)))


def courses(
    count: int,
    *,
    providers: list[str],
    subjects: list[str],
    seed: int = 1,
    today: date | None = None,
) -> Iterator[dict[str, Any]]:
    """``count`` rows as ``import_courses`` reads them, in one to five languages each."""
    day = today or date(2027, 1, 1)
    for number in range(1, count + 1):
        dice = random.Random(seed * 10**7 + number)  # noqa: S311 -- a benchmark, not a secret
        languages = dice.sample(LANGUAGES, dice.choice((1, 1, 2, 2, 3, 4, 5)))
        row = {
            "code": f"GEN-{number:06d}",
            "kind": dice.choice(KINDS),
            "provider": dice.choice(providers),
            "subjects": "|".join(dice.sample(subjects, min(len(subjects), dice.choice((1, 2))))),
            "level": dice.choice(LEVELS),
            "mode": dice.choice(MODES),
            "workload": str(30 * dice.randint(1, 60)),
            "teaching": languages[0],
            "subtitles": "|".join(languages[1:3]),
        }
        if row["kind"] in {"course", "live"} and dice.random() < 0.6:
            start = day + timedelta(days=dice.randint(-200, 200))
            row |= {
                "run_start": start.isoformat(),
                "run_end": (start + timedelta(days=dice.randint(1, 30))).isoformat(),
                "enrolment_start": (start - timedelta(days=40)).isoformat(),
                "enrolment_end": (start - timedelta(days=3)).isoformat(),
                "seats": str(dice.randint(10, 200)),
            }
        for language in languages:
            row |= _text(language, dice, CHARACTERS // len(languages))
        yield row


def _text(language: str, dice: random.Random, size: int) -> dict[str, str]:
    def phrase(words: int) -> str:
        chosen = dice.choices(known, cum_weights=weights, k=words)
        return " ".join(chosen).capitalize()

    known, weights = vocabulary(language)
    about = ""
    while len(about) < size - 300:
        about += phrase(dice.randint(6, 14)) + ". "
    return {
        f"title_{language}": phrase(dice.randint(2, 6))[:200],
        f"summary_{language}": phrase(dice.randint(8, 14))[:280] + ".",
        f"about_{language}": about.strip() or phrase(8),
        f"outline_{language}": "\n".join(phrase(3) for _part in range(3)),
    }
