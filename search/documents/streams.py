"""The words of a StreamField, read from what is stored, without making blocks of it."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue

# Blocks of words, and the parts of them that are none.
_READ = frozenset(
    {"paragraph", "heading", "list", "callout", "question", "quote", "contact", "video"}
)
_NOT_WORDS = frozenset({"id", "type", "tone", "url"})


def stream_text(stream: StreamValue) -> str:
    """Its paragraphs, headings, lists, remarks, questions, transcripts … as plain text."""
    blocks = (block for block in stream.raw_data if block["type"] in _READ)
    return " ".join(words for block in blocks for words in _strings(block["value"]))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        # Tags part words: one paragraph's last word is not the next one's first.
        yield unescape(strip_tags(value.replace("<", " <")))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NOT_WORDS:
                yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
