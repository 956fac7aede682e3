"""A database that an older release wrote, with its drafts and pages, in this release.

``tests/data/releases`` holds one file a release: what its ``manage.py setup`` made, and one of
each thing an academy would have by then. A file is never made again with newer code.
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from tests.services.portal_copy import NAME, ROOT, PortalCopy

RELEASES = sorted((ROOT / "tests" / "data" / "releases").glob("*.sqlite3.xz"))

LOOK = """
import json
from django.test import Client
from catalog.models import Course
client = Client(headers={"host": "127.0.0.1"})
course = Course.objects.get(code="ARCH-101")
paths = [f"/az/kataloq/x-{course.pk}/", f"/ru/katalog/x-{course.pk}/", "/az/xeberler/arxivler/"]
paths += ["/az/search/?q=elektron+arxiv", "/ru/search/?q=архив", "/kk/", "/az/my-learning/"]
answers = [client.get(path, follow=True) for path in paths]
seen = {path: [a.status_code, a.content.decode()] for path, a in zip(paths, answers, strict=True)}
draft = course.texts.get(locale__language_code="az").get_latest_revision_as_object().title
print("SEEN " + json.dumps({"pages": seen, "draft": draft}))
"""


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.split(".")[0])
def old_portal(request: pytest.FixtureRequest, tmp_path: Path) -> PortalCopy:
    """The portal of an older release, before the first command of this one."""
    (tmp_path / NAME).write_bytes(lzma.decompress(request.param.read_bytes()))
    return PortalCopy(tmp_path)


def test_an_upgrade_migrates_what_an_older_release_wrote(old_portal):
    applied = "SELECT app, name FROM django_migrations"
    before = set(old_portal.rows(applied))
    old_portal.manage("prepare")
    assert set(old_portal.rows(applied)) > before, "it had every migration: nothing is tested"

    said = old_portal.manage("shell", "-c", LOOK)
    seen = json.loads(said.split("SEEN ", 1)[1])
    pages = list(seen["pages"].values())
    assert [status for status, _text in pages] == [200] * len(pages)
    course, russian, news, found, found_russian = (text for _status, text in pages[:5])
    assert "Elektron arxiv: ilk addımlar" in course
    assert "Электронный архив: первые шаги" in russian
    assert "Köhnə mətn qalır." in news
    assert "ARCH-101" in found or "ilk addımlar" in found
    assert "первые шаги" in found_russian
    assert seen["draft"] == "Elektron arxiv: yeni ad"
