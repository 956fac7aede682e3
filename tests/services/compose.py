"""compose.yaml without containers: its own commands and environment, on servers of the tests.

Only what a container would have for itself is replaced: host names, ports and folders.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

import yaml

from . import postgres
from .portal_copy import ROOT
from .process import running

_FILE = ROOT / "compose.yaml"
_IMAGE = ROOT / "Dockerfile"
_OURS = ("prepare", "web", "worker")
_KEPT = ("HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")
# "$$", "${NAME}", "${NAME-where unset}", "${NAME:-where empty}", "${NAME:?complaint}"
_VARIABLE = re.compile(r"\$(?:\$|\{(\w+)(?:(-|:-|:\?)([^}]*))?\})")
SECONDS = 900


@dataclass
class Machine:
    """A machine that the portal is installed on.

    ``values`` is its .env; ``servers`` maps postgres, elasticsearch and redis to the "host:port"
    where they answer; ``folder`` holds its volume, its static files and its logs.
    """

    folder: Path
    values: dict[str, str]
    servers: dict[str, str]
    port: int
    _started: dict[str, contextlib.ExitStack] = field(default_factory=dict)

    def compose(
        self, words: list[str], given: BinaryIO | None = None, taken: BinaryIO | None = None
    ) -> str:
        """What ``docker compose`` would do; returns what a command printed.

        ``given`` and ``taken`` stand for ``<`` and ``>``. AssertionError when a command fails.
        """
        verb, rest = words[0], [word for word in words[1:] if word not in ("-T", "--rm")]
        if verb == "build":
            return self._run(["sh", "-ec", self._here(_build_steps())], self._of_image())
        if verb == "up":
            assert rest[0] == "--detach"
            for name in rest[1:] or _OURS:
                self._up(name)
            return ""
        assert verb in ("exec", "run"), words
        return self.execute(rest[0], rest[1:], given, taken)

    def execute(
        self,
        service: str,
        argv: list[str],
        given: BinaryIO | None = None,
        taken: BinaryIO | None = None,
    ) -> str:
        """A command where the service is, to its end."""
        return self._run(
            [self._here(word) for word in argv], self.environment(service), given, taken
        )

    def healthcheck(self, service: str) -> str:
        """The service's own health check; AssertionError unless it is well."""
        kind, *argv = self.service(service)["healthcheck"]["test"]
        assert kind == "CMD"
        return self.execute(service, argv)

    def stop(self) -> None:
        """What was started, as Docker would: SIGTERM, and the time to end that each asks for."""
        for name in reversed(list(self._started)):
            self._started.pop(name).close()

    def forget(self) -> None:
        """An empty volume, as on a new machine."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        (self.folder / "data").mkdir()

    def service(self, name: str) -> dict[str, Any]:
        """The service as the file describes it, variables filled in."""
        return self._filled(yaml.safe_load(_FILE.read_text())["services"][name])

    def environment(self, name: str) -> dict[str, str]:
        """The environment of a service's processes."""
        if name in _OURS:
            said = self.service(name)["environment"]
            return self._of_image() | {key: self._here(value) for key, value in said.items()}
        host, _, port = self.servers["postgres"].partition(":")
        path = f"{postgres.programs()}:{os.environ['PATH']}"
        return _own() | {"PATH": path, "PGHOST": host, "PGPORT": port}

    def log(self, name: str) -> str:
        """What a service that runs has printed."""
        return self._log(name).read_text(errors="replace")

    def _up(self, name: str) -> None:
        if name not in _OURS:
            return  # The test started it.
        if name == "prepare":
            self.execute(name, self.service(name)["command"])
            return
        if old := self._started.pop(name, None):
            old.close()
        argv = [self._here(word) for word in self.service(name)["command"]]
        stack = self._started[name] = contextlib.ExitStack()
        options = {"cwd": ROOT, "env": self.environment(name), "stop_seconds": 60}
        stack.enter_context(running(argv, self._log(name), **options))

    def _run(
        self,
        argv: list[str],
        variables: dict[str, str],
        given: BinaryIO | None = None,
        taken: BinaryIO | None = None,
    ) -> str:
        done = subprocess.run(
            argv,
            cwd=ROOT,
            env=variables,
            stdin=given or subprocess.DEVNULL,
            stdout=taken or subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
        said = (done.stdout or b"").decode() + done.stderr.decode()
        assert done.returncode == 0, f"{shlex.join(argv)}\n{said}"
        return said

    def _of_image(self) -> dict[str, str]:
        """What the Dockerfile says for every process of the image."""
        pairs = (word.partition("=") for word in shlex.split(_steps("ENV")[-1]))
        said = {name: self._here(value) for name, _, value in pairs}
        said["PATH"] = said["PATH"].replace("$PATH", os.environ["PATH"])
        return _own() | said

    def _here(self, text: str) -> str:
        """Other hosts, ports and folders in a word of the file."""
        text = text.replace("/opt/venv/bin", str(Path(sys.executable).parent))
        text = re.sub(r"/data\b", str(self.folder / "data"), text)
        text = text.replace("/app/static-root", str(self.folder / "static-root"))
        for name, port in (("postgres", 5432), ("elasticsearch", 9200), ("redis", 6379)):
            text = re.sub(rf"(?<=[/@]){name}:{port}\b", self.servers[name], text)
        return re.sub(r"(?<=127\.0\.0\.1:)8000\b|^8000$", str(self.port), text)

    def _filled(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._filled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._filled(inner) for inner in value]
        return _VARIABLE.sub(self._variable, value) if isinstance(value, str) else value

    def _variable(self, match: re.Match[str]) -> str:
        name, kind, words = match.groups()
        if name is None:
            return "$"
        if kind == "-":
            return self.values.get(name, words)
        value = self.values.get(name, "")
        assert value or kind == ":-", f"{name} is not set: {words}"
        return value or words

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def address(url: str) -> str:
    """The "host:port" of a server's URL."""
    return urlsplit(url).netloc.rpartition("@")[2]


def _own() -> dict[str, str]:
    return {name: os.environ[name] for name in _KEPT if name in os.environ}


def _build_steps() -> str:
    """The step of the image that runs our own commands."""
    return next(step for step in _steps("RUN") if "manage.py" in step)


def _steps(kind: str) -> list[str]:
    """What follows this word of the Dockerfile, one line each."""
    found = re.findall(rf"^{kind} ((?:.*\\\n)*.*)", _IMAGE.read_text(), flags=re.MULTILINE)
    return [step.replace("\\\n", " ") for step in found]
