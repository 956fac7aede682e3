"""People's words beside those of the LMS: where they differ, editors are shown both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.lms.results import plain
from catalog.models import CourseText

from .models import Difference, SourceRecord

FIELDS = ("title", "summary", "about")
MOST_SHOWN = 5000
Compared = tuple[SourceRecord, CourseText, Mapping[str, str]]


def words_of(text: CourseText) -> dict[str, str]:
    """What stands in a text, as plain as what an LMS tells."""
    pieces = text.body.stream_block.get_searchable_content(text.body) if text.body else []
    return {"title": text.title, "summary": text.summary, "about": " ".join(map(str, pieces))}


def differing(ours: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Field → both wordings, where the LMS says something else; spaces do not count."""
    found = {}
    for name in FIELDS:
        here, there = (plain(words.get(name, ""), MOST_SHOWN) for words in (ours, theirs))
        if there and here != there:
            found[name] = (here, there)
    return found


def keep_differences(compared: Iterable[Compared]) -> int:
    """Stores them in place of what was known of these texts; returns how many there are."""
    made = []
    for record, text, theirs in compared:
        language = text.locale.language_code
        Difference.objects.filter(record=record, language=language).delete()
        made += [
            Difference(record=record, language=language, field=name, ours=here, theirs=there)
            for name, (here, there) in differing(words_of(text), theirs).items()
        ]
    Difference.objects.bulk_create(made)
    return len(made)
