"""Courses as the course API tells them: pages of a hundred, no language, no date of change."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count
from typing import Any

from catalog.lms.reading import iso, key_of, rows, text, web_address
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble
from catalog.lms.values import Listed, Part, RemoteCourse

from .api import Answer, OpenEdx, escaped

PATH = "/api/courses/v1/courses/"
PAGE = 100
MOST_PAGES = 5000


def find(edx: OpenEdx, key: str) -> RemoteCourse:
    """``Trouble`` when there is none."""
    if not key or len(key) > 255:
        raise Trouble(Reason.NO_COURSE, key)
    answer = edx.ask("GET", f"{PATH}{escaped(key)}/")
    if answer.status in (400, 404):
        raise Trouble(Reason.NO_COURSE, key, raw=answer.raw)
    return read_course(_good(answer).fields, edx.name)


def parts(edx: OpenEdx, skip: Collection[str]) -> Iterator[Part]:
    """One part for each page; the count is an estimate there, so only ``next`` says whether more
    is to come, and past the end is 404."""
    for page in count(1):
        if str(page) in skip:
            continue
        if page > MOST_PAGES:
            raise Trouble(Reason.UNEXPECTED, PATH)
        answer = edx.ask("GET", PATH, query={"page": str(page), "page_size": str(PAGE)})
        if answer.status == 404 and page > 1:
            return
        found = _good(answer).fields
        if not isinstance(found.get("results"), list):
            raise Trouble(Reason.NOT_JSON, raw=answer.raw)
        courses = (Listed.of(read_course(row, edx.name)) for row in rows(found["results"]))
        yield Part(str(page), str(page), courses)
        paging = found.get("pagination")
        if not (isinstance(paging, dict) and paging.get("next")):
            return


def _good(answer: Answer) -> Answer:
    if answer.status == 404:
        raise Trouble(Reason.NO_SERVICE, "404", raw=answer.raw)
    if answer.status == 403:
        raise Trouble(Reason.RIGHT_MISSING, PATH, raw=answer.raw)
    if answer.status != 200:
        raise Trouble(Reason.UNEXPECTED, f"{PATH}: HTTP {answer.status}", raw=answer.raw)
    return answer


def read_course(row: dict[str, Any], base: str) -> RemoteCourse:
    """Nothing in it is taken for granted."""
    key, media = key_of(row.get("id")), row.get("media")
    image = media.get("image") if isinstance(media, dict) else None
    pacing = row.get("pacing")
    return RemoteCourse(
        key=key,
        title=text(row.get("name"), 500),
        short_name=text(row.get("number"), 255),
        number=text(row.get("number"), 100),
        summary=text(row.get("overview")) or text(row.get("short_description")),
        category=text(row.get("org"), 500),
        start=iso(row.get("start")),
        end=iso(row.get("end")),
        enrolment_start=iso(row.get("enrollment_start")),
        enrolment_end=iso(row.get("enrollment_end")),
        visible=not row.get("hidden"),
        invitation_only=bool(row.get("invitation_only")),
        self_paced=pacing == "self" if pacing in ("self", "instructor") else None,
        image_url=web_address(image.get("large")) if isinstance(image, dict) else "",
        url=f"{base}/courses/{escaped(key)}/about",
    )
