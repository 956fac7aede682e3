"""The pages' schema.org data, taken out by a foreign program, keeps what our shapes promise."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import extruct
import pytest
from pyshacl import validate
from rdflib import Graph

pytestmark = pytest.mark.django_db
SHAPES = Path(__file__).with_name("shapes.ttl")


@pytest.fixture(scope="module")
def found(pages) -> dict[str, list[dict]]:
    """Path to the JSON-LD of the page, as extruct finds it."""
    return {
        path: extruct.extract(content, syntaxes=["json-ld"], uniform=True)["json-ld"]
        for path, content in pages.items()
    }


def kinds(data: object) -> Counter:
    """How often each @type occurs, at any depth."""
    counts: Counter = Counter()
    if isinstance(data, dict):
        counts[data.get("@type", "")] += 1
        for value in data.values():
            counts += kinds(value)
    elif isinstance(data, list):
        for value in data:
            counts += kinds(value)
    return counts


def test_all_pages_together_say_everything_that_is_promised(found):
    counts = kinds(list(found.values()))
    for kind in (
        *("Course", "LearningResource", "CourseInstance", "EducationalOccupationalProgram"),
        *("EducationalOrganization", "Place", "NewsArticle", "WebSite", "BreadcrumbList"),
    ):
        assert counts[kind], kind


def test_the_data_keep_the_shapes(found):
    graph = Graph()
    for data in found.values():
        for block in data:
            # The vocabulary is not fetched: its terms are all that is needed of it.
            local = block | {"@context": {"@vocab": "https://schema.org/"}}
            graph.parse(data=json.dumps(local), format="json-ld")
    assert len(graph) > 1000
    conforms, _report, words = validate(graph, shacl_graph=Graph().parse(SHAPES))
    assert conforms, words[:3000]
