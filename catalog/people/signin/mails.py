"""Mails about one's account, written by the worker in the language of who gets them."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django_tasks import task

from catalog.people.languages import mail_language
from catalog.people.models import User

DISCONNECTED = "socialaccount/email/account_disconnected"
SWITCHED_OFF = "mfa/email/totp_deactivated"
# The library's names of what happened, and what we say.
NOTICES = {
    "account/email/password_changed": _("Your password was changed."),
    "account/email/password_reset": _("Your password was set anew by mail."),
    "mfa/email/totp_activated": _("A second step for signing in was set up."),
    SWITCHED_OFF: _("The second step for signing in was switched off."),
    "mfa/email/recovery_codes_generated": _("New recovery codes were made; old ones are void."),
    "socialaccount/email/account_connected": _("Another way to sign in was added."),
    DISCONNECTED: _("A way to sign in was taken away."),
}


@task()
def mail_password_reset(email: str) -> None:
    """A link that sets a new password, to whoever has this address; to nobody if nobody has."""
    for user in User.objects.filter(email__iexact=email, is_active=True):
        # Who comes by an issuer has no password here, and gets none this way.
        if user.has_usable_password():
            _send(user, "account/mail/password_reset", link=_reset_link)


@task()
def mail_notice(user_id: int, event: str) -> None:
    """Says that something about the account changed; ``event`` is a key of ``NOTICES``."""
    user = User.objects.filter(pk=user_id).exclude(email="").first()
    if user:
        _send(user, "account/mail/notice", link=_account_link, what=NOTICES[event])


def _reset_link(user: User) -> str:
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def _account_link(user: User) -> str:
    return reverse("account")


def _send(user: User, template: str, link: Any, **context: Any) -> None:
    with override(mail_language(user)):
        context |= {"person": user, "link": settings.PUBLIC_URL + link(user)}
        subject, body = (
            render_to_string(f"{template}{part}.txt", context).strip() for part in ("_subject", "")
        )
    EmailMessage(
        " ".join(subject.split()),
        body + "\n",
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
