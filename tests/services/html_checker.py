"""The Nu HTML Checker (what validator.w3.org runs), fetched from Maven and run on files."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache
from pathlib import Path

from .elasticsearch_files import cache_folder, fetching, java_home

VERSION = "26.9.27"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>learning-gate</groupId><artifactId>html-checker</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>nu.validator</groupId><artifactId>validator</artifactId><version>{VERSION}</version>
  </dependency></dependencies>
</project>
"""


def folder() -> Path:
    """Where the checker's files stay between runs; complete when it exists."""
    return cache_folder() / f"html-checker-{VERSION}"


@cache
def why_not() -> str:
    """Empty when the checker can be had (it is fetched now if need be), otherwise what to do."""
    if not java_home():
        return "no Java for the HTML checker: sudo apt install openjdk-17-jre-headless maven"
    if folder().exists():
        return ""
    if not shutil.which("mvn"):
        return "no Maven to fetch the HTML checker with: sudo apt install maven"
    try:
        with fetching():
            if not folder().exists():
                _fetch()
    except (OSError, subprocess.SubprocessError) as error:
        return f"the HTML checker could not be fetched ({error}); is there a network?"
    return ""


def _fetch() -> None:
    partial = folder().with_suffix(".part")
    try:
        partial.mkdir(parents=True, exist_ok=True)
        (partial / "pom.xml").write_text(_POM)
        words = ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DincludeScope=runtime"]
        words += ["-DoutputDirectory=lib"]
        subprocess.run(words, cwd=partial, check=True, stdin=subprocess.DEVNULL, timeout=600)
        partial.rename(folder())
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def errors(files: list[Path]) -> list[str]:
    """What the checker finds wrong, one line each; empty when all files are right."""
    argv = [f"{java_home()}/bin/java", "-Xss1m", "-cp", str(folder() / "lib" / "*")]
    argv += ["nu.validator.client.SimpleCommandLineValidator", "--errors-only"]
    done = subprocess.run([*argv, *map(str, files)], capture_output=True, text=True, timeout=300)
    return [line for line in done.stderr.splitlines() if ": error" in line]
