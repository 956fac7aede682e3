"""Which encoding a text file is in, found by reading it once in small pieces."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from .problems import UnreadableFile

CHUNK = 1024 * 1024
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LETTERS = re.compile(rb"[\xc0-\xff]+")
# A word of Cyrillic letters is a run of high bytes; Turkish and Azerbaijani ones stand alone.
_CYRILLIC_RUN = 3


def encoding_of(path: Path) -> str:
    """A codec that decodes the whole file: UTF-8, UTF-16, Windows-1254 or Windows-1251.

    Raises UnreadableFile for what is no text, OSError as the file system does.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_UTF16):
        candidates = ["utf-16"]
    elif b"\x00" in head:
        raise UnreadableFile("This is not a text file. Save the table as CSV and try again.")
    else:
        candidates = ["utf-8-sig", _code_page(path)]
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    # The code pages leave a few bytes undefined.
    raise UnreadableFile("The letters cannot be read. Save the file as “CSV UTF-8” and try again.")


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for chunk in _chunks(path):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _code_page(path: Path) -> str:
    """Windows' code page for Cyrillic when most high letters form words, else the Turkish one."""
    runs = [len(run) for run in _LETTERS.findall(next(_chunks(path), b""))]
    words = sum(length for length in runs if length >= _CYRILLIC_RUN)
    return "cp1251" if words > sum(runs) - words else "cp1254"
