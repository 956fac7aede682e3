"""How long a course takes, in words and for machines."""

from __future__ import annotations

from babel.units import format_unit

from home.languages.dates import reader_locale


def written_workload(minutes: int | None) -> str:
    """``14 saat``, ``1 saat 30 dəqiqə``; "" when nobody knows."""
    hours, rest = divmod(minutes or 0, 60)
    # CLDR has no long Azerbaijani word for the hour; its short one is the whole word.
    lengths = {"hour": "short" if reader_locale().language == "az" else "long", "minute": "long"}
    return " ".join(
        format_unit(count, unit, length=lengths[unit], locale=reader_locale())
        for count, unit in ((hours, "hour"), (rest, "minute"))
        if count
    )


def iso_workload(minutes: int | None) -> str:
    """``PT14H``, ``PT1H30M``; "" when nobody knows."""
    hours, rest = divmod(minutes or 0, 60)
    words = (f"{hours}H" if hours else "") + (f"{rest}M" if rest else "")
    return f"PT{words}" if words else ""
