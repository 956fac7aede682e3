"""People's words beside those of the LMS: where they differ, editors are shown both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wagtail.models import Locale

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
    codes = dict(Locale.objects.values_list("pk", "language_code"))
    made, places = [], set()
    for record, text, theirs in compared:
        language = codes[text.locale_id]
        places.add((record.pk, language))
        made += [
            Difference(record=record, language=language, field=name, ours=here, theirs=there)
            for name, (here, there) in differing(words_of(text), theirs).items()
        ]
    known = Difference.objects.filter(record__in={record for record, _language in places})
    rows = known.values_list("pk", "record_id", "language")
    Difference.objects.filter(pk__in=[pk for pk, *place in rows if tuple(place) in places]).delete()
    Difference.objects.bulk_create(made)
    return len(made)
