"""Mails about reviews: to those who may decide, and back to who asked, each in their language."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from django_tasks import task
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.users.models import UserProfile

from catalog.models import Provider, ReviewTask
from catalog.models.review import provider_of
from catalog.people.languages import mail_language
from catalog.people.models import User

logger = logging.getLogger(__name__)

SUBMITTED, APPROVED, REJECTED = "submitted", "approved", "rejected"


def on_submitted(instance: TaskState, user: Any = None, **kwargs: Any) -> None:
    """Something waits for review."""
    _enqueue(SUBMITTED, instance.workflow_state_id, instance.pk, user)


def on_approved(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """It was approved."""
    _enqueue(APPROVED, instance.pk, instance.current_task_state_id, user)


def on_rejected(instance: WorkflowState, user: Any = None, **kwargs: Any) -> None:
    """It was sent back."""
    _enqueue(REJECTED, instance.pk, instance.current_task_state_id, user)


def on_workflow_submitted(**kwargs: Any) -> None:
    """Nothing: the reviewers hear of it from the task, and nobody needs to hear twice."""


def _enqueue(event: str, state_id: int, step_id: int | None, actor: User | None) -> None:
    send_review_mails.enqueue(event, state_id, step_id, actor.pk if actor else None)


@task()
def send_review_mails(event: str, state_id: int, step_id: int | None, actor_id: int | None) -> None:
    """Writes to everyone concerned; what has gone meanwhile needs no mail.

    ``step_id`` names the TaskState: Wagtail announces a step before the workflow points to it.
    """
    state = WorkflowState.objects.select_related("requested_by").filter(pk=state_id).first()
    step = TaskState.objects.filter(pk=step_id).first()
    if state is None or step is None or state.content_object is None:
        return
    actor = User.objects.filter(pk=actor_id).first()
    people = _reviewers(step, state) if event == SUBMITTED else [state.requested_by]
    wanting = [
        person
        for person in people
        if person and person.is_active and person.email and person.pk != actor_id
        if getattr(UserProfile.get_for_user(person), f"{event}_notifications")
    ]
    if wanting:
        _send(event, state.content_object, step, actor, wanting)


def _reviewers(step: TaskState, state: WorkflowState) -> Iterable[User]:
    """Those who can decide: of the provider, of the reviewing groups, and not the last editor."""
    reviewing, row = step.task.specific, state.content_object
    if not isinstance(reviewing, ReviewTask):
        return []
    revision = row.get_latest_revision()
    return reviewing.reviewers(row).exclude(pk=revision.user_id if revision else None)


def _send(
    event: str, content: Model, step: TaskState, actor: User | None, people: list[User]
) -> None:
    row = content.get_latest_revision_as_object()
    base = settings.WAGTAILADMIN_BASE_URL
    shared = {
        "title": row.get_admin_display_title() if isinstance(row, Page) else str(row),
        "language": row.locale.language_code if hasattr(row, "locale") else "",
        "provider": Provider.objects.filter(pk=provider_of(row)).first(),
        "actor": actor,
        "comment": step.specific.get_comment() if event == REJECTED else "",
        "preview_url": base + _preview(row, step) if event == SUBMITTED else "",
        "settings_url": base + reverse("wagtailadmin_account"),
    }
    mails = []
    for person in people:
        edit_url = AdminURLFinder(person).get_edit_url(row)
        context = shared | {"person": person, "edit_url": base + edit_url if edit_url else ""}
        with override(mail_language(person)):
            subject, body = (
                render_to_string(f"catalog/admin/mail/review_{event}{part}.txt", context).strip()
                for part in ("_subject", "")
            )
        mails.append(
            EmailMessage(
                " ".join(subject.split()),
                body + "\n",
                to=[person.email],
                headers={"Auto-Submitted": "auto-generated"},
            )
        )
    with get_connection() as connection:
        for mail in mails:
            try:
                connection.send_messages([mail])
            except Exception:
                # One address that is refused must not keep the others from being written to.
                logger.exception("A mail about a review was not sent")


def _preview(row: Model, step: TaskState) -> str:
    if isinstance(row, Page):
        return reverse("wagtailadmin_pages:workflow_preview", args=[row.pk, step.task_id])
    name = row.snippet_viewset.get_url_name("workflow_preview")
    return reverse(name, args=[row.pk, step.task_id])


def connect() -> None:
    """Listen under the names of Wagtail's own notifiers, so that theirs are not sent as well.

    Must run before ``wagtail.admin`` is ready; Django keeps the first receiver of a name.
    """
    from wagtail.signals import (
        task_submitted,
        workflow_approved,
        workflow_rejected,
        workflow_submitted,
    )

    for signal, receiver, sender, name in (
        (task_submitted, on_submitted, TaskState, "group_approval_task_submitted"),
        (workflow_submitted, on_workflow_submitted, WorkflowState, "workflow_state_submitted"),
        (workflow_approved, on_approved, WorkflowState, "workflow_state_approved"),
        (workflow_rejected, on_rejected, WorkflowState, "workflow_state_rejected"),
    ):
        signal.connect(receiver, sender=sender, dispatch_uid=f"{name}_email_notification")
