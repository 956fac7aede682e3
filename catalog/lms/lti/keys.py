"""Keys: making ours, publishing them, fetching those of tools."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from catalog.lms.http import Client
from catalog.lms.memory import Memory
from catalog.lms.reading import rows
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble
from catalog.lms.services import Services

from .stores import Keys, SigningKey

BITS = 2048
ALGORITHM = "RS256"
KEPT_SECONDS, AGAIN_SECONDS = 3600, 60
MOST_KEYS = 20
PER_MINUTE = 120
_kept: Memory[list[dict[str, Any]]] = Memory(200)
_asked: Memory[bool] = Memory(200)


def new_key() -> SigningKey:
    """A fresh key; its name is a hash of its public half."""
    key = generate_private_key(public_exponent=65537, key_size=BITS)
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return SigningKey(hashlib.sha256(public).hexdigest()[:16], pem.decode())


def public_jwk(key: SigningKey) -> dict[str, Any]:
    """The public half, as tools read it."""
    public = load_pem_private_key(key.private_pem.encode(), None).public_key()
    if not isinstance(public, RSAPublicKey):
        raise TypeError("LTI needs an RSA key")
    told = jwt.algorithms.RSAAlgorithm.to_jwk(public, as_dict=True)
    return told | {"kid": key.kid, "alg": ALGORITHM, "use": "sig"}


def key_set(keys: Keys) -> dict[str, Any]:
    """The document at the platform's JWKS address."""
    return {"keys": list(keys.published())}


def verify(token: str, keys: Sequence[dict[str, Any]], **expected: Any) -> dict[str, Any]:
    """The claims of a token signed with one of ``keys``. ``jwt.PyJWTError`` when it is not.

    Only RS256: neither "none" nor a public key used as a password gets by.
    """
    kid = jwt.get_unverified_header(token).get("kid")
    usable = [key for key in keys if key.get("kty") == "RSA" and (not kid or key.get("kid") == kid)]
    if not usable:
        raise jwt.InvalidKeyError("no such key")
    key = jwt.PyJWK(usable[0], ALGORITHM).key
    if not isinstance(key, RSAPublicKey) or key.key_size < BITS:
        raise jwt.InvalidKeyError("too short or no RSA key")
    return jwt.decode(token, key, algorithms=[ALGORITHM], leeway=10, **expected)


def tool_keys(services: Services, url: str, kid: str = "") -> list[dict[str, Any]]:
    """The tool's public keys, kept for an hour; an unknown ``kid`` fetches them anew, at most once
    a minute. ``Trouble`` when they cannot be had."""
    known = _kept.get(url, services.clock)
    is_there = known is not None and (not kid or any(key.get("kid") == kid for key in known))
    if is_there or (known is not None and _asked.get(url, services.clock)):
        return known
    _asked.keep(url, True, AGAIN_SECONDS, services.clock)
    parts = urlsplit(url)
    client = Client(f"{parts.scheme}://{parts.netloc}", services, per_minute=PER_MINUTE)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    with client.open("GET", path) as reply:
        if reply.status != 200:
            raise Trouble(Reason.NO_SERVICE, str(reply.status))
        answer = reply.json()
    found = rows(answer.get("keys"))[:MOST_KEYS] if isinstance(answer, dict) else []
    return _kept.keep(url, found, KEPT_SECONDS, services.clock)
