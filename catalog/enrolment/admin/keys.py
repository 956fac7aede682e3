"""Invitation keys in the admin: made here, shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn

from catalog.admin.base import AtOnceCreateView, CatalogueIndexView, CatalogueViewSet
from catalog.admin.gate import InstanceGate
from catalog.models import CourseRun
from catalog.teams import works_for

from ..invitations import make_key
from ..models import InvitationKey


class KeyForm(WagtailAdminModelForm):
    """A key for a run of one's own provider."""

    def clean_run(self) -> CourseRun:
        """Of one's own provider, and of a course by invitation."""
        run = self.cleaned_data["run"]
        if self.for_user and not works_for(self.for_user, run.course.provider_id):
            raise forms.ValidationError(_("You do not work for the provider of this course."))
        if run.course.enrolment != "invitation":
            raise forms.ValidationError(_("This course does not ask for an invitation."))
        return run

    def save(self, commit: bool = True) -> InvitationKey:
        """The row; the key itself is ``key`` of this form, and nowhere else."""
        data = self.cleaned_data
        self.instance, self.key = make_key(
            data["run"],
            uses_most=data["uses_most"],
            label=data["label"],
            expires_at=data["expires_at"],
            by=self.for_user,
        )
        return self.instance


class KeyCreateView(AtOnceCreateView):
    """Shows the new key once."""

    def save_instance(self) -> InvitationKey:
        """Made, and told."""
        row = super().save_instance()
        told = _("This is the key: %(key)s. Copy it now; it is not shown again.")
        messages.warning(self.request, told % {"key": self.form.key})
        return row


class KeyIndexView(CatalogueIndexView):
    """Keys, newest first."""

    default_ordering = "-pk"

    def get_base_queryset(self) -> Any:
        """With their runs."""
        return super().get_base_queryset().select_related("run__course")

    @cached_property
    def columns(self) -> list[Column]:
        """For whom, which run, how often used, until when."""
        return [
            self._get_title_column("__str__"),
            Column("run", label=_("Run")),
            Column("used", label=_("Used"), accessor=lambda key: f"{key.used} / {key.uses_most}"),
            DateColumn("expires_at", label=_("Valid until")),
        ]


class InvitationKeyViewSet(InstanceGate, CatalogueViewSet):
    """Invitation keys."""

    model = InvitationKey
    icon = "key"
    menu_label = gettext_lazy("Invitation keys")
    index_view_class = KeyIndexView
    add_view_class = KeyCreateView
    edit_handler = ObjectList(
        [
            FieldPanel("run"),
            FieldPanel("label"),
            FieldRowPanel([FieldPanel("uses_most"), FieldPanel("expires_at")]),
        ],
        base_form_class=KeyForm,
    )
