"""People sign in by a real Keycloak: run by name, since fetching and starting one takes minutes.

docs/sign-in.md says how.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from catalog.people.models import Issuer, User
from tests.factories import make_country, make_institution
from tests.services import keycloak

pytestmark = pytest.mark.django_db(transaction=True)
CLIENT, SECRET, PASSWORD = "learning-gate", "s3cret-of-the-client", "correct horse battery"
ORXAN = {
    "username": "orxan",
    "firstName": "Orxan",
    "lastName": "Əliyev",
    "email": "orxan@example.gov.az",
    "attributes": {"locale": ["az"], "country": ["AZ"], "organisation": ["ministry"]},
    "credentials": [{"type": "password", "value": PASSWORD, "temporary": False}],
}


@pytest.fixture
def portal(live_server, settings) -> Iterator[str]:
    """Keycloak's realm is one of the services of a portal that is set up."""
    settings.PUBLIC_URL = live_server.url
    back = f"{live_server.url}/sign-in/keycloak/back/"
    call_command("setup", verbosity=0)
    make_country("az")
    make_institution("ministry", "az")
    with keycloak.server(keycloak.realm(CLIENT, SECRET, back, [ORXAN])) as url:
        settings.SIGN_IN_PRIVATE_HOSTS = [urlsplit(url).netloc]
        Issuer.objects.create(
            key="keycloak",
            name={"az": "Keycloak ilə"},
            url=url,
            client_id=CLIENT,
            secret=SECRET,
            country_claim="country",
            institution_claim="organisation",
            active=True,
        )
        yield live_server.url


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 360, "height": 760}, java_script_enabled=False, locale="az-AZ"
    )
    yield context.new_page()
    context.close()


def type_password(page: Page) -> None:
    """At Keycloak, in the language that the portal asked for."""
    expect(page.locator("html")).to_have_attribute("lang", "az")
    name = page.locator("input[name=username]")
    # Whom it knows already it asks for the password alone.
    if name.count() and name.is_visible() and name.is_editable():
        name.fill("orxan")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").first.click()


def test_a_person_signs_in_and_proves_it_again_to_be_erased(portal: str, page: Page):
    page.goto(f"{portal}/az/account/login/")
    page.get_by_role("link", name="Keycloak ilə").click()
    type_password(page)
    expect(page).to_have_url(f"{portal}/az/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Orxan Əliyev")
    person = User.objects.get()
    assert (person.country.code, person.institution.code) == ("az", "ministry")
    assert (person.email, person.language) == ("orxan@example.gov.az", "az")
    assert re.fullmatch(r"p\d{12}", person.username)
    assert SocialAccount.objects.get(user=person).provider == "keycloak"

    # Keycloak's own session lasts, and lets the same person in without a question.
    page.goto(f"{portal}/az/account/logout/")
    page.locator("main form button[type=submit]").click()
    page.goto(f"{portal}/az/account/login/")
    page.get_by_role("link", name="Keycloak ilə").click()
    expect(page).to_have_url(f"{portal}/az/account/")

    # For what cannot be undone that is not enough.
    page.goto(f"{portal}/az/my-learning/erase/")
    page.get_by_role("link", name="Keycloak ilə").click()
    type_password(page)
    expect(page).to_have_url(f"{portal}/az/my-learning/erase/")
    page.locator("input[name=sure]").check()
    page.locator("form.form button[type=submit]").click()
    expect(page).to_have_url(f"{portal}/az/")
    assert not User.objects.get().is_active
