"""The review task of the editorial workflow: the last editor may not approve."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask

from catalog.teams import own_providers, people_for, works_for, works_for_all
from home.review import is_last_editor

from .programme import Programme
from .text import CourseText

# What providers have reviewed by their own people, and where each keeps its provider.
_OWNED: dict[type[models.Model], str] = {CourseText: "course__provider", Programme: "provider"}


def provider_of(obj: Any) -> int | None:
    """The stored provider of ``obj``, whatever a draft says; None for pages."""
    if (path := _OWNED.get(type(obj))) is None:
        return None
    return type(obj)._default_manager.filter(pk=obj.pk).values_list(path, flat=True).first()


def is_colleague(obj: Any, user: Any) -> bool:
    """True unless ``obj`` belongs to a provider that ``user`` does not work for."""
    return type(obj) not in _OWNED or works_for(user, provider_of(obj))


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by a moderator who did not write the last change and works for its provider."""

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        """Reviewers may open what waits for them."""
        return is_colleague(obj, user) and super().user_can_access_editor(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While it waits, only reviewers may change it."""
        return not is_colleague(obj, user) or super().locked_for_user(obj, user)

    def user_can_lock(self, obj: Any, user: Any) -> bool:
        """Reviewers may."""
        return is_colleague(obj, user) and super().user_can_lock(obj, user)

    def get_actions(self, obj: Any, user: Any) -> list:
        """Without "approve" for the person who edited last."""
        if not is_colleague(obj, user):
            return []
        actions = super().get_actions(obj, user)
        if is_last_editor(obj, user):
            actions = [action for action in actions if action[0] != "approve"]
        return actions

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Refuses what ``get_actions`` does not offer for the very object, however it was sent.

        Wagtail's views ask about the object in the address and act on the task state in the
        address, and they ask before the same request saves another revision.
        """
        obj = task_state.workflow_state.content_object
        if action_name not in {action[0] for action in self.get_actions(obj, user)}:
            raise PermissionDenied
        return super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> models.QuerySet:
        """What waits for ``user``, without what belongs to other providers."""
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        if works_for_all(user):
            return states
        number = Cast(models.OuterRef("workflow_state__object_id"), models.BigIntegerField())
        for model, path in _OWNED.items():
            kind = ContentType.objects.get_for_model(model)
            own = model._default_manager.filter(pk=number, **{f"{path}__in": own_providers(user)})
            theirs = ~models.Q(workflow_state__base_content_type=kind) | models.Exists(own)
            states = states.filter(theirs)
        return states

    def reviewers(self, obj: Any) -> models.QuerySet:
        """The active people whom this task asks about ``obj``."""
        members = models.Q(groups__in=self.groups.all())
        if type(obj) in _OWNED:
            people = people_for(provider_of(obj))
        else:
            people = get_user_model()._default_manager.filter(is_active=True)
        return people.filter(members | models.Q(is_superuser=True)).distinct()

    @classmethod
    def get_description(cls) -> str:
        """What editors read when they choose a task."""
        return str(_("A member of these groups approves, but never the last editor."))
