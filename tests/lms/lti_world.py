"""A platform with stores in memory, and a tool made with PyLTI1p3, in one server."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from pylti1p3.cookie import CookieService
from pylti1p3.exception import LtiException
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect
from pylti1p3.request import Request
from pylti1p3.session import SessionService
from pylti1p3.tool_config import ToolConfDict

from catalog import lms
from catalog.lms.lti import access, grading, keys, members
from catalog.lms.lti.launch import CLAIM
from catalog.lms.lti.stores import Entry, LineItem, Platform, Registration, Score, SigningKey

ISSUER = "https://portal.example"
LAUNCH_URL = "https://tool.example/launch"
ENTRY = Entry("entry-42", "client-1", "uuid-42", "Open data", "OPEN-101")
AYNUR = lms.Person("p1", "Aynur", "Əliyeva", "aynur@gov.example", True, "az")


@cache
def some_key(_number: int) -> SigningKey:
    """Making one takes long, so tests share a few."""
    return keys.new_key()


@dataclass
class Stores:
    """Keys, Once, Directory and Grades of the platform."""

    key: SigningKey = field(default_factory=lambda: some_key(0))
    used: set[str] = field(default_factory=set)
    registrations: dict[str, Registration] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=lambda: [ENTRY])
    people: dict[str, lms.Person] = field(default_factory=lambda: {"p1": AYNUR})
    items: list[LineItem] = field(default_factory=list)
    kept: dict[str, Score] = field(default_factory=dict)

    def signing(self) -> SigningKey:
        return self.key

    def published(self) -> list[dict[str, Any]]:
        return [keys.public_jwk(self.key)]

    def first_time(self, name: str, until: datetime) -> bool:
        is_new = name not in self.used
        self.used.add(name)
        return is_new

    def registration(self, client_id: str) -> Registration | None:
        return self.registrations.get(client_id)

    def entry(self, entry_id: str) -> Entry | None:
        return next((one for one in self.entries if one.id == entry_id), None)

    def entry_of(self, client_id: str, key: str) -> Entry | None:
        found = [e for e in self.entries if (e.client_id, e.key) == (client_id, key)]
        return found[0] if found else None

    def person(self, entry: Entry, subject: str) -> lms.Person | None:
        return self.people.get(subject)

    def knows(self, entry: Entry, subject: str) -> bool:
        return subject in self.people

    def members(self, entry: Entry) -> list[lms.Person]:
        return list(self.people.values())

    def line_items(self, entry: Entry) -> list[LineItem]:
        return self.items

    def add_line_item(self, entry: Entry, item: LineItem) -> LineItem:
        known = LineItem(
            item.label, item.maximum, item.resource_id, item.tag, str(len(self.items) + 1)
        )
        self.items.append(known)
        return known

    def put_score(self, entry: Entry, item: LineItem, score: Score) -> bool:
        before = self.kept.get(score.subject)
        if before and before.at >= score.at:
            return False
        self.kept[score.subject] = score
        return True

    def result(self, entry: Entry, subject: str) -> Score | None:
        return self.kept.get(subject)


@dataclass
class World:
    """Both sides of LTI."""

    platform: Platform
    stores: Stores
    tool_key: SigningKey
    options: dict[str, str]

    def connector(self) -> lms.Connector:
        services = self.platform.services
        own = lms.Services(services.private_hosts, services.clock, self.platform)
        return lms.connector("lti", self.options, own)

    def tool(self) -> ToolConfDict:
        """The tool's settings, as its administrator would write them."""
        base = self.platform.base
        registration = {
            "client_id": "client-1",
            "auth_login_url": f"{base}/authorise/",
            "auth_token_url": self.platform.token_url,
            "key_set_url": f"{base}/jwks/",
            "deployment_ids": ["deployment-1"],
        }
        settings = ToolConfDict({ISSUER: registration})
        settings.set_private_key(ISSUER, self.tool_key.private_pem)
        private = load_pem_private_key(self.tool_key.private_pem.encode(), None)
        public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        settings.set_public_key(ISSUER, public.decode())
        return settings


