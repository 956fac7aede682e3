"""People sign in by an OpenID Connect service and are known by its subject, never by e-mail."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.db import connection
from django.test import Client

from catalog.people.models import Issuer, User
from tests.accounts.codes import code, give_second_factor
from tests.accounts.services import CLIENT, consent, real_provider
from tests.factories import make_country, make_institution, make_user

PEOPLE = {
    "aze-1": {
        "given_name": "İlqar",
        "family_name": "Şıxəliyev",
        "email": "ilqar@example.gov.az",
        "email_verified": True,
        "locale": "az-AZ",
        "organisation": "ministry",
        "country": "TR",
    },
    "aze-2": {"name": "Ayşe Nur Gülşen Çağlı", "email": "ilqar@example.gov.az"},
}


@pytest.fixture(scope="module")
def provider():
    with real_provider(PEOPLE) as url:
        yield url


@pytest.fixture
def issuer(db, settings, provider):
    settings.SIGN_IN_PRIVATE_HOSTS = [urlsplit(provider).netloc]
    settings.PUBLIC_URL = "http://testserver"
    return make_issuer(provider)


def make_issuer(url, key="asan", **kwargs):
    values = {
        "name": {"az": "ASAN Giriş", "en": "ASAN Login"},
        "client_id": CLIENT,
        "secret": "s3cret-of-asan",
        "country": make_country("az"),
        "active": True,
        "institution_claim": "organisation",
    }
    return Issuer.objects.create(key=key, url=url, **(values | kwargs))


def sign_in(client, subject, key="asan", **query):
    """The whole way there and back; the last answer."""
    there = client.get(f"/sign-in/{key}/", {"language": "az"} | query).url
    return client.get(consent(there, subject))


def test_the_login_page_offers_services_in_the_readers_language(issuer, client):
    Issuer.objects.create(key="off", name={"az": "Bağlı"}, url="https://off.example", client_id="x")
    page = client.get("/az/account/login/?next=/az/kataloq/").content.decode()
    assert "ASAN Giriş" in page
    assert "/sign-in/asan/?language=az&amp;next=%2Faz%2Fkataloq%2F" in page
    assert "Bağlı" not in page
    assert "ASAN Login" in client.get("/en/account/login/").content.decode()
    assert client.get("/sign-in/off/", follow=True).status_code == 404


def test_somebody_new_gets_an_account_with_their_name_country_and_institution(issuer, client):
    ministry = make_institution("ministry", "az")
    answer = sign_in(client, "aze-1", next="/az/kataloq/")
    assert answer.url == "/az/kataloq/"
    person = User.objects.get()
    assert (person.first_name, person.last_name) == ("İlqar", "Şıxəliyev")
    assert (person.country.code, person.institution) == ("az", ministry)
    assert (person.email, person.language) == ("ilqar@example.gov.az", "az")
    assert person.username.startswith("p")
    assert person.username[1:].isdigit()
    assert person.username.isascii()
    assert not person.has_usable_password()
    row = SocialAccount.objects.get()
    assert (row.provider, row.uid, row.extra_data) == ("asan", "aze-1", {})
    assert client.get("/az/account/").status_code == 200


def test_the_question_carries_pkce_nonce_and_state(issuer, client):
    words = parse_qs(urlsplit(client.get("/sign-in/asan/").url).query)
    assert words["code_challenge_method"] == ["S256"]
    assert len(words["code_challenge"][0]) == 43
    assert len(words["nonce"][0]) == len(words["state"][0]) == 43
    assert words["redirect_uri"] == ["http://testserver/sign-in/asan/back/"]
    other = parse_qs(urlsplit(client.get("/sign-in/asan/").url).query)
    assert other["state"] != words["state"]
    assert other["nonce"] != words["nonce"]


def test_the_same_person_comes_back_to_the_same_account_with_news(issuer, client):
    sign_in(client, "aze-1")
    User.objects.update(first_name="Old", email="own@example.org", language="ru")
    session = client.session.session_key
    sign_in(Client(), "aze-1")
    person = User.objects.get()
    assert (person.first_name, person.email, person.language) == ("İlqar", "own@example.org", "ru")
    assert session


def test_an_address_is_no_proof_and_is_left_with_who_has_it(issuer, client):
    other = make_user(email="Ilqar@Example.gov.az")
    sign_in(client, "aze-1")
    sign_in(Client(), "aze-2")
    assert User.objects.count() == 3
    emails = User.objects.exclude(pk=other.pk).values_list("email", flat=True)
    assert set(emails) == {""}
    assert not SocialAccount.objects.filter(user=other).exists()


def test_an_address_that_nobody_checked_is_not_taken_over(issuer, client):
    sign_in(client, "aze-2")
    person = User.objects.get()
    assert person.email == ""
    assert (person.first_name, person.last_name) == ("Ayşe Nur Gülşen", "Çağlı")


def test_the_same_subject_of_another_service_is_another_person(issuer, client, provider):
    make_issuer(provider, key="mygov", country=None, country_claim="country")
    make_country("tr")
    sign_in(client, "aze-1")
    sign_in(Client(), "aze-1", key="mygov")
    assert set(User.objects.values_list("country__code", flat=True)) == {"az", "tr"}


def test_a_closed_account_stays_closed(issuer, client):
    sign_in(client, "aze-1")
    User.objects.update(is_active=False)
    other = Client()
    assert sign_in(other, "aze-1").url == "/az/account/inactive/"
    assert "_auth_user_id" not in other.session
    assert other.get("/az/account/inactive/").status_code == 200


def test_who_has_a_second_factor_is_asked_for_it_here_too(issuer, client):
    sign_in(client, "aze-1")
    secret = give_second_factor(User.objects.get())
    other = Client()
    assert sign_in(other, "aze-1", next="/az/").url == "/az/account/second-step/code/"
    assert other.post("/az/account/second-step/code/", {"code": code(secret)}).url == "/az/"


def test_who_says_no_is_told_that_nothing_was_changed(issuer, client):
    answer = sign_in(client, None)
    assert answer.status_code == 403
    assert "ASAN Giriş" in answer.content.decode()
    assert not User.objects.exists()


def test_an_answer_counts_once_and_only_where_it_was_asked_for(issuer, client):
    there = client.get("/sign-in/asan/").url
    back = consent(there, "aze-1")
    assert Client().get(back).status_code == 400
    assert client.get(back).status_code == 302
    client.logout()
    assert client.get(back).status_code == 400
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("bad", ["https://evil.example/", "//evil.example", "/\\evil.example/"])
def test_next_leads_nowhere_else(bad, issuer, client):
    assert sign_in(client, "aze-1", next=bad).url == "/az/account/"


def test_the_secret_lies_encrypted_in_the_database(issuer):
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM people_issuer")
        (stored,) = cursor.fetchone()
    assert "s3cret" not in stored
    assert Issuer.objects.get().secret == "s3cret-of-asan"
