"""The catalogue as schema.org data: one function for each type, used by pages and by exchange.

Every ``url`` and ``base`` is absolute; ``base`` is the portal's address without a final slash.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from catalog.addresses import centre_url, provider_url
from catalog.audience import Audience, Visitor, eligibility
from catalog.availability import MATERIALS, RunFacts
from catalog.models import Centre, Course, CourseRun, CourseText, Programme, Provider
from catalog.selectors.course import CourseParts
from catalog.selectors.vocabulary import ProviderFact, countries, provider_fact, subjects, zone_of
from catalog.workload import iso_workload
from home.languages.dates import in_zone
from home.structured_data import Data, clean

_MODES = {
    "online": "online",
    "live_online": "online",
    "classroom": "onsite",
    "blended": "blended",
}


def identifier(base: str, kind: str, key: object) -> str:
    """The name of an entry for ever and everywhere: ``oai:portal.example:course/<uuid>``."""
    return f"oai:{urlsplit(base).hostname}:{kind}/{key}"


def course(
    row: Course, text: CourseText, parts: CourseParts, audience: Audience, base: str, url: str
) -> Data:
    """A Course with its runs, or a LearningResource for what is watched or read."""
    is_material = row.kind in MATERIALS
    teaching = [row.language for row in parts.languages if row.role == "teaching"]
    data = {
        "@type": "LearningResource" if is_material else "Course",
        "@id": identifier(base, "course", row.uuid),
        "name": text.title,
        "description": text.summary or text.title,
        "url": url,
        "courseCode": "" if is_material else row.code,
        "inLanguage": teaching or [row.source_language],
        "provider": _offered_by(provider_fact(row.provider_id), base, text.language),
        "educationalLevel": str(row.get_level_display()),
        "about": [str(subjects()[pk].name) for pk in parts.subjects if pk in subjects()],
        "teaches": text.outcome_items,
        "timeRequired": iso_workload(row.workload),
        "audience": _audience(audience),
        "conditionsOfAccess": eligibility(audience, Visitor()).sentence,
        "isAccessibleForFree": True,
        "offers": {"@type": "Offer", "category": "Free", "url": url},
        "dateModified": text.last_published_at and text.last_published_at.isoformat(),
    }
    captions = [row.language for row in parts.languages if row.role == "subtitles"]
    if is_material:
        data["learningResourceType"] = row.kind
    if row.kind == "video" and captions:
        data["associatedMedia"] = {
            "@type": "VideoObject",
            "name": text.title,
            "caption": [{"@type": "MediaObject", "inLanguage": code} for code in captions],
        }
    data["hasCourseInstance"] = [course_instance(run, row, base) for run in parts.runs]
    if is_material:
        del data["hasCourseInstance"]
    return clean(data)


def course_instance(run: CourseRun, course: Course, base: str) -> Data:
    """One run; its centre must be loaded."""
    facts = RunFacts.of(run, zone_of(course.provider_id))
    begins, ends = (
        moment and in_zone(moment, facts.zone).isoformat() for moment in (run.start, run.end)
    )
    centre = run.centre if run.centre_id else None
    return clean(
        {
            "@type": "CourseInstance",
            "@id": f"{identifier(base, 'course', course.uuid)}/{run.code}",
            "courseMode": _MODES[run.mode],
            "inLanguage": run.language,
            "startDate": begins,
            "endDate": ends,
            "courseWorkload": iso_workload(course.workload),
            "location": place(centre, base, "") if centre else None,
            "maximumAttendeeCapacity": run.seats,
            "remainingAttendeeCapacity": facts.seats_left,
            "eventStatus": "https://schema.org/EventCancelled" if run.cancelled else "",
        }
    )


def programme(
    row: Programme, courses: Iterable[tuple[str, str]], audience: Audience, base: str, url: str
) -> Data:
    """A programme; ``courses`` are titles and absolute addresses, in their order."""
    return clean(
        {
            "@type": "EducationalOccupationalProgram",
            "@id": identifier(base, "programme", row.code),
            "name": str(row.title),
            "description": str(row.summary) or str(row.title),
            "url": url,
            "provider": _offered_by(provider_fact(row.provider_id), base, row.title.language()),
            "hasCourse": [
                {"@type": "Course", "name": title, "url": address} for title, address in courses
            ],
            "audience": _audience(audience),
            "conditionsOfAccess": eligibility(audience, Visitor()).sentence,
        }
    )


def organization(row: Provider, base: str, url: str) -> Data:
    """A provider."""
    country = countries().get(row.country_id)
    return clean(
        {
            "@type": "EducationalOrganization",
            "@id": identifier(base, "provider", row.code),
            "name": str(row.name),
            "description": str(row.summary),
            "url": row.website or url,
            "mainEntityOfPage": url,
            "email": row.email,
            "address": _address(str(row.city), "", country),
        }
    )


def place(centre: Centre, base: str, url: str) -> Data:
    """A training centre."""
    at = centre.latitude is not None and centre.longitude is not None
    return clean(
        {
            "@type": "Place",
            "@id": identifier(base, "centre", centre.code),
            "name": str(centre.name),
            "url": url or base + centre_url(centre.pk, str(centre.name), centre.name.language()),
            "address": _address(
                str(centre.city), str(centre.address), countries().get(centre.country_id)
            ),
            "telephone": centre.phone,
            "geo": {
                "@type": "GeoCoordinates",
                "latitude": float(centre.latitude),
                "longitude": float(centre.longitude),
            }
            if at
            else None,
        }
    )


def course_list(items: Iterable[Data]) -> Data:
    """A list of courses, each as ``listed`` makes it."""
    elements = [
        {"@type": "ListItem", "position": i, "item": item} for i, item in enumerate(items, 1)
    ]
    return {"@type": "ItemList", "itemListElement": elements} if elements else {}


def listed(title: str, summary: str, provider: ProviderFact, base: str, path: str) -> Data:
    """A course in a list."""
    return {
        "@type": "Course",
        "name": title,
        "description": summary or title,
        "url": base + path,
        "provider": {"@type": "Organization", "name": str(provider.name)},
    }


def _offered_by(provider: ProviderFact | None, base: str, language: str) -> Data:
    if provider is None:
        return {}
    path = provider_url(provider.pk, str(provider.name), language)
    return clean(
        {
            "@type": "Organization",
            "@id": identifier(base, "provider", provider.code),
            "name": str(provider.name),
            "url": provider.website or (path and base + path),
        }
    )


def _audience(audience: Audience) -> Data:
    """The rule as a value for machines, with countries; the sentence is in conditionsOfAccess."""
    codes = {country.code: country.iso_code for country in countries().values()}
    return clean(
        {
            "@type": "EducationalAudience",
            "audienceType": audience.who,
            "geographicArea": [
                clean({"@type": "Country", "name": name, "identifier": codes.get(code)})
                for code, name in audience.countries
            ],
        }
    )


def _address(city: str, street: str, country) -> Data:
    found = clean({"streetAddress": street, "addressLocality": city})
    if country is not None:
        found["addressCountry"] = country.iso_code or str(country.name)
    return {"@type": "PostalAddress"} | found
