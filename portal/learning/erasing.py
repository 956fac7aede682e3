"""Being forgotten: at once nobody signs in or is named, and soon there is no row any more.

Places are given back first, so that the LMSs take the person out; the row stays until they have,
or for ``LONGEST`` when one of them does not answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone

from catalog.connections.lti_models import LTIScore
from catalog.enrolment.models import Enrolment, LMSAccount, Mail, OpenNotice, Referral
from catalog.enrolment.requesting import withdraw
from catalog.people.models import User
from home.contact.services import messages_of

from .models import CalendarKey, Erasure, Progress

LONGEST = timedelta(days=30)
Work = Enrolment.Work


def may_erase(person: User) -> bool:
    """Whoever runs the portal is in histories that others rely on; administrators erase them."""
    return not person.has_perm("wagtailadmin.access_admin")


@transaction.atomic
def erase(person: User) -> None:
    """Gives places back, takes names and ways of signing in away; the rest follows by itself."""
    for number in Enrolment.objects.filter(person=person, wanted=True).values_list("pk", flat=True):
        withdraw(number, person)
    Mail.objects.filter(enrolment__person=person).delete()
    for rows in (
        SocialAccount.objects.filter(user=person),
        EmailAddress.objects.filter(user=person),
        Authenticator.objects.filter(user=person),
        CalendarKey.objects.filter(person=person),
        OpenNotice.objects.filter(person=person),
        Referral.objects.filter(person=person),
        Progress.objects.filter(enrolment__person=person),
        LTIScore.objects.filter(subject=person.username),
        person.consents.all(),
        messages_of(person),
    ):
        rows.delete()
    person.first_name = person.last_name = person.email = person.language = ""
    person.country = person.institution = None
    person.is_active = False
    person.set_unusable_password()
    person.save()
    Erasure.objects.get_or_create(person=person)


def finish(now: datetime | None = None) -> int:
    """Delete whom no LMS has to be told about any more; returns how many."""
    now = now or timezone.now()
    count = 0
    for row in Erasure.objects.select_related("person").order_by("pk")[:500]:
        waits = Enrolment.objects.filter(person=row.person, work__in=[Work.DUE, Work.STUCK])
        if row.asked_at > now - LONGEST and waits.exists():
            continue
        with transaction.atomic():
            LMSAccount.objects.filter(person=row.person).delete()
            row.person.delete()
        count += 1
    return count
