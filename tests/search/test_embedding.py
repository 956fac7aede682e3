"""Words that translate each other lie beside each other, in the same place every time."""

from __future__ import annotations

from io import StringIO

import numpy as np
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command

from search import embedding
from search.embedding.features import features
from search.embedding.keeping import current
from search.embedding.segments import of_document
from search.embedding.semantic import SemanticEmbedder, save
from search.embedding.training import train
from search.engine import Document

THINGS = ["budget", "law", "water", "school", "tax", "road", "energy", "court", "health", "bridge"]
TURKISH = [
    "bütçe",
    "kanun",
    "deniz",
    "okul",
    "vergi",
    "yol",
    "elektrik",
    "mahkeme",
    "doktor",
    "köprü",
]
ACTS = ["plan", "audit", "reform", "guide", "survey", "review"]
TURKISH_ACTS = ["tasarı", "denetim", "yenilik", "kılavuz", "anket", "inceleme"]


def pairs():
    """English and Turkish sentences of two words each, ten times over."""
    for _time in range(6):
        for thing, sey in zip(THINGS, TURKISH, strict=True):
            for act, is_ in zip(ACTS, TURKISH_ACTS, strict=True):
                yield {"en": f"{thing} {act}", "tr": f"{sey} {is_}"}, 1.0


def document(**titles: str) -> Document:
    return Document("course:1", "course", "", titles, {}, {}, None, 0, {})


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> SemanticEmbedder:
    folder = tmp_path_factory.mktemp("embedder") / "one"
    save(train(pairs(), dimensions=16), folder)
    return SemanticEmbedder(folder)


def test_a_query_is_near_what_only_another_language_says(made):
    query = made.of_query("tax survey", "en")
    right, wrong = (
        made.of_document(document(tr="vergi anketi")),
        made.of_document(document(tr="köprü kılavuzu")),
    )
    assert query @ right > 0.8
    assert query @ wrong < 0.3


def test_vectors_have_length_one_and_as_many_dimensions_as_is_said(made):
    vector = made.of_document(document(tr="vergi anketi", en="tax survey"))
    assert (vector.shape, vector.dtype) == ((made.dimensions,), np.float32)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("text", ["", "!!!", "quantum", "quantum tax", "how what where"])
def test_a_query_of_which_too_little_is_known_has_no_vector(made, text):
    assert made.of_query(text, "en") is None


def test_an_entry_without_a_known_word_has_no_vector(made):
    assert made.of_document(document(en="zzzz qqqq")) is None


def test_training_twice_gives_the_same():
    one, other = train(pairs()), train(pairs())
    assert one.names == other.names
    np.testing.assert_array_equal(one.vectors, other.vectors)


def test_too_little_text_teaches_nothing():
    assert train([({"en": "tax", "tr": "vergi"}, 1.0)] * 50) is None


def test_a_foreign_word_is_known_by_its_key_in_every_language():
    keys = [
        {name for name in features(word, language) if name.startswith("*")}
        for word, language in (("аудита", "ru"), ("auditin", "az"), ("audits", "en"))
    ]
    assert keys[0] == keys[1] == keys[2] != set()


def test_lines_are_paired_where_the_languages_have_equally_many():
    entry = Document(
        "course:1",
        "course",
        "",
        {"az": "Bir", "en": "One"},
        {"az": "su\nod", "en": "water\nfire"},
        {},
        None,
        0,
        {},
    )
    assert {"az": "od", "en": "fire"} in list(of_document(entry))


@pytest.mark.django_db
def test_a_small_catalogue_has_no_embedder_and_nothing_fails(settings, tmp_path):
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path}
    out = StringIO()
    call_command("train_embedder", stdout=out)
    assert "too small" in out.getvalue()
    assert embedding.embedder() is None
    assert embedding.vector_of(document(en="tax")) == ("", b"")


def test_an_embedder_of_another_release_is_not_used(settings, tmp_path):
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path}
    (tmp_path / "embedder").mkdir()
    (tmp_path / "embedder" / "current").write_text("1-otherrelease-abc")
    assert current() is None


def test_the_settings_may_name_another_embedder_or_none(settings):
    settings.SEARCH = django_settings.SEARCH | {"EMBEDDER": ""}
    assert embedding.embedder() is None
    settings.SEARCH = django_settings.SEARCH | {"EMBEDDER": f"{__name__}.own"}
    assert embedding.embedder() == "mine"


def own() -> str:
    return "mine"
