"""Administrators connect sign-in services and keep privacy texts."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.urls import reverse

from catalog.people.models import Issuer, PrivacyText
from tests.accounts.codes import give_second_factor
from tests.accounts.services import CLIENT, Liar
from tests.factories import make_user
from tests.signing_in import sign_in_as_staff

LIST = "/admin/snippets/people/issuer/"


@pytest.fixture
def administrator(roles, client):
    sign_in_as_staff(client, make_user("administrator"))
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def liar(settings):
    with Liar().running() as served:
        settings.SIGN_IN_PRIVATE_HOSTS = [f"127.0.0.1:{served.port}"]
        yield served


def form(url, **kwargs):
    values = {
        "key": "mygov",
        "kind": "oidc",
        "name_en": "myGov",
        "url": url,
        "client_id": CLIENT,
        "secret": "s3cret",
        "scopes": "openid profile",
        "country": "",
        "country_claim": "",
        "institution_claim": "",
        "language_claim": "locale",
        "active": "on",
        "order": "1",
    }
    return values | kwargs


def test_a_service_is_connected_and_its_secret_never_shown_again(administrator, liar):
    page = administrator.get(f"{LIST}add/").content.decode()
    assert "/sign-in/…/back/" in page
    assert administrator.post(f"{LIST}add/", form(liar.url)).status_code == 302
    issuer = Issuer.objects.get()
    assert (issuer.secret, issuer.active, str(issuer)) == ("s3cret", True, "myGov")
    edit = f"{LIST}edit/{issuer.pk}/"
    page = administrator.get(edit).content.decode()
    assert "s3cret" not in page
    assert "/sign-in/mygov/back/" in page
    assert administrator.post(edit, form(liar.url, secret="", order="2")).status_code == 302
    issuer.refresh_from_db()
    assert (issuer.secret, issuer.order) == ("s3cret", 2)
    assert "myGov" in administrator.get(LIST).content.decode()
    moved = form("https://elsewhere.example", secret="", active="")
    page = administrator.post(edit, moved).content.decode()
    assert "The address has changed: type this once more." in page
    issuer.refresh_from_db()
    assert issuer.url == liar.url
    assert administrator.post(edit, moved | {"secret": "another"}).status_code == 302
    issuer.refresh_from_db()
    assert (issuer.url, issuer.secret) == ("https://elsewhere.example", "another")


@pytest.mark.parametrize(
    "bad",
    [
        {"url": "http://example.org"},
        {"url": "https://user:word@example.org"},
        {"url": "ftp://example.org"},
        {"key": "my gov"},
        {"client_id": ""},
        {"kind": "saml"},
    ],
)
def test_what_makes_no_sense_is_not_saved(bad, administrator, liar):
    answer = administrator.post(f"{LIST}add/", form(liar.url) | bad)
    assert answer.status_code == 200
    assert not Issuer.objects.exists()


def test_a_service_that_cannot_be_read_is_not_offered(administrator, liar):
    liar.description["issuer"] = "https://other.example"
    answer = administrator.post(f"{LIST}add/", form(liar.url))
    assert "The service cannot be read" in answer.content.decode()
    assert not Issuer.objects.exists()
    assert administrator.post(f"{LIST}add/", form(liar.url, active="")).status_code == 302


def test_a_service_by_which_people_are_known_stays_who_it_is(administrator, liar):
    administrator.post(f"{LIST}add/", form(liar.url))
    issuer = Issuer.objects.get()
    SocialAccount.objects.create(user=make_user(), provider="mygov", uid="1")
    edit = f"{LIST}edit/{issuer.pk}/"
    answer = administrator.post(edit, form("https://other.example", active=""))
    assert "People are known by it already" in answer.content.decode()
    administrator.post(edit, form(liar.url, key="another"))
    issuer.refresh_from_db()
    assert (issuer.key, issuer.url) == ("mygov", liar.url)
    issuer.delete()
    answer = administrator.post(f"{LIST}add/", form(liar.url))
    assert "An earlier service had this key" in answer.content.decode()


def test_a_privacy_text_is_written(administrator):
    words = {"version": "2026-11", "begins": "2026-11-25 09:00", "text_az": "Mətn."}
    address = "/admin/snippets/people/privacytext/"
    assert administrator.post(f"{address}add/", words).status_code == 302
    assert PrivacyText.objects.get().text == {"az": "Mətn."}
    assert "2026-11" in administrator.get(address).content.decode()


@pytest.mark.parametrize("model", ["issuer", "privacytext"])
def test_nobody_but_administrators_sees_them(model, roles, client):
    sign_in_as_staff(client, make_user("moderator"))
    assert client.get(f"/admin/snippets/people/{model}/").status_code == 302
    assert client.get(f"/admin/snippets/people/{model}/add/").status_code == 302


def test_an_administrator_takes_a_lost_second_step_away(administrator):
    person = make_user("editor")
    edit = reverse("wagtailusers_users:edit", args=[person.pk])
    assert "forgets_second_factor" not in administrator.get(edit).content.decode()
    give_second_factor(person)
    assert "forgets_second_factor" in administrator.get(edit).content.decode()
    words = {"email": person.email, "first_name": "A", "last_name": "B", "is_active": "on"}
    words |= {"groups": person.groups.get().pk, "language": "", "country": "", "institution": ""}
    administrator.post(edit, words)
    assert Authenticator.objects.count() == 2
    assert administrator.post(edit, words | {"forgets_second_factor": "on"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].to == [person.email]
