"""Moodle behind the interface: reads first, writes once, reads back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import urlencode, urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.lms.base import Connector
from catalog.lms.options import address_problems, field_problems, rate_field, rate_problems
from catalog.lms.reading import text
from catalog.lms.reasons import Reason
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
    Person,
    Place,
    Progress,
    RemoteCourse,
)

from . import checking, courses, people, places, progress
from .api import USUAL_RATE, Moodle


class MoodleConnector(Connector):
    """Options as in ``fields``; a course's key is its number, its short name or idnumber:…"""

    kind = "moodle"
    abilities = frozenset(Ability)
    fields = (
        Field(
            "url",
            gettext_lazy("address"),
            gettext_lazy("As Moodle's own config.php has it: https://moodle.example.org"),
        ),
        Field("token", gettext_lazy("web service token"), secret=True),
        Field(
            "role",
            gettext_lazy("number of the learner's role"),
            gettext_lazy("5 in every Moodle where nobody has changed it."),
            required=False,
            default="5",
        ),
        Field(
            "auth",
            gettext_lazy("how new people sign in to Moodle"),
            gettext_lazy(
                "oauth2 for single sign-on; manual lets Moodle send a password to each new person."
            ),
            required=False,
            default="oauth2",
        ),
        Field(
            "match_email",
            gettext_lazy("use the account with the same e-mail address"),
            gettext_lazy("Only for people whose address the portal has confirmed."),
            required=False,
            default="no",
            choices=("no", "yes"),
        ),
        Field(
            "sign_in",
            gettext_lazy("hand people over signed in"),
            gettext_lazy("userkey needs Moodle's plugin auth_userkey."),
            required=False,
            default="no",
            choices=("no", "userkey"),
        ),
        Field(
            "languages",
            gettext_lazy("language packs installed there"),
            gettext_lazy("For example: az tr ru"),
            required=False,
        ),
        Field(
            "list_language",
            gettext_lazy("language to read the catalogue in"),
            gettext_lazy("Where Moodle filters texts in several languages."),
            required=False,
        ),
        rate_field(USUAL_RATE),
    )

    def problems(self) -> list[str]:
        """Address, token and small values; nothing is asked of Moodle."""
        found = field_problems(self.fields, self.options) + rate_problems(self.options)
        if url := self.options.get("url", ""):
            found += address_problems(url)
        role = self.options.get("role", "") or "5"
        if not (role.isascii() and role.isdigit()):
            found.append(_("The number of the role must be a number."))
        return found

    def launch(self, key: str, language: str) -> Launch | None:
        """The course's page, where Moodle lets people sign in."""
        if self.problems():
            return None
        base = self.options["url"].rstrip("/")
        path, query = courses.address_of(base, key)
        return Launch(f"{path}?{urlencode(query)}", urlsplit(base).hostname or "")

    def check(self) -> Check:
        """Site, functions and rights of the token."""
        if problems := self.problems():
            return Check.of_problems(problems)
        try:
            return checking.check(self.site())
        except Trouble as trouble:
            return Check((Finding(Level.ERROR, trouble.result().sentence),))

    def list(self, skip: Collection[str] = ()) -> Iterator[Part]:
        """A part is a category."""
        return courses.parts(self.site(), skip)

    def get(self, key: str) -> Result[RemoteCourse]:
        """Asked anew each time."""
        return self.asked(
            lambda moodle: Result(Reason.DONE, courses.find(moodle, key, fresh=True)[1])
        )

    def ensure_user(self, person: Person) -> Result[Account]:
        """Creates with ``auth=oauth2`` unless told otherwise, so that single sign-on finds it."""
        return self.asked(lambda moodle: people.ensure(moodle, person))

    def enrol(
        self, account: Account, key: str, *, period: Period = WHOLE_COURSE, enrolment_key: str = ""
    ) -> Result[Place]:
        """By manual enrolment; by self enrolment where the account brings a token of its own."""
        return self.asked(lambda moodle: places.enrol(moodle, account, key, period, enrolment_key))

    def unenrol(self, account: Account, key: str) -> Result[Place]:
        """Only the manual row; OTHER_WAY when another one remains."""
        return self.asked(lambda moodle: places.unenrol(moodle, account, key))

    def status(self, account: Account, key: str) -> Result[Place]:
        """One or two calls."""
        return self.asked(lambda moodle: places.status(moodle, account, key))

    def progress(self, account: Account, key: str) -> Result[Progress]:
        """Three calls; grade and completion are left out where the service has them not."""
        return self.asked(lambda moodle: progress.read(moodle, account, key))

    def launch_url(self, account: Account, key: str, language: str) -> Result[Launch]:
        """Signed in by a key for one use where the plugin is there, else the course's page."""
        plain = super().launch_url(account, key, language)
        if self.options.get("sign_in") != "userkey" or plain.value is None:
            return plain
        return self.asked(lambda moodle: self._signed_in(moodle, account, plain.value))

    @staticmethod
    def _signed_in(moodle: Moodle, account: Account, page: Launch) -> Result[Launch]:
        user = {"username": account.username}
        answer = moodle.call("auth_userkey_request_login_url", user=user)
        url = text(answer.get("loginurl"), 2000) if isinstance(answer, dict) else ""
        if not url.startswith(moodle.name + "/"):
            raise Trouble(Reason.UNEXPECTED, "auth_userkey_request_login_url")
        return Result(Reason.DONE, Launch(f"{url}&{urlencode({'wantsurl': page.url})}", page.host))

    def site(self) -> Moodle:
        """With these options; Trouble where they are not as they should be."""
        if self.problems():
            raise self.incomplete()
        return Moodle(self.options, self.services)
