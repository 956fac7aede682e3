"""The work of the worker: mails and wishes, as long as there are any."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from . import approving, reconciling, telling, waking
from .carrying import Carrier
from .models import Enrolment, Mail
from .posting import post_due
from .seats import announce_seats

# Other tasks wait meanwhile.
CARRY_SECONDS, POST_SECONDS = 20.0, 10.0


@task()
def arrange() -> int:
    """Carry wishes and send mails for a while; asks for another turn when something is left."""
    return work_off()


def work_off() -> int:
    """The same, for the schedule."""
    post_due(POST_SECONDS)
    count = Carrier().work(CARRY_SECONDS)
    count += post_due(POST_SECONDS)
    if count and _is_left():
        waking.on_commit()
    return count


def _is_left() -> bool:
    now = timezone.now()
    return (
        Enrolment.objects.due(now).filter(connection__active=True).exists()
        or Mail.objects.filter(next_try__lte=now).exists()
    )


def by_the_minute() -> None:
    """Seats on pages, managers who did not answer, what has opened or was cancelled, and a look at
    what LMSs have."""
    announce_seats()
    approving.expire(timezone.now())
    telling.tell_openings()
    telling.tell_cancellations()
    reconciling.reconcile()


def by_the_hour() -> None:
    """Reminders, and a try of what is stuck."""
    telling.remind()
    reconciling.probe()
