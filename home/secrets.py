"""Secrets at rest: encrypted with keys that live in the environment, never in the database."""

from __future__ import annotations

import base64
import logging
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)
_PURPOSE = b"learning-gate secrets at rest"


class UnreadableSecret(ValueError):
    """None of the keys opens it: it is damaged, or its key is gone from the settings."""


def encrypt(text: str) -> str:
    """ASCII that only a key of the settings opens; another one each time."""
    return _keys(_words()).encrypt(text.encode()).decode("ascii")


def decrypt(sealed: str) -> str:
    """What ``encrypt`` was given. Raises UnreadableSecret."""
    try:
        return _keys(_words()).decrypt(sealed.encode()).decode()
    except (InvalidToken, UnicodeError) as error:
        raise UnreadableSecret("no key of the settings opens this secret") from error


def _words() -> tuple[str, ...]:
    """Newest first. SECRET_KEY closes the list, so that naming a key of its own loses nothing."""
    return (*settings.SECRETS_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@lru_cache(maxsize=8)
def _keys(words: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(_derive(word)) for word in words])


def _derive(word: str) -> bytes:
    """A key of its own: what signs sessions must not be what opens secrets."""
    key = HKDF(SHA256(), length=32, salt=None, info=_PURPOSE).derive(word.encode())
    return base64.urlsafe_b64encode(key)


class Unreadable(str):
    """Stands for a secret that cannot be opened: empty, but written back as it was found."""

    sealed: str

    def __new__(cls, sealed: str) -> Unreadable:
        """Keeps what stands in the database."""
        found = super().__new__(cls, "")
        found.sealed = sealed
        return found


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database and plain in Python; it cannot be searched for.

    A value whose key is gone reads as an empty ``Unreadable``, so that no page breaks, and is
    opened again when the key is back.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Empty stays empty."""
        if isinstance(value, Unreadable):
            return value.sealed
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Plain."""
        if not value:
            return value
        try:
            return decrypt(value)
        except UnreadableSecret:
            logger.error("A secret cannot be opened: is its key missing from SECRETS_KEY?")
            return Unreadable(value)
