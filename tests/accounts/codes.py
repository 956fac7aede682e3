"""What the app on a person's phone shows."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value

PASSWORD = "correct horse battery"


def give_second_factor(person):
    """Sets the app up; returns its secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code(secret, ago=0):
    """What the app shows now, or showed that many seconds ago."""
    return format_hotp_value(hotp_value(secret, int(time.time() - ago) // 30))


def recovery_codes(person):
    """All of them."""
    row = Authenticator.objects.get(user=person, type=Authenticator.Type.RECOVERY_CODES)
    return row.wrap().get_unused_codes()
