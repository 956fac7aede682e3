"""Message catalogues: ``.mo`` made from ``.po`` by Babel, so that gettext need not be installed.

``python -m portal.installation.catalogues`` compiles what is out of date; it needs no Django.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parents[2] / "locale"


def compile_catalogues(folder: Path = LOCALE_DIR) -> list[Path]:
    """Compile every catalogue below ``folder`` that is newer than its ``.mo``; returns those made.

    Raises babel.messages.pofile.PoFileError, with file and line, for a broken catalogue.
    """
    sources = sorted(folder.rglob("LC_MESSAGES/*.po"))
    stale = [source for source in sources if _is_stale(source)]
    return [_compile(source) for source in stale]


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Written beside its place and moved there: a running portal never reads half a catalogue."""
    with source.open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    target = source.with_suffix(".mo")
    with tempfile.NamedTemporaryFile(dir=source.parent, suffix=".part", delete=False) as part:
        write_mo(part, catalogue)
    os.chmod(part.name, 0o644)
    os.replace(part.name, target)
    return target


if __name__ == "__main__":
    made = compile_catalogues()
    print(f"      {len(made)} compiled" if made else "      up to date")
