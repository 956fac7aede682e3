"""What is missing outside the languages is missing where it is asked for."""

from __future__ import annotations

import pytest

from tests.factories import make_user
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff

pytestmark = pytest.mark.django_db
MISSING = ("/documents/999/x.pdf", "/media/images/x.png", "/covers/x-y.svg", "/api/nothing/")


@pytest.fixture(autouse=True)
def site():
    install_site()


@pytest.mark.parametrize("address", MISSING)
def test_files_and_the_api_answer_404_without_a_way_elsewhere(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "Location" not in response


def test_a_stranger_is_asked_to_sign_in_before_the_admin_says_what_it_has(client):
    response = client.get("/admin/nothing/")
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_staff_read_that_the_address_does_not_exist(client):
    sign_in_as_staff(client, make_user("editor"))
    response = client.get("/admin/nothing/")
    assert response.status_code == 404
    assert "Location" not in response


def test_a_page_without_its_language_is_still_looked_for_below_one(client):
    assert client.get("/kataloq/", headers={"accept-language": "az"})["Location"] == "/az/kataloq/"
