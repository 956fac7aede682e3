"""Whether a person gets a place: one pure rule, asked by pages and inside the transaction alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext as _

from catalog.audience import Answer, Eligibility
from catalog.availability import Availability, RunFacts, run_availability


class Verdict(StrEnum):
    """What is to be done with a wish."""

    GRANTED = "granted"
    ASK_MANAGER = "ask_manager"
    ALREADY = "already"
    KEY_MISSING = "key_missing"
    KEY_WRONG = "key_wrong"
    MANAGER_MISSING = "manager_missing"
    NOT_OPEN = "not_open"
    NOT_ENTITLED = "not_entitled"
    NOT_KNOWN = "not_known"
    NOT_OFFERED = "not_offered"


# The person can do something about these on the spot.
ASKS_FOR_MORE = frozenset({Verdict.KEY_MISSING, Verdict.KEY_WRONG, Verdict.MANAGER_MISSING})


@dataclass(frozen=True)
class Offer:
    """What the catalogue says: ``mode`` is the course's kind of enrolment.

    ``is_reachable`` is False where no LMS and no key in it is known.
    """

    mode: str
    run: RunFacts
    eligibility: Eligibility
    withdrawn: bool = False
    is_reachable: bool = True


@dataclass(frozen=True)
class Wish:
    """What the person brings: whether their key fits (None: none given), the manager's address."""

    key_fits: bool | None = None
    manager: str = ""


@dataclass(frozen=True)
class Decision:
    """The verdict and why, in the reader's language."""

    verdict: Verdict
    sentence: str

    @property
    def is_yes(self) -> bool:
        """True when the wish is to be stored."""
        return self.verdict in (Verdict.GRANTED, Verdict.ASK_MANAGER)

    @property
    def asks_for_more(self) -> bool:
        """True when the form, filled in rightly, would do."""
        return self.verdict in ASKS_FOR_MORE


def decide(offer: Offer, wish: Wish, now: datetime) -> Decision:
    """Window and seats first, then who, then how; ValueError when ``now`` has no time zone."""
    if offer.withdrawn:
        return Decision(Verdict.NOT_OFFERED, _("This course is not offered any more."))
    state = run_availability(offer.run, now)
    if not state.can_join or offer.mode == "closed":
        return Decision(Verdict.NOT_OPEN, _not_open(offer, state))
    if offer.eligibility.answer == Answer.NO:
        return Decision(Verdict.NOT_ENTITLED, offer.eligibility.advice)
    if offer.mode == "nomination":
        told = _("Institutions nominate people. Ask your personnel office.")
        return Decision(Verdict.NOT_OFFERED, told)
    if not offer.is_reachable:
        told = _("The contact office takes enrolments for this course.")
        return Decision(Verdict.NOT_OFFERED, told)
    if offer.eligibility.answer == Answer.UNKNOWN:
        return Decision(Verdict.NOT_KNOWN, offer.eligibility.advice)
    return _how(offer, wish)


def _not_open(offer: Offer, state: Availability) -> str:
    label = _("Enrolment is closed") if state.can_join else state.label
    return f"{label}."


def _how(offer: Offer, wish: Wish) -> Decision:
    match offer.mode:
        case "invitation" if wish.key_fits is None:
            return Decision(Verdict.KEY_MISSING, _("Write the key of your invitation."))
        case "invitation" if not wish.key_fits:
            told = _("This key does not fit, has expired, or all its places are used.")
            return Decision(Verdict.KEY_WRONG, told)
        case "approval" if not wish.manager:
            told = _("Write the e-mail address of your manager.")
            return Decision(Verdict.MANAGER_MISSING, told)
        case "approval":
            return Decision(Verdict.ASK_MANAGER, _("Your manager is being asked."))
    return Decision(Verdict.GRANTED, _("Your place is being arranged."))
