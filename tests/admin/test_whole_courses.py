"""What is done to a whole course or run: duplicate, withdraw, restore, delete."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog import services
from catalog.models import Course, CourseRun, CourseText
from tests import factories
from tests.admin.forms import COURSE, address, facts


@pytest.fixture
def course(portal, academy):
    course = factories.make_course(
        {"az": "Elektron sənədlər", "en": "Electronic documents"},
        provider=academy,
        code="DOC-1",
        subjects=(factories.make_subject("law"),),
        countries=("az",),
        lms_key="42",
        lms=factories.make_connection(),
    )
    run = factories.make_run(course, code="spring", seats_taken=7, lms_key="43")
    factories.make_session(run)
    return course


def public(course):
    return Client().get(f"/az/kataloq/elektron-senedler-{course.pk}/")


def test_a_course_is_duplicated_in_one_action(course, academy, sign_in):
    client = sign_in("editor", academy)
    response = client.post(address(course, "duplicate"), {"runs": "on"})
    copy = Course.objects.get(code="DOC-1-2")
    assert response.url == address(copy, "edit")
    assert [subject.code for subject in copy.subjects.all()] == ["law"]
    assert [country.code for country in copy.audience_countries.all()] == ["az"]
    assert {text.title for text in copy.texts.all()} == {
        "Elektron sənədlər",
        "Electronic documents",
    }
    assert not copy.texts.filter(live=True).exists()
    assert public(copy).status_code == 404
    run = copy.runs.get()
    assert run.sessions.count() == 1
    assert (run.seats_taken, run.lms_key, copy.lms_key) == (0, "", "")
    assert course.runs.get().seats_taken == 7


def test_a_second_duplicate_gets_a_code_of_its_own(course, academy, sign_in):
    client = sign_in("editor", academy)
    for _time in range(2):
        client.post(address(course, "duplicate"))
    assert set(Course.objects.values_list("code", flat=True)) == {"DOC-1", "DOC-1-2", "DOC-1-3"}


def test_the_copied_texts_are_published_like_any_other(course, academy, sign_in):
    sign_in("editor", academy).post(address(course, "duplicate"))
    text = Course.objects.get(code="DOC-1-2").texts.get(locale__language_code="az")
    text.get_latest_revision().publish()
    assert public(text.course).status_code == 200


def test_a_run_is_duplicated_in_one_action(course, academy, sign_in):
    run = course.runs.get()
    client = sign_in("editor", academy)
    response = client.post(address(run, "duplicate"))
    copy = CourseRun.objects.get(code="spring-2")
    assert response.url == address(copy, "edit")
    assert (copy.start, copy.seats, copy.seats_taken) == (run.start, run.seats, 0)
    assert copy.sessions.count() == 1


def test_two_copies_at_the_same_moment_get_a_code_each(course, academy, sign_in, monkeypatch):
    first = services.duplicate_course(course)
    looked = iter([first.code])
    found = services.free_code
    # As if the other copy had been written between the look and the write.
    monkeypatch.setattr(services, "free_code", lambda *args: next(looked, None) or found(*args))
    response = sign_in("editor", academy).post(address(course, "duplicate"))
    assert response.status_code == 302
    assert len(set(Course.objects.values_list("code", flat=True))) == 3
    run = factories.make_run(course)
    looked = iter([run.code])
    assert services.duplicate_run(run).code not in (run.code, "")


def test_translators_duplicate_nothing(course, academy, sign_in):
    client = sign_in("translator", academy)
    client.post(address(course, "duplicate"))
    client.post(address(course.runs.get(), "duplicate"))
    assert Course.objects.count() == 1
    assert CourseRun.objects.count() == 1


def test_a_withdrawn_course_says_why_and_what_to_take_instead(course, academy, sign_in):
    other = factories.make_course({"az": "Yeni kurs"}, provider=academy, code="NEW-9")
    client = sign_in("moderator", academy)
    form = {"reason_az": "Köhnəlib.", "reason_en": "Outdated.", "replacement": "NEW-9"}
    response = client.post(address(course, "withdraw"), form)
    assert response.url == address(course, "edit")
    gone = public(course)
    page = gone.content.decode()
    assert gone.status_code == 410
    assert "Köhnəlib." in page
    assert f"-{other.pk}/" in page

    client.post(address(course, "withdraw"), {"restore": "1"})
    assert public(course).status_code == 200
    history = client.get(address(course, "history")).content.decode()
    assert str(client.person) in history


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"reason_az": "x", "replacement": "DOC-1"},
        {"reason_az": "x", "replacement": "NOBODY"},
        {"reason_az": "x", "replacement": "DRAFT"},
        {"reason_az": "x" * 401},
    ],
)
def test_a_withdrawal_without_a_reason_or_with_a_wrong_replacement_is_refused(
    form, course, academy, sign_in
):
    factories.make_course({"az": "Qaralama"}, provider=academy, code="DRAFT", live=False)
    response = sign_in("moderator", academy).post(address(course, "withdraw"), form)
    assert response.status_code == 200
    assert "error" in response.content.decode()
    assert public(course).status_code == 200


def test_editors_do_not_withdraw(course, academy, sign_in):
    sign_in("editor", academy).post(address(course, "withdraw"), {"reason_az": "Köhnəlib."})
    assert public(course).status_code == 200


def test_what_is_needed_elsewhere_is_not_deleted(course, academy, sign_in):
    client = sign_in("administrator")
    for row in (course, course.texts.first(), academy):
        response = client.post(address(row, "delete"))
        assert response.status_code == 302
        assert response.url == address(row, "usage")
    assert Course.objects.filter(pk=course.pk).exists()
    assert course.texts.count() == 2


def test_a_linked_course_is_not_deleted(portal, academy, sign_in):
    from home.models import HomePage

    course = factories.make_course({"az": "Kurs"}, provider=academy)
    CourseText.objects.all().delete()
    home = HomePage.objects.get(locale__language_code="az")
    link = f'<p><a linktype="course" id="{course.pk}">kurs</a></p>'
    home.body = [{"type": "paragraph", "value": link}]
    home.save()
    sign_in("administrator").post(address(course, "delete"))
    assert Course.objects.filter(pk=course.pk).exists()
    home.body = []
    home.save()
    sign_in("administrator").post(address(course, "delete"))
    assert not Course.objects.filter(pk=course.pk).exists()


def test_facts_are_public_at_once_and_have_a_history(course, academy, sign_in):
    client = sign_in("editor", academy)
    client.post(address(course, "edit"), facts(course, level="advanced", contact_phone="+994 12 1"))
    course.refresh_from_db()
    assert course.level == "advanced"
    assert "+994 12 1" in public(course).content.decode()
    assert course.revisions.count() == 1


def test_a_course_is_not_moved_to_a_provider_of_others(course, academy, institute, sign_in):
    client = sign_in("editor", academy)
    response = client.post(address(course, "edit"), facts(course, provider=institute.pk))
    assert response.status_code == 200
    course.refresh_from_db()
    assert course.provider == academy


def test_a_new_course_starts_with_the_form_that_makes_both(portal, academy, sign_in):
    response = sign_in("editor", academy).get(reverse(f"{COURSE}:add"))
    assert response.status_code == 302
    assert response.url == reverse("wagtailsnippets_catalog_coursetext:add")
