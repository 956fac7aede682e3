"""The server: one WSGI application, many threads, on this machine only."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from . import moodle, openedx, pages
from .answers import Response, data
from .faults import Faults
from .openedx_site import EdxSite
from .site import Site

MOST_BYTES = 8 * 2**20
CONTROL = "/_demo/faults"


@dataclass
class Application:
    """Both systems under one address; ``calls`` counts what was asked."""

    site: Site = field(default_factory=Site)
    edx: EdxSite = field(default_factory=EdxSite)
    faults: Faults = field(default_factory=Faults)
    calls: list[str] = field(default_factory=list)
    queries: list[str] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        """WSGI."""
        response = self.answer(environ)
        length = len(response.body) + (100 if response.cut else 0)
        headers = [("Content-Type", response.kind), ("Content-Length", str(length))]
        start_response(
            f"{response.status} {HTTPStatus(response.status).phrase}",
            [*headers, *response.headers],
        )
        return [response.body]

    def answer(self, environ: dict[str, Any]) -> Response:
        """Which system is meant."""
        method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "/")
        query = environ.get("QUERY_STRING", "")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        if length > MOST_BYTES:
            return Response(status=413)
        body = environ["wsgi.input"].read(length) if length else b""
        self.queries.append(query)
        if path == CONTROL and method == "POST":
            return self._control(body)
        if path.startswith(openedx.PREFIXES):
            token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("JWT ")
            request = openedx.Request(method, path, query, body, token)
            self.calls.append(f"{method} {request.path}")
            return openedx.answer(self.edx, self.faults, request)
        if environ.get("HTTP_HOST", "") != self.site.root.split("://", 1)[1]:
            return Response(status=303, headers=(("Location", self.site.root + path),))
        if path == moodle.ENDPOINT:
            self.calls.append(_function(body))
            return moodle.answer(self.site, self.faults, body)
        if path == moodle.TOKEN_PAGE:
            return moodle.token(self.site, body)
        language = environ.get("HTTP_ACCEPT_LANGUAGE", "")[:2].lower()
        language = language if language in pages.LABELS else "en"
        return pages.answer(self.site, path, query, language, environ.get("HTTP_COOKIE", ""))

    def _control(self, body: bytes) -> Response:
        """{"name": "maintenance", "times": 3}; {} makes all well again. For demonstrations."""
        try:
            asked = json.loads(body)
            if asked:
                self.faults.plan(
                    asked["name"],
                    int(asked.get("times", 1)),
                    function=str(asked.get("function", "")),
                    course=str(asked.get("course", "")),
                )
            else:
                self.faults.clear()
        except (ValueError, KeyError, TypeError, AttributeError):
            return data({"error": "unknown fault"}, 400)
        return data({"planned": len(self.faults.planned)})


def _function(body: bytes) -> str:
    text = body.decode("utf-8", "replace")
    return text.partition("wsfunction=")[2].partition("&")[0]


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True
    request_queue_size = 128


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Nothing: requests hold tokens."""

    def address_string(self) -> str:
        """The number; names would have to be looked up."""
        return str(self.client_address[0])


def listen(application: Application, port: int = 0) -> WSGIServer:
    """A server that is ready to ``serve_forever``; the site learns its own address."""
    server = make_server("127.0.0.1", port, application, _Server, _Quiet)
    application.site.root = f"http://127.0.0.1:{server.server_port}"
    return server


@contextlib.contextmanager
def running(application: Application) -> Iterator[Application]:
    """The application on a free port, in threads of this process."""
    server = listen(application)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield application
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
