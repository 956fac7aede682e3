"""Translators keep the glossary in the admin; a change is seen by search at once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from home.concepts import concepts
from home.models import Concept, ConceptTerm
from tests.factories import make_user
from tests.signing_in import sign_in_as_staff

LIST = "/admin/snippets/home/concept/"


@pytest.fixture
def translator(db, client):
    call_command("setup", stdout=StringIO())
    sign_in_as_staff(client, make_user("translator"))
    return client


def form(**changes: str) -> dict[str, str]:
    values = {
        "code": "open-data",
        "area": "e-government",
        "note": "",
        "terms-TOTAL_FORMS": "1",
        "terms-INITIAL_FORMS": "0",
        "terms-MIN_NUM_FORMS": "0",
        "terms-MAX_NUM_FORMS": "1000",
        "terms-0-language": "az",
        "terms-0-role": "preferred",
        "terms-0-text": "açıq məlumat",
        "terms-0-id": "",
        "terms-0-ORDER": "1",
        "terms-0-DELETE": "",
    }
    return values | changes


def test_a_translator_adds_a_concept_that_search_knows_at_once(translator):
    concepts()
    answer = translator.post(LIST + "add/", form())
    assert answer.status_code == 302
    assert [fact.preferred("az") for fact in concepts()] == ["açıq məlumat"]


def test_a_bad_language_is_refused_with_a_sentence(translator):
    answer = translator.post(LIST + "add/", form(**{"terms-0-language": "xx"}))
    assert answer.status_code == 200
    assert not Concept.objects.exists()


def test_concepts_are_found_without_diacritics(translator):
    concept = Concept.objects.create(code="open-data")
    ConceptTerm.objects.create(concept=concept, language="az", text="açıq məlumat")
    other = Concept.objects.create(code="budget")
    ConceptTerm.objects.create(concept=other, language="az", text="büdcə")
    text = translator.get(LIST, {"q": "aciq MELUMAT"}).content.decode()
    assert "open-data" in text
    assert "budget" not in text


def test_only_reviewers_delete(translator, client):
    concept = Concept.objects.create(code="open-data")
    assert translator.post(f"{LIST}delete/{concept.pk}/").status_code == 302
    assert Concept.objects.exists()
    sign_in_as_staff(client, make_user("moderator"))
    client.post(f"{LIST}delete/{concept.pk}/")
    assert not Concept.objects.exists()
