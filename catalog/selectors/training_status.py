"""The training status as a table: provider by region, in a year or a quarter of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.addresses import provider_url
from home.languages.collation import sort_key

from .centres import all_centres
from .training_figures import (
    NOWHERE,
    ONLINE,
    QUARTERS,
    Figures,
    figures_by_place,
    first_year,
    region_key,
)
from .vocabulary import providers

YEARS = 6
_PERIOD = re.compile(r"(\d{4})(?:-q([1-4]))?", re.ASCII)


@dataclass(frozen=True)
class Row:
    """What was held in one region; ``language`` is that of its name."""

    region: str
    language: str
    figures: Figures


@dataclass(frozen=True)
class ProviderRows:
    """What one provider held, regions in alphabetical order; ``language`` is that of the name."""

    code: str
    name: str
    language: str
    url: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class PeriodChoice:
    """A year (``2026``) or a quarter of it (``2026-q3``)."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class TrainingStatus:
    """Everything the table needs; ``note`` tells of an address that names no known period."""

    period: str
    label: str
    choices: tuple[PeriodChoice, ...]
    providers: tuple[ProviderRows, ...]
    total: Figures
    note: str = ""


def training_status(wanted: str, language: str, now: datetime) -> TrainingStatus:
    """The figures of the period ``wanted`` ("" is this year). Three queries unless they are kept.

    Counted once an hour: what begins meanwhile is in the next hour's figures.
    """
    hour, this_year = int(now.timestamp() // 3600), timezone.localtime(now).year
    years = range(this_year, max(first_year(hour), this_year - YEARS + 1) - 1, -1)
    known = _PERIOD.fullmatch(wanted)
    if known and int(known[1]) in years:
        year, quarter, note = int(known[1]), int(known[2] or 0), ""
    else:
        year, quarter = this_year, 0
        note = _("We do not know this period. You see this year.") if wanted else ""
    found = figures_by_place(year, quarter, hour)
    return TrainingStatus(
        period=_value(year, quarter),
        label=_label(year, quarter),
        choices=tuple(_choices(years, _value(year, quarter))),
        providers=tuple(_by_provider(found, language)),
        total=sum(found.values(), Figures()),
        note=note,
    )


def _value(year: int, quarter: int) -> str:
    return f"{year}-q{quarter}" if quarter else str(year)


def _label(year: int, quarter: int) -> str:
    words = {"year": year, "quarter": quarter}
    return _("%(year)d, quarter %(quarter)d") % words if quarter else str(year)


def _choices(years: range, chosen: str) -> Iterator[PeriodChoice]:
    """Every year with its quarters, the newest year first."""
    for year in years:
        for quarter in range(QUARTERS + 1):
            value = _value(year, quarter)
            yield PeriodChoice(value, _label(year, quarter), value == chosen)


def _by_provider(found: dict[tuple[int, str], Figures], language: str) -> list[ProviderRows]:
    names = {region_key(row): row.region or row.city for row in all_centres()}
    below: dict[int, list[Row]] = defaultdict(list)
    for (number, region), figures in found.items():
        if region in (ONLINE, NOWHERE):
            label = _("Online") if region == ONLINE else _("Place not named")
            below[number].append(Row(label, language, figures))
        else:
            name = names[region]
            below[number].append(Row(name.text(language), name.language(language), figures))
    rows = [
        ProviderRows(
            code=provider.code,
            name=provider.name.text(language),
            language=provider.name.language(language),
            url=provider_url(provider.pk, str(provider.name), language),
            rows=tuple(sorted(below[provider.pk], key=lambda row: sort_key(row.region, language))),
        )
        for provider in providers().values()
        if provider.pk in below
    ]
    return sorted(rows, key=lambda row: sort_key(row.name, language))
