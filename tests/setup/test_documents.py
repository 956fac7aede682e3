"""What the documents promise is there."""

from __future__ import annotations

import re

import pytest

from .conftest import ROOT

SET_BY_MAKE_RUN = {"DEMO_LMS_URL"}
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


def test_every_variable_that_settings_read_stands_in_the_example():
    read = set()
    for module in (ROOT / "portal" / "settings").glob("*.py"):
        if module.name not in ("dev.py", "test.py"):
            read |= set(re.findall(r"\benv(?:\.\w+)?\(\s*\"(\w+)\"", module.read_text()))
    assert {"SECRET_KEY", "SEARCH_PER_MINUTE"} <= read
    assert read - SET_BY_MAKE_RUN <= set(variables_of_the_example())


def test_every_variable_of_the_example_reaches_the_portal():
    compose, image = (ROOT / "compose.yaml").read_text(), (ROOT / "Dockerfile").read_text()
    for name, is_fixed in variables_of_the_example().items():
        if is_fixed:
            assert re.search(rf"^ *{name}[:=]", compose + image, re.MULTILINE), name
        else:
            assert re.search(rf"\$\{{{name}[:-]", compose), name


def test_every_variable_of_the_example_is_explained():
    guide = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    for name in variables_of_the_example():
        assert f"`{name}`" in guide, name


def variables_of_the_example() -> dict[str, bool]:
    """Names, and whether compose.yaml or the image fixes their values."""
    example = (ROOT / "docs" / "env.example").read_text()
    found = re.findall(r"^(#? ?)([A-Z_]+)=", example, flags=re.MULTILINE)
    return {name: before == "# " for before, name in found}
