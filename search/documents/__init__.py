"""Search documents of everything that can be found, by the keys that announce changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from search.engine import Document

from . import courses, pages, places, programmes
from .shown import showing

# A key is "<kind>:<number>"; pages have one per translation group.
_MAKERS: dict[str, Callable[[list[str]], list[Document]]] = {
    "course": courses.documents,
    "programme": programmes.documents,
    "provider": places.provider_documents,
    "centre": places.centre_documents,
    "page": pages.documents,
}
# The numbers of what is public, in order, beyond a number; courses last because they are many.
_NUMBERS: dict[str, Callable[[str], Iterable[int | str]]] = {
    "page": pages.numbers,
    "programme": programmes.numbers,
    "provider": places.provider_numbers,
    "centre": places.centre_numbers,
    "course": courses.numbers,
}


def expand(keys: Iterable[str]) -> Iterator[str]:
    """Keys of documents for everything announced, each once: a provider stands in its courses."""
    seen: set[str] = set()
    announced = list(keys)
    for key in announced:
        for found in _touched(key):
            if found not in seen:
                seen.add(found)
                yield found
    courses_among = [key.partition(":")[2] for key in announced if key.startswith("course:")]
    yield from (key for key in programmes.holding(courses_among) if key not in seen)


def _touched(key: str) -> Iterator[str]:
    kind, _colon, number = key.partition(":")
    if kind in _MAKERS:
        yield key
    yield from showing(kind, number)


def documents_for(keys: Iterable[str]) -> tuple[list[Document], list[str]]:
    """Documents of what is public among ``keys``, and the keys to delete. Constant queries."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in dict.fromkeys(keys):
        kind, _colon, number = key.partition(":")
        by_kind[kind].append(number)
    documents = [
        document
        for kind, numbers in by_kind.items()
        if kind in _MAKERS
        for document in _MAKERS[kind](numbers)
    ]
    have = {document.key for document in documents}
    wanted = (f"{kind}:{number}" for kind, numbers in by_kind.items() for number in numbers)
    return documents, [key for key in wanted if key not in have]


def all_keys(after: str = "") -> Iterator[str]:
    """Keys of everything public, always in the same order; only what follows the key ``after``."""
    kind, _colon, number = after.partition(":")
    begun = not kind
    for own, numbers in _NUMBERS.items():
        if begun:
            number = ""
        begun = begun or own == kind
        if begun:
            yield from (f"{own}:{found}" for found in numbers(number))
