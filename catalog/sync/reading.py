"""A course as the LMS tells it, in the columns of an import; pure, without a database."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from catalog.lms import RemoteCourse
from catalog.lms.results import plain
from home.languages.facts import is_language_code
from home.languages.translated import language_codes

MOST_HTML, MOST_ABOUT, SHORT = 200_000, 20_000, 300
CODE = re.compile(r"\w[\w./:-]{0,59}")
_TAG = re.compile(r"<[^<>]*>")
# Where a browser would begin a new line.
_BREAK = re.compile(r"(?i)</?(?:p|div|br|li|ul|ol|tr|table|h[1-6]|blockquote)\b[^<>]*>")


def row_of(course: RemoteCourse, usual_language: str, defaults: Mapping[str, str]) -> dict:
    """Text for every column the LMS knows something of; ``defaults`` for the others."""
    language, written_in = languages_of(course.language, usual_language)
    parts = paragraphs(course.summary)
    row = dict(defaults)
    row |= {
        "lms_key": course.key,
        f"title_{language}": plain(course.title, 255) or course.key,
        f"summary_{language}": shortened(" ".join(parts)),
        f"about_{language}": "\n\n".join(parts),
        "written_in": written_in,
        "teaching": written_in or language,
        "run_code": "1",
        "run_pace": "self" if is_self_paced(course) else "scheduled",
    }
    if course.invitation_only:
        row["enrolment"] = "invitation"
    if CODE.fullmatch(course.short_name) and ".." not in course.short_name:
        row["code"] = course.short_name
    return row


def languages_of(told: str, usual: str) -> tuple[str, str]:
    """The portal's language to file it under, and the tag when it is written in another one.

    >>> languages_of("tr_wp", "az"), languages_of("", "az"), languages_of("de", "az")
    (('tr', ''), ('az', ''), ('az', 'de'))
    """
    code = re.split(r"[_-]", told.strip().lower(), maxsplit=1)[0]
    if code in language_codes():
        return code, ""
    return usual, code if code and is_language_code(code) else ""


def is_self_paced(course: RemoteCourse) -> bool:
    """As the LMS says, or since nothing says when it is over."""
    return course.end is None if course.self_paced is None else course.self_paced


def dates_of(course: RemoteCourse) -> dict[str, datetime | None]:
    """The moments of its run; those of enrolment only where the LMS knows them at all."""
    dates = {"start": course.start, "end": course.end}
    window = {"enrolment_start": course.enrolment_start, "enrolment_end": course.enrolment_end}
    return dates | (window if any(window.values()) else {})


def date_problems(dates: Mapping[str, Any]) -> list[str]:
    """What the database would refuse."""
    return [
        f"{last}: lies before the start."
        for first, last in (("start", "end"), ("enrolment_start", "enrolment_end"))
        if dates.get(first) and dates.get(last) and dates[last] < dates[first]
    ]


def paragraphs(html: str) -> list[str]:
    """The text of a stranger's HTML, a paragraph each."""
    found, room = [], MOST_ABOUT
    for piece in _BREAK.split(html[:MOST_HTML]):
        if room > 0 and (text := plain(_TAG.sub("", piece), room)):
            found.append(text)
            room -= len(text)
    return found


def shortened(text: str) -> str:
    """At most ``SHORT`` characters, ending with a word."""
    if len(text) <= SHORT:
        return text
    return text[: SHORT - 1].rsplit(" ", 1)[0] + "…"


@lru_cache(maxsize=4096)
def is_wanted(category: str, wanted: str) -> bool:
    """Whether a category is among those named, one per line, or below one of them.

    >>> is_wanted("Law / Public", "Law"), is_wanted("Lawyers", "Law"), is_wanted("Any", "")
    (True, False, True)
    """
    names = [line.strip().casefold() for line in wanted.splitlines() if line.strip()]
    here = category.strip().casefold()
    return not names or any(here == name or here.startswith(f"{name} / ") for name in names)
