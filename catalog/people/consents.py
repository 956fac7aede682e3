"""Which privacy text holds, and whether somebody has agreed to it."""

from __future__ import annotations

from django.utils import timezone

from .models import Consent, PrivacyText, User


def current_text() -> PrivacyText | None:
    """The newest version that has begun; None while there is none."""
    return PrivacyText.objects.filter(begins__lte=timezone.now()).first()


def wanted_text(user: User) -> PrivacyText | None:
    """The version that ``user`` still has to agree to."""
    text = current_text()
    if text is None or Consent.objects.filter(user=user, text=text).exists():
        return None
    return text


def agree(user: User, text: PrivacyText, language: str) -> None:
    """Keeps it; agreeing twice counts once."""
    Consent.objects.get_or_create(user=user, text=text, defaults={"language": language})
