"""Who somebody is, as a service says: cleaned, and no more of it than the portal needs."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# Of a name, as the database takes it.
LONGEST_NAME = 150
LONGEST_SUBJECT_KEPT = 191


@dataclass(frozen=True)
class Identity:
    """``subject`` names the person at the service; ``older`` are names it had before, newest first.

    ``country`` and ``institution`` are codes, ``language`` may be a locale such as ``az-AZ``.
    ``email`` is "" unless the service has checked it.
    """

    subject: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    country: str = ""
    institution: str = ""
    language: str = ""
    older: tuple[str, ...] = ()


def from_claims(
    claims: Mapping[str, Any],
    *,
    country: str = "",
    institution: str = "",
    language: str = "",
    trusts_email: bool = False,
) -> Identity:
    """From what OpenID Connect says; the words name the claims to look in, "" for none.

    >>> from_claims({"sub": "1", "name": "İlqar Əli oğlu Şıxlı"}).last_name
    'Şıxlı'
    """
    first, last = text(claims.get("given_name")), text(claims.get("family_name"))
    if not (first or last):
        first, _space, last = text(claims.get("name")).rpartition(" ")
    checked = claims.get("email_verified") is True or trusts_email
    return Identity(
        subject=kept_subject(claims["sub"]),
        first_name=first[:LONGEST_NAME],
        last_name=last[:LONGEST_NAME],
        email=text(claims.get("email")) if checked else "",
        country=text(claims.get(country)) if country else "",
        institution=text(claims.get(institution)) if institution else "",
        language=text(claims.get(language)) if language else "",
    )


def text(value: object) -> str:
    """One line as people write it: composed, without control characters; "" for anything else.

    >>> text(" Ayşe\\u0000  Gu\\u0308l ")
    'Ayşe Gül'
    """
    if not isinstance(value, str):
        return ""
    plain = unicodedata.normalize("NFC", value[:1000])
    shown = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in plain)
    return " ".join(shown.split())


def kept_subject(subject: str) -> str:
    """As it is, or a digest of one that is too long for the database."""
    if len(subject) <= LONGEST_SUBJECT_KEPT:
        return subject
    return "sha256:" + hashlib.sha256(subject.encode()).hexdigest()
