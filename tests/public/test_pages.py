"""Every public page in five languages: landmarks, headings in order, few queries and bytes."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise

import pytest
from lxml import html

from catalog.addresses import centre_url, course_url, index_path, programme_url, provider_url
from catalog.views.facts import centre_facts
from tests.factories import (
    bulk_courses,
    make_centre,
    make_connection,
    make_course,
    make_programme,
    make_run,
    make_session,
    make_subject,
)
from tests.services.installed_site import install_site

LANGUAGES = ("az", "tr", "en", "ru", "kk")
pytestmark = pytest.mark.django_db


@pytest.fixture
def paths() -> dict[str, str]:
    """A small portal; its pages by name, with {language} to fill in where it has no own."""
    install_site()
    centre = make_centre("baku", kind="central", latitude=40.4, longitude=49.9)
    titles = dict.fromkeys(LANGUAGES, "Dövlət qulluğu")
    course = make_course(
        titles, subjects=(make_subject("law", icon="scales"),), lms=make_connection(), lms_key="k"
    )
    make_session(make_run(course, centre=centre), centre.rooms.first())
    programme = make_programme(course)
    found = {"home": "/{language}/", "nothing": "/{language}/nothing/"}
    for language in LANGUAGES:
        found |= {f"{kind} {language}": index_path(kind, language) for kind in ("course", "centre")}
        found |= {
            f"a course {language}": course_url(course.pk, titles["az"], language),
            f"a list {language}": f"{index_path('course', language)}?list={course.pk}-9",
            f"a programme {language}": programme_url(programme.pk, str(programme.title), language),
            f"a provider {language}": provider_url(
                course.provider_id, str(course.provider.name), language
            ),
            f"a centre {language}": centre_url(centre.pk, str(centre.name), language),
        }
    return found


def every_address(paths: dict[str, str]) -> list[str]:
    own = [path for path in paths.values() if "{" not in path]
    shared = [path for path in paths.values() if "{" in path]
    return own + [path.format(language=code) for path in shared for code in LANGUAGES]


def test_pages_have_landmarks_headings_in_order_and_nothing_inline(client, paths):
    for address in every_address(paths):
        response = client.get(address, follow=True)
        assert response.status_code in (200, 404), address
        page = html.fromstring(response.content)
        language = address.split("/")[1]
        assert page.get("lang") == language
        for landmark in ("//header", "//main", "//footer", "//nav", "//a[@href='#main']"):
            assert page.xpath(landmark), (address, landmark)
        levels = [int(node.tag[1]) for node in page.xpath("//h1|//h2|//h3|//h4")]
        main = [int(node.tag[1]) for node in page.xpath("//main//*[self::h1 or self::h2]")]
        assert main.count(1) == 1, address
        assert all(after - before <= 1 for before, after in pairwise(levels)), (address, levels)
        assert not page.xpath("//*[@style]|//style|//*[@onclick or @onload]"), address
        for script in page.xpath("//script"):
            assert script.get("src") or script.get("type") == "application/ld+json", address
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address


def test_the_switch_offers_every_language_and_marks_this_one(client, paths):
    page = html.fromstring(client.get(paths["a course ru"]).content)
    links = page.xpath("//nav[@class='languages']//a")
    assert [link.get("hreflang") for link in links] == list(LANGUAGES)
    assert [link.get("lang") for link in links] == list(LANGUAGES)
    assert [link.get("aria-current") for link in links].index("true") == LANGUAGES.index("ru")


@pytest.mark.parametrize("more", [0, 30])
def test_queries_stay_few_however_many_courses(client, paths, more, django_assert_max_num_queries):
    bulk_courses(more)
    for address, most in (("/az/", 15), (paths["a course az"], 12)):
        client.get(address)
        with django_assert_max_num_queries(most):
            client.get(f"{address}?fresh=1")


def test_pages_are_light(client, paths):
    for address, most in (("/az/", 30_000), (paths["a course az"], 30_000)):
        body = client.get(address).content
        assert len(gzip.compress(body, 6)) <= most


def test_the_strip_shows_the_chosen_region_and_says_what_it_does_not_know(client, paths):
    whole = client.get("/az/").content.decode()
    assert "strip__row" in whole
    unknown = client.get("/az/?region=atlantis")
    assert unknown.status_code == 200
    assert "note--alert" in unknown.content.decode()
    online = client.get("/az/?region=online").content.decode()
    assert re.search(r'<option value="online" selected', online)


@pytest.mark.parametrize(
    ("address", "said"),
    [("Xətai 5, AZ2000 Gəncə", ["Xətai 5, AZ2000 Gəncə"]), ("Gəncə küç. 5, 1-ci mərtəbə", None)],
)
def test_a_centre_names_its_city_once(address, said):
    centre = make_centre("x", address={"az": address}, city={"az": "Gəncə"})
    centre.refresh_from_db()
    (fact,) = [fact for fact in centre_facts(centre, "az") if fact.values[0].text == address]
    country = str(centre.country.name)
    assert [value.text for value in fact.values] == [*(said or [address, "Gəncə"]), country]


def test_a_list_in_the_address_passes_over_what_is_no_course(client, paths):
    address = index_path("course", "az")
    assert client.get(f"{address}?list=x-%00-99999999999999999999-").status_code == 200
    assert "result__title" in client.get(paths["a list az"]).content.decode()
