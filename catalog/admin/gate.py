"""The one gate before every admin view of a single row: Wagtail asks only about the model."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import TaskState, WorkflowMixin
from wagtail.permissions import policy_registry

OPENING = ("change", "view", "delete")


def may_open(user: Any, row: Model) -> bool:
    """True when ``user`` may see ``row`` in the admin: as a colleague, or as its reviewer."""
    policy = policy_registry.get_by_type(type(row))
    if policy.user_has_any_permission_for_instance(user, OPENING, row):
        return True
    if not isinstance(row, WorkflowMixin):
        return False
    task = row.current_workflow_task
    return bool(task and task.user_can_access_editor(row, user))


class InstanceGate:
    """For viewsets of models with a policy per row: refuses other people's rows everywhere."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        """The view, behind the gate."""
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if "pk" in kwargs:
                self.check(request, **kwargs)
            return view(request, *args, **kwargs)

        return gate

    def check(
        self, request: HttpRequest, pk: Any, task_state_id: int | None = None, **kwargs: Any
    ) -> None:
        """Raises PermissionDenied or Http404 unless the row, and its task, may be opened."""
        row = self.find(pk)
        if not may_open(request.user, row):
            raise PermissionDenied
        if task_state_id is not None:
            states = TaskState.objects.for_instance(row)
            get_object_or_404(states, pk=task_state_id)

    def find(self, pk: Any) -> Model:
        """The row that an address names."""
        try:
            return get_object_or_404(self.model, pk=unquote(str(pk)))
        except (ValueError, OverflowError) as error:
            raise Http404 from error

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """The rows a person may open."""
        policy = policy_registry.get_by_type(self.model)
        return policy.instances_user_has_any_permission_for(request.user, OPENING)
