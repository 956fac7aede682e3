"""The analyzers made for Elasticsearch give the tokens that Python gives."""

import uuid
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search.analysis import LANGUAGES, OTHER, tokens
from search.analysis.elastic import analysis_settings, analyzer_name
from search.analysis.text import prepare

NTREX = Path(__file__).parents[1] / "data" / "ntrex"
ODD = (
    "C++ və C# 3.11 2024-cü EGOV-101 O'Reilly's Türkiye’nin d'Or İŞIQ ISTANBUL ﬁnal №5 x² a_b "
    "Дөвләт гуллуғу қiз Ёлка Ångström مرحبا covid19dan qanunlarında 'o İ Kita\u00adb a\u0301b "
) + "ü" * 90

pytestmark = pytest.mark.elasticsearch


@pytest.fixture(scope="module")
def server_tokens(elasticsearch_url):
    client = Elasticsearch(elasticsearch_url)
    name = f"analysis-{uuid.uuid4().hex[:8]}"
    client.indices.create(
        index=name, settings={"number_of_replicas": 0, "analysis": analysis_settings()}
    )

    def analyse(text, language):
        body = {"analyzer": analyzer_name(language), "text": prepare(text)}
        found = client.indices.analyze(index=name, **body)["tokens"]
        return [(token["token"], token["position"]) for token in found]

    yield analyse
    client.indices.delete(index=name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_running_text_gives_the_same_tokens(server_tokens, language):
    lines = (NTREX / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    same = total = 0
    for first in range(0, len(lines), 25):
        text = "\n".join(lines[first : first + 25])
        ours = [(token.text, token.position) for token in tokens(text, language)]
        theirs = server_tokens(text, language)
        total += len(ours)
        same += sum(a == b for a, b in zip(ours, theirs, strict=False))
    assert total > 2500
    assert same / total >= 0.999


@pytest.mark.parametrize("language", [*LANGUAGES, OTHER])
def test_odd_text_gives_the_same_tokens(server_tokens, language):
    ours = [(token.text, token.position) for token in tokens(ODD, language)]
    assert server_tokens(ODD, language) == ours
