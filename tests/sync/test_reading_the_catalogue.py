"""Courses of an LMS come into the catalogue, follow it, and never over what people wrote."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from catalog.admin_search import refresh_admin_search
from catalog.changes import refresh_next_change
from catalog.lms import Clock
from catalog.lms.moodle import courses
from catalog.models import Course, CourseRun, CourseText
from catalog.sync.models import Difference, SourceRecord, SyncPolicy, SyncRun
from catalog.sync.running import Busy, sync
from catalog.sync.telling import verdict
from portal.demo.lms_server.fixtures import TOKEN
from portal.demo.lms_server.site import Token
from tests import factories

from .conftest import COURSES, another_sync

AT_ONCE = Clock(sleep=lambda _seconds: None)


def counts(policy: SyncPolicy, **kwargs) -> dict[str, int]:
    run = sync(policy, clock=AT_ONCE, **kwargs)
    assert run.state == SyncRun.State.DONE, verdict(run)
    return run.counts


def text_of(number: int) -> CourseText:
    return CourseText.objects.get(course__source_key=str(number))


def edit(text: CourseText, **words: str) -> CourseText:
    """As a person does: with a revision, published."""
    for name, value in words.items():
        setattr(text, name, value)
    text.save_revision().publish()
    text.refresh_from_db()
    return text


def test_courses_come_with_words_dates_and_the_way_in(policy):
    assert counts(policy) == {"new": COURSES}
    text = text_of(5)
    assert text.live
    assert (text.title, text.summary) == ("Kurs 5", "Birinci 5. İkinci abzas.")
    assert [str(block.value) for block in text.body] == [
        "<p>Birinci 5.</p>",
        "<p>İkinci abzas.</p>",
    ]
    course = text.course
    assert (course.code, course.lms_id, course.lms_key) == ("C-5", policy.connection_id, "5")
    assert course.provider == policy.provider
    run = CourseRun.objects.get(course=course)
    assert (run.pace, run.start.timestamp(), run.end) == ("self", 1_760_000_000, None)


def test_a_second_sync_writes_nothing_and_a_change_only_itself(policy, change):
    counts(policy)
    before = dict(Course.objects.values_list("pk", "updated_at"))
    assert counts(policy) == {"unchanged": COURSES}
    assert dict(Course.objects.values_list("pk", "updated_at")) == before
    change(7, title="Yeni ad", ends=1_800_000_000)
    assert counts(policy) == {"unchanged": COURSES - 1, "changed": 1}
    assert text_of(7).title == "Yeni ad"
    assert CourseRun.objects.get(course__source_key="7").end.timestamp() == 1_800_000_000


def test_what_follows_from_titles_and_dates_follows_them(policy, change):
    counts(policy)
    change(7, title="Yeni ad")
    change(8, starts=4_000_000_000)
    change(9, ends=4_100_000_000)
    change(10, summary="<p>Başqa.</p>")
    assert counts(policy)["changed"] == 4

    def told() -> dict[str, tuple]:
        rows = Course.objects.values_list("source_key", "admin_search", "next_change_at")
        return {key: (search, moment) for key, search, moment in rows}

    after, numbers = told(), list(Course.objects.values_list("pk", flat=True))
    assert "yeni ad" in after["7"][0]
    assert [after[key][1].timestamp() for key in ("8", "9")] == [4_000_000_000, 4_100_000_000]
    assert after["10"][1] is None
    refresh_admin_search(numbers)
    refresh_next_change(numbers)
    assert told() == after


def test_only_what_has_changed_is_read(policy, change, monkeypatch):
    seen = []
    real = courses.read_course
    monkeypatch.setattr(
        courses, "read_course", lambda row, *rest: seen.append(row["id"]) or real(row, *rest)
    )
    counts(policy)
    assert sorted(seen) == list(range(2, COURSES + 2))
    seen.clear()
    change(7, title="Yeni ad")
    change(8, modified=1_800_000_000)
    counts(policy)
    assert seen == [7]


def test_new_courses_are_drafts_where_the_policy_says_so(policy):
    policy.arrival = SyncPolicy.Arrival.DRAFT
    policy.save()
    counts(policy)
    assert not CourseText.objects.filter(live=True).exists()
    assert not Course.objects.public().exists()


def test_words_of_people_stay_and_editors_see_the_difference(policy, change):
    counts(policy)
    edit(text_of(5), title="Redaktorun adı")
    change(5, title="LMS-in yeni adı", summary="<p>Başqa.</p>")
    assert counts(policy) == {"unchanged": COURSES - 1, "changed": 1, "kept_texts": 1}
    text = text_of(5)
    assert (text.title, text.summary) == ("Redaktorun adı", "Birinci 5. İkinci abzas.")
    found = {row.field: (row.ours, row.theirs) for row in Difference.objects.all()}
    assert found["title"] == ("Redaktorun adı", "LMS-in yeni adı")
    assert set(found) == {"title", "summary", "about"}

    edit(text, title="LMS-in yeni adı")
    change(5, summary="<p>Daha başqa.</p>")
    counts(policy)
    assert "title" not in set(Difference.objects.values_list("field", flat=True))


def test_a_draft_of_a_person_is_theirs_too(policy, change):
    policy.arrival = SyncPolicy.Arrival.DRAFT
    policy.save()
    counts(policy)
    text = text_of(5)
    text.title = "Qaralama"
    text.save_revision()
    change(5, title="Başqa")
    counts(policy)
    text = text_of(5)
    assert text.get_latest_revision_as_object().title == "Qaralama"
    assert Difference.objects.filter(field="title", theirs="Başqa").exists()


def test_facts_that_people_set_stay(policy, change):
    counts(policy)
    course = Course.objects.get(source_key="5")
    course.level, course.workload = "advanced", 90
    other = factories.make_provider("other")
    course.provider, course.subjects = other, [factories.make_subject("law")]
    course.save()
    CourseRun.objects.filter(course=course).update(seats=12, code="1")
    change(5, title="Başqa")
    counts(policy)
    course.refresh_from_db()
    assert (course.level, course.workload, course.provider) == ("advanced", 90, other)
    assert course.subjects.count() == 1
    assert course.runs.get().seats == 12


def test_hidden_courses_are_never_published(policy, change):
    change(5, visible=False)
    assert counts(policy) == {"new": COURSES - 1, "hidden": 1}
    assert not Course.objects.filter(source_key="5").exists()
    change(5, visible=True)
    counts(policy)
    assert text_of(5).live
    edit(text_of(6), title="Redaktorun adı")
    change(5, visible=False)
    change(6, visible=False)
    counts(policy)
    assert not text_of(5).live
    assert not text_of(6).live
    change(5, visible=True)
    change(6, visible=True)
    counts(policy)
    assert text_of(5).live
    assert (text_of(6).live, text_of(6).title) == (True, "Redaktorun adı")


def test_what_is_not_told_to_be_visible_waits_for_an_editor(policy, there):
    there.site.tokens[TOKEN] = Token(lacks=frozenset({"moodle/course:view"}))
    counts(policy)
    assert not CourseText.objects.filter(live=True).exists()


def test_absence_is_not_seen_and_comes_back(policy, there):
    counts(policy)
    gone = there.site.courses.pop(5)
    assert counts(policy) == {"unchanged": COURSES - 1, "missing": 1}
    assert SourceRecord.objects.get(key="5").missing_since is not None
    assert text_of(5).live
    there.site.courses[5] = gone
    assert counts(policy) == {"unchanged": COURSES, "returned": 1}


def test_more_than_a_tenth_gone_is_not_believed_until_a_person_does(policy, there):
    counts(policy)
    for number in (2, 3, 4, 5):
        del there.site.courses[number]
    run = sync(policy)
    assert run.state == SyncRun.State.REFUSED
    assert verdict(run).startswith(f"4 / {COURSES} courses are gone")
    assert not SourceRecord.objects.exclude(missing_since=None).exists()
    assert counts(policy, accept_loss=True)["missing"] == 4


def test_an_empty_catalogue_takes_nothing_away(policy, there):
    counts(policy)
    there.site.courses.clear()
    assert sync(policy).state == SyncRun.State.REFUSED


@pytest.mark.parametrize("fault", ["html", "half", "cut", "maintenance", "moved", "invalidtoken"])
def test_answers_that_are_no_list_end_the_run_and_keep_what_was_there(policy, there, fault):
    counts(policy)
    there.faults.plan(fault, times=-1, function="core_course_get_courses_by_field")
    run = sync(policy, clock=AT_ONCE)
    assert run.state == SyncRun.State.FAILED
    assert verdict(run)
    assert TOKEN not in verdict(run) + run.detail
    assert not SourceRecord.objects.exclude(missing_since=None).exists()
    there.faults.clear()
    policy.connection.state.delete()
    assert counts(policy) == {"unchanged": COURSES}


def test_a_passing_fault_costs_one_part_only(policy, there):
    there.faults.plan("gateway", times=1, function="core_course_get_courses_by_field")
    assert counts(policy) == {"new": COURSES}


def test_a_list_over_the_cap_is_refused_while_it_is_read(policy, change):
    policy.connection.list_megabytes = 1
    policy.connection.save()
    change(5, summary="x" * 2**21)
    run = sync(SyncPolicy.objects.get(), clock=AT_ONCE)
    assert (run.state, verdict(run)) == ("failed", "The answer of the LMS is larger than 1 MB.")


def test_only_the_named_categories_come(policy):
    policy.categories = "law / public\n"
    policy.save()
    found = counts(policy)
    assert found["new"] == Course.objects.count() == 10
    assert found["left_out"] == 20
    policy.categories = "Law"
    policy.save()
    assert counts(policy)["new"] == 10


def test_courses_that_people_have_connected_are_not_doubled(policy, change):
    own = factories.make_course(
        {"az": "Redaktorun kursu"}, lms=policy.connection, lms_key="C-5", code="OWN-5"
    )
    assert counts(policy) == {"new": COURSES - 1, "ours": 1}
    own.refresh_from_db()
    assert (own.source, own.texts.get().title) == ("", "Redaktorun kursu")
    assert Difference.objects.filter(record__course=own, theirs="Kurs 5").exists()


def test_what_people_deleted_does_not_come_back(policy, change):
    counts(policy)
    CourseRun.objects.filter(course__source_key="5").delete()
    CourseText.objects.filter(course__source_key="5").delete()
    Course.objects.filter(source_key="5").delete()
    for _twice in range(2):
        assert counts(policy) == {"unchanged": COURSES - 1, "left_out": 1}
    change(5, title="Yeni")
    counts(policy)
    assert Course.objects.count() == COURSES - 1


def test_a_code_that_is_taken_gets_another(policy):
    factories.make_course({"az": "Başqa"}, code="C-5")
    counts(policy)
    assert Course.objects.get(source_key="5").code.startswith("LMS:MOODLE-")


def test_bad_dates_are_told_and_the_others_come(policy, change):
    change(5, starts=1_800_000_000, ends=1_700_000_000)
    assert counts(policy) == {"new": COURSES - 1, "bad": 1}
    assert "lies before the start" in SourceRecord.objects.get(key="5").problem
    change(5, ends=0)
    assert counts(policy) == {"new": 1, "unchanged": COURSES - 1}


def test_hostile_words_do_no_harm(policy, change):
    change(5, title="<script>alert(1)</script>" + "ə" * 999, summary="<p " * 60_000)
    change(6, title="", summary="<img src=x onerror=alert(1)>\x00Salam", lang="../../etc")
    assert counts(policy) == {"new": COURSES}
    assert "<script" not in text_of(5).title
    assert len(text_of(5).title) <= 255
    assert text_of(6).title == "6"
    assert "onerror" not in str(text_of(6).body)


def test_a_dry_run_says_it_and_writes_nothing(policy, capsys, there):
    call_command("sync_lms", "--dry-run")
    assert f"moodle: {COURSES} new." in capsys.readouterr().out
    assert not Course.objects.exists()
    assert not SyncRun.objects.exists()
    assert not SourceRecord.objects.exists()
    counts(policy)
    for number in range(2, 12):
        del there.site.courses[number]
    with pytest.raises(CommandError):
        call_command("sync_lms", "moodle", "--dry-run")
    assert SyncRun.objects.count() == 1


def test_one_sync_of_an_lms_at_a_time(policy):
    with another_sync(policy), pytest.raises(Busy):
        sync(policy)
    counts(policy)


def test_unknown_connections_are_named(policy):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("sync_lms", "nowhere")


def test_a_kind_that_lists_nothing_says_so(db):
    policy = SyncPolicy.objects.create(
        connection=factories.make_connection(), provider=factories.make_provider()
    )
    run = sync(policy)
    assert (run.state, verdict(run)) == ("failed", "This kind of LMS does not offer that.")
