"""Whatever an address says, the answer is a page or the right refusal, never an error of ours."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.addresses import course_url
from search.rebuild import rebuild
from tests.factories import make_centre, make_course, make_programme, make_run, make_session
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db
LONG = "ə" * 10_000


@pytest.fixture(autouse=True)
def site():
    install_site()
    rebuild()


@pytest.fixture
def course():
    course = make_course({"az": "Açıq məlumat", "en": "Open data"})
    centre = make_centre()
    make_session(make_run(course, centre=centre), centre.rooms.get())
    make_programme(course)
    return course


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/az/search/?kind=nonsense&unknown=1", 200),
        ("/az/search/?q=" + quote(LONG), 200),
        ("/az/search/?page=1000000000", 404),
        ("/az/search/?page=-1", 404),
        ("/az/search/?page=١", 404),
        ("/az/search/?q=%00%1f%ff%fe", 200),
        ("/az/search/?q=%22%28%29%5B%5D%7B%7D%5E~*%3F%3A%5C%2F%2B-%21%26%7C", 200),
        ("/az/search/?sort=price&starts=-3", 200),
        ("/az/search/?" + "&".join(f"subject=s{i}" for i in range(200)), 200),
        ("/az/kataloq/?page=1000000000", 404),
        ("/az/kataloq/?page=abc", 404),
        ("/az/kataloq/kurs-999999999999999999/", 404),
        ("/az/kataloq/kurs-99999999999999999999999999/", 404),
        ("/az/kataloq/" + "a" * 5000 + "-1/", 400),
        ("/az/%00/", 400),
        ("/az/%0a%0dSet-Cookie:x=1/", 400),
        ("/az/%ff%fe/", 404),
        ("/az/xeberler/?page=0", 404),
        ("/az/merkezler/../../admin/", 404),
        ("/covers/../../../etc/passwd.svg", 404),
        ("/covers/999-x.svg", 404),
        ("/media/images/../secret-key", 404),
        ("/media/images/%2e%2e%2f%2e%2e%2fportal.sqlite3", 404),
        ("/media/images/x.svg", 404),
        ("/brand-000000000000.css", 404),
        ("/documents/999/x.pdf", 404),
        ("/admin/snippets/catalog/course/edit/1/", 302),
        ("/xx/", 404),
    ],
)
def test_strange_addresses_are_answered(client, path, status):
    client.raise_request_exception = False
    answer = client.get(path, follow=False)
    if answer.status_code in (301, 302) and status == 404:
        # To the reader's language first.
        answer = client.get(answer.url)
    assert answer.status_code == status


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_are_only_read(client, course, method):
    client.raise_request_exception = False
    for path in (course_url(course.pk, "Açıq məlumat", "az"), "/az/search/", "/sitemap.xml"):
        assert getattr(client, method)(path).status_code == 405


def test_a_host_that_is_not_ours_is_refused_with_a_page(client, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]
    client.raise_request_exception = False
    answer = client.get("/az/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_a_draft_is_nobodys_business(client):
    draft = make_course({"az": "Qaralama"}, live=False)
    assert client.get(course_url(draft.pk, "Qaralama", "az")).status_code == 404
    assert client.get(f"/admin/snippets/catalog/coursetext/preview/{draft.texts.get().pk}/").url


@pytest.mark.parametrize("language", ["az", "tr", "en", "ru", "kk"])
def test_the_page_for_what_is_not_there_is_in_the_readers_language(client, language):
    answer = client.get(f"/{language}/no-such-page/")
    assert answer.status_code == 404
    assert f'lang="{language}"' in answer.content.decode()


@given(
    words=st.text(max_size=60), number=st.integers(min_value=0, max_value=10**20), rest=st.text()
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)
def test_no_entry_address_breaks_the_page(client, words, number, rest):
    client.raise_request_exception = False
    for index in ("kataloq", "proqramlar", "teskilatlar", "merkezler"):
        path = f"/az/{index}/{quote(words, safe='')}-{number}/{quote(rest[:40], safe='')}"
        assert client.get(path).status_code in (301, 302, 400, 404)


@given(
    query=st.dictionaries(
        st.sampled_from(["country", "institution", "week", "month", "page", "region", "q", "x"]),
        st.text(max_size=40),
        max_size=4,
    )
)
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
def test_no_query_breaks_a_page(client, course, query):
    client.raise_request_exception = False
    centre = course.runs.get().centre
    for path in (
        course_url(course.pk, "Açıq məlumat", "az"),
        f"/az/merkezler/x-{centre.pk}/",
        "/az/",
        "/az/kataloq/",
        "/az/search/",
    ):
        answer = client.get(path, query, follow=True)
        assert answer.status_code in (200, 404)
