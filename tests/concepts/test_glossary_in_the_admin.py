"""Translators keep the glossary in the admin; a change is seen by search at once."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from home.concepts import concepts
from home.models import Concept, ConceptTerm
from tests.factories import make_user
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff

LIST = "/admin/snippets/home/concept/"


@pytest.fixture
def translator(db, client):
    install_site()
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


TABLE = "code,area,note,az,az_synonyms\nopen-data,e-government,,açıq məlumat,açıq data\n"


def bring_in(client, table: str, **data: str):
    file = SimpleUploadedFile("glossary.csv", table.encode(), content_type="text/csv")
    return client.post("/admin/glossary/import/", {"file": file} | data)


def test_a_table_is_checked_first_and_then_brought_in(translator):
    answer = bring_in(translator, TABLE, only_check="on")
    assert answer.context["report"].made == 1
    assert not Concept.objects.exists()
    assert bring_in(translator, TABLE).status_code == 302
    assert [fact.preferred("az") for fact in concepts()] == ["açıq məlumat"]


def test_a_table_with_a_wrong_line_changes_nothing(translator):
    answer = bring_in(translator, TABLE + "!!!,law,,hüquq,\n")
    assert len(answer.context["problems"]) == 1
    assert not Concept.objects.exists()


@pytest.mark.parametrize("table", ["", "\x00\x01", "name\nx\n", "code\n" * 20_100])
def test_what_is_no_table_is_refused_with_a_sentence(translator, table):
    answer = bring_in(translator, table)
    assert answer.status_code == 200
    assert not Concept.objects.exists()


def test_what_is_taken_out_can_be_brought_in_again(translator):
    bring_in(translator, TABLE)
    assert "glossary/export/" in translator.get(LIST).content.decode()
    answer = translator.get("/admin/glossary/export/")
    table = b"".join(answer.streaming_content).decode()
    assert "açıq data" in table
    again = bring_in(translator, table, only_check="on")
    assert (again.context["report"].same, again.context["problems"]) == (1, [])


def test_readers_bring_nothing_in(db, client):
    install_site()
    client.force_login(make_user())
    assert bring_in(client, TABLE).status_code in {302, 403}
    assert client.get("/admin/glossary/export/").status_code in {302, 403}
    assert not Concept.objects.exists()
