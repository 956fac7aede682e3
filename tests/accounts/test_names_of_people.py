"""Colleagues read names; the opaque username is for LMSs, logs and whoever searches for it."""

from __future__ import annotations

import json
import re

import pytest

from tests.factories import make_user
from tests.signing_in import sign_in_as_staff

PEOPLE = "/admin/users/"


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"first_name": "Orxan", "last_name": "Əliyev"}, "Orxan Əliyev"),
        ({"first_name": "", "last_name": "Işık"}, "Işık"),
        ({"first_name": "", "last_name": "", "email": "o@example.org"}, "o@example.org"),
    ],
)
def test_the_corner_of_the_administration_says_who_is_there(names, shown, roles, client):
    person = make_user("administrator", **names)
    sign_in_as_staff(client, person)
    page = client.get("/admin/").content.decode()
    props = re.search(r'id="wagtail-sidebar-props"[^>]*>(.*?)</script>', page, re.DOTALL)[1]
    assert f'"name": {json.dumps(shown)}' in json.dumps(json.loads(props))
    assert person.username not in page


def test_the_list_of_people_goes_by_names_and_finds_usernames(roles, client):
    sign_in_as_staff(client, make_user("administrator", last_name="Quliyeva"))
    person = make_user(first_name="", last_name="", email="nameless@example.org")
    for name in ("Cabbarov", "Abbasov", "Babayeva"):
        make_user(first_name="Zaur", last_name=name)
    page = client.get(PEOPLE).content.decode()
    places = [page.index(name) for name in ("nameless@", "Abbasov", "Babayeva", "Cabbarov")]
    assert places == sorted(places)
    assert person.username not in page
    found = client.get(PEOPLE, {"q": person.username}).content.decode()
    assert "nameless@example.org" in found
    assert "Abbasov" not in found
