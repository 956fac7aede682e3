"""The facts of an entry as short labelled values, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.addresses import provider_url
from catalog.models import Centre, Course, CourseLanguage, Programme, Provider
from catalog.selectors.course import CourseParts
from catalog.selectors.vocabulary import (
    CompetencyFact,
    SubjectFact,
    competencies,
    countries,
    provider_fact,
    subjects,
)
from catalog.workload import written_workload
from home.languages.facts import language_name
from home.languages.translated import Translated


@dataclass(frozen=True)
class Value:
    """``language`` only where the text is not in the page's; ``note`` is set in brackets."""

    text: str
    url: str = ""
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """A label with one or more values."""

    label: str
    values: tuple[Value, ...]


def course_facts(course: Course, parts: CourseParts, language: str) -> list[Fact]:
    """What a reader must know before anything else; facts without a value are left out."""
    return _said(
        Fact(_("Offered by"), _provider(course.provider_id, language)),
        Fact(_("Kind"), _one(course.get_kind_display())),
        Fact(_("Level"), _one(course.get_level_display())),
        Fact(_("Form"), _one(course.get_mode_display())),
        Fact(_("Time needed"), _one(written_workload(course.workload))),
        Fact(_("Taught in"), _languages(parts, "teaching", language)),
        Fact(_("Subtitles"), _languages(parts, "subtitles", language)),
        Fact(_("Voice-over"), _languages(parts, "voice", language)),
        Fact(_("Enrolment"), _one(course.get_enrolment_display())),
        Fact(_("Subjects"), _found("subject", subjects(), parts.subjects, language)),
        Fact(
            _("Competencies"),
            _found("competency", competencies(), parts.competencies, language),
        ),
    )


def programme_facts(programme: Programme, minutes: int, language: str) -> list[Fact]:
    """Who offers it, how hard it is and how long all its courses take together."""
    return _said(
        Fact(_("Offered by"), _provider(programme.provider_id, language)),
        Fact(_("Level"), _one(programme.get_level_display())),
        Fact(_("Time needed"), _one(written_workload(minutes))),
    )


def provider_facts(provider: Provider, language: str) -> list[Fact]:
    """Where it is and how to reach it."""
    country = countries().get(provider.country_id)
    return _said(
        Fact(_("Country"), _translated(country.name if country else None, language)),
        Fact(_("City"), _translated(provider.city, language)),
        Fact(_("Website"), _one(provider.website, provider.website)),
        Fact(_("E-mail"), _one(provider.email, f"mailto:{provider.email}")),
    )


def centre_facts(centre: Centre, language: str) -> list[Fact]:
    """How to get there and in."""
    country = countries().get(centre.country_id)
    address, city = _translated(centre.address, language), _translated(centre.city, language)
    if str(centre.city) in str(centre.address).rpartition(",")[2]:
        city = ()  # Said already.
    nation = _translated(country.name if country else None, language)
    phone = "".join(c for c in centre.phone if c.isdigit() or c == "+")
    return _said(
        Fact(_("Address"), (*address, *city, *nation)),
        Fact(_("On the map"), _one(_coordinates(centre, ", "), f"geo:{_coordinates(centre, ',')}")),
        Fact(_("Opening hours"), _translated(centre.opening_hours, language)),
        Fact(_("Accessibility"), _translated(centre.accessibility, language)),
        Fact(_("Telephone"), _one(centre.phone, f"tel:{phone}")),
        Fact(_("E-mail"), _one(centre.email, f"mailto:{centre.email}")),
        Fact(_("Kind"), _one(centre.get_kind_display())),
    )


def origin_note(origin: str) -> str:
    """What a reader should know about who made the words; "" for a person."""
    return {
        CourseLanguage.Origin.MACHINE: _("machine-made, not reviewed"),
        CourseLanguage.Origin.MACHINE_REVIEWED: _("machine-made, reviewed"),
    }.get(origin, "")


def _provider(number: int | None, language: str) -> tuple[Value, ...]:
    provider = provider_fact(number)
    if provider is None:
        return ()
    name = str(provider.name)
    return (Value(name, provider_url(number, name, language), _foreign(provider.name, language)),)


def _foreign(name: Translated, language: str) -> str:
    """The language in which a reader of ``language`` sees ``name``, "" when it is that one."""
    shown = name.language(language)
    return "" if shown == language else shown


def _said(*facts: Fact) -> list[Fact]:
    return [fact for fact in facts if fact.values]


def _one(text: str, url: str = "") -> tuple[Value, ...]:
    return (Value(text, url),) if text else ()


def _translated(text: Translated | None, language: str) -> tuple[Value, ...]:
    return (Value(str(text), language=_foreign(text, language)),) if text else ()


def _coordinates(centre: Centre, between: str) -> str:
    if centre.latitude is None or centre.longitude is None:
        return ""
    return f"{centre.latitude}{between}{centre.longitude}"


def _languages(parts: CourseParts, role: str, language: str) -> tuple[Value, ...]:
    return tuple(
        Value(language_name(row.language, language), note=origin_note(row.origin))
        for row in parts.languages
        if row.role == role
    )


def _found(
    name: str,
    known: Mapping[int, SubjectFact | CompetencyFact],
    numbers: Iterable[int],
    language: str,
) -> tuple[Value, ...]:
    """Each with the way to the courses that the filter ``name`` finds for it."""
    rows = (known[number] for number in numbers if number in known)
    return tuple(
        Value(
            str(row.name),
            f"/{language}/search/?{name}={row.code}",
            _foreign(row.name, language),
        )
        for row in rows
    )
