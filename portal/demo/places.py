"""Countries, vocabularies, institutions, providers and centres of the demo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from catalog import models
from catalog.people.models import Country, Institution

from .data import read
from .lms_server.fixtures import TOKEN
from .records import remember

TIME_ZONES = {
    "az": "Asia/Baku",
    "tr": "Europe/Istanbul",
    "kz": "Asia/Almaty",
    "nc": "Asia/Famagusta",
}

LMS = "demo-lms"
LMS_NAME = {
    "az": "akademiyanın təlim sistemi",
    "tr": "akademinin öğrenme sistemi",
    "en": "the academy's learning system",
    "ru": "учебная система академии",
    "kk": "академияның оқу жүйесі",
}
LMS_LINK = {"url_template": "https://lms.academy.example/course/{key}?lang={language}"}
LMS_HERE = "http://127.0.0.1:"

AS_WRITTEN = ("name", "region", "city", "address", "opening_hours", "accessibility")
AS_WRITTEN += ("email", "phone", "status", "kind")


def load_places() -> None:
    """Everything courses refer to; what is there already under the same code is used as it is."""
    words = read("vocabulary")
    for order, row in enumerate(words["countries"]):
        _make(
            Country,
            row["code"],
            name=row["name"],
            iso_code=row["iso"],
            time_zone=TIME_ZONES[row["code"]],
            order=order,
        )
    for row in words["institutions"]:
        country = Country.objects.get(code=row["country"])
        _make(Institution, row["code"], name=row["name"], kind=row["kind"], country=country)
    for order, row in enumerate(words["subjects"]):
        parent = models.Subject.objects.filter(code=row["parent"]).first()
        _make(
            models.Subject,
            row["code"],
            name=row["name"],
            parent=parent,
            hue=row.get("hue") or (parent.hue if parent else 190),
            icon=row.get("icon") or (parent.icon if parent else ""),
            order=order,
        )
    for row in words["competencies"]:
        _make(models.Competency, row["code"], name=row["name"], description=row["description"])
    for row in read("providers"):
        _make(models.Provider, row["code"], **_provider(row))
    for row in read("centres"):
        _centre(row)
    _make(models.LMSConnection, LMS, name=LMS_NAME, options=LMS_LINK)
    point_lms()


def point_lms() -> None:
    """The demo's LMS is where this start of the portal has put it; a plain link elsewhere.

    What somebody has connected by hand stays.
    """
    row = models.LMSConnection.objects.filter(code=LMS).first()
    url = settings.DEMO_LMS_URL
    if row is None or not url:
        return
    is_ours = row.options == LMS_LINK or row.options.get("url", "").startswith(LMS_HERE)
    if is_ours and row.options.get("url") != url:
        row.kind = "moodle"
        row.set_options({"url": url, "token": TOKEN, "languages": "az tr ru kk"})
        row.save()


def _make(model: type, code: str, **values: Any) -> Any:
    row, is_new = model.objects.get_or_create(code=code, defaults=values)
    if is_new:
        remember(row)
    return row


def _provider(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": row["name"],
        "summary": row["summary"],
        "about": {lang: "\n\n".join(paragraphs) for lang, paragraphs in row["about"].items()},
        "country": Country.objects.get(code=row["country"]),
        "institution": Institution.objects.filter(code=row["institution"]).first(),
        "website": row["website"],
        "email": row["email"],
        "city": row["city"],
    }


def _centre(row: dict[str, Any]) -> None:
    today, country = timezone.localdate(), Country.objects.get(code=row.get("country", "az"))
    values = {name: row[name] for name in AS_WRITTEN}
    values |= {
        "latitude": row["latitude"],
        "longitude": row["longitude"],
        "country": country,
        "time_zone": country.time_zone,
        "successor": models.Centre.objects.filter(code=row.get("successor")).first(),
    }
    centre, is_new = models.Centre.objects.get_or_create(code=row["code"], defaults=values)
    if not is_new:
        return
    remember(centre)
    models.CentreEvent.objects.bulk_create(
        models.CentreEvent(
            centre=centre,
            date=today + timedelta(days=event["days"]),
            event=event["event"],
            note=event["note"],
        )
        for event in row["history"]
    )
    models.Room.objects.bulk_create(models.Room(centre=centre, **room) for room in row["rooms"])
