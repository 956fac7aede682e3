"""One row checked against every rule, and what it would write."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from catalog.models import Course, CourseRun
from home.languages.facts import is_language_code
from home.languages.translated import language_codes

from .mapping import RUN, TEXTS
from .values import BadValue, choice, listed, minutes, moment, number

_CODE = re.compile(r"[\w][\w./:-]{0,59}")
LIMITS = {"title": 255, "summary": 300, "search_words": 500}
MAX_TEXT = 50_000
LONGEST_EMAIL = 254


@dataclass(frozen=True)
class Known:
    """What rows may refer to: codes and their numbers; ``taken``: whose course has a code."""

    providers: Mapping[str, int]
    subjects: Mapping[str, int]
    competencies: Mapping[str, int]
    countries: Mapping[str, int]
    institutions: Mapping[str, int]
    centres: Mapping[str, tuple[int, str]]
    connections: Mapping[str, int]
    taken: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Plan:
    """What a good row says; ``problems`` are sentences that name the column."""

    facts: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)
    languages: list[tuple[str, str]] = field(default_factory=list)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    run: dict[str, Any] | None = None
    problems: list[str] = field(default_factory=list)

    def digest(self) -> str:
        """Changes when anything the row says changes."""
        parts = [self.facts, self.links, self.languages, self.texts, self.run]
        encoded = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(encoded.encode()).hexdigest()


def plan(row: Mapping[str, str], known: Known) -> Plan:
    """Read a row of our columns; never raises, problems are collected."""
    made = Plan()

    def read(column: str, convert: Callable[[str], Any], default: Any = None) -> Any:
        try:
            value = row.get(column, "")
            return convert(value) if value.strip() else default
        except BadValue as error:
            made.problems.append(f"{column}: {error}")
            return default

    made.facts = _facts(row, known, read, made.problems)
    made.links = {
        "subjects": _codes(row, "subjects", known.subjects, made.problems),
        "competencies": _codes(row, "competencies", known.competencies, made.problems),
        "audience_countries": _codes(row, "countries", known.countries, made.problems),
        "audience_institutions": _codes(row, "institutions", known.institutions, made.problems),
    }
    made.languages = _languages(row, made.problems)
    made.texts = _texts(row, made.problems)
    made.run = _run(row, known, read, made)
    return made


def _facts(row: Mapping[str, str], known: Known, read: Callable, problems: list[str]) -> dict:
    code, provider = row.get("code", "").strip(), row.get("provider", "").strip()
    if code and (".." in code or not _CODE.fullmatch(code)):
        problems.append(f"code: “{code[:60]}” has characters that a code may not have.")
    if provider not in known.providers:
        problems.append(f"provider: there is no provider “{provider[:60]}”.")
    lms, email = row.get("lms", "").strip(), row.get("contact_email", "").strip()
    if lms and lms not in known.connections:
        problems.append(f"lms: there is no LMS connection “{lms[:60]}”.")
    if email:
        try:
            validate_email(email)
            if len(email) > LONGEST_EMAIL:
                raise ValidationError("too long")
        except ValidationError:
            problems.append(f"contact_email: “{email[:60]}” is not an e-mail address.")
    return {
        "code": code,
        "provider_id": known.providers.get(provider),
        "kind": read("kind", lambda v: choice(v, Course.Kind, "course"), "course"),
        "level": read("level", lambda v: choice(v, Course.Level, ""), "introductory"),
        "mode": read("mode", lambda v: choice(v, Course.Mode, ""), "online"),
        "workload": read("workload", minutes),
        "audience": read("audience", lambda v: choice(v, Course.Who, ""), "public_employees"),
        "enrolment": read("enrolment", lambda v: choice(v, Course.Enrolment, ""), "open"),
        "contact_name": row.get("contact_name", "").strip()[:160],
        "contact_email": email,
        "contact_phone": row.get("contact_phone", "").strip()[:40],
        "lms_id": known.connections.get(lms),
        "lms_key": row.get("lms_key", "").strip()[:200] if lms else "",
    }


def _codes(row, column: str, known: Mapping[str, int], problems: list[str]) -> list[int]:
    codes = listed(row.get(column, ""))
    if missing := [code for code in codes if code not in known]:
        problems.append(f"{column}: not known: {', '.join(missing)[:120]}.")
    return sorted({known[code] for code in codes if code in known})


def _languages(row, problems: list[str]) -> list[tuple[str, str]]:
    found = []
    for role in ("teaching", "subtitles", "voice"):
        for code in listed(row.get(role, "")):
            if is_language_code(code):
                found.append((role, code))
            else:
                problems.append(f"{role}: “{code[:20]}” is not a language tag such as az or kk.")
    return found


def _texts(row, problems: list[str]) -> dict[str, dict[str, str]]:
    texts = {}
    for language in language_codes():
        words = {name: row.get(f"{name}_{language}", "") for name in TEXTS}
        if not any(words.values()):
            continue
        words["title"] = " ".join(words["title"].split())
        if not words["title"]:
            problems.append(f"title_{language}: a text in this language needs a title.")
        for name, value in words.items():
            limit = LIMITS.get(name, MAX_TEXT)
            if len(value) > limit:
                problems.append(f"{name}_{language}: longer than {limit} characters.")
        texts[language] = words
    written_in = row.get("written_in", "").strip()
    if written_in and not is_language_code(written_in):
        problems.append(f"written_in: “{written_in[:20]}” is not a language tag.")
    for words in texts.values():
        words["written_in"] = written_in
    if not texts:
        problems.append("title: the row has no title in any language.")
    return texts


def _run(row, known: Known, read: Callable, made: Plan) -> dict[str, Any] | None:
    if not any(row.get(column, "").strip() for column in RUN):
        return None
    centre = row.get("centre", "").strip()
    if centre and centre not in known.centres:
        made.problems.append(f"centre: there is no centre “{centre[:60]}”.")
    centre_id, zone_name = known.centres.get(centre, (None, settings.TIME_ZONE))
    zone = ZoneInfo(zone_name)
    run = {
        "code": row.get("run_code", "").strip()[:60] or "1",
        "pace": read("run_pace", lambda v: choice(v, CourseRun.Pace, ""), "scheduled"),
        "mode": read("run_mode", lambda v: choice(v, Course.Mode, ""), made.facts["mode"]),
        "language": row.get("run_language", "").strip(),
        "start": read("run_start", lambda v: moment(v, zone)),
        "end": read("run_end", lambda v: moment(v, zone, end_of_day=True)),
        "enrolment_start": read("enrolment_start", lambda v: moment(v, zone)),
        "enrolment_end": read("enrolment_end", lambda v: moment(v, zone, end_of_day=True)),
        "seats": read("seats", number),
        "seats_taken": read("seats_taken", number, 0),
        "centre_id": centre_id,
    }
    if run["language"] and not is_language_code(run["language"]):
        made.problems.append(f"run_language: “{run['language'][:20]}” is not a language tag.")
    if run["end"] and not run["start"] and run["pace"] == CourseRun.Pace.SCHEDULED:
        made.problems.append("run_start: a run that ends must also start.")
    for first, last in (("start", "end"), ("enrolment_start", "enrolment_end")):
        if run[first] and run[last] and run[last] < run[first]:
            made.problems.append(f"run_{last}: lies before the start.".replace("run_enr", "enr"))
    return run
