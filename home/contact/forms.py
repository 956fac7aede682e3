"""The help form."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from home.models.help_message import HelpMessage

SHORTEST = 10


class ContactForm(forms.Form):
    """Who writes, where the answer goes, what about, and what."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        required=False,
        help_text=_("You need not say it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The answer comes to this address."),
        error_messages={
            "required": _("Write the e-mail address for the answer."),
            "invalid": _("Write the whole e-mail address, for example name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    topic = forms.ChoiceField(
        label=_("What is it about?"),
        choices=lambda: [("", _("Choose")), *HelpMessage.Topic.choices],
        error_messages={
            "required": _("Choose what your message is about."),
            "invalid_choice": _("Choose what your message is about."),
        },
    )
    message = forms.CharField(
        label=_("Your message"),
        max_length=HelpMessage.LONGEST,
        validators=[MinLengthValidator(SHORTEST, _("Write a sentence or two."))],
        error_messages={"required": _("Write your message.")},
        help_text=_("For a course, say its title or code."),
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    # People never see it; programs that fill in every field do.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="contact-%s", **kwargs)
        # The browser's own messages are in its language, not in the page's.
        self.use_required_attribute = False

    def clean_name(self) -> str:
        """On one line, without signs that nobody sees."""
        name = self.cleaned_data["name"]
        return " ".join("".join(c if _is_visible(c) else " " for c in name).split())

    def clean_website(self) -> str:
        """Empty."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Empty this field and send the message again."))
        return ""

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Those that are shown."""
        return [self[name] for name in ("name", "email", "topic", "message")]


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] != "C"
