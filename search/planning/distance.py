"""How far a typed word is from a known one, in slips of the hand and of the ear."""

from __future__ import annotations

import itertools
from functools import lru_cache

# Letters that stand beside each other on the keyboard, row by row.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзх", "фывапролджэ", "ячсмитьбю")
_NEAR = {frozenset(pair) for row in _ROWS for pair in itertools.pairwise(row)}
# Letters that sound alike or that one alphabet has for another's.
_ALIKE = {
    frozenset(pair)
    for pair in (
        "ei ea ou iu ao qk xh yi td bp dt vf sz cs jg gk qg nm "
        "ае ои еи ыи уо аө кг тд бп вф зс шщ жш ьъ йи цс нм ао эе яа"
    ).split()
}
_SLIP, _SOUND = 0.8, 0.6
_DOUBLED, _SPACE, _SWAPPED = 0.5, 0.4, 0.7
# The first letter is rarely the wrong one.
_FIRST = 0.4


@lru_cache(maxsize=100_000)
def distance(typed: str, known: str) -> float:
    """0 for equal words, about 1 for each slip; a likely slip costs less."""
    before: list[float] = []
    row = [0.0]
    for letter in known:
        row.append(row[-1] + (_SPACE if letter == " " else 1.0))
    for i, a in enumerate(typed, 1):
        above, row = row, [row[0] + 1.0]
        for j, b in enumerate(known, 1):
            cost = min(
                above[j] + _extra(typed, i),
                row[-1] + (_SPACE if b == " " else _extra(known, j)),
                above[j - 1] + _replaced(a, b),
            )
            if i > 1 and j > 1 and a == known[j - 2] and typed[i - 2] == b and a != b:
                cost = min(cost, before[j - 2] + _SWAPPED)
            row.append(cost)
        before = above
    return row[-1] + (_FIRST if typed[:1] != known[:1] else 0.0)


def _extra(word: str, end: int) -> float:
    """A letter too many or missing; half a slip where it only doubles the one before."""
    return _DOUBLED if end > 1 and word[end - 1] == word[end - 2] else 1.0


def _replaced(a: str, b: str) -> float:
    if a == b:
        return 0.0
    pair = frozenset((a, b))
    if pair in _ALIKE:
        return _SOUND
    return _SLIP if pair in _NEAR else 1.0
