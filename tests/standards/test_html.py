"""Every kind of page is right HTML by the checker of the W3C."""

from __future__ import annotations

import pytest

from tests.services import html_checker

pytestmark = pytest.mark.django_db


@pytest.mark.html
def test_the_w3c_checker_finds_no_error_on_any_page(pages, tmp_path):
    names = {}
    for number, (path, content) in enumerate(pages.items()):
        file = tmp_path / f"{number}.html"
        file.write_bytes(content)
        names[file.name] = path
    found = html_checker.errors(list(tmp_path.glob("*.html")))
    named = {names[line.split('.html"')[0].rsplit("/", 1)[-1] + ".html"] + line for line in found}
    assert sorted(named) == []
