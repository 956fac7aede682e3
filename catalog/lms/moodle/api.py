"""One call of a Moodle web service: form in, JSON out, token in the body only."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import ijson

from catalog.lms.http import SINGLE, Client, Limits, Reply, list_limits
from catalog.lms.options import rate_of
from catalog.lms.reasons import Reason
from catalog.lms.results import Trouble
from catalog.lms.services import Services

from .errors import is_error, trouble_of

USUAL_RATE = 1200
ENDPOINT = "/webservice/rest/server.php"
# PHP drops what exceeds max_input_vars (1,000 as a rule) without a word.
MOST_ROWS = 100
_LIST_BEGINS = re.compile(rb'\s*\{\s*"courses"\s*:\s*\[')


def flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """PHP's way to write lists and objects into a form.

    >>> list(flat("enrolments", [{"roleid": 5, "suspend": False}]))
    [('enrolments[0][roleid]', '5'), ('enrolments[0][suspend]', '0')]
    """
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flat(f"{name}[{key}]", inner)
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from flat(f"{name}[{index}]", inner)
    else:
        yield name, str(int(value)) if isinstance(value, bool) else str(value)


class Moodle:
    """A Moodle site as the holder of a token sees it."""

    def __init__(self, options: Mapping[str, str], services: Services) -> None:
        self.options = options
        self.clock = services.clock
        self._token = options.get("token", "")
        self.client = Client(
            options.get("url", ""), services, per_minute=rate_of(options, USUAL_RATE)
        )

    @property
    def name(self) -> str:
        """What tells this site from others."""
        return self.client.origin + self.client.path

    def call(
        self, function: str, /, *, token: str = "", limits: Limits = SINGLE, **arguments: Any
    ) -> Any:
        """The answer of ``function``; ``Trouble`` when it is an error or no answer at all."""
        with self._open(function, token, limits, arguments) as reply:
            answer = reply.json()
            if is_error(answer):
                raise trouble_of(answer, function, personal=bool(token))
            return answer

    def void(self, function: str, /, **arguments: Any) -> None:
        """Call a function that has nothing to say: only a literal null is success."""
        with self._open(function, "", SINGLE, arguments) as reply:
            answer = reply.json()
            if is_error(answer):
                raise trouble_of(answer, function)
            if answer is not None:
                raise Trouble(Reason.UNEXPECTED, function, raw=str(answer)[:2000])

    def courses(self, **arguments: Any) -> Iterator[dict[str, Any]]:
        """Courses of ``core_course_get_courses_by_field``, parsed while they arrive."""
        function = "core_course_get_courses_by_field"
        with self._open(function, "", list_limits(self.client.services), arguments) as reply:
            head = b""
            while len(head) < 4096 and (more := reply.read()):
                head += more
            if not reply.is_json:
                raise Trouble(Reason.NOT_JSON, raw=head[:4096].decode("utf-8", "replace"))
            if not _LIST_BEGINS.match(head):
                raise _no_list(head, function)
            try:
                source = _Joined(head, reply)
                yield from ijson.items(source, "courses.item", use_float=True)
            except (ijson.JSONError, UnicodeDecodeError) as error:
                raise Trouble(Reason.NOT_JSON, raw=str(error)) from error

    @contextlib.contextmanager
    def _open(
        self, function: str, token: str, limits: Limits, arguments: Mapping[str, Any]
    ) -> Iterator[Reply]:
        # What the call cannot do without stands first: PHP cuts off the end of long forms.
        form = [
            ("wstoken", token or self._token),
            ("wsfunction", function),
            ("moodlewsrestformat", "json"),
        ]
        for name, value in arguments.items():
            form.extend(flat(name, value))
        with self.client.open("POST", ENDPOINT, form=form, limits=limits) as reply:
            if reply.status == 403:
                raise Trouble(Reason.SERVICES_OFF)
            if reply.status != 200:
                raise Trouble(Reason.NO_SERVICE, str(reply.status))
            yield reply


class _Joined:
    """A file of what was read already and what is to come."""

    def __init__(self, head: bytes, rest: Reply) -> None:
        self._head, self._rest = head, rest

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most ``size``."""
        if size == 0:
            return b""
        if self._head:
            cut = len(self._head) if size < 0 else size
            data, self._head = self._head[:cut], self._head[cut:]
            return data
        return self._rest.read(size)


def _no_list(head: bytes, function: str) -> Trouble:
    """An error object where a list was due, or something else altogether."""
    try:
        answer = json.loads(head)
    except (ValueError, RecursionError):
        answer = None
    if is_error(answer):
        return trouble_of(answer, function)
    return Trouble(Reason.NOT_JSON, raw=head[:4096].decode("utf-8", "replace"))
