"""What every way of signing in by another service can do."""

from __future__ import annotations

import base64
import hashlib
import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass

from catalog.people.models import Issuer

from .identity import Identity


@dataclass(frozen=True)
class Question:
    """What one attempt sends along and must find again: ``state`` in the reader's session only.

    ``since``: the person must show who they are after this moment (seconds since 1970); 0 takes
    the word of a service that knows them already.
    """

    state: str
    nonce: str
    verifier: str
    callback: str
    language: str = ""
    since: int = 0

    @property
    def challenge(self) -> str:
        """S256 of RFC 7636."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def new_question(callback: str, language: str, since: int = 0) -> Question:
    """With three secrets of its own."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _secret in range(3))
    return Question(state, nonce, verifier, callback, language, since)


class Scheme(ABC):
    """One service of one kind. Methods raise SignInTrouble."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer

    @abstractmethod
    def address(self, question: Question) -> str:
        """Where the reader is sent."""

    @abstractmethod
    def identify(self, question: Question, code: str, came_from: str = "") -> Identity:
        """Who came back with ``code``; ``came_from`` is who says to have sent them, if anybody."""
