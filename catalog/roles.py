"""The groups of people who run the portal, with exactly the rights each needs."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext_noop
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from .models import CourseText, Programme, ReviewTask

EDITOR, TRANSLATOR, MODERATOR, ADMINISTRATOR = "editor", "translator", "moderator", "administrator"
REVIEWERS = (MODERATOR, ADMINISTRATOR)
REVIEW = gettext_noop("Review")


def _rights(app: str, model: str, *actions: str) -> list[str]:
    return [f"{app}.{action}_{model}" for action in actions]


def _every(app: str, *models: str) -> list[str]:
    return [right for model in models for right in _rights(app, model, "add", "change", "delete")]


_TRANSLATOR = [
    "wagtailadmin.access_admin",
    "wagtail_localize.submit_translation",
    *_rights("catalog", "coursetext", "add", "change"),
    *_rights("catalog", "course", "view"),
    *_rights("home", "concept", "add", "change"),
    *_rights("insight", "queryday", "view"),
]
_EDITOR = [
    *_TRANSLATOR,
    *_rights("catalog", "course", "add", "change"),
    *_rights("catalog", "courserun", "add", "change", "delete"),
    *_rights("catalog", "programme", "add", "change"),
    *_rights("sync", "syncrun", "view"),
]
_MODERATOR = [
    *_EDITOR,
    *_rights("catalog", "coursetext", "publish", "lock", "unlock", "delete"),
    *_rights("catalog", "course", "withdraw"),
    *_rights("catalog", "programme", "publish", "lock", "unlock", "delete"),
    *_rights("catalog", "provider", "change"),
    *_rights("enrolment", "enrolment", "view", "change"),
    *_rights("enrolment", "invitationkey", "add", "view", "delete"),
    *_rights("home", "concept", "delete"),
    *_every("insight", "placement"),
]
_ADMINISTRATOR = [
    *_MODERATOR,
    "catalog.any_provider",
    *_rights("catalog", "course", "delete"),
    *_rights("catalog", "provider", "add", "delete"),
    *_every("catalog", "centre", "subject", "competency", "lmsconnection", "reviewtask"),
    *_every("sync", "syncpolicy"),
    *_every("people", "country", "institution", "user", "issuer", "privacytext"),
    *_every("wagtailcore", "workflow", "task", "locale", "collection"),
    *_every("wagtailredirects", "redirect"),
    *_rights("home", "sitesettings", "change"),
    *_rights("home", "helpmessage", "change", "delete"),
]

# Group: rights on models. Only moderators and administrators publish.
ROLES: dict[str, list[str]] = {
    EDITOR: _EDITOR,
    TRANSLATOR: _TRANSLATOR,
    MODERATOR: _MODERATOR,
    ADMINISTRATOR: _ADMINISTRATOR,
}
# Group: rights on every page.
PAGES: dict[str, list[str]] = {
    EDITOR: ["add", "change"],
    TRANSLATOR: ["change"],
    MODERATOR: ["add", "change", "publish", "lock", "unlock"],
    ADMINISTRATOR: ["add", "change", "publish", "lock", "unlock", "bulk_delete"],
}
# Group: rights on images and documents; who has only "add" changes what they uploaded.
MEDIA: dict[str, list[str]] = {
    EDITOR: ["add", "choose"],
    TRANSLATOR: ["choose"],
    MODERATOR: ["add", "change", "choose"],
    ADMINISTRATOR: ["add", "change", "choose"],
}


@transaction.atomic
def install_roles() -> None:
    """Make or mend the groups, their rights and the review; running it again changes nothing.

    Rights of a group that are not in the tables are taken away; people's groups are kept.
    """
    root, collection = Page.get_first_root_node(), Collection.get_first_root_node()
    for name, rights in ROLES.items():
        group, _is_new = Group.objects.get_or_create(name=name)
        group.permissions.set(_permissions(rights))
        pages = _permissions(f"wagtailcore.{action}_page" for action in PAGES[name])
        _grant(GroupPagePermission, pages, group=group, page=root)
        media = _permissions(
            f"{app}.{action}_{model}"
            for app, model in (("wagtailimages", "image"), ("wagtaildocs", "document"))
            for action in MEDIA[name]
        )
        _grant(GroupCollectionPermission, media, group=group, collection=collection)
    _install_review(root)


def _permissions(names) -> list[Permission]:
    """The permissions with these names ("catalog.add_course").

    Raises ImproperlyConfigured for a name that does not exist: a right must not vanish silently.
    """
    wanted = sorted(set(names))
    known = {
        f"{right.content_type.app_label}.{right.codename}": right
        for right in Permission.objects.select_related("content_type").filter(
            codename__in=[name.split(".")[1] for name in wanted]
        )
    }
    if missing := [name for name in wanted if name not in known]:
        raise ImproperlyConfigured(f"Unknown permissions: {', '.join(missing)}")
    return [known[name] for name in wanted]


def _grant(through: type, rights: list[Permission], **where) -> None:
    """Exactly these rights for a group on a page or collection."""
    through.objects.filter(**where).exclude(permission__in=rights).delete()
    for right in rights:
        through.objects.get_or_create(permission=right, **where)


def _install_review(root: Page) -> None:
    """One workflow for pages, course texts and programmes: a second person of the reviewers."""
    task = ReviewTask.objects.order_by("pk").first() or ReviewTask.objects.create(name=REVIEW)
    task.groups.add(*Group.objects.filter(name__in=REVIEWERS))
    used = Workflow.objects.filter(workflow_tasks__task=task).order_by("pk").first()
    workflow = used or Workflow.objects.create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    for kind in ContentType.objects.get_for_models(CourseText, Programme).values():
        WorkflowContentType.objects.update_or_create(
            content_type=kind, defaults={"workflow": workflow}
        )
