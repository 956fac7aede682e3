"""Wishes, what came of them, and what is needed on the way."""

from .approval import Approval
from .capacity import Capacity
from .enrolment import Enrolment, EnrolmentEvent
from .invitation import InvitationKey
from .line import LMSAccount
from .mail import Mail
from .notice import OpenNotice
from .referral import Referral, ReferralEvent

__all__ = [
    "Approval",
    "Capacity",
    "Enrolment",
    "EnrolmentEvent",
    "InvitationKey",
    "LMSAccount",
    "Mail",
    "OpenNotice",
    "Referral",
    "ReferralEvent",
]
