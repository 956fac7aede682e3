"""What the documents promise is there."""

from __future__ import annotations

import re

import pytest

from .conftest import ROOT

DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_a_document_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#\s]+)", document.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (document.parent / target).exists(), target


def test_every_document_stands_in_the_index():
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for document in (ROOT / "docs").glob("*.md"):
        assert document.name == "README.md" or f"({document.name})" in index, document.name


def test_every_direct_requirement_has_its_reason_and_no_other():
    wanted = set()
    for name in ("requirements.in", "requirements-dev.in"):
        wanted |= set(re.findall(r"^([\w.-]+)", (ROOT / name).read_text(), flags=re.MULTILINE))
    wanted -= {"-c"}
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([\w., -]+?) \| (.+) \|$", table, flags=re.MULTILINE)
    explained = {name for names, why in rows if why.strip() for name in names.split(", ")}
    assert explained - {"library", "---"} == wanted


def test_every_setting_of_the_example_is_used():
    compose = (ROOT / "compose.yaml").read_text()
    example = (ROOT / "docs" / "env.example").read_text()
    for name in re.findall(r"^#?([A-Z_]+)=", example, flags=re.MULTILINE):
        assert f"${{{name}" in compose, name
