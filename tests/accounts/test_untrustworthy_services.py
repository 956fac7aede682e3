"""What a sign-in service may do wrong, and what the reader is then told."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache

from catalog.people.models import Issuer, User
from tests.accounts.services import CLIENT, Liar, back_with
from tests.factories import LANGUAGES

BACK = "/sign-in/mygov/back/"


@pytest.fixture
def liar(db, settings):
    with Liar().running() as served:
        settings.SIGN_IN_PRIVATE_HOSTS = [f"127.0.0.1:{served.port}"]
        Issuer.objects.create(
            key="mygov", name={"en": "myGov"}, url=served.url, client_id=CLIENT, active=True
        )
        yield served


def ask(client, liar, language="en"):
    """The way there; the state that has to come back."""
    answer = client.get("/sign-in/mygov/", {"language": language})
    words = parse_qs(urlsplit(answer.url).query)
    liar.nonce = words["nonce"][0]
    return words["state"][0]


def come_back(client, liar, **words):
    return client.get(BACK + back_with(ask(client, liar), **({"code": "c"} | words)))


def test_an_honest_answer_is_believed(liar, client):
    assert come_back(client, liar).status_code == 302
    assert User.objects.count() == 1
    assert client.get("/en/account/").status_code == 200


def set_claims(**claims):
    return lambda liar: liar.claims.update(claims)


def sign_with_another_key(liar):
    liar.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def sign_with_a_word(liar):
    liar.signs_with, liar.algorithm = "x" * 64, "HS256"


def sign_not_at_all(liar):
    liar.signs_with, liar.algorithm = None, "none"


def name_an_unknown_key(liar):
    liar.kid = "two"


def answer_another_question(liar):
    liar.claims["nonce"] = "of somebody else"


def speak_about_somebody_else(liar):
    liar.person = {"sub": "another"}


def give_no_token(liar):
    liar.answers["POST /token"] = lambda form, headers: (200, {"access_token": "x"})


def refuse_the_code(liar):
    liar.answers["POST /token"] = lambda form, headers: (400, {"error": "invalid_grant"})


def answer_with_a_list(liar):
    liar.answers["POST /token"] = lambda form, headers: (200, [1, 2])


def answer_with_html(liar):
    liar.answers["POST /token"] = lambda form, headers: (200, b"<html>")


def answer_without_end(liar):
    liar.answers["POST /token"] = lambda form, headers: (200, b"[" + b" " * 2**20 + b"]")


def have_broken_keys(liar):
    liar.answers["GET /keys"] = lambda form, headers: (200, {"keys": [{"kid": "one"}, 7]})


@pytest.mark.parametrize(
    "lie",
    [
        set_claims(aud="somebody-else"),
        set_claims(aud=[CLIENT, "other"], azp="other"),
        set_claims(aud=[CLIENT, "other"]),
        set_claims(exp=int(time.time()) - 3600),
        set_claims(iss="https://other.example"),
        set_claims(sub=""),
        set_claims(sub=["a"]),
        set_claims(sub="a\x00b"),
        set_claims(sub="x" * 256),
        sign_with_another_key,
        sign_with_a_word,
        sign_not_at_all,
        name_an_unknown_key,
        answer_another_question,
        speak_about_somebody_else,
        give_no_token,
        refuse_the_code,
        answer_with_a_list,
        answer_with_html,
        answer_without_end,
        have_broken_keys,
    ],
)
def test_a_lie_signs_nobody_in(lie, liar, client, caplog):
    lie(liar)
    answer = come_back(client, liar)
    assert answer.status_code == 502
    assert "cannot be trusted" in answer.content.decode()
    assert not User.objects.exists()
    assert "Signing in by mygov failed" in caplog.text
    assert "eyJ" not in caplog.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("issuer", "https://other.example"),
        ("issuer", None),
        ("token_endpoint", "http://example.org/token"),
        ("token_endpoint", "https://user:word@example.org/"),
        ("authorization_endpoint", "javascript:alert(1)"),
        ("authorization_endpoint", 7),
        ("jwks_uri", "https://example.org/" + "x" * 600),
    ],
)
def test_a_description_that_makes_no_sense_leads_nowhere(name, value, liar, client):
    liar.description[name] = value
    answer = client.get("/sign-in/mygov/")
    assert answer.status_code == 502
    assert len(liar.asked) == 1


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "https://127.0.0.1:9", "https://10.0.0.1", "https://[::1]"]
)
def test_services_inside_the_house_are_not_asked_unless_listed(url, liar, client, settings):
    settings.SIGN_IN_PRIVATE_HOSTS = []
    Issuer.objects.update(url=url)
    assert client.get("/sign-in/mygov/").status_code == 503


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_that_is_down_is_told_in_the_readers_language(language, liar, client):
    state = ask(client, liar, language)
    liar.answers["POST /token"] = lambda form, headers: (503, b"<html>")
    answer = client.get(BACK + back_with(state, code="c"))
    assert answer.status_code == 503
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert "myGov" in page
    assert answer["Cache-Control"] == "private, no-store"


def test_a_service_that_is_gone_is_told_too(liar, client):
    Issuer.objects.update(url="http://127.0.0.1:1")
    assert client.get("/sign-in/mygov/").status_code == 503


def test_new_keys_are_found_without_waiting(liar, client):
    assert come_back(client, liar).status_code == 302
    liar.key = liar.signs_with = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    old, liar.kid = liar.public, "two"
    liar.public = lambda: old() | {"kid": "two"}
    assert come_back(client, liar).status_code == 302
    asked = [what for what, _form in liar.asked]
    assert asked.count("GET /keys") == 2
    liar.kid = "three"
    for _forgery in range(3):
        assert come_back(client, liar).status_code == 502
    assert [what for what, _form in liar.asked].count("GET /keys") == 2


def test_the_description_is_read_once_in_a_while(liar, client):
    for _person in range(3):
        come_back(client, liar)
    asked = [what for what, _form in liar.asked]
    assert asked.count("GET /.well-known/openid-configuration") == 1
    cache.clear()
    come_back(client, liar)


def test_an_answer_of_another_service_is_refused(liar, client):
    assert come_back(client, liar, iss="https://other.example").status_code == 502


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?state=",
        "?state=x&code=y",
        "?state=%00&code=%00",
        "?code=" + "x" * 9000,
        "?error=server_error",
        "?state=" + "x" * 3000,
    ],
)
def test_nobody_comes_back_who_was_not_sent(query, liar, client):
    ask(client, liar)
    assert client.get(BACK + query).status_code == 400


@pytest.mark.parametrize("words", [{"error": "server_error"}, {"code": "x" * 5000}, {"code": ""}])
def test_bad_news_of_the_service_is_told(words, liar, client):
    assert come_back(client, liar, **words).status_code == 502


def test_these_addresses_take_nothing_but_reading(liar, client):
    assert client.post("/sign-in/mygov/").status_code == 405
    assert client.post(BACK).status_code == 405
    for address in ("/sign-in/unknown/", "/sign-in/unknown/back/", "/sign-in/a'b/"):
        assert client.get(address, follow=True).status_code == 404


def test_who_says_no_is_told_that_nothing_was_changed(liar, client):
    answer = client.get(BACK + back_with(ask(client, liar), error="access_denied"))
    assert answer.status_code == 403
    assert "myGov was told not to go on" in answer.content.decode()


def test_names_are_cleaned_and_bounded(liar, client):
    liar.person |= {"given_name": "Ə" * 500, "family_name": "\u202eIşıl\x00 \t Kaya", "email": "no"}
    come_back(client, liar)
    person = User.objects.get()
    assert person.first_name == "Ə" * 150
    assert person.last_name == "Işıl Kaya"
    assert person.email == ""