@contextlib.contextmanager
def lti_world() -> Iterator[World]:
    """A running platform and a tool that is registered with it."""
    stores, tool_key = Stores(), some_key(1)
    route: dict[str, Callable] = {}
    server = make_server(
        "127.0.0.1", 0, lambda environ, start: route["now"](environ, start), _Threads, _Quiet
    )
    base = f"http://127.0.0.1:{server.server_port}/lti"
    services = lms.Services(private_hosts=frozenset({"127.0.0.1"}))
    platform = Platform(ISSUER, base, stores, stores, stores, stores, services)
    options = {
        "client_id": "client-1",
        "deployment_id": "deployment-1",
        "login_url": "https://tool.example/login?id=7",
        "launch_urls": LAUNCH_URL,
        "jwks_url": f"{base}/tool-jwks/",
    }
    world = World(platform, stores, tool_key, options)
    stores.registrations["client-1"] = world.connector().registration()
    route["now"] = _application(world)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield world
    server.shutdown()
    server.server_close()


def _application(world: World) -> Callable:
    """The routes that the portal's own views will have."""

    def application(environ: dict[str, Any], start_response: Callable) -> list[bytes]:
        path = environ["PATH_INFO"].removeprefix("/lti/").strip("/").split("/")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        bearer = environ.get("HTTP_AUTHORIZATION", "")
        match path:
            case ["token"]:
                reply = access.token(world.platform, dict(parse_qsl(body.decode())))
            case ["jwks"]:
                reply = access.Reply(200, keys.key_set(world.stores))
            case ["tool-jwks"]:
                own = [keys.public_jwk(world.tool_key)]
                reply = access.Reply(200, {"keys": own + world.tool().get_jwks(ISSUER)["keys"]})
            case [entry, "members"]:
                reply = members.members(world.platform, bearer, entry, query.get("rlid", ""))
            case [entry, "lineitems"]:
                method = environ["REQUEST_METHOD"]
                reply = grading.line_items(world.platform, bearer, entry, method, body)
            case [entry, "lineitems", item]:
                reply = grading.line_item(world.platform, bearer, entry, item)
            case [entry, "lineitems", item, "scores"]:
                reply = grading.scores(world.platform, bearer, entry, item, body)
            case _:
                reply = access.Reply(404)
        start_response(f"{reply.status} -", [("Content-Type", reply.kind)])
        return [b"" if reply.body is None else json.dumps(reply.body).encode()]

    return application


class _Threads(ThreadingMixIn, WSGIServer):
    """The platform fetches the tool's keys from the very server that it answers in."""

    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        pass


class ToolRequest(Request):
    """A request to the tool; the session is that of one browser."""

    def __init__(self, parameters: dict[str, str], session: dict[str, Any]) -> None:
        self._parameters, self._session = parameters, session

    @property
    def session(self) -> dict[str, Any]:
        return self._session

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return self._parameters.get(key, "")


class ToolCookies(CookieService):
    """Kept in the session, which is that browser's."""

    def __init__(self, session: dict[str, Any]) -> None:
        self._session = session

    def get_cookie(self, name: str) -> str | None:
        return self._session.get(f"cookie-{name}")

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        self._session[f"cookie-{name}"] = str(value)


class ToolRedirect(Redirect):
    """The address is all that matters."""

    def __init__(self, location: str) -> None:
        self._location = location

    def do_redirect(self) -> str:
        return self._location

    def do_js_redirect(self) -> str:
        return self._location

    def set_redirect_url(self, location: str) -> None:
        self._location = location

    def get_redirect_url(self) -> str:
        return self._location


class ToolLogin(OIDCLogin):
    """Step one at the tool."""

    def get_redirect(self, url: str) -> ToolRedirect:
        return ToolRedirect(url)


class ToolLaunch(MessageLaunch):
    """Step two at the tool."""

    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)


def log_in(world: World, parameters: dict[str, str], session: dict[str, Any]) -> str:
    """Where the tool sends the browser."""
    request = ToolRequest(parameters, session)
    login = ToolLogin(request, world.tool(), SessionService(request), ToolCookies(session))
    return login.redirect(parameters["target_link_uri"])


def launch(world: World, fields: dict[str, str], session: dict[str, Any]) -> ToolLaunch:
    """The tool takes the message, or raises LtiException; it looks for the course as Moodle does,
    by a field that the standard does not ask for."""
    request = ToolRequest(fields, session)
    found = ToolLaunch(request, world.tool(), SessionService(request), ToolCookies(session))
    number = found.validate().get_launch_data().get(f"{CLAIM}custom", {}).get("id")
    if not number:
        raise LtiException("The custom claim field 'id' is required")
    if number != ENTRY.key:
        raise LtiException(f"The resource '{number}' is unavailable or does not exist.")
    return found
