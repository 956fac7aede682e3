"""How a connection is doing, in words for the people who run the portal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import LMSConnection

from .models import ConnectionState


@dataclass(frozen=True)
class Standing:
    """``word`` for lists; ``rests_until`` is aware, None while the LMS is asked."""

    word: str
    state: ConnectionState | None
    rests_until: datetime | None = None


def standing(connection: LMSConnection, now: datetime | None = None) -> Standing:
    """From its stored state; no query when that was read along."""
    state = getattr(connection, "state", None)
    if not connection.active:
        return Standing(_("Switched off"), state)
    if connection.is_locked:
        return Standing(_("Credentials cannot be opened"), state)
    if state is None:
        return Standing(_("Not checked yet"), None)
    moment = (now or timezone.now()).timestamp()
    if state.resting_until > moment:
        return Standing(
            _("Left alone for a while"), state, datetime.fromtimestamp(state.resting_until, UTC)
        )
    if state.is_being_checked:
        return Standing(_("Being checked"), state)
    if state.check_ok is None:
        return Standing(_("Not checked yet"), state)
    return Standing(_("In order") if state.check_ok else _("Needs attention"), state)


def forget_rest(connection: LMSConnection) -> None:
    """What was wrong with the old options need not be wrong with the new ones."""
    ConnectionState.objects.filter(pk=connection.pk).update(
        failures=0, resting_until=0.0, probing_until=0.0
    )
