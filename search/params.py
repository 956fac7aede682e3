"""What a search address says: query, filters, order, page; hostile until read here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

MAX_QUERY = 200
MAX_VALUES = 20
PAGE_SIZE = 20
# Deep pages cost every engine a lot and help nobody; beyond this, people refine.
MAX_PAGE = 500
SORTS = ("relevance", "start", "newest", "title")
FACETS = (
    "kind",
    "subject",
    "competency",
    "teaching",
    "subtitles",
    "mode",
    "level",
    "country",
    "provider",
    "state",
    "language",
)
STARTS = {"7": 7, "30": 30, "90": 90}
# What can be found, each under a tab of its own.
TYPES = ("course", "programme", "provider", "centre", "news", "page")
_VALUE = re.compile(r"[A-Za-z0-9_-]{1,60}")


@dataclass(frozen=True)
class SearchParams:
    """One search, as its address says it; equal addresses make equal values.

    ``mine``: only what the person who is signed in may enrol in.
    """

    query: str = ""
    type: str = TYPES[0]
    literal: bool = False
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    starts: str = ""
    sort: str = "relevance"
    mine: bool = False
    page: int = 1
    was_cut: bool = False

    @classmethod
    def read(cls, data: QueryDict) -> SearchParams:
        """From a query string; what makes no sense is left out, an impossible page becomes 0."""
        text = clean(data.get("q", ""))
        filters = {}
        for name in FACETS:
            values = dict.fromkeys(v for v in data.getlist(name) if _VALUE.fullmatch(v))
            if values:
                filters[name] = tuple(sorted(values)[:MAX_VALUES])
        sort, starts, kind = (data.get(name, "") for name in ("sort", "starts", "type"))
        return cls(
            query=text[:MAX_QUERY],
            type=kind if kind in TYPES else TYPES[0],
            literal=data.get("exact", "") == "1",
            filters=filters,
            starts=starts if starts in STARTS else "",
            mine=data.get("mine", "") == "1",
            sort=sort if sort in SORTS else SORTS[0],
            page=_page(data.get("page", "1")),
            was_cut=len(text) > MAX_QUERY,
        )

    def address(self, **changes: object) -> str:
        """The query string of this search with ``changes``; page 1 unless a page is given."""
        return "?" + urlencode(replace(self, **({"page": 1} | changes)).pairs())

    def pairs(self) -> list[tuple[str, str]]:
        """Names and values of the query string; what is as usual is left out."""
        pairs: list[tuple[str, str]] = [("q", self.query)] if self.query else []
        if self.type != TYPES[0]:
            pairs.append(("type", self.type))
        pairs += [(name, value) for name in FACETS for value in self.filters.get(name, ())]
        if self.starts:
            pairs.append(("starts", self.starts))
        if self.mine:
            pairs.append(("mine", "1"))
        if self.sort != SORTS[0]:
            pairs.append(("sort", self.sort))
        if self.literal:
            pairs.append(("exact", "1"))
        if self.page != 1:
            pairs.append(("page", str(self.page)))
        return pairs

    def toggled(self, name: str, value: str) -> str:
        """The address with one filter value put on, or taken off where it is on."""
        own = self.filters.get(name, ())
        if value in own:
            return self.without(name, value)
        return self.address(filters=self.filters | {name: tuple(sorted((*own, value)))})

    def without(self, name: str, value: str) -> str:
        """The address with one filter value taken off."""
        if name == "starts":
            return self.address(starts="")
        if name == "mine":
            return self.address(mine=False)
        rest = tuple(v for v in self.filters.get(name, ()) if v != value)
        return self.address(filters=self.filters | {name: rest})

    @property
    def has_filters(self) -> bool:
        """True when anything narrows the results."""
        return bool(self.starts or self.mine or any(self.filters.values()))


def clean(text: str) -> str:
    """``text`` with control characters as spaces and white space collapsed."""
    text = text[: MAX_QUERY * 50]
    plain = (" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} else c for c in text)
    return " ".join("".join(plain).split())


def _page(value: str) -> int:
    if value.isascii() and value.isdigit() and len(value) <= 6:
        return int(value) if 1 <= int(value) <= MAX_PAGE else 0
    return 0
