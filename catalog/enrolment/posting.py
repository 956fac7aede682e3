"""Sends the mails that wait, each made at that moment in the reader's language."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from catalog.addresses import course_url
from catalog.models import Course, CourseRun
from catalog.selectors.texts import text_for
from catalog.views.runs import RunRow, run_rows

from . import approving, links, sentences
from .models import Mail

logger = logging.getLogger(__name__)

ATTEMPTS = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=2), timedelta(hours=2)
BATCH = 100


def post_due(seconds: float = 20.0) -> int:
    """Send what is due for at most about ``seconds``; returns how many were accepted."""
    until, count = time.monotonic() + seconds, 0
    waiting = Mail.objects.filter(next_try__lte=timezone.now()).order_by("next_try", "pk")
    for number in list(waiting.values_list("pk", flat=True)[:BATCH]):
        if time.monotonic() > until:
            break
        count += _post(number)
    return count


def _post(number: int) -> bool:
    """One mail; whoever dies in the middle is followed by another some minutes later."""
    now = timezone.now()
    mail = Mail.objects.filter(pk=number, next_try__lte=now).first()
    if mail is None:
        return False
    wait = min(FIRST_WAIT * 2 ** min(mail.attempts, 10), LONGEST_WAIT)
    later = now + wait if mail.attempts + 1 < ATTEMPTS else None
    mine = Mail.objects.filter(pk=number, attempts=mail.attempts, next_try__lte=now)
    if not mine.update(attempts=mail.attempts + 1, next_try=later or now + wait):
        return False
    try:
        made(mail).send()
    except Exception as error:
        logger.warning("A mail about an enrolment was not sent: %s", type(error).__name__)
        Mail.objects.filter(pk=number).update(next_try=later, error=str(error)[:300])
        if later is None and mail.approval_id and mail.kind == Mail.Kind.APPROVAL:
            # Who waits for an answer must not wait for one that cannot come.
            approving.close(mail.approval_id, now, approving.UNREACHABLE)
        return False
    Mail.objects.filter(pk=number).update(next_try=None, sent_at=timezone.now(), error="")
    return True


def made(mail: Mail) -> EmailMessage:
    """The mail with its words."""
    with translation.override(mail.language):
        context = _context(mail)
        subject, body = (
            render_to_string(f"enrolment/mail/{mail.kind}{part}.txt", context).strip()
            for part in ("_subject", "")
        )
    return EmailMessage(
        " ".join(subject.split()),
        body + "\n",
        to=[mail.to],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _context(mail: Mail) -> dict[str, Any]:
    row, language = mail.enrolment, mail.language
    course = row.run.course if row else mail.course
    context: dict[str, Any] = {"mail": mail, "title": title_of(course, language)}
    if row is None:
        text = title_of(course, language)
        return context | {"url": settings.PUBLIC_URL + course_url(course.pk, text, language)}
    context |= {
        "person": row.person,
        "row": row,
        "run": described(row.run, language),
        "lms": str(row.connection.name),
        "url": links.status_url(row, language),
        "why": sentences.why(mail.reason),
        "advice": sentences.advice(mail.reason),
        "contact": sentences.contact(course),
    }
    if mail.approval:
        context |= {
            "approval": mail.approval,
            "approval_url": links.approval_url(mail.approval, language),
        }
    if mail.kind == Mail.Kind.SUPPORT:
        address = reverse("wagtailsnippets_enrolment_enrolment:inspect", args=[row.pk])
        context |= {
            "url": settings.PUBLIC_URL + address,
            "why": sentences.for_staff(mail.reason, row.detail),
        }
    return context


def title_of(course: Course, language: str) -> str:
    """The title in the reader's language or the nearest there is."""
    texts = course.texts.filter(live=True).select_related("locale")
    text = text_for(texts, language, course.source_language)
    return text.title if text else course.code


def described(run: CourseRun, language: str, now: datetime | None = None) -> RunRow:
    """Dates, place and language of a run in words (a ``RunRow``)."""
    return run_rows([run], language, now or timezone.now())[0]
