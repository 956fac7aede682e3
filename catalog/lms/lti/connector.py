"""A tool behind the interface: people are taken in when they come, grades are sent back here."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.lms.base import Connector
from catalog.lms.options import address_problems, field_problems
from catalog.lms.reasons import Reason
from catalog.lms.results import Result, Trouble
from catalog.lms.values import Ability, Account, Check, Field, Finding, Launch, Level, Progress

from .keys import tool_keys
from .launch import login_url
from .stores import Entry, Platform, Registration


class LTIConnector(Connector):
    """Options as in ``fields``; needs ``services.lti``. A key is what the tool calls its course."""

    kind = "lti"
    abilities = frozenset({Ability.PROGRESS, Ability.SIGN_IN})
    fields = (
        Field("client_id", gettext_lazy("client id")),
        Field("deployment_id", gettext_lazy("deployment id")),
        Field(
            "login_url",
            gettext_lazy("login address of the tool"),
            gettext_lazy("Moodle: https://moodle.example.org/enrol/lti/login.php"),
        ),
        Field(
            "launch_urls",
            gettext_lazy("launch addresses of the tool"),
            gettext_lazy("Several with a space between them; the first is the usual one."),
        ),
        Field(
            "jwks_url",
            gettext_lazy("address of the tool's keys"),
            gettext_lazy("Moodle: https://moodle.example.org/enrol/lti/jwks.php"),
        ),
    )

    def problems(self) -> list[str]:
        """Addresses; nothing is asked of the tool."""
        found = field_problems(self.fields, self.options)
        addresses = [self.options.get(name, "") for name in ("login_url", "jwks_url")]
        for address in [*addresses, *self.options.get("launch_urls", "").split()]:
            found += address_problems(address, may_ask=True) if address else []
        return list(dict.fromkeys(found))

    def registration(self) -> Registration:
        """What both sides have agreed, for the store that hands it to the platform."""
        return Registration(
            self.options.get("client_id", ""),
            self.options.get("deployment_id", ""),
            self.options.get("login_url", ""),
            tuple(self.options.get("launch_urls", "").split()),
            self.options.get("jwks_url", ""),
        )

    def launch(self, key: str, language: str) -> Launch | None:
        """None: a launch speaks of a person."""
        return None

    def check(self) -> Check:
        """Whether the tool's keys can be fetched."""
        if problems := self.problems():
            return Check.of_problems(problems)
        try:
            found = tool_keys(self.services, self.options["jwks_url"])
        except Trouble as trouble:
            return Check((Finding(Level.ERROR, trouble.result().sentence),))
        host = urlsplit(self.options["login_url"]).netloc
        if not any(key.get("kty") == "RSA" for key in found):
            told = _("The tool at %(host)s publishes no key that can be used.") % {"host": host}
            return Check((Finding(Level.ERROR, told),), host)
        told = _("The tool at %(host)s publishes its keys.") % {"host": host}
        return Check((Finding(Level.GOOD, told),), host, "LTI 1.3", self.abilities)

    def launch_url(self, account: Account, key: str, language: str) -> Result[Launch]:
        """The tool's login, for this person and ten minutes."""
        try:
            platform, entry = self._entry(key)
        except Trouble as trouble:
            return trouble.result()
        registration = self.registration()
        url = login_url(platform, registration, entry, account.username)
        return Result(Reason.DONE, Launch(url, urlsplit(url).hostname or ""))

    def progress(self, account: Account, key: str) -> Result[Progress]:
        """The last grade the tool has sent; an empty one when there is none yet."""
        try:
            platform, entry = self._entry(key)
        except Trouble as trouble:
            return trouble.result()
        score = platform.grades.result(entry, account.username)
        if score is None:
            return Result(Reason.DONE, Progress())
        return Result(
            Reason.DONE,
            Progress(
                completed=score.is_completed,
                completed_at=score.at if score.is_completed else None,
                grade=score.given,
                grade_max=score.maximum,
            ),
        )

    def _entry(self, key: str) -> tuple[Platform, Entry]:
        platform = self.services.lti
        if platform is None or self.problems():
            raise self.incomplete()
        entry = platform.directory.entry_of(self.options["client_id"], key)
        if entry is None:
            raise Trouble(Reason.NO_COURSE, key)
        return platform, entry
