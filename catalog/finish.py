"""What happens when a workflow is approved; imports no model, since Wagtail loads it first."""

from __future__ import annotations

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Publish the approved revision.

    A moderator approves what a colleague wrote; whether they may also publish by hand is a
    separate right, so the approval alone is enough here.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
