"""An LMS sends its courses, signed; what is forged, stale, replayed or odd is refused and told."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from catalog.models import Course, CourseRun, CourseText
from catalog.sync.models import PushSecret, SourceRecord, SyncRun
from catalog.sync.running import RUNS_KEPT, sync
from catalog.sync.signing import SCHEME, sign

from .conftest import another_sync

URL = "/api/v1/course-runs/"
GOOD = {
    "key": "egov-1",
    "title": "Elektron hökumət",
    "summary": "<p>Hamı üçün.</p>",
    "language": "az",
    "start": "2027-03-01T09:00:00+04:00",
    "end": "2027-04-01T18:00:00+04:00",
    "enrolment_end": "2027-02-20T18:00:00Z",
}


@pytest.fixture
def secret(policy) -> str:
    return PushSecret.objects.create(connection=policy.connection).secret


def body_of(*rows: object) -> bytes:
    return json.dumps({"course_runs": rows}, ensure_ascii=False).encode()


def send(secret: str, body: bytes, **changes: str):
    now = int(changes.pop("now", time.time()))
    nonce = changes.pop("nonce", f"nonce-{time.perf_counter_ns():020}")
    headers = {
        "X-Connection": "moodle",
        "X-Timestamp": str(now),
        "X-Nonce": nonce,
        "Authorization": f"{SCHEME} {sign(secret, now, nonce, body)}",
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    return client.post(URL, body, "application/json", headers=headers)


def refused(response, status: int, words: str) -> None:
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["status"] == status
    assert words in json.dumps(told, ensure_ascii=False)
    assert not Course.objects.exists()
    assert not SourceRecord.objects.exists()


def test_a_push_goes_the_way_of_every_sync(secret):
    response = send(secret, body_of(GOOD, GOOD | {"key": "egov-2", "visible": False}))
    assert response.status_code == 200, response.content
    assert response.json()["counts"] == {"new": 1, "hidden": 1}
    text = CourseText.objects.get()
    assert (text.title, text.live) == ("Elektron hökumət", True)
    run = CourseRun.objects.get()
    assert run.enrolment_end.isoformat() == "2027-02-20T18:00:00+00:00"
    assert SyncRun.objects.get().trigger == SyncRun.Trigger.PUSH

    text.title = "Redaktorun adı"
    text.save_revision().publish()
    again = send(secret, body_of(GOOD | {"title": "Yeni"}))
    assert again.json()["counts"] == {"changed": 1, "kept_texts": 1}
    assert CourseText.objects.get().title == "Redaktorun adı"


def test_secrets_can_be_changed_without_a_gap(secret, policy):
    newer = PushSecret.objects.create(connection=policy.connection).secret
    assert send(secret, body_of(GOOD)).status_code == 200
    assert send(newer, body_of(GOOD)).status_code == 200
    PushSecret.objects.exclude(pk=PushSecret.objects.latest("pk").pk).delete()
    assert send(secret, body_of(GOOD)).status_code == 401
    assert send(newer, body_of(GOOD)).status_code == 200


def test_forgeries_are_refused(secret):
    body = body_of(GOOD)
    refused(send("wrong", body), 401, "signature is not that of this connection")
    refused(send(secret, body, X_Connection="other"), 401, "signature is not that")
    refused(send(secret, body, X_Connection="x\ny"), 401, "X-Connection")
    refused(send(secret, body, X_Timestamp=str(int(time.time()) - 1)), 401, "signature is not")
    refused(send(secret, body, X_Nonce="another-nonce-0000"), 401, "signature is not")
    refused(send(secret, body, Authorization="Bearer x"), 401, SCHEME)
    refused(send(secret, body, Authorization=""), 401, SCHEME)
    refused(send(secret, body, nonce="short"), 401, "X-Nonce")
    refused(send(secret, body, X_Timestamp="yesterday"), 401, "X-Timestamp")


@pytest.mark.parametrize("seconds", [-400, 400])
def test_stale_ones_are_refused(secret, seconds):
    refused(send(secret, body_of(GOOD), now=time.time() + seconds), 401, "five minutes")


def test_a_replay_is_refused(secret):
    told = {"now": time.time(), "nonce": "only-once-0123456789"}
    assert send(secret, body_of(GOOD), **told).status_code == 200
    again = send(secret, body_of(GOOD), **told)
    assert (again.status_code, again.json()["detail"]) == (401, "This push was taken already.")
    assert SyncRun.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<html>", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[]", "course_runs"),
        (b'{"course_runs": {}}', "course_runs"),
        (b'{"course_runs": [], "more": 1}', "course_runs"),
        (body_of(), "1 to 500"),
        (body_of(*[{"key": str(i), "title": "K"} for i in range(501)]), "1 to 500"),
        (body_of(7), "not an object"),
        (body_of(GOOD | {"price": 5}), "“price” is not known"),
        (body_of({"key": "k"}), "“title” must be there"),
        (body_of(GOOD | {"title": 5}), "“title” must be text"),
        (body_of(GOOD | {"key": "k" * 201}), "at most 200"),
        (body_of(GOOD | {"key": "k\x00"}), "“key” must be text"),
        (body_of(GOOD | {"start": "tomorrow"}), "“start” must be a moment"),
        (body_of(GOOD | {"start": "2027-03-01T09:00:00"}), "“start” must be a moment"),
        (body_of(GOOD | {"start": "0001-01-01T00:00:00+14:00"}), "“start” must be a moment"),
        (body_of(GOOD | {"end": "9999-12-31T23:59:59-12:00"}), "“end” must be a moment"),
        (b'{"course_runs": [{"key": "k", "title": "\\ud800"}]}', "“title” must be text"),
        (b'{"course_runs": [{"\\ud800": 1}]}', "is not known"),
        (body_of(GOOD | {"visible": "yes"}), "“visible” must be true or false"),
        (body_of(GOOD, GOOD), "twice"),
    ],
)
def test_odd_lists_are_refused_whole(secret, body, words):
    refused(send(secret, body), 400, words)


def test_one_bad_course_keeps_all_of_them_out(secret):
    bad = GOOD | {"key": "bad", "end": "2026-01-01T00:00:00Z"}
    refused(send(secret, body_of(GOOD, bad)), 422, "bad: end: lies before the start.")
    assert send(secret, body_of(GOOD)).status_code == 200


def test_a_push_between_two_halves_of_a_reading_makes_nothing_missing(secret, policy):
    run = sync(policy)
    # The process ended after the last part, before what is missing was marked.
    SyncRun.objects.filter(pk=run.pk).update(state=SyncRun.State.RUNNING, finished_at=None)
    pushed = SourceRecord.objects.first()
    row = {"key": pushed.key, "title": "Pushed"}
    assert send(secret, body_of(row)).status_code == 200
    again = sync(policy)
    assert (again.pk, again.state) == (run.pk, SyncRun.State.DONE)
    assert not SourceRecord.objects.exclude(missing_since=None).exists()


def test_reports_of_old_pushes_do_not_pile_up(secret, policy):
    before = timezone.now() - timedelta(days=2)
    SyncRun.objects.bulk_create(
        SyncRun(connection=policy.connection, trigger=SyncRun.Trigger.PUSH, started_at=before)
        for _number in range(RUNS_KEPT + 10)
    )
    assert send(secret, body_of(GOOD)).status_code == 200
    assert SyncRun.objects.count() == RUNS_KEPT + 1


def test_what_is_too_long_is_refused(secret):
    refused(send(secret, b" " * (5 * 2**20 + 1)), 413, "5 MB")


def test_only_post_is_answered(secret):
    response = Client().get(URL)
    assert (response.status_code, response["Allow"]) == (405, "POST")


def test_a_push_waits_while_the_catalogue_is_read(secret, policy):
    with another_sync(policy):
        response = send(secret, body_of(GOOD), nonce="the-same-nonce-twice")
    refused(response, 409, "later")
    assert response["Retry-After"]
    assert send(secret, body_of(GOOD), nonce="the-same-nonce-twice").status_code == 200


def test_refusals_are_logged_without_secrets(secret, caplog):
    with caplog.at_level(logging.WARNING):
        send(secret, b"<html>")
        send("wrong", body_of(GOOD))
    assert "not JSON" in caplog.text
    assert secret not in caplog.text
    assert SCHEME not in caplog.text


def test_a_switched_off_connection_takes_nothing(secret, policy):
    policy.connection.active = False
    policy.connection.save()
    refused(send(secret, body_of(GOOD)), 401, "signature is not that")


@pytest.mark.django_db(transaction=True)
def test_the_example_of_the_guide_works_as_it_stands(secret, live_server, tmp_path):
    guide = (Path(django_settings.BASE_DIR) / "docs" / "lms.md").read_text(encoding="utf-8")
    script = guide.partition("```sh\n# push")[2].partition("```")[0]
    assert "openssl" in script
    script = script.replace("https://learning.example.org", live_server.url)
    (tmp_path / "courses.json").write_bytes(body_of(GOOD))
    done = subprocess.run(
        [shutil.which("bash"), "-euc", "# push" + script],
        cwd=tmp_path,
        env={"SECRET": secret, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"] == {"new": 1}
