"""A throw-away PostgreSQL of Debian's package; TEST_POSTGRES_URL names another one."""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg

from .process import free_port, running, scratch_folder, user_options, wait_until


def programs() -> Path | None:
    """The folder with initdb and postgres, newest version first."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), reverse=True)
    on_path = shutil.which("initdb")
    paths = [*found, *([on_path] if on_path else [])]
    return Path(paths[0]).resolve().parent if paths else None


def why_not() -> str:
    """Empty when a server can be had, otherwise what to do."""
    if os.environ.get("TEST_POSTGRES_URL") or programs():
        return ""
    return "no PostgreSQL: sudo apt install postgresql, or set TEST_POSTGRES_URL"


@contextlib.contextmanager
def server() -> Iterator[str]:
    """The URL of a database on a running server."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    with own_server() as url:
        yield url


@contextlib.contextmanager
def own_server() -> Iterator[str]:
    """The same for one that is started whatever the environment names."""
    with scratch_folder("postgres") as folder:
        data, log, port = folder / "data", folder / "log", free_port()
        initdb = [programs() / "initdb", "-D", data, "-U", "portal", "-A", "trust", "--no-sync"]
        initdb += ["-E", "UTF8", "--locale=C.UTF-8"]
        subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **user_options())
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(folder),
            # Nobody needs these data after a crash.
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
        }
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        argv = [str(programs() / "postgres"), "-D", str(data), "-p", str(port), *options]
        url = f"postgres://portal@127.0.0.1:{port}/postgres"
        with running(argv, log, cwd=folder, **user_options()) as process:
            wait_until(lambda: _answers(url), process, log, seconds=60)
            yield url


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def empty_database(server_url: str, name: str) -> Iterator[str]:
    """The URL of a database of that name, made for the block and dropped after it."""
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield server_url.rsplit("/", 1)[0] + "/" + name
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
