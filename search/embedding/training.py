"""Cross-language latent semantics: what is said in the same places in five languages is alike.

Every segment becomes a column of weighted features, each of its languages with the same weight; a
truncated singular value decomposition leaves the dimensions that explain most of it. Words that
translate each other share their segments and so come to lie beside each other.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .features import features
from .segments import Segment

DIMENSIONS = 200
# Fewer segments teach nothing; more take minutes and teach little that is new.
FEWEST_SEGMENTS, MOST_SEGMENTS = 300, 20_000
MOST_FEATURES = 60_000
# Randomised decomposition: some more directions than are kept, sharpened a few times. As good for
# ranking as an exact one and many times as fast.
SPARE_DIRECTIONS, SHARPENED = 40, 3
SEED = 20_260_101
# What keeps columns apart that are nearly the same, as a share of all they say.
RIDGE = 1e-12


@dataclass(frozen=True)
class Trained:
    """Features in alphabetical order; how much each says, and where it lies in the space."""

    names: list[str]
    weights: NDArray[np.float32]
    vectors: NDArray[np.float32]


def train(
    segments: Iterable[tuple[Segment, float]], dimensions: int = DIMENSIONS
) -> Trained | None:
    """Learn from weighted segments; None when they are too few. The same for the same input."""
    columns = [(column, weight) for segment, weight in segments if (column := _column(segment))]
    if len(columns) < FEWEST_SEGMENTS:
        return None
    found = Counter(name for column, _weight in columns for name in set().union(*column))
    kept = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_FEATURES]
    names = sorted(name for name, _count in kept)
    weights = np.array([math.log(len(columns) / found[name] + 1) for name in names], np.float32)
    matrix = _matrix(columns, {name: place for place, name in enumerate(names)}, weights)
    return Trained(names, weights, _strongest(matrix, min(dimensions, *matrix.shape)))


def _strongest(matrix: csr_matrix, dimensions: int) -> NDArray[np.float32]:
    """The first left singular vectors, one row a feature."""
    count = min(dimensions + SPARE_DIRECTIONS, *matrix.shape)
    across = np.random.default_rng(SEED).standard_normal((matrix.shape[1], count))
    turned = matrix.T.tocsr()
    for _time in range(SHARPENED):
        # Only products of columns with each other are factorised: small, whatever the catalogue.
        across = _orthogonal(turned @ (matrix @ across))
    reached = matrix @ across
    squares, inner = np.linalg.eigh(reached.T @ reached)
    largest = np.argsort(-squares)[:dimensions]
    scale = np.sqrt(np.maximum(squares[largest], np.finfo(np.float32).eps))
    return np.ascontiguousarray(reached @ (inner[:, largest] / scale), dtype=np.float32)


def _orthogonal(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Columns of length 1, at right angles, that span the same."""
    products = columns.T @ columns
    # Columns that depend on each other would have no factorisation.
    np.fill_diagonal(products, products.diagonal() + RIDGE * products.trace())
    return columns @ np.linalg.inv(np.linalg.cholesky(products)).T


def _column(segment: Segment) -> list[dict[str, float]]:
    found = (features(text, language) for language, text in segment.items())
    return [own for own in found if own]


def _matrix(
    columns: Sequence[tuple[list[dict[str, float]], float]],
    places: dict[str, int],
    weights: NDArray[np.float32],
) -> csr_matrix:
    """Features by segments; every language of a segment has length 1 before they are added."""
    values: list[float] = []
    rows: list[int] = []
    at: list[int] = []
    for number, (column, weight) in enumerate(columns):
        for own in column:
            there = [(places[name], count) for name, count in own.items() if name in places]
            parts = [(place, math.log1p(count) * weights[place]) for place, count in there]
            length = math.sqrt(sum(value * value for _place, value in parts)) or 1.0
            share = weight / (length * math.sqrt(len(column)))
            values += [value * share for _place, value in parts]
            rows += [place for place, _value in parts]
            at += [number] * len(parts)
    shape = (len(places), len(columns))
    return csr_matrix((values, (rows, at)), shape=shape, dtype=np.float64)
