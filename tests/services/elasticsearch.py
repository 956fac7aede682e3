"""A real Elasticsearch without Docker; ELASTICSEARCH_URL names one that runs already."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .elasticsearch_files import fetch, installed, java_home
from .process import free_port, running, scratch_folder, user_options, wait_until


def given_url() -> str:
    """The server somebody named; ``make test`` hands it on under the second name."""
    return os.environ.get("ELASTICSEARCH_URL") or os.environ.get("TEST_ELASTICSEARCH_URL", "")


@cache
def why_not() -> str:
    """Empty when a server can be had (it is fetched now if need be), otherwise what to do."""
    return "" if given_url() else fetch()


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a running server."""
    if url := given_url():
        yield url
        return
    with own_server() as url:
        yield url


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """The same for one that is started whatever the environment names."""
    with own_process(free_port()) as (url, _process):
        yield url


@contextlib.contextmanager
def own_process(port: int) -> Iterator[tuple[str, subprocess.Popen]]:
    """A new and empty server on ``port``; its processes are the group of the one given."""
    if problem := fetch():
        raise RuntimeError(problem)
    with scratch_folder("elasticsearch") as folder:
        _configure(folder, port)
        argv, variables = _command(folder)
        log = folder / "log"
        options = {"env": variables, "cwd": installed(), **user_options()}
        with running(argv, log, **options) as process:
            wait_until(lambda: _answers(port), process, log, seconds=180)
            yield f"http://127.0.0.1:{port}", process


def _configure(folder: Path, port: int) -> None:
    """A one-node configuration in ``folder`` beside the server's own JVM options."""
    shutil.copytree(installed() / "config", folder / "config")
    settings = {
        "cluster.name": f"learning-gate-tests-{port}",
        "discovery.type": "single-node",
        "http.host": "127.0.0.1",
        "transport.host": "127.0.0.1",
        "http.port": port,
        "transport.port": free_port(),
        "xpack.security.enabled": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "path.data": folder / "data",
        "path.logs": folder / "logs",
    }
    lines = "".join(f"{key}: {value}\n" for key, value in settings.items())
    (folder / "config" / "elasticsearch.yml").write_text(lines)
    # Its garbage collector's log would go into the server's own folder, which is not ours to write.
    options = folder / "config" / "jvm.options"
    kept = [line for line in options.read_text().splitlines() if "gc.log" not in line]
    options.write_text("\n".join(kept) + "\n")
    for path in (folder / "config", *(folder / "config").rglob("*")):
        if user := user_options():
            os.chown(path, user["user"], user["group"])


def _command(folder: Path) -> tuple[list[str], dict[str, str]]:
    """The start script is not part of the archive; this is what it would run."""
    home = installed()
    properties = {
        "cli.name": "server",
        "cli.script": home / "bin" / "elasticsearch",
        "cli.libs": "lib/tools/server-cli",
        "es.path.home": home,
        "es.path.conf": folder / "config",
        "es.distribution.type": "tar",
        "es.java.type": "JAVA_HOME",
    }
    argv = [f"{java_home()}/bin/java", *(f"-D{key}={value}" for key, value in properties.items())]
    argv += ["-cp", "lib/*:lib/cli-launcher/*", "org.elasticsearch.launcher.CliToolLauncher"]
    variables = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "ES_HOME": str(home),
        "ES_PATH_CONF": str(folder / "config"),
        "ES_TMPDIR": str(folder),
        "ES_JAVA_OPTS": "-Xms512m -Xmx512m",
        "JAVA_HOME": java_home(),
    }
    return argv, variables


def _answers(port: int) -> bool:
    url = f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=1s"
    with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=3) as response:
        return response.status == 200
    return False
