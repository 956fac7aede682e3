"""What a person opened at a provider, as "My learning" shows it: the portal hears no more of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from catalog.addresses import course_url
from catalog.enrolment.models import Referral
from catalog.models import Course, CourseText
from catalog.people.models import User
from catalog.selectors.texts import text_for
from catalog.views.doors import launch_of
from home.languages.casing import capitalise

MOST = 200


@dataclass(frozen=True)
class Outside:
    """One such course; ``launch_url`` is "" where the way there is not known any more."""

    number: int
    code: str
    title: str
    language: str
    url: str
    launch_url: str
    host: str
    system: str
    opened_at: datetime

    @property
    def heading(self) -> str:
        """The state, in the few words that a table has room for."""
        return _("Opened at the provider")


def outside(person: User, language: str) -> list[Outside]:
    """At most the ``MOST`` newest; two queries."""
    texts = CourseText.objects.filter(live=True).select_related("locale").defer("body")
    rows = Referral.objects.filter(person=person, wanted=True)
    rows = rows.select_related("course", "connection").defer("course__admin_search")
    rows = rows.prefetch_related(Prefetch("course__texts", texts)).order_by("-wanted_at", "-pk")
    return [_outside(row, row.course, language) for row in rows[:MOST]]


def _outside(row: Referral, course: Course, language: str) -> Outside:
    text = text_for(course.texts.all(), language, course.source_language)
    title = text.title if text else course.code
    launch = launch_of(row.connection, row.lms_key, language)
    # It begins a sentence here; editors write it as within one.
    system = capitalise(str(row.connection.name), language) if row.connection else ""
    return Outside(
        number=row.pk,
        code=course.code,
        title=title,
        language=text.language if text else language,
        url="" if course.is_withdrawn or not text else course_url(course.pk, title, language),
        launch_url=launch.url if launch else "",
        host=launch.host if launch else "",
        system=system or _("The provider"),
        opened_at=row.wanted_at,
    )
