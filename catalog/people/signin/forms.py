"""The library's forms in our words, without its placeholders and its links in help texts."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from catalog.people.languages import keep_language
from catalog.people.models import User

from .codes import first_time
from .mails import mail_password_reset

_CODE_HELP = _("Six digits from the app on your phone, or one of your recovery codes.")
# The library says this in its own words; they are translated with ours.
_DIFFERENT = gettext_noop("You must type the same password each time.")
_password_help = lazy(lambda: " ".join(password_validators_help_texts()), str)


class Worded:
    """Labels of ``words`` by the name of the field."""

    words: dict[str, Any] = {}
    helps: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = self.helps.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.pop("autofocus", None)


class LoginForm(Worded, account.LoginForm):
    """E-mail and password."""

    words = {"login": _("E-mail"), "password": _("Password")}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password once more."""

    words = {"password": _("Password")}


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """The old password and a new one."""

    words = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    helps = {"password1": _password_help()}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    """A new password after following the link of the mail."""

    words = {"password1": _("New password"), "password2": _("New password once more")}
    helps = {"password1": _password_help()}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Where to send the link; whether anybody has the address shows neither in words nor time."""

    words = {"email": _("E-mail")}

    def clean_email(self) -> str:
        """As typed; only the worker looks it up."""
        return self.cleaned_data["email"]

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Asks the worker for the mail."""
        mail_password_reset.enqueue(self.cleaned_data["email"])
        return self.cleaned_data["email"]


class _OnceOnly(Worded):
    """A code of the app counts once, for as long as its clock may be off."""

    words = {"code": _("Code")}
    helps = {"code": _CODE_HELP}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].max_length = 20
        self.fields["code"].widget.attrs |= {"maxlength": 20, "inputmode": "numeric"}

    def clean_code(self) -> str:
        """Refuses a code that was used a minute ago."""
        code = super().clean_code()
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_of_app and not first_time(self.user, code):
            raise forms.ValidationError(_("This code was used already. Wait for the next one."))
        return code


class AuthenticateForm(_OnceOnly, second_factor.AuthenticateForm):
    """The second step of signing in."""


class SecondFactorReauthenticateForm(_OnceOnly, second_factor.ReauthenticateForm):
    """The second factor once more."""


class ActivateForm(Worded, totp.ActivateTOTPForm):
    """The first code of a new app."""

    words = {"code": _("Code")}
    helps = {"code": _("Six digits that the app shows now.")}


class ProfileForm(forms.ModelForm):
    """Name and language; the name of who comes by an issuer is what the issuer says."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=[("", "—"), *settings.LANGUAGES],
        help_text=_("Of the mails you get."),
    )

    class Meta:
        model = User
        fields = ("first_name", "last_name", "language")

    def __init__(self, *args: Any, is_vouched_for: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_vouched_for:
            del self.fields["first_name"], self.fields["last_name"]

    def save(self) -> User:
        """The person, and the language of their administration."""
        person = super().save(commit=False)
        # An administrator may be changing the rest just now.
        person.save(update_fields=list(self.fields))
        if "language" in self.changed_data:
            keep_language(person)
        return person
