"""The signature of a push: who sent it, when, and that it comes once only."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.connections.once import first_time

from .models import PushSecret, SyncPolicy

SCHEME = "SIG-HMAC-SHA256"
WINDOW = timedelta(minutes=5)
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_CODE = re.compile(r"[-a-zA-Z0-9_]{1,60}")


class Refused(Exception):
    """``status`` is HTTP's; ``detail`` says why, without secrets; ``problems`` one for each row."""

    def __init__(self, status: int, detail: str, problems: list[str] | None = None) -> None:
        super().__init__(detail)
        self.status, self.detail, self.problems = status, detail, problems or []


@dataclass(frozen=True)
class Envelope:
    """What stands in the headers."""

    connection: str
    timestamp: int
    nonce: str
    signature: str


def envelope(headers: Mapping[str, str]) -> Envelope:
    """The four headers, well formed. ``Refused`` when one is not."""
    scheme, _space, signature = headers.get("Authorization", "").partition(" ")
    if scheme != SCHEME or not re.fullmatch(r"[0-9a-fA-F]{64}", signature.strip()):
        raise Refused(
            401,
            _("Authorization must be “%(scheme)s” and 64 hexadecimal digits.") % {"scheme": SCHEME},
        )
    code, nonce = headers.get("X-Connection", ""), headers.get("X-Nonce", "")
    stamp = headers.get("X-Timestamp", "")
    if not _CODE.fullmatch(code):
        raise Refused(401, _("X-Connection must be the code of an LMS connection."))
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 11):
        raise Refused(401, _("X-Timestamp must be seconds since 1970."))
    if not _NONCE.fullmatch(nonce):
        raise Refused(401, _("X-Nonce must be 16 to 64 letters and digits, another one each time."))
    return Envelope(code, int(stamp), nonce, signature.strip().lower())


def sign(secret: str, timestamp: int, nonce: str, body: bytes) -> str:
    """64 hexadecimal digits over moment, nonce and body."""
    signed = f"{timestamp}.{nonce}.".encode() + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def sender(told: Envelope, body: bytes) -> SyncPolicy:
    """Whose secret made the signature. ``Refused`` when nobody's did, or not just now."""
    policy = (
        SyncPolicy.objects.select_related("connection", "provider")
        .filter(connection__code=told.connection, connection__active=True)
        .first()
    )
    secrets = PushSecret.objects.filter(connection=policy.connection) if policy else []
    used = next((row for row in secrets if _is_by(row, told, body)), None)
    if policy is None or used is None:
        # An unknown connection sounds like a wrong signature: nobody learns which codes there are.
        raise Refused(401, _("The signature is not that of this connection."))
    if abs(timezone.now() - datetime.fromtimestamp(told.timestamp, UTC)) > WINDOW:
        raise Refused(401, _("The push is older than five minutes, or a clock is wrong."))
    PushSecret.objects.filter(pk=used.pk).update(used_at=timezone.now())
    return policy


def _is_by(row: PushSecret, told: Envelope, body: bytes) -> bool:
    made = sign(row.secret, told.timestamp, told.nonce, body)
    return bool(row.secret) and hmac.compare_digest(made, told.signature)


def spend(told: Envelope) -> None:
    """Call it in the transaction of the push: what is rolled back may come again."""
    until = datetime.fromtimestamp(told.timestamp, UTC) + 2 * WINDOW
    # Hashed: together they may be longer than what is kept, and nothing of them must be cut off.
    place = hashlib.sha256(f"{told.connection} {told.nonce}".encode()).hexdigest()
    if not first_time(f"push-{place}", until):
        raise Refused(401, _("This push was taken already."))
