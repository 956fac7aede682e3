"""The API: the page's searches as JSON, with stable names."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from jsonschema import Draft202012Validator

from search.outbox import drain
from search.rebuild import rebuild
from tests.factories import make_centre, make_course, make_programme, make_run, make_subject
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db

AWAY = "203.0.113.7"


@pytest.fixture(autouse=True)
def portal(settings, tmp_path):
    """A portal with two courses, a programme and a centre, its index in a folder of its own."""
    settings.SEARCH = django_settings.SEARCH | {"INDEX_DIR": tmp_path / "search"}
    cache.clear()
    install_site()
    subject = make_subject("law", name={"az": "Hüquq", "en": "Law"})
    first = make_course(
        {"az": "Elektron hökumətin əsasları", "en": "Fundamentals of e-government"},
        code="EGOV-101",
        subjects=(subject,),
    )
    make_course({"az": "İnzibati icraat"}, code="LAW-120", subjects=(subject,))
    make_run(first)
    make_programme(first, title={"az": "Elektron xidmətlər proqramı"})
    make_centre("seki", name={"az": "Şəki təlim mərkəzi"})
    rebuild()


def ask(client, path: str, **parameters) -> dict:
    query = "&".join(f"{name}={quote(str(value))}" for name, value in parameters.items())
    response = client.get(f"/api/v1/{path}/?{query}")
    assert response.status_code == 200, response.content
    return response.json()


def test_results_have_their_stable_names(client):
    found = ask(client, "search", q="elektron hökumət", lang="az")
    assert found["total"] == 1
    assert found["plan"]["step"] == "strict"
    assert found["suggestion"] is None
    (result,) = found["results"]
    assert result["code"] == "EGOV-101"
    assert result["title"] == "Elektron hökumətin əsasları"
    assert result["url"].startswith("http")
    assert set(result["languages"]) == {"az", "en"}
    assert result["marked"]["title"][:3] == [["Elektron", True], [" ", False], ["hökumətin", True]]
    assert found["facets"]["subject"] == [
        {"value": "law", "label": "Hüquq", "count": 1, "chosen": False}
    ]


def test_a_correction_is_told_as_the_titles_spell_it(client):
    found = ask(client, "search", q="elekton hokumet", lang="az")
    assert found["plan"]["step"] == "spelling"
    assert found["suggestion"] == "elektron hökumətin"
    assert ask(client, "search", q="elekton hokumet", lang="az", exact="1")["total"] == 0


def test_every_kind_is_counted_and_found_under_its_type(client):
    found = ask(client, "search", q="elektron")
    assert (found["types"]["course"], found["types"]["programme"]) == (1, 1)
    found = ask(client, "search", q="seki", type="centre")
    assert [result["title"] for result in found["results"]] == ["Şəki təlim mərkəzi"]


def test_the_page_and_the_api_find_the_same(client):
    page = client.get("/az/search/?q=icraat")
    assert [result.code for result in page.context["results"]] == ["LAW-120"]
    assert [result["code"] for result in ask(client, "search", q="icraat")["results"]] == [
        "LAW-120"
    ]


def test_titles_and_subjects_are_suggested_in_the_readers_language(client):
    found = ask(client, "suggest", q="fund", lang="en")["suggestions"]
    assert [(one["type"], one["title"]) for one in found] == [
        ("course", "Fundamentals of e-government")
    ]
    assert ask(client, "suggest", q="hu", lang="az")["suggestions"][0]["title"] == "Hüquq"
    assert ask(client, "suggest", q="", lang="az")["suggestions"] == []


def test_a_suggestion_leads_to_a_page(client):
    for one in ask(client, "suggest", q="elek", lang="az")["suggestions"]:
        assert "://" in one["url"]
        assert one["url"].count("//") == 1


def test_an_unchanged_answer_is_not_sent_again(client):
    response = client.get("/api/v1/search/?q=icraat")
    again = client.get("/api/v1/search/?q=icraat", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    make_course({"az": "İcraat yenidən"})
    drain()
    changed = client.get("/api/v1/search/?q=icraat", headers={"if-none-match": response["ETag"]})
    assert changed.status_code == 200


@pytest.mark.parametrize(
    "query",
    ["lang=xx", "page=0", "page=x", "page_size=0", "page_size=101", "page_size=x", "lang=%00"],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(client, query):
    response = client.get(f"/api/v1/search/?q=a&{query}")
    assert response.status_code == 400
    assert response.json()["error"]["message"]


def test_only_reading_is_allowed(client):
    assert client.post("/api/v1/search/").status_code == 405
    assert client.options("/api/v1/search/")["Access-Control-Allow-Origin"] == "*"


def test_an_address_that_asks_too_often_has_to_wait(client, settings):
    settings.SEARCH = settings.SEARCH | {"PER_MINUTE": 3}
    answers = [client.get("/api/v1/search/?q=a", REMOTE_ADDR=AWAY) for _turn in range(5)]
    assert [answer.status_code for answer in answers][-1] == 429
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert client.get("/api/v1/search/?q=a", REMOTE_ADDR="203.0.113.8").status_code == 200
    assert client.get("/api/v1/search/?q=a").status_code == 200


def test_behind_a_proxy_each_visitor_counts_alone(client, settings):
    settings.SEARCH = settings.SEARCH | {"PER_MINUTE": 1}
    for visitor in ("198.51.100.1", "198.51.100.2"):
        response = client.get("/api/v1/search/?q=a", headers={"x-forwarded-for": visitor})
        assert response.status_code == 200


def test_answers_are_as_the_openapi_document_says(client):
    document = client.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for path, schema in (("search", "SearchAnswer"), ("suggest", "SuggestAnswer")):
        whole = {"$ref": f"#/components/schemas/{schema}", "components": document["components"]}
        Draft202012Validator(json.loads(json.dumps(whole))).validate(
            ask(client, path, q="elektron", lang="az")
        )
