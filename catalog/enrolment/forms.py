"""What a person fills in to ask for a place, and a manager to answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.people.models import User

from .invitations import LONGEST

# As catalog.models.Course.Enrolment has them.
INVITATION, APPROVAL = "invitation", "approval"


class EnrolForm(forms.Form):
    """The run, and the key or the manager's address where the course asks for one."""

    run = forms.TypedChoiceField(label=_("Dates and place"), coerce=int, widget=forms.RadioSelect)
    key = forms.CharField(
        label=_("Key of your invitation"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    manager = forms.EmailField(
        label=_("E-mail address of your manager"),
        max_length=254,
        help_text=_("They get one mail with a link to approve or decline."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, runs: list[tuple[int, str]], mode: str, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["run"].choices = runs
        self.fields["run"].initial = runs[0][0] if runs else None
        if mode != INVITATION:
            del self.fields["key"]
        if mode != APPROVAL:
            del self.fields["manager"]

    def clean_manager(self) -> str:
        """Somebody else's address."""
        address = self.cleaned_data["manager"]
        if address.lower() == self.person.email.lower():
            raise forms.ValidationError(_("This is your own address."))
        return address


class AnswerForm(forms.Form):
    """A manager's answer."""

    answer = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    remark = forms.CharField(
        label=_("Your remark"),
        required=False,
        max_length=500,
        help_text=_("The person reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
