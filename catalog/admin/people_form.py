"""The form of a person: no username to invent, one account for each e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserForm

from catalog.models import Provider
from catalog.people.languages import keep_language
from catalog.people.models import User
from catalog.people.signin.gate import forget_second_factor, has_second_factor

_FIELDS = ("email", "first_name", "last_name", "country", "institution", "language", "groups")


class PersonForm(UserForm):
    """What both forms share. Superusers are made on the server only."""

    # Wagtail's forms declare it; nobody gives it to anybody here.
    is_superuser = None

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", "—"), *settings.LANGUAGES],
        help_text=_("Of the administration and of the mails this person gets."),
    )
    providers = forms.ModelMultipleChoiceField(
        Provider.objects.all(),
        label=_("Works for"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The person edits the courses of these providers and of no others."),
    )
    field_order = (*_FIELDS, "providers", "is_active", "password1", "password2")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["username"]
        self.fields["last_name"].required = False
        self.fields["groups"].help_text = _("What the person may do.")
        if self.instance.pk:
            self.initial["providers"] = self.instance.provider_teams.all()

    def separate_username_field(self) -> bool:
        """For Wagtail's templates: there is none."""
        return False

    def clean_email(self) -> str:
        """An address that no other account has, in whatever case."""
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another person has this e-mail address."))
        return email

    def clean(self) -> dict:
        """Somebody's country is that of their institution."""
        data = super().clean()
        institution = data.get("institution")
        if institution and not data.get("country"):
            data["country"] = institution.country
        elif institution and data.get("country") != institution.country:
            self.add_error("institution", _("This institution is in another country."))
        return data

    def save(self, commit: bool = True) -> User:
        """Saves the person, their teams and the language of their administration."""
        person = super().save(commit)
        if commit:
            person.provider_teams.set(self.cleaned_data["providers"])
            if "language" in self.changed_data:
                keep_language(person)
        return person


class PersonCreationForm(PersonForm):
    """A new person."""

    class Meta:
        model = User
        fields = ("username", *_FIELDS)
        widgets = {"groups": forms.CheckboxSelectMultiple}


class PersonEditForm(PersonForm):
    """Somebody who is there already; nobody switches themselves off."""

    password_required = False
    forgets_second_factor = forms.BooleanField(
        label=_("Take the second step away"),
        required=False,
        help_text=_(
            "For somebody who has lost the phone and the recovery codes. Make sure that it is "
            "them who ask. They set it up anew before the administration opens again."
        ),
    )

    class Meta:
        model = User
        fields = ("username", *_FIELDS, "is_active")
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]
        if editing_self or not has_second_factor(self.instance):
            del self.fields["forgets_second_factor"]

    def save(self, commit: bool = True) -> User:
        """Takes the second step away, if that was asked for."""
        person = super().save(commit)
        if commit and self.cleaned_data.get("forgets_second_factor"):
            forget_second_factor(person)
        return person
