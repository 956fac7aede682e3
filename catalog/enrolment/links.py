"""Addresses that mails name: absolute, in the reader's language, some of them signed."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

from .models import Approval, Enrolment

SALT = "enrolment.approval"
LONGEST_TOKEN = 200
# Long after a question has expired its link still says so.
READABLE = timedelta(days=60)


def absolute(name: str, language: str, *arguments: object) -> str:
    """The address of one of our pages in ``language``."""
    with translation.override(language):
        return settings.PUBLIC_URL + reverse(f"enrolment:{name}", args=arguments)


def status_url(enrolment: Enrolment, language: str) -> str:
    """Where the person sees how it stands."""
    return absolute("status", language, enrolment.pk)


def approval_url(approval: Approval, language: str) -> str:
    """Where the manager answers; whoever has this address can."""
    return absolute("approval", language, token_of(approval))


def token_of(approval: Approval) -> str:
    """What stands in the manager's link."""
    return signing.dumps([approval.pk, approval.nonce], salt=SALT)


def approval_of(token: str) -> Approval | None:
    """The question a link belongs to, answered or not; None for a forged or very old one."""
    if len(token) > LONGEST_TOKEN:
        return None
    try:
        number, nonce = signing.loads(token, salt=SALT, max_age=READABLE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Approval.objects.select_related("enrolment__run__course", "enrolment__person")
    return rows.filter(pk=number, nonce=nonce).first()
