"""A newcomer clones the project and types what README says."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import re
import signal
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.services.process import accepts_connections, free_port

from .conftest import ROOT, Clone, newcomers_environment

pytestmark = pytest.mark.newcomer
# This very test is part of it.
NOT_HERE = {"make test"}
UP_SECONDS = 600


def commands_of_readme() -> list[str]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line]


@dataclass
class Portal:
    """``make run`` while it runs, and what it has printed so far."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int
    folder: Path

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait(self) -> None:
        """Until it says that it is running."""
        deadline = time.monotonic() + UP_SECONDS
        while "Ctrl-C stops it" not in self.said or "administrator" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.2)

    def stop(self, number: int) -> None:
        """Send what a terminal sends, the signal to everything in front, and see it all go.

        make itself ends at once; what it started lets running requests finish.
        """
        os.killpg(self.process.pid, number)
        self.process.wait(60)
        deadline = time.monotonic() + 60
        while accepts_connections(self.port) or processes_in(self.folder):
            assert time.monotonic() < deadline, processes_in(self.folder)
            time.sleep(0.2)


@contextlib.contextmanager
def make_run(clone: Clone, command: str, log: Path) -> Iterator[Portal]:
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command.split(),
            cwd=clone.folder,
            env=newcomers_environment(PORT=str(port)),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    portal = Portal(process, log, port, clone.folder)
    try:
        portal.wait()
        yield portal
    finally:
        if process.poll() is None:
            portal.stop(signal.SIGTERM)


def page(address: str, opener: urllib.request.OpenerDirector | None = None, **form: str) -> str:
    """The body of a page; HTTPError unless it answers 200."""
    data = urllib.parse.urlencode(form).encode() if form else None
    headers = {"Referer": address}
    request = urllib.request.Request(address, data, headers)
    with (opener or urllib.request.build_opener()).open(request, timeout=60) as answer:
        assert answer.status == 200
        return answer.read().decode()


def sign_in(site: str, clone: Clone, username: str, password: str, command: str) -> str:
    """The admin's first page for somebody who signs in as the printed lines say."""
    jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    opener = urllib.request.build_opener(jar)
    words = {"login": username, "password": password, "next": "/admin/"}
    form = page(f"{site}/admin/", opener)
    form = page(f"{site}/az/account/login/", opener, csrfmiddlewaretoken=_token(form), **words)
    code = clone.run(*command.split()).stdout.split()[0]
    words = {"code": code, "csrfmiddlewaretoken": _token(form)}
    return page(f"{site}/az/account/second-step/code/", opener, **words)


def _token(form: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]


def processes_in(folder: Path) -> list[str]:
    """Command lines of the processes whose working folder this is."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if Path(os.readlink(entry / "cwd")) == folder:
                found.append((entry / "cmdline").read_text().replace("\0", " "))
    return found


def test_readme_is_short_and_starts_with_the_two_commands():
    assert len((ROOT / "README.md").read_text().splitlines()) <= 150
    assert commands_of_readme()[:2] == ["make run", "make test"]


def test_every_other_command_of_readme_works(clone):
    for command in commands_of_readme():
        if command not in NOT_HERE and not command.startswith("make run"):
            done = clone.run(*command.split())
            assert done.returncode == 0, done.stdout + done.stderr


def test_a_fresh_clone_runs_keeps_its_content_and_stops_whole(clone, tmp_path):
    for command in commands_of_readme():
        if not command.startswith("make run"):
            continue
        with make_run(clone, command, tmp_path / "first.log") as portal:
            title = walk_through(portal, clone)
            portal.stop(signal.SIGINT)
            assert "Stopped." in portal.said
            assert "Traceback" not in portal.said
        with make_run(clone, command, tmp_path / "second.log") as portal:
            assert "Loading" not in portal.said
            assert "migrations" not in portal.said
            assert "Left as it is." in portal.said
            assert title in search(portal, title)
            portal.stop(signal.SIGTERM)


def walk_through(portal: Portal, clone: Clone) -> str:
    """Look at what was printed, edit a course, find it; returns its new title."""
    site = f"http://127.0.0.1:{portal.port}"
    said = portal.said
    assert [f"[{n}/8]" in said for n in range(1, 9)] == [True] * 8
    printed = re.findall(rf"{site}/\S*", said)
    assert {f"{site}/{code}/" for code in ("az", "tr", "en", "ru", "kk")} <= set(printed)
    for address in printed:
        assert "<html" in page(address)
    assert '"status": "ok"' in page(f"{site}/readyz")
    name, password = re.search(r"^  editor +(\S+) +(\S+)", said, flags=re.MULTILINE).groups()
    command = re.search(r"^  (\S+ manage.py demo code editor)$", said, flags=re.MULTILINE)[1]
    assert "logout" in sign_in(site, clone, name, password, command)

    title = "Zamanın idarə edilməsi üzrə qısa məşğələ"
    assert title not in search(portal, title)
    edit = (
        "from catalog.models import CourseText\n"
        "text = CourseText.objects.filter(live=True, locale__language_code='az').first()\n"
        f"text.title = {title!r}\n"
        "text.save_revision().publish()\n"
    )
    done = clone.run(str(Path(os.sys.prefix) / "bin" / "python"), "manage.py", "shell", "-c", edit)
    assert done.returncode == 0, done.stderr
    deadline = time.monotonic() + 120
    while title not in search(portal, title):
        assert time.monotonic() < deadline, "the worker has not indexed the new title"
        time.sleep(0.5)
    return title


def search(portal: Portal, words: str) -> str:
    """Titles on the Azerbaijani search page for these words, without the words typed."""
    query = urllib.parse.urlencode({"q": words})
    found = page(f"http://127.0.0.1:{portal.port}/az/search/?{query}")
    plain = re.sub(r"</?(mark|span)[^>]*>", "", found)
    return "\n".join(re.findall(r"<h[23][^>]*>(.*?)</h[23]>", plain, flags=re.DOTALL))
