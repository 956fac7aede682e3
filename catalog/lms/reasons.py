"""Everything an LMS can answer, as a few outcomes, each reason with a plain sentence for staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Outcome(StrEnum):
    """What became of a wish; the first two are good."""

    DONE = "done"
    ALREADY = "already"
    CLOSED = "closed"
    FULL = "full"
    KEY_REQUIRED = "key_required"
    HIDDEN = "hidden"
    NOT_FOUND = "not_found"
    RETRY = "retry"
    MISCONFIGURED = "misconfigured"


class Scope(StrEnum):
    """How far it reaches: a fault of the connection stops everybody, one of a person no other."""

    CONNECTION = "connection"
    COURSE = "course"
    PERSON = "person"


class Reason(StrEnum):
    """Why; stored by others, so the values never change."""

    DONE = "done"
    AT_LAUNCH = "at_launch"
    OTHER_WAY = "other_way"
    ALREADY = "already"
    KEPT_INACTIVE = "kept_inactive"

    CLOSED = "closed"
    NOT_OPEN = "not_open"
    INVITATION = "invitation"
    INACTIVE_PLACE = "inactive_place"
    ACCOUNT_SUSPENDED = "account_suspended"
    PERSON_REFUSED = "person_refused"
    FULL = "full"
    KEY_REQUIRED = "key_required"
    HIDDEN = "hidden"

    NO_COURSE = "no_course"
    NO_ACCOUNT = "no_account"
    NOT_ENROLLED = "not_enrolled"

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    MAINTENANCE = "maintenance"
    SERVER_ERROR = "server_error"
    UPGRADING = "upgrading"
    DATABASE_DOWN = "database_down"
    NOT_JSON = "not_json"
    RESTING = "resting"
    SLOW_DOWN = "slow_down"
    WRITE_RACE = "write_race"
    NOT_SEEN = "not_seen"

    OPTIONS = "options"
    NOT_OFFERED = "not_offered"
    TOKEN_REFUSED = "token_refused"  # noqa: S105
    ACCESS_REFUSED = "access_refused"
    FUNCTION_UNKNOWN = "function_unknown"
    RIGHT_MISSING = "right_missing"
    PASSWORD_CHANGE = "password_change"  # noqa: S105
    SERVICE_ACCOUNT = "service_account"
    SERVICES_OFF = "services_off"
    NO_SERVICE = "no_service"
    WRONG_ADDRESS = "wrong_address"
    PRIVATE_ADDRESS = "private_address"
    TLS = "tls"
    TOO_LARGE = "too_large"
    UNEXPECTED = "unexpected"
    NO_METHOD = "no_method"
    ROLE = "role"
    MODE = "mode"
    EMAIL_MISSING = "email_missing"
    EMAIL_TAKEN = "email_taken"
    ACCOUNT_REFUSED = "account_refused"


@dataclass(frozen=True)
class Meaning:
    """What a reason amounts to; ``sentence`` may hold %(detail)s."""

    outcome: Outcome
    scope: Scope
    sentence: str | Promise


def _mean(outcome: Outcome, scope: Scope, **sentences: str | Promise) -> dict[Reason, Meaning]:
    return {Reason(name): Meaning(outcome, scope, text) for name, text in sentences.items()}


MEANINGS: dict[Reason, Meaning] = {
    **_mean(
        Outcome.DONE,
        Scope.PERSON,
        done=_("The LMS has confirmed it."),
        at_launch=_("This LMS takes people in when they come; nothing had to be sent."),
        other_way=_(
            "The place given by the portal is taken back, but another enrolment method of the "
            "LMS keeps the person in the course."
        ),
    ),
    **_mean(
        Outcome.ALREADY,
        Scope.PERSON,
        already=_("It was so already; nothing was changed."),
        kept_inactive=_(
            "The person's place is suspended or outside its dates; it was left as it is."
        ),
    ),
    **_mean(
        Outcome.CLOSED,
        Scope.COURSE,
        closed=_("The LMS takes no enrolments for this course now. %(detail)s"),
        not_open=_("The LMS does not take enrolments for this course yet. %(detail)s"),
        invitation=_("The LMS takes people into this course by invitation only."),
    ),
    **_mean(
        Outcome.CLOSED,
        Scope.PERSON,
        inactive_place=_(
            "The person has a place in this course that is suspended or outside its dates. It was "
            "left as it is; only the LMS can change it."
        ),
        account_suspended=_("The person's account in the LMS is suspended."),
        person_refused=_("The LMS refuses this person for this course. %(detail)s"),
    ),
    **_mean(
        Outcome.FULL, Scope.COURSE, full=_("The LMS says that all places of this course are taken.")
    ),
    **_mean(
        Outcome.KEY_REQUIRED,
        Scope.COURSE,
        key_required=_("The course asks for an enrolment key, and the right one was not given."),
    ),
    **_mean(Outcome.HIDDEN, Scope.COURSE, hidden=_("The course is hidden in the LMS.")),
    **_mean(
        Outcome.NOT_FOUND,
        Scope.COURSE,
        no_course=_("The LMS has no course with the key “%(detail)s”."),
    ),
    **_mean(
        Outcome.NOT_FOUND,
        Scope.PERSON,
        no_account=_("The person has no account in the LMS."),
        not_enrolled=_("The person is not enrolled in this course in the LMS."),
    ),
    **_mean(
        Outcome.RETRY,
        Scope.CONNECTION,
        timeout=_("The LMS did not answer in time."),
        unreachable=_("The LMS cannot be reached: %(detail)s."),
        busy=_("The LMS asks for fewer requests."),
        maintenance=_("The LMS is under maintenance."),
        server_error=_("The LMS failed (HTTP %(detail)s)."),
        upgrading=_("The LMS is being upgraded."),
        database_down=_("The LMS cannot reach its database."),
        not_json=_("The LMS sent something that is not data. %(detail)s"),
        resting=_("The LMS failed several times; the portal lets it rest for a while."),
        slow_down=_("The portal keeps to the agreed number of requests a minute."),
    ),
    **_mean(
        Outcome.RETRY,
        Scope.PERSON,
        write_race=_("The LMS could not write it down; somebody else wrote at the same time."),
        not_seen=_(
            "The LMS said yes, but the person is not in the course. If this stays so, check that "
            "the service account may see participants."
        ),
    ),
    **_mean(
        Outcome.MISCONFIGURED,
        Scope.CONNECTION,
        options=_("The connection is not complete: %(detail)s"),
        not_offered=_("This kind of LMS does not offer that."),
        token_refused=_("The LMS does not accept the portal's credentials."),
        access_refused=_(
            "The LMS refuses %(detail)s: the token has expired, this server's address is not "
            "allowed, the service is off, or the function is not part of it."
        ),
        function_unknown=_("This LMS does not know the function %(detail)s."),
        right_missing=_("The service account lacks the right to call %(detail)s."),
        password_change=_("The service account must change its password in the LMS first."),
        service_account=_("The service account is suspended or not confirmed in the LMS."),
        services_off=_("Web services, or their REST protocol, are switched off in the LMS."),
        no_service=_("There is no such service at this address (HTTP %(detail)s)."),
        wrong_address=_("The LMS is at another address: %(detail)s."),
        private_address=_("%(detail)s is not a public address, and it is not on the allowed list."),
        tls=_("The certificate of the LMS cannot be trusted: %(detail)s."),
        too_large=_("The answer of the LMS is larger than %(detail)s MB."),
        unexpected=_("The LMS gave an answer that is not known: %(detail)s"),
    ),
    **_mean(
        Outcome.MISCONFIGURED,
        Scope.COURSE,
        no_method=_("Manual enrolment is not switched on in this course."),
        role=_("The service account may not give people the learner's role in this course."),
        mode=_("The course does not offer the enrolment mode “%(detail)s”."),
    ),
    **_mean(
        Outcome.MISCONFIGURED,
        Scope.PERSON,
        email_missing=_("The LMS needs an e-mail address, and the person has none."),
        email_taken=_("Another account of the LMS has the person's e-mail address."),
        account_refused=_("The LMS refused to create the person's account. %(detail)s"),
    ),
}


def sentence(reason: str, detail: str = "") -> str:
    """The sentence for a stored reason, in the reader's language; an unknown one stands as it is.

    >>> sentence("full")
    'The LMS says that all places of this course are taken.'
    """
    try:
        meaning = MEANINGS[Reason(reason)]
    except (ValueError, KeyError):
        return f"{reason} {detail}".strip()
    return (str(meaning.sentence) % {"detail": detail}).strip()
