"""What happens when a workflow is approved; imports no model, since Wagtail loads it first."""

from __future__ import annotations

from typing import Any


def finish_workflow(workflow_state: Any, user: Any = None) -> None:
    """Publish the approved revision.

    A moderator approves what a colleague wrote; whether they may also publish by hand is a
    separate right, so the approval alone is enough here.
    """
    # What was read and approved, not what somebody may have saved since.
    task_state = workflow_state.current_task_state
    revision = (task_state and task_state.revision) or (
        workflow_state.content_object.get_latest_revision()
    )
    revision.publish(user=user, skip_permission_checks=True)
