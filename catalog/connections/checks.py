"""Asking an LMS what the portal may do there: by the worker, never while somebody waits."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from catalog import lms
from catalog.lms.results import plain
from catalog.models import LMSConnection

from .models import ConnectionState
from .pace import without

MOST_FINDINGS = 50


@transaction.atomic
def ask_for_check(connection: LMSConnection, language: str) -> bool:
    """Puts the question to the worker; False when it waits already."""
    ConnectionState.objects.get_or_create(pk=connection.pk)
    state = ConnectionState.objects.select_for_update().get(pk=connection.pk)
    if state.is_being_checked:
        return False
    ConnectionState.objects.filter(pk=state.pk).update(check_asked_at=timezone.now())
    transaction.on_commit(lambda: check_connection.enqueue(connection.pk, language))
    return True


@task()
def check_connection(number: int, language: str) -> None:
    """Stores what the LMS says, in the language of whoever asked."""
    connection = LMSConnection.objects.filter(pk=number).first()
    if connection is None:
        return
    with translation.override(language):
        found = check(connection)
    hidden = tuple(connection.secrets.values())
    findings = [
        [each.level, without(plain(each.sentence, 500), hidden)]
        for each in found.findings[:MOST_FINDINGS]
    ]
    ConnectionState.objects.update_or_create(
        pk=number,
        defaults={
            "check_asked_at": None,
            "checked_at": timezone.now(),
            "check_ok": found.ok,
            "check_site": found.site[:200],
            "check_version": found.version[:60],
            "check_abilities": sorted(found.abilities),
            "check_findings": findings,
            "check_language": language,
        },
    )


def check(connection: LMSConnection) -> lms.Check:
    """What its connector finds; a sentence also when there is none."""
    try:
        return connection.connector.check()
    except KeyError:
        return lms.Check.of_problems([translation.gettext("There is no connector of this kind.")])
