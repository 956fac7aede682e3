"""What takes minutes keeps nothing short waiting."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from catalog.sync.tasks import sync_catalogue
from portal.management.commands.worker import TaskWorker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _stored(settings) -> None:
    settings.TASKS = {
        "default": {
            "BACKEND": "django_tasks_db.DatabaseBackend",
            "QUEUES": ["default", "long"],
        }
    }


def waiting() -> int:
    return DBTaskResult.objects.ready().count()


def test_a_long_task_is_left_to_the_worker_of_long_ones():
    sync_catalogue.enqueue(0)
    call_command(TaskWorker(), batch=True, startup_delay=False)
    assert waiting() == 1


def test_who_works_once_works_off_both_queues():
    sync_catalogue.enqueue(0)
    call_command("worker", once=True)
    assert waiting() == 0
