"""Every word of the interface is there in all five languages, with its placeholders."""

from __future__ import annotations

import io
import re

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from portal.installation import messages

LANGUAGES = sorted(messages.PLURALS)
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
# Names, and words that the languages share.
SAME = {"LMS", "Portal", "Video", "Forma", "ISO 3166 code"}


def catalogue(language: str):
    return read_po(io.BytesIO(messages.path_of(language).read_bytes()), locale=language)


def forms(string) -> list[str]:
    return list(string) if isinstance(string, tuple | list) else [string]


@pytest.fixture(scope="module")
def wanted():
    return [message for message in messages.found() if message.id]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_has_words(language, wanted):
    known = catalogue(language)
    missing = []
    for message in wanted:
        found = known.get(message.id, message.context)
        if found is None or found.fuzzy or not all(forms(found.string)):
            missing.append(message.id)
    assert missing == [], "make messages, then translate these"


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_stand_in_every_translation(language):
    for message in catalogue(language):
        expected = {frozenset(PLACEHOLDER.findall(text)) for text in forms(message.id)}
        for text in forms(message.string):
            assert frozenset(PLACEHOLDER.findall(text)) in expected, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_in_the_language_and_not_the_english_again(language):
    texts = [(m.id, m.string) for m in catalogue(language) if m.id and isinstance(m.id, str)]
    same = [source for source, text in texts if source == text and source not in SAME]
    assert len(same) <= len(texts) * 0.02, same
    if language in ("ru", "kk"):
        latin = [t for s, t in texts if s != t and not re.search("[\u0400-\u04ff]", t)]
        assert latin == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_of_the_language(language):
    count = messages.PLURALS[language][0]
    for message in catalogue(language):
        if isinstance(message.id, tuple):
            assert len(message.string) == count, message.id


@pytest.mark.parametrize(
    ("language", "count", "words"),
    [
        ("ru", 1, "1 курс"),
        ("ru", 3, "3 курса"),
        ("ru", 11, "11 курсов"),
        ("ru", 21, "21 курс"),
        ("az", 1, "1 kurs"),
        ("az", 5, "5 kurs"),
        ("tr", 5, "5 kurs"),
        ("kk", 5, "5 курс"),
        ("en", 1, "1 course"),
        ("en", 5, "5 courses"),
    ],
)
def test_numbers_and_nouns_agree(language, count, words):
    with translation.override(language):
        text = translation.ngettext("%(count)s course", "%(count)s courses", count)
    assert text % {"count": count} == words
