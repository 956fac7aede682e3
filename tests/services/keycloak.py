"""A real Keycloak from a folder that KEYCLOAK_HOME names; it keeps nothing."""

from __future__ import annotations

import contextlib
import json
import os
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .process import free_port, running, scratch_folder, wait_until

REALM = "gate"
# Its first start in a folder takes a minute and a half.
START_SECONDS = 300
_PROFILE = {
    "attributes": [
        {"name": name, "permissions": {"view": ["admin", "user"], "edit": ["admin", "user"]}}
        for name in ("username", "email", "firstName", "lastName")
    ],
    "unmanagedAttributePolicy": "ENABLED",
}


def realm(client: str, secret: str, back: str, people: list[dict[str, Any]]) -> dict[str, Any]:
    """A realm with one confidential client that must use PKCE, which is told three attributes."""
    return {
        "realm": REALM,
        "enabled": True,
        "sslRequired": "none",
        "internationalizationEnabled": True,
        "supportedLocales": ["az", "tr", "ru", "en"],
        "defaultLocale": "en",
        "components": {
            "org.keycloak.userprofile.UserProfileProvider": [
                {
                    "providerId": "declarative-user-profile",
                    "config": {"kc.user.profile.config": [json.dumps(_PROFILE)]},
                }
            ]
        },
        "clients": [
            {
                "clientId": client,
                "secret": secret,
                "redirectUris": [back],
                "standardFlowEnabled": True,
                "directAccessGrantsEnabled": False,
                "attributes": {"pkce.code.challenge.method": "S256"},
                "protocolMappers": [_told(name) for name in ("locale", "country", "organisation")],
            }
        ],
        "users": [{"enabled": True, "emailVerified": True} | person for person in people],
    }


def _told(name: str) -> dict[str, Any]:
    """Hands an attribute of the person on as a claim of that name."""
    return {
        "name": name,
        "protocol": "openid-connect",
        "protocolMapper": "oidc-usermodel-attribute-mapper",
        "config": {
            "user.attribute": name,
            "claim.name": name,
            "jsonType.label": "String",
            "id.token.claim": "true",
            "userinfo.token.claim": "true",
        },
    }


@contextlib.contextmanager
def server(about: dict[str, Any]) -> Iterator[str]:
    """The issuer's address of a running realm; RuntimeError when KEYCLOAK_HOME names nothing."""
    home = Path(os.environ.get("KEYCLOAK_HOME", ""))
    if not (home / "bin" / "kc.sh").exists():
        raise RuntimeError("KEYCLOAK_HOME is not the folder of an unpacked Keycloak")
    folder = home / "data" / "import"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{REALM}-realm.json").write_text(json.dumps(about))
    port = free_port()
    argv = [str(home / "bin" / "kc.sh"), "start-dev", "--import-realm", "--db=dev-mem"]
    argv += ["--http-host=127.0.0.1", f"--http-port={port}"]
    url = f"http://localhost:{port}/realms/{REALM}"
    env = os.environ | {"JAVA_OPTS_KC_HEAP": "-Xms64m -Xmx512m"}
    with scratch_folder("keycloak") as scratch:
        log = scratch / "log"
        with running(argv, log, env=env) as process:
            wait_until(lambda: _describes_itself(url), process, log, START_SECONDS)
            yield url


def _describes_itself(url: str) -> bool:
    address = f"{url}/.well-known/openid-configuration"
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
        return answer.status == 200
    return False
