"""Mails messages of the help form to the academy; the worker calls it, never a request."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from home.models import HelpMessage
from home.navigation import site_settings

logger = logging.getLogger(__name__)

MOST_ATTEMPTS, BATCH = 12, 50
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=6)


def send_due() -> int:
    """Mail what is due; what a mail server refuses is tried again later, ever more seldom.

    Returns how many went out.
    """
    due = HelpMessage.objects.filter(mail_due__lte=timezone.now()).order_by("mail_due")
    return sum(_send(message) for message in due[:BATCH] if _claim(message))


def _claim(message: HelpMessage) -> bool:
    """True for exactly one worker; the next attempt is set before this one is made."""
    message.mail_attempts += 1
    wait = min(_FIRST_WAIT * 2 ** (message.mail_attempts - 1), _LONGEST_WAIT)
    again = timezone.now() + wait if message.mail_attempts < MOST_ATTEMPTS else None
    mine = HelpMessage.objects.filter(pk=message.pk, mail_due=message.mail_due)
    return bool(mine.update(mail_due=again, mail_attempts=message.mail_attempts))


def _send(message: HelpMessage) -> bool:
    error = ""
    try:
        recipient = _recipient(message)
        if recipient:
            _mail(message, recipient).send()
        else:
            with override(settings.LANGUAGE_CODE):
                error = _(
                    "There is neither a help e-mail nor a contact e-mail in the site settings."
                )
    except Exception as problem:
        logger.exception("A message of the help form was not mailed: %s", message.reference)
        error = f"{type(problem).__name__}: {problem}"
    changes: dict[str, object] = {"mail_error": error[:300]}
    if not error:
        changes["mail_due"] = None
    HelpMessage.objects.filter(pk=message.pk).update(**changes)
    return not error


def _recipient(message: HelpMessage) -> str:
    own = site_settings(message.site_id or 0)
    return own.help_email or own.contact_email


def _mail(message: HelpMessage, recipient: str) -> EmailMessage:
    """In the academy's language; nothing that the reader wrote stands in a header but Reply-To."""
    path = reverse("wagtailsnippets_home_helpmessage:edit", args=[message.pk])
    with override(settings.LANGUAGE_CODE):
        context = {"message": message, "edit_url": settings.WAGTAILADMIN_BASE_URL + path}
        return EmailMessage(
            f"[{message.reference}] {_('Help')}: {message.get_topic_display()}",
            render_to_string("contact/mail.txt", context).strip() + "\n",
            to=[recipient],
            reply_to=[message.email],
        )
