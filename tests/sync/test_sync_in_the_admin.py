"""Administrators say what is read; editors see the reports and what differs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import CourseText
from catalog.sync.models import PushSecret, SourceRecord, SyncPolicy, SyncRun
from catalog.sync.running import sync
from catalog.sync.tasks import is_due, sync_due
from tests import factories

POLICY, RUN = "wagtailsnippets_sync_syncpolicy", "wagtailsnippets_sync_syncrun"


@pytest.fixture
def administrator(roles, sign_in):
    client = sign_in("administrator")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def report(client, run: SyncRun) -> str:
    return client.get(reverse(f"{RUN}:inspect", args=[run.pk])).content.decode()


def test_a_policy_is_made_and_the_catalogue_read(administrator, policy):
    policy.delete()
    values = {
        "connection": policy.connection_id,
        "active": "on",
        "provider": policy.provider_id,
        "arrival": "draft",
        "language": "az",
        "audience": "everyone",
        "categories": "",
    }
    assert administrator.post(reverse(f"{POLICY}:add"), values).status_code == 302
    made = SyncPolicy.objects.get()
    assert "has not been read yet" in administrator.get(reverse(f"{POLICY}:list")).content.decode()
    edit = administrator.get(reverse(f"{POLICY}:edit", args=[made.pk])).content.decode()
    assert reverse(f"{POLICY}:now", args=[made.pk]) in edit
    assert administrator.post(reverse(f"{POLICY}:now", args=[made.pk])).status_code == 302
    assert SyncRun.objects.get().state == SyncRun.State.DONE
    listed = administrator.get(reverse(f"{RUN}:list")).content.decode()
    assert "new: 30" in listed
    assert "The catalogue is as the LMS has it." in listed


def test_a_report_shows_counts_verdict_and_differences(administrator, policy, change, there):
    sync(policy)
    text = CourseText.objects.get(course__source_key="5")
    text.title = "Redaktorun adı"
    text.save_revision().publish()
    change(5, title="LMS-in <b>adı</b>")
    change(6, starts=1_800_000_000, ends=1_700_000_000)
    del there.site.courses[7]
    page = report(administrator, sync(policy))
    for words in ("Redaktorun adı", "LMS-in adı", "lies before the start", "Kurs 7"):
        assert words in page
    assert "texts of people left as they are" in page


def test_editors_see_the_differences_of_their_own_provider_only(
    policy, change, sign_in, roles, academy
):
    sync(policy)
    text = CourseText.objects.get(course__source_key="5")
    text.title = "Redaktorun adı"
    text.save_revision().publish()
    change(5, title="LMS-in adı")
    run = sync(policy)
    assert "Redaktorun adı" in report(sign_in("editor", policy.provider), run)
    assert "Redaktorun adı" not in report(sign_in("editor", academy), run)


def test_nobody_writes_a_report_by_hand(policy, roles, sign_in):
    run = sync(policy)
    client = sign_in("administrator", is_superuser=True)
    for name, args in (("add", []), ("edit", [run.pk]), ("delete", [run.pk])):
        url = reverse(f"{RUN}:{name}", args=args)
        assert client.post(url, {"state": "done"}).status_code in (302, 403)
    assert SyncRun.objects.get().started_at == run.started_at
    assert (
        reverse(f"{RUN}:inspect", args=[run.pk])
        in client.get(reverse(f"{RUN}:list")).content.decode()
    )


def test_editors_change_no_policy_and_see_no_secrets(policy, sign_in, roles, academy):
    client = sign_in("editor", academy)
    for name in ("edit", "now", "secrets"):
        url = reverse(f"{POLICY}:{name}", args=[policy.pk])
        assert client.get(url).status_code in (302, 403)
        assert client.post(url).status_code in (302, 403)
    assert not PushSecret.objects.exists()
    assert not SyncRun.objects.exists()


def test_a_secret_is_shown_once(administrator, policy):
    url = reverse(f"{POLICY}:secrets", args=[policy.pk])
    page = administrator.post(url).content.decode()
    made = PushSecret.objects.get()
    assert made.secret in page
    assert made.secret not in administrator.get(url).content.decode()
    assert administrator.post(url, {"delete": "x"}).status_code == 302
    assert administrator.post(url, {"delete": str(made.pk)}).status_code == 302
    assert not PushSecret.objects.exists()


def test_catalogues_are_read_at_night_and_gone_on_with_by_day():
    day = timezone.localtime().replace(hour=12, minute=0)
    night = day.replace(hour=2)

    def run(state: str, ago: timedelta, now) -> SyncRun:
        return SyncRun(state=state, started_at=now - ago, changed_at=now - ago)

    assert is_due(None, night)
    assert not is_due(None, day)
    assert not is_due(run("done", timedelta(hours=30), day), day)
    assert is_due(run("done", timedelta(hours=24), night), night)
    assert not is_due(run("done", timedelta(hours=1), night), night)
    assert is_due(run("running", timedelta(hours=1), day), day)
    assert not is_due(run("running", timedelta(minutes=5), day), day)
    assert is_due(run("failed", timedelta(hours=2), day), day)
    assert not is_due(run("failed", timedelta(minutes=5), day), day)


def test_the_schedule_goes_on_with_an_interrupted_run(policy):
    policy_of_another = factories.make_connection()
    SyncPolicy.objects.create(connection=policy_of_another, provider=policy.provider, active=False)
    before = timezone.now() - timedelta(hours=1)
    run = SyncRun.objects.create(
        connection=policy.connection, started_at=before, changed_at=before, parts_done=["1"]
    )
    assert sync_due() == 1
    run.refresh_from_db()
    assert run.state == SyncRun.State.DONE
    # The part that was done is not read again; what stood in it was never stored here.
    assert SourceRecord.objects.count() == 20
