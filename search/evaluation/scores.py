"""MRR, recall and nDCG of the first ten results, by intent and by language."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean

from .running import LOOKED_AT, Outcome


@dataclass(frozen=True)
class Scores:
    """Means over ``count`` queries; ``empty`` is the share of them without any result."""

    count: int
    mrr: float
    recall: float
    ndcg: float
    empty: float


@dataclass(frozen=True)
class Report:
    """Scores of everything, of each intent and each language.

    ``unanswerable``: queries that nothing answers; ``noise``: results they get on average;
    ``told``: share of them with a sentence that says that nothing was found, or what was instead.
    """

    whole: Scores
    intents: Mapping[str, Scores]
    languages: Mapping[str, Scores]
    unanswerable: int
    noise: float
    told: float


def reciprocal_rank(found: Sequence[str], wanted: frozenset[str]) -> float:
    """1 when the first result is wanted, 1/2 when the second is the first wanted one, and so on."""
    ranks = (1 / rank for rank, code in enumerate(found[:LOOKED_AT], 1) if code in wanted)
    return next(ranks, 0.0)


def recall(found: Sequence[str], wanted: frozenset[str]) -> float:
    """The share of what is wanted that is among the first ten."""
    return len(wanted & set(found[:LOOKED_AT])) / min(len(wanted), LOOKED_AT)


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Gain of the order found over the gain of the best order there is."""
    best = _gain(sorted(grades.values(), reverse=True)[:LOOKED_AT])
    return _gain([grades.get(code, 0) for code in dict.fromkeys(found[:LOOKED_AT])]) / best


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def report(outcomes: Sequence[Outcome]) -> Report:
    """The scores of judged queries that were asked."""
    scored = [outcome for outcome in outcomes if outcome.judged.answers]
    intents, languages = defaultdict(list), defaultdict(list)
    for outcome in scored:
        intents[outcome.judged.intent].append(outcome)
        languages[outcome.judged.language].append(outcome)
    idle = [outcome for outcome in outcomes if not outcome.judged.grades]
    return Report(
        _scores(scored),
        {intent: _scores(own) for intent, own in intents.items()},
        {language: _scores(own) for language, own in languages.items()},
        len(idle),
        mean([outcome.total for outcome in idle] or [0]),
        mean([outcome.told for outcome in idle] or [1]),
    )


def _scores(outcomes: Sequence[Outcome]) -> Scores:
    if not outcomes:
        return Scores(0, 0.0, 0.0, 0.0, 0.0)
    return Scores(
        len(outcomes),
        mean(reciprocal_rank(one.codes, one.judged.answers) for one in outcomes),
        mean(recall(one.codes, one.judged.answers) for one in outcomes),
        mean(ndcg(one.codes, one.judged.grades) for one in outcomes),
        mean(not one.total for one in outcomes),
    )
