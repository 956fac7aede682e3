"""Courses of the demonstration LMS: those of the portal's demo, and one for each rule."""

from __future__ import annotations

import json
from pathlib import Path

from .openedx_site import EdxCourse, EdxSite
from .site import Course, Site, Token

TOKEN = "demonstration-token"  # noqa: S105
CLIENT, SECRET = "demonstration", "demonstration-secret"
DEMO_COURSES = Path(__file__).parents[1] / "data" / "courses"
FIRST_DEMO_NUMBER = 101


def rules(site: Site) -> Site:
    """One course for each way in which Moodle differs from what one expects."""
    site.categories |= {1: ("Rules", 0), 2: ("Demo", 0), 3: ("Inner", 2)}
    site.tokens[TOKEN] = Token()
    for course in (
        Course(2, "SELF-OPEN", "Open to all", criteria=True, idnumber="2026/2"),
        Course(3, "MANUAL-ONLY", "By the office only", self_enrolment=False),
        Course(4, "KEYED", "With a key", key="open sesame"),
        Course(5, "FULL", "All seats taken", most=1),
        Course(6, "ENDED", "Enrolment over", closes=1_769_889_600),
        Course(7, "NOT-YET", "Enrolment to come", opens=4_000_000_000),
        Course(8, "HIDDEN", "Being written", visible=False),
        Course(9, "NO-INSTANCE", "No way in", manual=False, self_enrolment=False),
        Course(10, "NO-NEW", "Takes nobody new", takes_new=False),
        Course(11, "ROLE", "Another role", role_assignable=False),
    ):
        site.add_course(course)
    return site


def demo(site: Site) -> Site:
    """The courses of the portal's demo, under the keys they have there (short names)."""
    site.categories |= {2: ("Demo", 0)}
    site.tokens[TOKEN] = Token()
    site.languages |= {"az", "tr", "ru", "kk"}
    for number, path in enumerate(sorted(DEMO_COURSES.glob("*.json")), FIRST_DEMO_NUMBER):
        row = json.loads(path.read_text(encoding="utf-8"))
        text = row["texts"][row["source_language"]]
        site.add_course(
            Course(
                number,
                row["lms_key"],
                text["title"],
                category=2,
                summary=text["summary"],
                idnumber=row["code"],
                lang=row["source_language"],
            )
        )
    return site


def openedx(site: EdxSite) -> EdxSite:
    """Three courses, one client."""
    site.clients[CLIENT] = SECRET
    for course in (
        EdxCourse("course-v1:Academy+OPEN+2026", "Open"),
        EdxCourse("course-v1:Academy+OVER+2026", "Over", enrollment_end="2020-01-01T00:00:00Z"),
        EdxCourse("course-v1:Academy+SOON+2026", "Soon", enrollment_start="2999-01-01T00:00:00Z"),
    ):
        site.courses[course.key] = course
    return site
