"""e-Devlet of Türkiye: plain OAuth 2.0, whose success is written in the body of the answer."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any
from urllib.parse import urlencode

from django.conf import settings

from .calls import ask
from .discovery import is_acceptable
from .identity import LONGEST_NAME, Identity, text
from .schemes import Question, Scheme
from .trouble import SignInTrouble, Why

SUCCESS = "EDV09.000"
SCOPE = "Kimlik-Dogrula"
PERSON = {"resourceId": "1", "kapsam": "Ad-Soyad"}


class EDevlet(Scheme):
    """Names people by their national number, of which nothing but a keyed digest is kept."""

    def address(self, question: Question) -> str:
        """The page where the reader consents."""
        words = {
            "response_type": "code",
            "client_id": self.issuer.client_id,
            "state": question.state,
            "scope": SCOPE,
            "redirect_uri": question.callback,
        }
        return f"{self._place('AuthorizationController')}?{urlencode(words)}"

    def identify(self, question: Question, code: str, came_from: str = "") -> Identity:
        """Code to token, token to number and name."""
        form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", self.issuer.client_id),
            ("client_secret", self.issuer.secret),
            ("redirect_uri", question.callback),
        ]
        answer = ask("POST", self._place("AccessTokenController"), form=form)
        token = answer.get("accessToken") or answer.get("access_token")
        if not isinstance(token, str) or not token:
            raise SignInTrouble(Why.DOUBTFUL, "e-Devlet gave no token")
        query = {"accessToken": token, "clientId": self.issuer.client_id} | PERSON
        answer = ask("POST", self._place("AuthenticationController"), query=query)
        return _person(answer)

    def _place(self, name: str) -> str:
        if not is_acceptable(self.issuer.url):
            raise SignInTrouble(Why.DOUBTFUL, "the address of e-Devlet is not usable")
        return f"{self.issuer.url.rstrip('/')}/{name}"


def _person(answer: dict[str, Any]) -> Identity:
    if answer.get("sonucKodu") != SUCCESS:
        raise SignInTrouble(Why.DOUBTFUL, f"e-Devlet: {str(answer.get('sonucKodu'))[:20]!r}")
    found = answer.get("kullaniciBilgileri")
    number = found.get("kimlikNo") if isinstance(found, dict) else None
    number = str(number) if isinstance(number, int | str) else ""
    if not (number.isascii() and number.isdigit() and len(number) == 11):
        raise SignInTrouble(Why.DOUBTFUL, "e-Devlet named nobody")
    newest, *older = digests(number)
    return Identity(
        subject=newest,
        first_name=text(found.get("ad"))[:LONGEST_NAME],
        last_name=text(found.get("soyad"))[:LONGEST_NAME],
        older=tuple(older),
    )


def digests(number: str) -> list[str]:
    """Of a national number, under each key of the settings, the newest first."""
    keys = (*settings.SECRETS_KEY, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    words = dict.fromkeys(keys)
    return [
        hmac.new(f"national number:{word}".encode(), number.encode(), hashlib.sha256).hexdigest()
        for word in words
    ]
