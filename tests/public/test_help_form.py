"""What a reader writes with the help form is kept, mailed by the worker, and erased in time."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from home.contact import services
from home.contact.mails import MOST_ATTEMPTS, send_due
from home.models import HelpMessage, HomePage, SiteSettings, StandardPage
from tests.factories import LANGUAGES, make_user
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff

pytestmark = pytest.mark.django_db
PAGE = "/az/write-to-us/"
LIST = "/admin/snippets/home/helpmessage/"


@pytest.fixture(autouse=True)
def site():
    install_site()
    SiteSettings.objects.update(help_email="help@academy.example")


def words(**changes: str) -> dict[str, str]:
    values = {
        "name": "Leyla",
        "email": "leyla@example.org",
        "topic": "course",
        "message": "EGOV-101 kursu nə vaxt başlayır?",
        "website": "",
    }
    return values | changes


def send(client: Client, address: str = "203.0.113.5", headers=None, **changes: str):
    return client.post(PAGE, words(**changes), headers=headers, REMOTE_ADDR=address)


def errors(answer) -> list[str]:
    """The fields that the summary of errors leads to."""
    page = html.fromstring(answer.content)
    return [link.get("href") for link in page.xpath("//section[@id='contact-errors']//a")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_kept_and_confirmed_in_the_readers_language(client, language):
    answer = client.post(f"/{language}/write-to-us/", words(), follow=True)
    message = HelpMessage.objects.get()
    assert answer.redirect_chain == [(f"/{language}/write-to-us/sent/{message.reference}/", 302)]
    page = html.fromstring(answer.content)
    assert page.get("lang") == language
    assert message.reference in page.xpath("string(//main)")
    assert "no-store" in answer.headers["Cache-Control"]
    assert message.language == language
    assert message.state == "new"


def test_it_is_mailed_by_the_worker_and_not_by_the_request(client):
    send(client)
    assert mail.outbox == []
    assert send_due() == 1
    assert send_due() == 0
    (sent,) = mail.outbox
    assert sent.to == ["help@academy.example"]
    assert sent.reply_to == ["leyla@example.org"]
    assert HelpMessage.objects.get().reference in sent.subject
    assert "EGOV-101 kursu nə vaxt başlayır?" in sent.body


def test_what_the_mail_server_refuses_is_tried_again_later(client, monkeypatch):
    send(client)
    with monkeypatch.context() as patch:
        patch.setattr("home.contact.mails.EmailMessage.send", lambda self: 1 / 0)
        assert send_due() == 0
    message = HelpMessage.objects.get()
    assert "ZeroDivisionError" in message.mail_error
    assert message.mail_due > timezone.now()
    assert send_due() == 0
    HelpMessage.objects.update(mail_due=timezone.now())
    assert send_due() == 1
    assert HelpMessage.objects.get().mail_error == ""


def test_in_the_end_it_is_given_up_but_stays_in_the_list(client, monkeypatch):
    send(client)
    monkeypatch.setattr("home.contact.mails.EmailMessage.send", lambda self: 1 / 0)
    for _attempt in range(MOST_ATTEMPTS + 2):
        HelpMessage.objects.exclude(mail_due=None).update(mail_due=timezone.now())
        send_due()
    message = HelpMessage.objects.get()
    assert (message.mail_attempts, message.mail_due) == (MOST_ATTEMPTS, None)


def test_without_an_address_to_mail_to_the_list_says_so(client):
    SiteSettings.objects.update(help_email="", contact_email="")
    send(client)
    assert send_due() == 0
    error = HelpMessage.objects.get().mail_error
    assert error
    sign_in_as_staff(client, make_user("administrator"))
    listed = html.fromstring(client.get(LIST).content)
    assert error in listed.xpath("string(//main//table)")


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"email": ""}, "email"),
        ({"email": "leyla"}, "email"),
        ({"email": "leyla@example.org\nBcc: all@example.org"}, "email"),
        ({"topic": ""}, "topic"),
        ({"topic": "weather"}, "topic"),
        ({"message": "?"}, "message"),
        ({"message": "ə" * 4001}, "message"),
        ({"message": "Null \x00 sign in it"}, "message"),
        ({"name": "a" * 101}, "name"),
        ({"website": "https://spam.example"}, "website"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_everything_is_kept(client, changes, wrong):
    answer = send(client, **changes)
    assert answer.status_code == 422
    assert errors(answer) == [f"#contact-{wrong}"]
    page = html.fromstring(answer.content)
    (field,) = page.xpath(f"//*[@id='contact-{wrong}']")
    assert field.get("aria-invalid") == "true"
    told = field.get("aria-describedby").split()
    assert page.xpath(f"string(//*[@id='{told[-1]}'])").strip()
    others = {k: v for k, v in words().items() if k not in (wrong, "topic", "message") and v}
    for name, value in others.items():
        assert page.xpath(f"string(//input[@name='{name}']/@value)") == value
    assert not page.xpath("//div[contains(@class,'visually-hidden')]//input[@aria-invalid]")
    assert not HelpMessage.objects.exists()


def test_a_name_cannot_bring_lines_or_hidden_signs_into_the_mail(client):
    send(client, name="Leyla\u202e\r\nBcc: all@example.org")
    send_due()
    assert HelpMessage.objects.get().name == "Leyla Bcc: all@example.org"
    assert mail.outbox[0].recipients() == ["help@academy.example"]
    assert "\nBcc" not in str(mail.outbox[0].message())


def test_one_sender_can_write_only_so_often(client):
    for _time in range(services.MOST_EACH):
        assert send(client).status_code == 302
    answer = send(client)
    assert answer.status_code == 429
    assert html.fromstring(answer.content).xpath("//section[@id='contact-errors']//li")
    assert send(client, address="203.0.113.6").status_code == 302
    HelpMessage.objects.update(created_at=timezone.now() - services.WINDOW)
    assert send(client).status_code == 302


def test_all_together_can_write_only_so_much(client, monkeypatch):
    monkeypatch.setattr(services, "MOST_TOGETHER", 3)
    for number in range(3):
        send(client, address=f"203.0.113.{number}")
    assert send(client, address="203.0.113.9").status_code == 429


def test_no_address_of_a_sender_is_kept(client):
    send(client)
    row = HelpMessage.objects.values().get()
    assert not [value for value in row.values() if "203.0.113.5" in str(value)]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://testserver"}, 302),
        ({"sec-fetch-site": "same-origin"}, 302),
    ],
)
def test_other_sites_cannot_send_the_form(headers, status):
    client = Client(enforce_csrf_checks=True)
    assert send(client, headers=headers).status_code == status


def test_the_form_stands_on_a_page_that_is_kept_whole_without_a_cookie(client):
    home = HomePage.objects.get(locale__language_code="az")
    page = StandardPage(title="Kömək", slug="komek", locale=home.locale)
    page.body = [("help_form", None)]
    home.add_child(instance=page)
    first = client.get("/az/komek/")
    assert html.fromstring(first.content).xpath("//form[@method='post']/@action") == [
        f"{PAGE}#contact-errors"
    ]
    assert not first.cookies
    assert "csrf" not in first.content.decode()
    assert client.get("/az/komek/").context is None


def test_hidden_field_is_out_of_the_way_of_keyboard_and_sight(client):
    page = html.fromstring(client.get(PAGE).content)
    (trap,) = page.xpath("//div[@class='visually-hidden']//input[@name='website']")
    assert (trap.get("tabindex"), trap.get("autocomplete")) == ("-1", "off")


def test_a_reference_that_nobody_was_given_is_not_confirmed(client):
    assert client.get(PAGE + "sent/ABCD-2345/").status_code == 404
    assert client.get(PAGE + "sent/%00/").status_code in (400, 404)


def test_the_form_alone_answers_only_what_it_must(client):
    assert client.put(PAGE).status_code == 405
    assert client.head(PAGE).status_code == 200


def test_old_messages_are_erased_after_the_days_of_the_site(client):
    SiteSettings.objects.update(help_days=30)
    for _time in range(2):
        send(client)
    old = HelpMessage.objects.first()
    HelpMessage.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=31))
    assert services.erase_old() == 1
    assert HelpMessage.objects.count() == 1


def test_an_administrator_marks_a_message_as_answered_and_changes_nothing_else(client):
    send(client)
    message = HelpMessage.objects.get()
    sign_in_as_staff(client, make_user("administrator"))
    assert message.reference in client.get(LIST, {"state": "new"}).content.decode()
    address = f"{LIST}edit/{message.pk}/"
    assert "EGOV-101 kursu" in client.get(address).content.decode()
    client.post(address, {"state": "answered", "note": "Zəng etdim.", "message": "x", "email": "x"})
    message.refresh_from_db()
    assert (message.state, message.note) == ("answered", "Zəng etdim.")
    assert message.email == "leyla@example.org"
    listed = html.fromstring(client.get(LIST, {"state": "new"}).content)
    assert message.reference not in listed.xpath("string(//main//table)")


def test_messages_are_not_written_in_the_admin_and_not_read_by_everybody(client):
    sign_in_as_staff(client, make_user("administrator"))
    assert client.get(f"{LIST}add/").status_code in (302, 404)
    assert f'href="{LIST}add/"' not in client.get(LIST).content.decode()
    sign_in_as_staff(client, make_user("moderator"))
    assert client.get(LIST).status_code == 302


def test_the_first_page_of_the_admin_counts_what_waits_for_an_answer(client):
    send(client)
    sign_in_as_staff(client, make_user("administrator"))
    page = " ".join(client.get(reverse("wagtailadmin_home")).content.decode().split())
    assert re.search(rf'href="{LIST}\?state=new">[^<]*<span>[^<]+:</span> 1</a>', page)
