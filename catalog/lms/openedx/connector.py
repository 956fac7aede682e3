"""Open edX behind the interface. Accounts come into being at the first single sign-on there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.lms.base import Connector
from catalog.lms.options import address_problems, field_problems, rate_field, rate_problems
from catalog.lms.reasons import Outcome, Reason
from catalog.lms.results import Result, Trouble
from catalog.lms.values import (
    WHOLE_COURSE,
    Ability,
    Account,
    Check,
    Field,
    Finding,
    Launch,
    Level,
    Part,
    Period,
    Place,
    Progress,
    RemoteCourse,
)

from . import courses, enrolment, progress
from .api import USUAL_RATE, OpenEdx, escaped

# Nobody has this name: asking for them shows whether others may be enrolled, and changes nothing.
NOBODY = Account("portal-check-nobody")
NOWHERE = "course-v1:portal+check+nowhere"


class OpenEdxConnector(Connector):
    """Options as in ``fields``; a course's key is course-v1:Org+Number+Run."""

    kind = "openedx"
    abilities = frozenset({Ability.LIST, Ability.ENROL, Ability.STATUS, Ability.PROGRESS})
    fields = (
        Field("url", gettext_lazy("address"), gettext_lazy("https://lms.example.org")),
        Field("client_id", gettext_lazy("client id")),
        Field("client_secret", gettext_lazy("client secret"), secret=True),
        Field(
            "mode",
            gettext_lazy("enrolment mode"),
            gettext_lazy("As the courses there offer it: audit, honor, verified …"),
            required=False,
            default="audit",
        ),
        rate_field(USUAL_RATE),
    )

    def problems(self) -> list[str]:
        """Address, credentials and small values; nothing is asked of the LMS."""
        found = field_problems(self.fields, self.options) + rate_problems(self.options)
        return found + (address_problems(url) if (url := self.options.get("url", "")) else [])

    def launch(self, key: str, language: str) -> Launch | None:
        """The course's page."""
        if self.problems():
            return None
        base = self.options["url"].rstrip("/")
        return Launch(f"{base}/courses/{escaped(key)}/about", urlsplit(base).hostname or "")

    def check(self) -> Check:
        """Credentials, catalogue, version, and whether others may be enrolled."""
        if problems := self.problems():
            return Check.of_problems(problems)
        edx = self.site()
        try:
            next(iter(courses.parts(edx, ())), None)
            version = enrolment.version(edx)
        except Trouble as trouble:
            return Check((Finding(Level.ERROR, trouble.result().sentence),))
        words = {"address": edx.name, "version": version}
        told = _("Connected with %(address)s; version %(version)s of its enrolment API.") % words
        findings, abilities = [Finding(Level.GOOD, told)], self.abilities
        may = self.asked(lambda site: enrolment.enrol(site, NOBODY, NOWHERE))
        if may.outcome is not Outcome.NOT_FOUND:
            findings = [Finding(Level.ERROR, may.sentence)]
            abilities = abilities - {Ability.ENROL, Ability.STATUS}
        return Check(tuple(findings), urlsplit(edx.name).netloc, f"v{version}", abilities)

    def list(self, skip: Collection[str] = ()) -> Iterator[Part]:
        """A part is a page of a hundred."""
        return courses.parts(self.site(), skip)

    def get(self, key: str) -> Result[RemoteCourse]:
        """Asked anew each time."""
        return self.asked(lambda edx: Result(Reason.DONE, courses.find(edx, key)))

    def enrol(
        self, account: Account, key: str, *, period: Period = WHOLE_COURSE, enrolment_key: str = ""
    ) -> Result[Place]:
        """NO_ACCOUNT until the person's first sign-in there; places have no dates of their own."""
        return self.asked(lambda edx: enrolment.enrol(edx, account, key))

    def unenrol(self, account: Account, key: str) -> Result[Place]:
        """Makes the row inactive."""
        return self.asked(lambda edx: enrolment.unenrol(edx, account, key))

    def status(self, account: Account, key: str) -> Result[Place]:
        """A withdrawn place is none."""
        return self.asked(lambda edx: enrolment.status(edx, account, key))

    def progress(self, account: Account, key: str) -> Result[Progress]:
        """Grade, passed and certificate; ``percent`` and ``completed`` stay unknown."""
        return self.asked(lambda edx: progress.read(edx, account, key))

    def site(self) -> OpenEdx:
        """With these options; Trouble where they are not as they should be."""
        if self.problems():
            raise self.incomplete()
        return OpenEdx(self.options, self.services)
