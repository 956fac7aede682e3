"""OpenID Connect: authorization code with PKCE, the ID token verified whatever the channel."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from .calls import ask
from .discovery import Description, description, signing_keys
from .identity import Identity, from_claims
from .schemes import Question, Scheme
from .tokens import refuse_older, verified
from .trouble import SignInTrouble, Why


class OpenIDConnect(Scheme):
    """A service that describes itself."""

    def address(self, question: Question) -> str:
        """The authorization endpoint with our question."""
        found = description(self.issuer.url)
        words = {
            "response_type": "code",
            "client_id": self.issuer.client_id,
            "redirect_uri": question.callback,
            "scope": self._scopes(),
            "state": question.state,
            "nonce": question.nonce,
            "code_challenge": question.challenge,
            "code_challenge_method": "S256",
            "ui_locales": question.language,
        }
        if question.since:
            words |= {"prompt": "login", "max_age": "0"}
        joint = "&" if urlsplit(found.authorization).query else "?"
        return found.authorization + joint + urlencode(words)

    def identify(self, question: Question, code: str, came_from: str = "") -> Identity:
        """Code to token, token to claims, claims to person."""
        found = description(self.issuer.url)
        if came_from and came_from != found.issuer:
            raise SignInTrouble(Why.DOUBTFUL, "the answer came from another issuer")
        answer = self._tokens(found, question, code)
        claims = verified(
            answer.get("id_token"),
            keys=lambda anew: signing_keys(found.keys, anew=anew),
            issuer=found.issuer,
            client_id=self.issuer.client_id,
            nonce=question.nonce,
        )
        refuse_older(claims, question.since)
        if found.userinfo and isinstance(answer.get("access_token"), str):
            claims = self._more(found, answer["access_token"], claims)
        return from_claims(
            claims,
            country=self.issuer.country_claim,
            institution=self.issuer.institution_claim,
            language=self.issuer.language_claim,
            trusts_email=self.issuer.trusts_email,
        )

    def _scopes(self) -> str:
        wanted = self.issuer.scopes.split()
        return " ".join(wanted if "openid" in wanted else ["openid", *wanted])

    def _tokens(self, found: Description, question: Question, code: str) -> dict[str, Any]:
        form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", question.callback),
            ("code_verifier", question.verifier),
        ]
        headers = {}
        name, secret = self.issuer.client_id, self.issuer.secret
        if secret and found.basic:
            # RFC 6749, 2.3.1: both are form-encoded before they are joined.
            pair = f"{quote_plus(name)}:{quote_plus(secret)}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        else:
            form.append(("client_id", name))
            if secret:
                form.append(("client_secret", secret))
        return ask("POST", found.token, form=form, headers=headers)

    def _more(self, found: Description, token: str, claims: dict[str, Any]) -> dict[str, Any]:
        """What the service says about the person beyond the token; it must be the same person."""
        more = ask("GET", found.userinfo, headers={"Authorization": f"Bearer {token}"})
        if more.get("sub") != claims["sub"]:
            raise SignInTrouble(Why.DOUBTFUL, "the user information is about somebody else")
        return claims | more
