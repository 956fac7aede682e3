"""People of Türkiye sign in by e-Devlet; their national number is neither kept nor written down."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import serializers
from django.test import Client

from catalog.people.models import Issuer, User
from tests.accounts.services import back_with, e_devlet
from tests.factories import make_country

NUMBER = "10000000146"


@pytest.fixture
def service(db, settings):
    with e_devlet(NUMBER).running() as served:
        settings.SIGN_IN_PRIVATE_HOSTS = [f"127.0.0.1:{served.port}"]
        settings.PUBLIC_URL = "http://testserver"
        Issuer.objects.create(
            key="e-devlet",
            kind=Issuer.Kind.EDEVLET,
            name={"tr": "e-Devlet"},
            url=served.url,
            client_id="42",
            secret="gizli",
            country=make_country("tr"),
            active=True,
        )
        yield served


def ask(client):
    answer = client.get("/sign-in/e-devlet/", {"language": "tr"})
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.url).query).items()}


def sign_in(client):
    return client.get("/sign-in/e-devlet/back/" + back_with(ask(client)["state"], code="c-1"))


def test_the_question_is_as_e_devlet_wants_it(service, client):
    words = ask(client)
    assert words.pop("state")
    assert words == {
        "response_type": "code",
        "client_id": "42",
        "scope": "Kimlik-Dogrula",
        "redirect_uri": "http://testserver/sign-in/e-devlet/back/",
    }


def test_somebody_new_gets_an_account_with_their_name(service, client):
    assert sign_in(client).url == "/tr/account/"
    person = User.objects.get()
    assert (person.first_name, person.last_name) == ("ŞEYMA NUR", "IŞIK")
    assert (person.country.code, person.email) == ("tr", "")
    _what, form = service.asked[-1]
    assert form == {
        "accessToken": "t-1",
        "clientId": "42",
        "resourceId": "1",
        "kapsam": "Ad-Soyad",
    }


def test_the_national_number_is_kept_nowhere(service, client, caplog):
    caplog.set_level("DEBUG")
    sign_in(client)
    kept = serializers.serialize("json", [*User.objects.all(), *SocialAccount.objects.all()])
    assert NUMBER not in kept + caplog.text + str(dict(client.session))
    assert len(SocialAccount.objects.get().uid) == 64


def test_the_same_person_is_known_also_after_the_keys_were_changed(service, client, settings):
    sign_in(client)
    before = SocialAccount.objects.get().uid
    settings.SECRETS_KEY = ["a new key"]
    sign_in(Client())
    assert SocialAccount.objects.get().uid != before
    assert User.objects.count() == 1


def test_keys_that_come_and_go_keep_nobody_out(service, client, settings):
    first = settings.SECRETS_KEY
    for keys in (["old"], ["new"]):
        # Each was alone for a while, so the person has two accounts.
        settings.SECRETS_KEY, settings.SECRET_KEY = keys, f"{keys} {'x' * 50}"
        sign_in(Client())
    settings.SECRETS_KEY = ["newest", "new", "old", *first]
    assert sign_in(client).url == "/tr/account/"
    settings.SECRETS_KEY = ["old", "new", *first]
    assert sign_in(Client()).url == "/tr/account/"
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"sonucKodu": "EDV09.004", "sonucAciklamasi": "Geçersiz", "kullaniciBilgileri": None},
        {"sonucKodu": "EDV09.000", "kullaniciBilgileri": None},
        {"sonucKodu": "EDV09.000", "kullaniciBilgileri": {"kimlikNo": "", "ad": "A"}},
        {"sonucKodu": "EDV09.000", "kullaniciBilgileri": {"kimlikNo": "1234567890x"}},
        {"sonucKodu": "EDV09.000", "kullaniciBilgileri": {"kimlikNo": ["10000000146"]}},
        {},
    ],
)
def test_without_success_in_the_body_nobody_is_signed_in(answer, service, client):
    service.answers["POST /AuthenticationController"] = lambda form, headers: (200, answer)
    assert sign_in(client).status_code == 502
    assert not User.objects.exists()


def test_no_token_means_nobody(service, client):
    service.answers["POST /AccessTokenController"] = lambda form, headers: (200, {"error": "x"})
    assert sign_in(client).status_code == 502
