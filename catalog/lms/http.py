"""The one way out to an LMS: no redirects, TLS, public addresses, bounded sizes and times."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3 import exceptions as faults

from .addresses import is_listed, resolve
from .pace import Pace, pace_of
from .reasons import Reason
from .results import Trouble
from .services import Services
from .transport import pool

MEGABYTE = 2**20
CHUNK = 64 * 1024
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Limits:
    """Bytes after unpacking, and seconds: to connect, to wait for the next byte, altogether."""

    size: int = 5 * MEGABYTE
    connect: float = 5.0
    read: float = 10.0
    total: float = 30.0


SINGLE = Limits()


def list_limits(services: Services) -> Limits:
    """For the long lists that are read as a stream."""
    return Limits(size=services.list_megabytes * MEGABYTE, read=60.0, total=900.0)


class Reply:
    """An answer whose body is still to be read, within its limits."""

    def __init__(self, response: urllib3.BaseHTTPResponse, limits: Limits, started: float) -> None:
        self.status = response.status
        self.headers = response.headers
        self._response = response
        self._limits = limits
        self._ends = started + limits.total
        self._taken = 0

    @property
    def content_type(self) -> str:
        """Lower case, without parameters."""
        return self.headers.get("Content-Type", "").split(";")[0].strip().lower()

    @property
    def is_json(self) -> bool:
        """Whether it says so."""
        return self.content_type == "application/json" or self.content_type.endswith("+json")

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, b"" at the end: what a parser of streams calls."""
        if size == 0:
            return b""
        data = self._response.read1(min(size, CHUNK) if size > 0 else CHUNK) or b""
        self._taken += len(data)
        if self._taken > self._limits.size:
            raise Trouble(Reason.TOO_LARGE, str(self._limits.size // MEGABYTE))
        if time.monotonic() > self._ends:
            raise Trouble(Reason.TIMEOUT)
        return data

    def whole(self) -> bytes:
        """All of it."""
        return b"".join(iter(self.read, b""))

    def json(self) -> Any:
        """Parsed; ``Trouble`` when something else was sent."""
        body = self.whole()
        try:
            if not self.is_json:
                raise ValueError(self.content_type)
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise Trouble(Reason.NOT_JSON, raw=body.decode("utf-8", "replace")) from error


class Client:
    """Speaks to one origin. Secrets go into ``form``, ``data`` or ``headers``, never into a URL."""

    def __init__(self, base: str, services: Services, *, per_minute: float) -> None:
        parts = urlsplit(base)
        self.scheme, self.host = parts.scheme, (parts.hostname or "")
        self.port = parts.port or (443 if self.scheme == "https" else 80)
        self.path = parts.path.rstrip("/")
        self.origin = f"{self.scheme}://{parts.netloc}"
        self.services = services
        self.pace: Pace = (
            services.pace(per_minute)
            if services.pace
            else pace_of(self.origin, per_minute, services.clock)
        )

    @contextlib.contextmanager
    def open(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        form: list[tuple[str, str]] | None = None,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
        limits: Limits = SINGLE,
    ) -> Iterator[Reply]:
        """Sends and hands out the answer; ``Trouble`` raised inside counts for the LMS's health.

        ``path`` begins with a slash and is added to the path of the base address; ``form`` goes
        out URL-encoded, ``data`` as JSON. Redirects, 429 and 5xx are trouble by themselves.
        """
        self.pace.enter()
        try:
            body, sent = _body(form, data)
            sent |= {"Accept": "application/json", **(headers or {})}
            target = self.path + path + (f"?{urlencode(query)}" if query else "")
            with _named():
                response, started = self._send(method, target, body, sent, limits)
                try:
                    reply = Reply(response, limits, started)
                    _refuse(reply)
                    yield reply
                finally:
                    # One that was read to the end has gone back to its pool already.
                    response.close()
        except Trouble as trouble:
            self.pace.failed(trouble)
            raise
        except BaseException:
            self.pace.answered()
            raise
        self.pace.answered()

    def _send(
        self,
        method: str,
        target: str,
        body: bytes | None,
        headers: Mapping[str, str],
        limits: Limits,
    ) -> tuple[urllib3.BaseHTTPResponse, float]:
        """The first address that takes the connection answers; nothing is ever sent twice."""
        self._refuse_plain_http()
        addresses = resolve(self.host, self.port, self.services.private_hosts)
        usual = {"https": 443, "http": 80}[self.scheme]
        host = f"[{self.host}]" if ":" in self.host else self.host
        headers = {
            "Host": host if self.port == usual else f"{host}:{self.port}",
            "User-Agent": "LearningGate",
            "Accept-Encoding": "gzip",
        } | dict(headers)
        for left, address in enumerate(reversed(addresses)):
            started = time.monotonic()
            try:
                response = pool(self.scheme, address, self.port, self.host).urlopen(
                    method,
                    target,
                    body=body,
                    headers=headers,
                    redirect=False,
                    retries=False,
                    preload_content=False,
                    timeout=urllib3.Timeout(connect=limits.connect, read=limits.read),
                )
            except (faults.NewConnectionError, faults.ConnectTimeoutError):
                if left == len(addresses) - 1:
                    raise
            else:
                return response, started
        raise Trouble(Reason.UNREACHABLE, self.host)

    def _refuse_plain_http(self) -> None:
        is_local = self.host in LOCAL and is_listed(
            self.host, self.port, self.services.private_hosts
        )
        if self.scheme != "https" and not (self.scheme == "http" and is_local):
            raise Trouble(Reason.OPTIONS, "https://")


def _body(form: list[tuple[str, str]] | None, data: Any) -> tuple[bytes | None, dict[str, str]]:
    if form is not None:
        return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}
    if data is not None:
        return json.dumps(data).encode(), {"Content-Type": "application/json"}
    return None, {}


@contextlib.contextmanager
def _named() -> Iterator[None]:
    """Faults of the line, named; what a library says goes to staff, without addresses of ours."""
    try:
        yield
    except faults.SSLError as error:
        raise Trouble(Reason.TLS, _cause(error)) from error
    except faults.NewConnectionError as error:
        raise Trouble(Reason.UNREACHABLE, _cause(error)) from error
    except (faults.TimeoutError, TimeoutError) as error:
        raise Trouble(Reason.TIMEOUT) from error
    except (faults.HTTPError, OSError) as error:
        raise Trouble(Reason.UNREACHABLE, _cause(error)) from error


def _cause(error: BaseException) -> str:
    """The innermost error says what happened; the outer ones say where, in Python's words."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return getattr(error, "verify_message", "") or getattr(error, "strerror", "") or str(error)


def _refuse(reply: Reply) -> None:
    if 300 <= reply.status < 400:
        there = urlsplit(reply.headers.get("Location", ""))
        raise Trouble(Reason.WRONG_ADDRESS, f"{there.scheme}://{there.netloc}")
    if reply.status == 429 or reply.status >= 500:
        wait = _seconds(reply.headers.get("Retry-After", ""))
        reason = Reason.BUSY if reply.status == 429 else Reason.SERVER_ERROR
        if reply.status == 503:
            reason = Reason.MAINTENANCE
        raw = reply.read().decode("utf-8", "replace")
        raise Trouble(reason, str(reply.status), raw=raw, retry_after=wait)


def _seconds(text: str) -> float:
    """Retry-After in seconds; a date or nonsense is 0."""
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0.0
