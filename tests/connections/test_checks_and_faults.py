"""The admin shows what a connection may do and what went wrong; the worker asks, not the page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection as database
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from catalog.connections.checks import ask_for_check, check_connection
from catalog.connections.models import ConnectionFault, ConnectionState
from catalog.connections.pace import FAULTS_KEPT, SharedPace, keep_fault
from catalog.connections.states import standing
from catalog.lms import Clock, Reason, Trouble
from catalog.lms.pace import FAILURES_BEFORE_REST
from catalog.models import LMSConnection
from home.secrets import decrypt
from portal.demo.lms_server.fixtures import TOKEN
from portal.demo.lms_server.site import Token

from .test_connection_forms import edit, moodle_form

STATE = "wagtailsnippets_catalog_lmsconnection:state"
LATER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def state_page(client, connection: LMSConnection) -> str:
    return client.get(reverse(STATE, args=[connection.pk])).content.decode()


def test_check_now_asks_the_worker_and_the_page_shows_what_is_missing(
    settings, there, connect, administrator, django_capture_on_commit_callbacks
):
    settings.TASKS = LATER
    connection = connect()
    functions = {"core_webservice_get_site_info", "core_course_get_categories"}
    there.site.tokens[TOKEN] = Token(functions=frozenset(functions))
    asked_before = len(there.calls)
    with django_capture_on_commit_callbacks(execute=True):
        for _twice in range(2):
            answer = administrator.post(reverse(STATE, args=[connection.pk]))
            assert answer.status_code == 302
    assert len(there.calls) == asked_before
    waiting = DBTaskResult.objects.get()
    assert "Being checked" in state_page(administrator, connection)
    waiting.task.call(*waiting.args_kwargs["args"])
    page = state_page(administrator, connection)
    assert "This token lacks enrol_manual_enrol_users: people cannot be enrolled." in page
    assert "Needs attention" in page
    assert TOKEN not in page


def test_a_good_check_says_what_it_found(connect, administrator):
    connection = connect()
    check_connection.call(connection.pk, "en")
    page = state_page(administrator, connection)
    assert "Connected with" in page
    assert "In order" in page


def test_the_words_of_a_check_are_in_the_language_of_whoever_asked(connect):
    connection = connect(token="wrong")
    check_connection.call(connection.pk, "az")
    state = ConnectionState.objects.get()
    assert state.check_language == "az"
    with translation.override("az"):
        assert state.check_findings[0][1] == Trouble(Reason.TOKEN_REFUSED).result().sentence


def test_failing_is_known_to_every_process_and_ends_with_a_probe(there, connect, administrator):
    connection = connect()
    there.faults.plan("gateway", times=-1)
    for _ in range(FAILURES_BEFORE_REST):
        assert LMSConnection.objects.get().connector.get("2").reason is Reason.SERVER_ERROR
    asked = len(there.calls)
    # Another object, as in another process: nothing is shared but the database.
    assert LMSConnection.objects.get().connector.get("2").reason is Reason.RESTING
    assert len(there.calls) == asked
    page = state_page(administrator, connection)
    assert "Left alone for a while" in page
    assert "The LMS failed (HTTP 502)." in page

    there.faults.clear()
    ConnectionState.objects.update(resting_until=1.0)
    assert LMSConnection.objects.get().connector.get("2").ok
    assert ConnectionState.objects.get().failures == 0


def test_an_edited_connection_is_tried_again_at_once(there, connect, administrator):
    connection = connect()
    ConnectionState.objects.create(connection=connection, failures=9, resting_until=4_000_000_000.0)
    edit(administrator, connection, moodle_form(connection.options["url"]))
    assert LMSConnection.objects.get().connector.get("2").ok


def test_the_rate_is_shared(there, connect):
    connect(rate="2")
    reasons = [LMSConnection.objects.get().connector.get("2").reason for _ in range(21)]
    assert reasons[:20] == [Reason.DONE] * 20
    assert reasons[20] is Reason.SLOW_DOWN


def test_faults_are_counted_bounded_and_free_of_credentials(connect):
    connection = connect()
    for _ in range(3):
        trouble = Trouble(Reason.UNEXPECTED, f"echo {TOKEN}", raw=f"sent: {TOKEN} <b>" + "x" * 9999)
        keep_fault(connection.pk, trouble, timezone.now(), connection.secrets.values())
    fault = ConnectionFault.objects.get()
    assert fault.times == 3
    assert TOKEN not in fault.detail + fault.raw
    assert len(fault.raw) <= 2000
    for i in range(FAULTS_KEPT * 2):
        keep_fault(connection.pk, Trouble(Reason.UNEXPECTED, str(i)), timezone.now())
    assert ConnectionFault.objects.count() == FAULTS_KEPT
    assert ConnectionFault.objects.first().detail == str(FAULTS_KEPT * 2 - 1)


def test_a_connection_without_a_connector_breaks_nothing(administrator, roles):
    lost = LMSConnection.objects.create(code="lost", name={"en": "Lost"}, kind="vanished")
    assert (
        administrator.get(reverse("wagtailsnippets_catalog_lmsconnection:list")).status_code == 200
    )
    check_connection.call(lost.pk, "en")
    assert "There is no connector of this kind." in state_page(administrator, lost)
    page = administrator.get(reverse("wagtailsnippets_catalog_lmsconnection:edit", args=[lost.pk]))
    assert page.status_code == 200
    values = {"name_en": "Lost", "code": "lost"}
    assert "no connector of this kind" in edit(administrator, lost, values).content.decode()


def test_a_lost_question_may_be_asked_again(connect, settings):
    connection = connect()
    settings.TASKS = LATER
    assert ask_for_check(connection, "en")
    assert not ask_for_check(connection, "en")
    assert standing(LMSConnection.objects.get()).word == "Being checked"
    ConnectionState.objects.update(check_asked_at=timezone.now() - timedelta(minutes=6))
    assert standing(LMSConnection.objects.get()).word == "Not checked yet"
    assert ask_for_check(connection, "en")


def test_secrets_are_encrypted_anew_by_one_command(connect, settings):
    connection = connect()
    settings.SECRETS_KEY = ["new"]
    call_command("rotate_secrets", verbosity=0)
    settings.SECRET_KEY = "gone"
    with database.cursor() as cursor:
        cursor.execute("SELECT secret_options FROM catalog_lmsconnection")
        assert TOKEN in decrypt(cursor.fetchone()[0])
    assert LMSConnection.objects.get(pk=connection.pk).all_options["token"] == TOKEN


def test_one_request_alone_finds_out_whether_the_lms_is_well_again(there, connect):
    connection = connect()
    ConnectionState.objects.create(connection=connection, failures=9, resting_until=1.0)
    # Two objects, as in two processes.
    first, second = (SharedPace(60_000, Clock(), connection=connection.pk) for _ in range(2))
    first.enter()
    with pytest.raises(Trouble) as refused:
        second.enter()
    assert refused.value.reason is Reason.RESTING
    first.answered()
    second.enter()


def test_a_probe_that_was_killed_does_not_keep_the_others_away(there, connect):
    connection, moment = connect(), 1_800_000_000.0
    ConnectionState.objects.create(connection=connection, failures=9, resting_until=1.0)
    SharedPace(60, Clock(now=lambda: moment), connection=connection.pk).enter()
    later = SharedPace(60, Clock(now=lambda: moment + 61), connection=connection.pk)
    later.enter()
