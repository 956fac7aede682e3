"""``python -m portal.bench.large_lms``: the demo's LMS with a large catalogue, in its own process.

Its CPU time must not be taken for the portal's. It prints its address and serves until ended.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from portal.demo.lms_server import fixtures
from portal.demo.lms_server.server import Application, listen
from portal.demo.lms_server.site import Course, Site, Token

ROOT = Path(__file__).parents[2]
WORDS = ROOT / "tests" / "data" / "ntrex" / "az.txt"
CATEGORIES = 40
# One course in so many is another one in the second edition, whatever its category.
CHANGED = 101


def courses(count: int, edition: int) -> Iterator[Course]:
    """The same number makes the same courses; each edition changes about one in a hundred."""
    words = re.findall(r"[^\W\d_]{3,}", WORDS.read_text(encoding="utf-8"))
    dice = random.Random(1)  # noqa: S311
    pieces = [f"<p>{' '.join(dice.choices(words, k=40))}.</p>" for _piece in range(1000)]
    for number in range(2, count + 2):
        title = " ".join(dice.choices(words, k=5)).capitalize()
        if number % CHANGED == 0:
            title = f"{title} {edition}"
        yield Course(
            number,
            f"LARGE-{number}",
            title,
            category=number % CATEGORIES + 1,
            summary="\n".join(dice.choices(pieces, k=4)),
            idnumber=f"2026/{number}",
            lang="az",
            starts=1_800_000_000 + 3600 * (number % 2000),
            ends=1_810_000_000 + 3600 * (number % 2000),
        )


def large(count: int, edition: int) -> Site:
    """An LMS with so many courses in ``CATEGORIES`` categories."""
    site = Site(categories={number: (f"Part {number}", 0) for number in range(1, CATEGORIES + 1)})
    site.tokens[fixtures.TOKEN] = Token()
    for course in courses(count, edition):
        site.add_course(course)
    return site


@contextlib.contextmanager
def apart(count: int, edition: int, port: int = 0) -> Iterator[str]:
    """The address of such an LMS in a process of its own; ``port`` 0 is any that is free."""
    words = [sys.executable, "-m", __name__, str(count), str(edition), str(port)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def main() -> None:
    """Serves this machine alone."""
    given = argparse.ArgumentParser(prog="large_lms")
    for name in ("courses", "edition", "port"):
        given.add_argument(name, type=int)
    asked = given.parse_args()
    application = Application(large(asked.courses, asked.edition))
    server = listen(application, asked.port)
    print(application.site.root, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
