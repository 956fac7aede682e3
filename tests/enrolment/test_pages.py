"""What a person sees and does: two clicks to a stored wish, its state, and the way back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from catalog.addresses import course_url
from catalog.enrolment import links
from catalog.enrolment.invitations import make_key
from catalog.enrolment.models import Approval, Enrolment, OpenNotice
from catalog.enrolment.posting import ATTEMPTS, post_due
from catalog.enrolment.telling import remind, tell_cancellations, tell_openings
from catalog.models import CourseRun
from tests import factories
from tests.services.installed_site import install_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _site() -> None:
    install_site()


@pytest.fixture
def visitor(client: Client, person) -> Client:
    client.force_login(person)
    return client


def page_of(run: CourseRun) -> str:
    return f"/en/enrol/course/{run.course_id}/"


def test_two_clicks_lead_from_the_course_to_a_stored_wish(run, visitor, person):
    course_page = visitor.get(course_url(run.course_id, "Course SELF-OPEN", "en"))
    assert f'href="{page_of(run)}"' in course_page.content.decode()
    first = visitor.get(page_of(run))
    assert "Ask for my place" in first.content.decode()
    second = visitor.post(page_of(run), {"run": run.pk})
    row = Enrolment.objects.get(person=person)
    assert second.status_code == 302
    assert second.url == f"/en/enrol/{row.pk}/"
    shown = visitor.get(second.url).content.decode()
    assert "Your place is being arranged" in shown
    assert ">Course SELF-OPEN</a></p>" in shown
    assert "refresh" not in shown


def test_a_sentence_that_begins_with_the_name_of_an_lms_begins_with_a_capital(
    run, visitor, connection
):
    connection.name = {"en": "the academy's Moodle"}
    connection.save()
    shown = visitor.post(page_of(run), {"run": run.pk}, follow=True).content.decode()
    assert "The academy&#x27;s Moodle is being told." in shown


def test_the_page_is_nobody_elses_and_no_cache_keeps_it(run, visitor, person):
    visitor.post(page_of(run), {"run": run.pk})
    row = Enrolment.objects.get()
    assert "no-store" in visitor.get(f"/en/enrol/{row.pk}/")["Cache-Control"]
    stranger = Client()
    stranger.force_login(factories.make_user())
    assert stranger.get(f"/en/enrol/{row.pk}/").status_code == 404
    assert stranger.post(f"/en/enrol/{row.pk}/withdraw/").status_code == 404
    assert Enrolment.objects.get().wanted


def test_who_is_not_signed_in_comes_back_to_the_same_page(run, client):
    answer = client.get(page_of(run))
    assert answer.status_code == 302
    assert answer.url.endswith(f"/login/?next={page_of(run)}")
    assert client.post(page_of(run), {"run": run.pk}).status_code == 302
    assert not Enrolment.objects.exists()


def test_a_double_click_is_one_wish(run, visitor):
    for _click in range(2):
        assert visitor.post(page_of(run), {"run": run.pk}).status_code == 302
    assert Enrolment.objects.count() == 1


def test_whose_answer_was_lost_and_who_asks_again_for_the_last_seat_has_it(run_of, visitor):
    run = run_of(seats=1)
    for _click in range(2):
        answer = visitor.post(page_of(run), {"run": run.pk})
        assert answer.url == f"/en/enrol/{Enrolment.objects.get().pk}/"


def test_nobody_is_enrolled_by_somebody_else(run, visitor, person):
    other = factories.make_user()
    visitor.post(page_of(run), {"run": run.pk, "person": other.pk, "user": other.username})
    assert Enrolment.objects.get().person == person


@pytest.mark.parametrize("number", ["0", "999999999999999999", "1234567"])
def test_unknown_numbers_are_not_found(number, visitor):
    for path in (f"course/{number}/", f"course/{number}/notice/", f"{number}/"):
        assert visitor.get(f"/en/enrol/{path}").status_code == 404


@pytest.mark.parametrize("value", ["", "abc", "-1", "99999999999999999999999", "1' OR 1=1"])
def test_a_run_that_is_not_offered_cannot_be_asked_for(value, run, run_of, visitor):
    answer = visitor.post(page_of(run), {"run": value})
    assert answer.status_code == 200
    assert "This did not work" in answer.content.decode()
    elsewhere = run_of("MANUAL-ONLY")
    assert visitor.post(page_of(run), {"run": elsewhere.pk}).status_code == 200
    assert not Enrolment.objects.exists()


def test_the_run_that_the_address_names_is_chosen(run, visitor):
    later = factories.make_run(run.course, start=run.start + timedelta(days=1))
    shown = visitor.get(page_of(run), {"run": later.pk}).content.decode()
    chosen = shown.split(f'value="{later.pk}"')[1].split(">")[0]
    assert "checked" in chosen


def test_a_full_run_is_said_to_be_full(run_of, visitor):
    run = run_of(seats=1, seats_taken=1)
    shown = visitor.get(page_of(run)).content.decode()
    assert "All seats are taken." in shown
    assert "Ask for my place" not in shown


def test_who_is_not_in_the_audience_reads_why(run_of, visitor, person):
    run = run_of(course={"countries": ("tr",)})
    assert "office of the portal" in visitor.get(page_of(run)).content.decode()
    person.country = factories.make_country("az")
    person.save()
    assert "Your country is not among them" in visitor.get(page_of(run)).content.decode()


def test_an_invitation_asks_for_its_key(run_of, visitor):
    run = run_of(course={"enrolment": "invitation"})
    _row, key = make_key(run)
    assert "Key of your invitation" in visitor.get(page_of(run)).content.decode()
    wrong = visitor.post(page_of(run), {"run": run.pk, "key": "x" * 500})
    assert wrong.status_code == 200
    wrong = visitor.post(page_of(run), {"run": run.pk, "key": "AAAAA-BBBBB"})
    assert "This key does not fit" in wrong.content.decode()
    assert visitor.post(page_of(run), {"run": run.pk, "key": key}).status_code == 302


def test_giving_the_place_back_frees_the_seat(run, visitor):
    visitor.post(page_of(run), {"run": run.pk})
    row = Enrolment.objects.get()
    answer = visitor.post(f"/en/enrol/{row.pk}/withdraw/")
    assert answer.url == f"/en/enrol/{row.pk}/"
    assert "You have given your place back" in visitor.get(answer.url).content.decode()
    assert CourseRun.objects.get().seats_taken == 0
    visitor.get(f"/en/enrol/{row.pk}/withdraw/")


def test_the_course_page_tells_the_signed_in_how_it_stands(run, visitor):
    visitor.post(page_of(run), {"run": run.pk})
    shown = visitor.get(course_url(run.course_id, "Course SELF-OPEN", "en")).content.decode()
    assert "Your place is being arranged" in shown
    anonymous = Client().get(course_url(run.course_id, "Course SELF-OPEN", "en"))
    assert "Your place is being arranged" not in anonymous.content.decode()


class TestApproval:
    """A manager answers through a link."""

    @pytest.fixture
    def asked(self, run_of, visitor) -> Approval:
        run = run_of(course={"enrolment": "approval"})
        answer = visitor.post(page_of(run), {"run": run.pk, "manager": "boss@gov.example"})
        assert answer.status_code == 302
        return Approval.objects.get()

    @pytest.fixture
    def link(self, asked) -> str:
        return f"/en/enrol/approval/{links.token_of(asked)}/"

    def test_the_manager_gets_a_mail_with_the_link(self, asked, link):
        post_due()
        (message,) = mail.outbox
        assert message.to == ["boss@gov.example"]
        assert link in message.body
        assert "Course SELF-OPEN" in message.subject

    def test_the_person_hears_that_the_manager_cannot_be_reached(self, asked, settings):
        settings.EMAIL_BACKEND = "tests.enrolment.no_such_backend"
        for _try in range(ATTEMPTS):
            asked.enrolment.mails.update(next_try=timezone.now())
            post_due()
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        post_due()
        (message,) = mail.outbox
        assert message.to == [asked.enrolment.person.email]
        assert "could not be delivered" in message.body
        assert Enrolment.objects.get().work == Enrolment.Work.REFUSED
        assert CourseRun.objects.get().seats_taken == 0

    def test_reading_decides_nothing_and_pressing_once_decides(self, asked, link):
        manager = Client(enforce_csrf_checks=False)
        shown = manager.get(link)
        assert shown.status_code == 200
        assert "<dd>Course SELF-OPEN</dd>" in shown.content.decode()
        assert "no-store" in shown["Cache-Control"]
        row = Enrolment.objects.get()
        assert row.work == "approval"
        assert row.run.seats_taken == 1
        manager.post(link, {"answer": "yes"})
        assert Enrolment.objects.get().work == "due"
        again = manager.post(link, {"answer": "no"})
        assert again.status_code == 409
        assert Enrolment.objects.get().work == "due"
        assert "You have approved" in manager.get(link).content.decode()

    def test_declining_frees_the_seat_and_tells_the_person_why(self, asked, link, visitor):
        Client().post(link, {"answer": "no", "remark": "Not this month."})
        row = Enrolment.objects.get()
        assert (row.work, row.reason) == ("refused", "declined")
        assert CourseRun.objects.get().seats_taken == 0
        post_due()
        assert "Not this month." in mail.outbox[-1].body
        shown = visitor.get(f"/en/enrol/{row.pk}/").content.decode()
        assert "Your manager has declined." in shown
        assert "Give my place back" not in shown

    def test_a_forged_link_opens_nothing(self, asked, link):
        for token in ("x", links.token_of(asked)[:-1] + "!", "WzEsIngiXQ:1tX:abc"):
            assert Client().get(f"/en/enrol/approval/{token}/").status_code == 404

    def test_a_late_answer_does_not_count(self, asked, link):
        Approval.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert Client().post(link, {"answer": "yes"}).status_code == 409
        assert Enrolment.objects.get().work == "approval"

    def test_an_answer_that_is_neither_is_asked_again(self, asked, link):
        answer = Client().post(link, {"answer": "maybe"})
        assert answer.status_code == 200
        assert "Press one of the two buttons." in answer.content.decode()

    def test_a_wish_given_back_needs_no_answer(self, asked, link, visitor):
        visitor.post(f"/en/enrol/{asked.enrolment_id}/withdraw/")
        assert Client().post(link, {"answer": "yes"}).status_code == 409
        assert "does not want the place any more" in Client().get(link).content.decode()

    @pytest.mark.parametrize("address", ["", "nobody", "a@b\nBcc: c@d.example", "x" * 300 + "@y.z"])
    def test_the_managers_address_must_be_one(self, address, run_of, visitor):
        run = run_of(course={"enrolment": "approval"})
        answer = visitor.post(page_of(run), {"run": run.pk, "manager": address})
        assert answer.status_code == 200
        assert not Approval.objects.exists()

    def test_nobody_is_their_own_manager(self, run_of, visitor, person):
        run = run_of(course={"enrolment": "approval"})
        answer = visitor.post(page_of(run), {"run": run.pk, "manager": person.email.upper()})
        assert "This is your own address." in answer.content.decode()

    def test_one_person_cannot_write_to_endless_managers(self, run_of, visitor):
        run = run_of(course={"enrolment": "approval"})
        for i in range(12):
            visitor.post(page_of(run), {"run": run.pk, "manager": f"boss{i}@gov.example"})
            row = Enrolment.objects.get()
            visitor.post(f"/en/enrol/{row.pk}/withdraw/")
        assert Approval.objects.count() == 10


def test_who_wants_to_hear_of_the_opening_gets_one_mail(run_of, visitor, person):
    run = run_of(enrolment_start=timezone.now() + timedelta(days=1))
    page = f"/en/enrol/course/{run.course_id}/notice/"
    shown = visitor.get(course_url(run.course_id, "Course SELF-OPEN", "en")).content.decode()
    assert f'href="{page}"' in shown
    visitor.get(page)
    for _click in range(2):
        visitor.post(page)
    assert OpenNotice.objects.count() == 1
    assert "We will tell you" in visitor.get(page).content.decode()
    assert tell_openings() == 0
    assert tell_openings(timezone.now() + timedelta(days=2)) == 1
    assert tell_openings(timezone.now() + timedelta(days=2)) == 0
    post_due()
    (message,) = mail.outbox
    assert message.to == [person.email]
    assert course_url(run.course_id, "Course SELF-OPEN", "en") in message.body


def test_a_notice_can_be_taken_back(run_of, visitor):
    run = run_of(seats=1, seats_taken=1)
    page = f"/en/enrol/course/{run.course_id}/notice/"
    visitor.post(page)
    visitor.post(page, {"stop": "1"})
    assert not OpenNotice.objects.exists()


def test_a_course_that_is_open_leads_from_the_notice_to_the_enrolment(run, visitor):
    answer = visitor.get(f"/en/enrol/course/{run.course_id}/notice/")
    assert answer.url == page_of(run)


def test_everybody_is_written_to_in_their_own_language(run, ask, carrier):
    for code in ("az", "tr", "ru", "kk", "en"):
        ask(factories.make_user(language=code), run)
    carrier.work(20)
    post_due()
    assert len({message.body for message in mail.outbox}) == 5
    for message, code in zip(mail.outbox, ("az", "tr", "ru", "kk", "en"), strict=True):
        assert f"/{code}/enrol/" in message.body


def test_the_day_before_a_reminder_is_sent_once(run, person, ask, carrier):
    ask(person, run)
    carrier.work(10)
    assert remind(run.start - timedelta(days=3)) == 0
    assert remind(run.start - timedelta(hours=5)) == 1
    assert remind(run.start - timedelta(hours=4)) == 0
    post_due()
    assert "Starts soon" in mail.outbox[-1].subject


def test_who_has_a_place_hears_once_that_the_run_is_cancelled(run, run_of, person, ask, carrier):
    ask(person, run)
    ask(person, run_of("MANUAL-ONLY"))
    ask(factories.make_user(email=""), run)
    carrier.work(10)
    assert tell_cancellations() == 0
    CourseRun.objects.filter(pk=run.pk).update(cancelled=True)
    assert tell_cancellations() == 1
    assert tell_cancellations() == 0
    post_due()
    assert mail.outbox[-1].to == [person.email]
    assert "was cancelled" in mail.outbox[-1].body


def test_nobody_is_written_to_about_a_cancelled_run_of_the_past(run, person, ask, carrier):
    ask(person, run)
    carrier.work(10)
    CourseRun.objects.filter(pk=run.pk).update(cancelled=True)
    assert tell_cancellations(run.end + timedelta(days=1)) == 0


def test_a_mail_that_cannot_be_sent_is_tried_again(run, person, ask, carrier, settings):
    ask(person, run)
    carrier.work(10)
    settings.EMAIL_BACKEND = "tests.enrolment.no_such_backend"
    assert post_due() == 0
    (waiting,) = Enrolment.objects.get().mails.all()
    assert waiting.sent_at is None
    assert waiting.next_try > timezone.now()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Enrolment.objects.get().mails.update(next_try=timezone.now())
    assert post_due() == 1
    assert post_due() == 0
