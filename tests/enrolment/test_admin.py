"""Those who run the portal see the enrolments of their own providers, and try again."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from catalog.enrolment.models import Enrolment, InvitationKey
from catalog.lms import sentence
from catalog.models import CourseRun
from catalog.roles import install_roles
from tests import factories
from tests.services.installed_site import install_site
from tests.signing_in import sign_in_as_staff

pytestmark = pytest.mark.django_db
LIST = "/admin/snippets/enrolment/enrolment/"


@pytest.fixture
def stuck(run_of, person, ask, carrier) -> Enrolment:
    install_site()
    install_roles()
    row = ask(person, run_of("NO-INSTANCE")).enrolment
    carrier.work(10)
    return Enrolment.objects.get(pk=row.pk)


@pytest.fixture
def colleague(stuck, client: Client) -> Client:
    provider = stuck.run.course.provider
    sign_in_as_staff(client, factories.make_user("moderator", provider))
    return client


@pytest.fixture
def stranger(stuck) -> Client:
    client = Client()
    sign_in_as_staff(client, factories.make_user("moderator", factories.make_provider()))
    return client


def test_stuck_enrolments_are_listed_with_their_reason(stuck, colleague, person):
    shown = colleague.get(LIST, {"work": "stuck"}).content.decode()
    assert str(person) in shown
    with translation.override("az"):
        assert escape(sentence("no_method")) in shown
    assert str(person) not in colleague.get(LIST, {"work": "settled"}).content.decode()


def test_the_list_costs_no_query_for_each_row(stuck, colleague, ask, django_assert_max_num_queries):
    for _i in range(5):
        ask(factories.make_user(), stuck.run)
    colleague.get(LIST)
    with django_assert_max_num_queries(40):
        colleague.get(LIST)


def test_one_enrolment_shows_its_history_and_what_the_lms_said(stuck, colleague):
    shown = colleague.get(f"{LIST}inspect/{stuck.pk}/").content.decode()
    assert "Manual enrolment plugin instance" in shown
    assert f"{LIST}again/{stuck.pk}/" in shown


def test_try_again_puts_it_back_into_the_line(stuck, colleague):
    assert colleague.get(f"{LIST}again/{stuck.pk}/").status_code == 200
    assert Enrolment.objects.get().work == "stuck"
    colleague.post(f"{LIST}again/{stuck.pk}/")
    row = Enrolment.objects.get()
    assert (row.work, row.attempts) == ("due", 0)
    assert row.events.last().by is not None


def test_another_providers_enrolments_stay_closed(stuck, stranger, person):
    assert str(person) not in stranger.get(LIST).content.decode()
    for page in (f"inspect/{stuck.pk}/", f"again/{stuck.pk}/"):
        assert stranger.get(LIST + page).status_code == 302
    stranger.post(f"{LIST}again/{stuck.pk}/")
    assert Enrolment.objects.get().work == "stuck"


def test_an_editor_sees_nobodys_enrolments(stuck):
    client = Client()
    editor = factories.make_user("editor", stuck.run.course.provider)
    sign_in_as_staff(client, editor)
    assert client.get(LIST).status_code == 302
    assert client.get(f"{LIST}inspect/{stuck.pk}/").status_code == 302


@pytest.mark.parametrize("page", ["add/", "edit/{}/", "delete/{}/"])
def test_nobody_writes_an_enrolment_by_hand(page, stuck, colleague):
    answer = colleague.post(LIST + page.format(stuck.pk), {"work": "settled"})
    assert answer.status_code in (302, 404)
    assert Enrolment.objects.get().work == "stuck"


def test_a_key_is_made_and_shown_once(stuck, colleague, ask):
    course = stuck.run.course
    course.enrolment = "invitation"
    course.save()
    CourseRun.objects.update(lms_key="SELF-OPEN")
    page = "/admin/snippets/enrolment/invitationkey/"
    form = {"run": stuck.run_id, "label": "Ministry", "uses_most": "2", "expires_at": ""}
    shown = colleague.post(f"{page}add/", form, follow=True).content.decode()
    (key,) = re.findall(r"(?:[A-Z2-9]{5}-){3}[A-Z2-9]{5}", shown)
    assert key not in colleague.get(page).content.decode()
    assert InvitationKey.objects.get().made_by is not None
    assert ask(factories.make_user(), stuck.run, key=key).decision.is_yes


def test_nobody_makes_keys_for_another_provider(stuck, stranger):
    page = "/admin/snippets/enrolment/invitationkey/add/"
    stranger.post(page, {"run": stuck.run_id, "label": "", "uses_most": "1", "expires_at": ""})
    assert not InvitationKey.objects.exists()


def test_an_older_page_of_a_run_does_not_undo_the_count(stuck, client, ask):
    sign_in_as_staff(client, factories.make_user("editor", stuck.run.course.provider))
    page = f"/admin/snippets/catalog/courserun/edit/{stuck.run_id}/"
    form = client.get(page).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None else value for name, value in values.items()}
    values |= {f"sessions-{name}": 0 for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MAX_NUM_FORMS")}
    ask(factories.make_user(), stuck.run)
    assert client.post(page, values | {"seats": 30}).status_code == 302
    run = CourseRun.objects.get(pk=stuck.run_id)
    assert (run.seats, run.seats_taken) == (30, 2)
    # A number that the editor has written is believed.
    client.post(page, values | {"seats": 30, "seats_taken": 9})
    assert CourseRun.objects.get(pk=stuck.run_id).seats_taken == 9
