"""What people see of their own account, change in it, and agree to."""

import re
from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from catalog.people.consents import wanted_text
from catalog.people.models import Consent, Issuer, PrivacyText, User
from catalog.people.signin.forms import ProfileForm
from tests.accounts.codes import PASSWORD
from tests.accounts.services import CLIENT, Liar, back_with
from tests.factories import LANGUAGES, make_institution, make_user
from tests.signing_in import sign_in_freshly

ACCOUNT = "/en/account/"
CONSENT = "/en/account/consent/"


@pytest.fixture
def person(db):
    return make_user(institution=make_institution("ministry", "az"), language="tr")


@pytest.fixture
def signed_in(person, client):
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.fixture
def liar(db, settings):
    with Liar().running() as served:
        settings.SIGN_IN_PRIVATE_HOSTS = [f"127.0.0.1:{served.port}"]
        Issuer.objects.create(
            key="mygov", name={"en": "myGov"}, url=served.url, client_id=CLIENT, active=True
        )
        yield served


def connect(client, liar):
    """Follows the link on the account's page to the service and back."""
    page = client.get(ACCOUNT).content.decode()
    link = re.search(r'href="(/sign-in/mygov/[^"]+)"', page)[1].replace("&amp;", "&")
    there = client.get(link)
    words = dict(pair.split("=") for pair in there.url.partition("?")[2].split("&"))
    liar.nonce = words["nonce"]
    return client.get("/sign-in/mygov/back/" + back_with(words["state"], code="c"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_account_says_who_one_is(language, signed_in):
    page = signed_in.get(f"/{language}/account/").content.decode()
    assert f'<html lang="{language}"' in page
    assert "Əliyeva" in page
    assert "Ministry" in page
    assert 'content="noindex"' in page
    assert "style=" not in page
    assert "<script>" not in page


def test_visitors_are_asked_to_sign_in_first(db, client):
    for path in ("", "profile/", "consent/", "password/", "second-step/set-up/"):
        answer = client.get(ACCOUNT + path)
        assert answer.status_code == 302
        assert answer.url.startswith("/en/account/")
        assert "next=" in answer.url


def test_name_and_language_are_ones_own_to_change(person, signed_in):
    form = {"first_name": "Gülşən", "last_name": "İbrahimova", "language": "kk", "country": "1"}
    assert signed_in.post(f"{ACCOUNT}profile/", form).url == ACCOUNT
    person.refresh_from_db()
    assert (str(person), person.language) == ("Gülşən İbrahimova", "kk")
    assert UserProfile.get_for_user(person).preferred_language == "kk"
    assert "Your details are saved." in signed_in.get(ACCOUNT).content.decode()
    bad = signed_in.post(f"{ACCOUNT}profile/", form | {"language": "xx", "first_name": "x" * 999})
    assert bad.status_code == 200
    assert 'class="errors"' in bad.content.decode()


def test_what_an_administrator_changes_meanwhile_stays(person):
    form = ProfileForm({"first_name": "Gülşən"}, instance=person, is_vouched_for=False)
    assert form.is_valid()
    User.objects.filter(pk=person.pk).update(is_active=False)
    form.save()
    person.refresh_from_db()
    assert (person.first_name, person.is_active) == ("Gülşən", False)


def test_country_and_institution_are_not(person, signed_in):
    other = make_institution("other", "tr")
    form = {"first_name": "X", "institution": other.pk, "country": other.country.pk}
    signed_in.post(f"{ACCOUNT}profile/", form | {"is_superuser": "on", "groups": "1"})
    person.refresh_from_db()
    assert person.institution.code == "ministry"
    assert not person.is_superuser


def test_another_way_of_signing_in_is_added_and_taken_away(person, signed_in, liar):
    assert connect(signed_in, liar).url == ACCOUNT
    row = SocialAccount.objects.get(user=person)
    page = signed_in.get(ACCOUNT).content.decode()
    assert "From now on you can sign in this way too." in page
    assert 'name="first_name"' not in signed_in.get(f"{ACCOUNT}profile/").content.decode()
    away = f"{ACCOUNT}services/{row.pk}/"
    stranger = Client()
    stranger.force_login(make_user())
    assert stranger.post(away).status_code in (302, 404)
    assert SocialAccount.objects.count() == 1
    assert signed_in.get(away).status_code == 405
    Issuer.objects.update(active=False)
    assert signed_in.post(away).url == ACCOUNT
    assert not SocialAccount.objects.exists()
    assert len(mail.outbox) == 2


def test_the_only_way_of_signing_in_stays(person, signed_in, liar):
    connect(signed_in, liar)
    person.set_unusable_password()
    person.save()
    sign_in_freshly(signed_in, person)
    row = SocialAccount.objects.get()
    assert signed_in.post(f"{ACCOUNT}services/{row.pk}/").url == ACCOUNT
    assert SocialAccount.objects.exists()
    assert "your only way to sign in" in signed_in.get(ACCOUNT).content.decode()


def test_a_way_that_belongs_to_somebody_else_is_not_added(person, signed_in, liar):
    other = make_user()
    SocialAccount.objects.create(user=other, provider="mygov", uid=liar.claims["sub"])
    assert connect(signed_in, liar).url == ACCOUNT
    assert SocialAccount.objects.get().user == other
    assert "belongs to another account" in signed_in.get(ACCOUNT).content.decode()


def test_who_signed_in_a_while_ago_is_asked_for_the_password_first(signed_in, liar, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    page = signed_in.get(ACCOUNT).content.decode()
    link = re.search(r'href="(/sign-in/mygov/[^"]+)"', page)[1].replace("&amp;", "&")
    answer = signed_in.get(link)
    assert answer.url.startswith("/en/account/confirm/?next=%2Fsign-in%2Fmygov%2F")
    assert not liar.asked


@pytest.mark.parametrize("token", ["", "1:mygov", "1:mygov:abc:def", "x" * 5000])
def test_nobody_is_led_into_adding_a_way(token, signed_in, liar):
    answer = signed_in.get("/sign-in/mygov/", {"connect": token, "language": "en"})
    assert answer.url == ACCOUNT
    assert not liar.asked


def test_the_privacy_text_is_asked_for_once_and_kept(person, client):
    PrivacyText.objects.create(version="V-1", text={"en": "First part.\n\nSecond <part>."})
    words = {"login": person.email, "password": PASSWORD, "next": "/en/"}
    answer = client.post("/en/account/login/", words)
    assert answer.url == f"{CONSENT}?next=%2Fen%2F"
    page = client.get(answer.url).content.decode()
    assert "Second &lt;part&gt;." in page
    assert client.post(CONSENT, {"version": "V-1", "next": "/en/"}).url == "/en/"
    client.post(CONSENT, {"version": "V-1", "next": "https://evil.example"})
    row = Consent.objects.get()
    assert (row.user, row.text.version, row.language) == (person, "V-1", "en")
    assert Client().post("/en/account/login/", words).url == "/en/"
    assert "Privacy text V-1" in client.get(ACCOUNT).content.decode()


def test_a_new_version_is_asked_for_from_its_day_on(person, signed_in):
    old = PrivacyText.objects.create(version="1", text={"en": "Old"})
    Consent.objects.create(user=person, text=old, language="en")
    new = PrivacyText.objects.create(
        version="2", text={"en": "New"}, begins=timezone.now() + timedelta(days=1)
    )
    assert wanted_text(person) is None
    PrivacyText.objects.filter(pk=new.pk).update(begins=timezone.now())
    PrivacyText.objects.filter(pk=old.pk).update(begins=timezone.now() - timedelta(days=9))
    assert wanted_text(person) == new
    for version in ("9", "\x00", "", "x" * 5000):
        assert signed_in.post(CONSENT, {"version": version}).status_code == 404
    assert signed_in.post(CONSENT, {"version": "2", "next": "//evil.example"}).url == ACCOUNT


def test_what_people_agreed_to_stays_as_they_read_it(person):
    text = PrivacyText.objects.create(version="1", text={"en": "Old"})
    text.text = {"en": "Corrected"}
    text.full_clean()
    text.save()
    Consent.objects.create(user=person, text=text, language="en")
    text.text = {"en": "Quite another"}
    with pytest.raises(ValidationError, match="Make a new version"):
        text.full_clean()


def test_the_frame_offers_the_way_in_or_the_account(person, client, settings):
    page = client.get("/en/account/login/").content.decode()
    assert "/en/account/login/?next=%2Fen%2Faccount%2Flogin%2F" in page
    client.post("/en/account/login/", {"login": person.email, "password": PASSWORD})
    page = client.get(ACCOUNT).content.decode()
    assert 'class="header__account"' in page
    assert "account/login/" not in page
    assert User.objects.get().last_login
