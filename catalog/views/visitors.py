"""Who is asking: country and institution as chosen on the page, or as in the reader's profile."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalog.audience import (
    EVERYONE,
    NAMED,
    NO_INSTITUTION,
    OTHER_INSTITUTION,
    Audience,
    Visitor,
)
from catalog.people.models import User
from catalog.selectors.vocabulary import CountryFact, countries, institutions
from home.cache import kept
from home.models import SiteSettings
from home.navigation import frame_for


@dataclass(frozen=True)
class Choice:
    """One option of a list."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Question:
    """The form that asks the visitor, filled with what is known; ``note`` on what was not."""

    visitor: Visitor
    countries: tuple[Choice, ...]
    institutions: tuple[Choice, ...]
    note: str
    from_profile: bool

    @property
    def is_needed(self) -> bool:
        """False where everybody may come and nothing need be asked."""
        return bool(self.countries or self.institutions)


def audience_of(who: str, country_numbers: tuple[int, ...], bodies: tuple[int, ...]) -> Audience:
    """The audience in the reader's language; no queries while vocabularies are kept."""
    places, known = countries(), institutions()
    return Audience(
        who,
        tuple((places[pk].code, str(places[pk].name)) for pk in places if pk in country_numbers),
        tuple((str(pk), str(known[pk].name)) for pk in bodies if pk in known)
        if who == NAMED
        else (),
    )


def question(request: HttpRequest, audience: Audience) -> Question:
    """What is asked and what is known; values nobody knows are left out with a note."""
    visitor = profile = _profile(request)
    country, country_note = _country(request.GET.get("country", ""))
    body, body_note = _institution(request.GET.get("institution", ""), country)
    if body and body.isdigit():
        country = institutions()[int(body)].country
    if country or body:
        stays = country in (None, profile.country)
        visitor = Visitor(
            country or profile.country, body or (profile.institution if stays else None)
        )
    return Question(
        visitor=visitor,
        countries=_country_choices(request, audience, visitor),
        institutions=_institution_choices(audience, visitor),
        note=country_note or body_note,
        from_profile=not (country or body) and profile != Visitor(),
    )


def _profile(request: HttpRequest) -> Visitor:
    """From the account; readers without a session are nobody, and no session is made for them."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
        return Visitor()
    return visitor_of(request.user)


def visitor_of(person: User) -> Visitor:
    """Country and institution of an account."""
    place, body = countries().get(person.country_id), person.institution_id
    return Visitor(place and place.code, str(body) if body in institutions() else None)


def _country(code: str) -> tuple[str | None, str]:
    if not code or code in {country.code for country in countries().values()}:
        return code or None, ""
    return None, _("We do not know this country. Choose one from the list.")


def _institution(value: str, country: str | None) -> tuple[str | None, str]:
    if not value or value in {NO_INSTITUTION, OTHER_INSTITUTION}:
        return value or None, ""
    known = value.isascii() and value.isdigit() and len(value) < 19
    body = institutions().get(int(value)) if known else None
    if body is None:
        return None, _("We do not know this institution. Choose one from the list.")
    if country and body.country != country:
        return None, _("This institution is in another country. Choose one from the list.")
    return str(int(value)), ""


def _country_choices(
    request: HttpRequest, audience: Audience, visitor: Visitor
) -> tuple[Choice, ...]:
    """The countries of the site with those of the audience; none where countries do not matter."""
    if not audience.countries:
        return ()
    own = frame_for(request).settings.pk
    offered = _countries_of_site(own) if own else frozenset()
    wanted = {code for code, _name in audience.countries}
    return tuple(
        _choice(place, visitor)
        for place in countries().values()
        if not offered or place.pk in offered or place.code in wanted
    )


@kept
def _countries_of_site(number: int) -> frozenset[int]:
    """The countries chosen in these settings; one query, empty for all of them."""
    rows = SiteSettings.countries.through.objects.filter(sitesettings_id=number)
    return frozenset(rows.values_list("country_id", flat=True))


def _choice(place: CountryFact, visitor: Visitor) -> Choice:
    return Choice(place.code, str(place.name), place.code == visitor.country)


def _institution_choices(audience: Audience, visitor: Visitor) -> tuple[Choice, ...]:
    """Named institutions where they decide; otherwise only whether there is one."""
    if audience.who == EVERYONE:
        return ()
    known = {value for value, _name in audience.institutions}
    answer = visitor.institution
    if answer is not None and answer not in known and answer != NO_INSTITUTION:
        answer = OTHER_INSTITUTION
    other = _("Another public institution") if known else _("A public institution")
    options = [
        *audience.institutions,
        (OTHER_INSTITUTION, other),
        (NO_INSTITUTION, _("Not a public institution")),
    ]
    return tuple(Choice(value, label, value == answer) for value, label in options)
