"""The form of a run: its sessions may only be in rooms of its centre."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from catalog.models import Course, CourseRun, Room, RunSession
from catalog.teams import works_for
from home.languages.facts import is_language_code


class RoomField(forms.ModelChoiceField):
    """Rooms, with their centre as long as it is not chosen."""

    def label_from_instance(self, room: Room) -> str:
        """``Baku training centre – Room 3 (20)``."""
        return f"{room.centre} – {room} ({room.seats})"


class SessionForm(WagtailAdminModelForm):
    """One dated meeting."""

    room = RoomField(Room.objects.none(), label=_("room"), required=False)

    def __init__(self, *args: Any, centre: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rooms = Room.objects.select_related("centre")
        self.fields["room"].queryset = rooms.filter(centre=centre) if centre else rooms


class SessionsPanel(InlinePanel):
    """The sessions of a run, each with ``SessionForm``."""

    def get_form_options(self) -> dict:
        """For Wagtail, which has no other place for the form of inline rows."""
        options = super().get_form_options()
        sessions = options["formsets"][self.relation_name]
        deferred = self.child_edit_handler.get_form_options().get("defer_required_on_fields", [])
        sessions["form"] = get_form_for_model(
            RunSession, form_class=SessionForm, defer_required_on_fields=deferred
        )
        return options


class RunForm(WagtailAdminModelForm):
    """A run of a course of one's own provider."""

    # Who saves an older page must not undo the count of those who enrolled meanwhile.
    seats_seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # A run moved to another course would take its learners along.
            del self.fields["course"]
        self.fields["seats_seen"].initial = self.instance.seats_taken
        if "sessions" in self.formsets:
            self.formsets["sessions"].form_kwargs["centre"] = self._centre()

    def _centre(self) -> int | None:
        typed = self.data.get(self.add_prefix("centre"), "") if self.is_bound else ""
        if typed.isascii() and typed.isdigit() and len(typed) <= 18:
            return int(typed)
        return None if self.is_bound else self.instance.centre_id

    def clean_course(self) -> Course:
        """A course of one's own provider."""
        course = self.cleaned_data["course"]
        if course and self.for_user and not works_for(self.for_user, course.provider_id):
            raise forms.ValidationError(_("You do not work for the provider of this course."))
        return course

    def clean_language(self) -> str:
        """A language tag or nothing."""
        code = self.cleaned_data["language"]
        if code and not is_language_code(code):
            raise forms.ValidationError(_("Write a language tag, for example az or kk."))
        return code

    def save(self, commit: bool = True) -> CourseRun:
        """Seats that the editor has not touched stay as the enrolments have them now."""
        seen = self.cleaned_data.get("seats_seen")
        if self.instance.pk and seen is not None and seen == self.instance.seats_taken:
            rows = CourseRun.objects.select_for_update().filter(pk=self.instance.pk)
            self.instance.seats_taken = rows.values_list("seats_taken", flat=True).get()
        return super().save(commit)

    def clean(self) -> dict:
        """A code is used once in a course; sessions in a room need the room's centre."""
        data = super().clean()
        course = data.get("course") or (self.instance.pk and self.instance.course)
        if course and "code" in data:
            others = course.runs.exclude(pk=self.instance.pk)
            if others.filter(code=data["code"]).exists():
                self.add_error("code", _("Another run of this course has this code."))
        return data
