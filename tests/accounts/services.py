"""Sign-in services that tests start themselves: a real one, one that lies, and e-Devlet."""

from __future__ import annotations

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "learning-gate"


class Served:
    """A JSON server; ``answers`` maps "METHOD /path" to a function from form and headers."""

    def __init__(self) -> None:
        self.answers: dict[str, Callable[..., tuple[int, Any]]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.delay = 0.0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer()

            def do_POST(self) -> None:
                self.answer()

            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                parts = urlsplit(self.path)
                words = parse_qs(parts.query) | parse_qs(self.rfile.read(length).decode())
                form = {name: values[0] for name, values in words.items()}
                outer.asked.append((f"{self.command} {parts.path}", form))
                time.sleep(outer.delay)
                unknown = lambda form, headers: (404, {})  # noqa: E731
                made = outer.answers.get(f"{self.command} {parts.path}", unknown)
                status, body = made(form, self.headers)
                raw = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(raw)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def running(self) -> Iterator[Served]:
        """Until the end of the block."""
        thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            self.server.server_close()
            thread.join()


class Liar(Served):
    """An OpenID Connect service whose every word can be changed by a test."""

    def __init__(self) -> None:
        super().__init__()
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with, self.algorithm, self.kid = self.key, "RS256", "one"
        self.description = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "userinfo_endpoint": f"{self.url}/me",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }
        self.claims: dict[str, Any] = {"sub": "248289761001", "iss": self.url, "aud": CLIENT}
        self.person: dict[str, Any] = {"sub": "248289761001"}
        self.answers = {
            "GET /.well-known/openid-configuration": lambda form, headers: (200, self.description),
            "GET /keys": lambda form, headers: (200, {"keys": [self.public()]}),
            "POST /token": lambda form, headers: (200, self.tokens()),
            "GET /me": lambda form, headers: (200, self.person),
        }
        self.nonce = ""

    def public(self) -> dict[str, Any]:
        """The key that it says it signs with."""
        row = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return row | {"kid": "one", "use": "sig", "alg": "RS256"}

    def tokens(self) -> dict[str, Any]:
        """What the token endpoint gives out."""
        now = int(time.time())
        claims = {"iat": now, "exp": now + 300, "nonce": self.nonce} | self.claims
        token = jwt.encode(claims, self.signs_with, self.algorithm, headers={"kid": self.kid})
        return {"access_token": "opaque", "token_type": "Bearer", "id_token": token}


@contextlib.contextmanager
def real_provider(users: dict[str, dict[str, Any]]) -> Iterator[str]:
    """A certified-like OpenID Connect provider with these people; yields its address."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    from oidc_provider_mock import User, run_server_in_thread

    people = [User(sub=sub, claims=claims) for sub, claims in users.items()]
    with run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


def consent(address: str, subject: str | None) -> str:
    """What a person does at the real provider; the address they are sent back to."""
    form = {"sub": subject} if subject else {"action": "deny"}
    answer = httpx.post(address, data=form, follow_redirects=False)
    assert answer.status_code in (302, 303), answer.text
    return answer.headers["Location"]


def e_devlet(number: str = "10000000146", code: str = "EDV09.000") -> Served:
    """Answers as the facts about e-Devlet have it: always 200, success stands in the body."""
    served = Served()
    person = {"kimlikNo": number, "ad": "ŞEYMA NUR", "soyad": "IŞIK"}
    served.answers = {
        "POST /AccessTokenController": lambda form, headers: (200, {"accessToken": "t-1"}),
        "POST /AuthenticationController": lambda form, headers: (
            200,
            {
                "sonucKodu": code,
                "sonucAciklamasi": "İşlem başarılı",
                "kullaniciBilgileri": person if code == "EDV09.000" else None,
            },
        ),
    }
    return served


def back_with(state: str, **words: str) -> str:
    """The query that a service sends the reader back with."""
    return "?" + urlencode({"state": state} | words)
