"""The form of an LMS connection: the fields that its kind asks for, and secrets that stay kept."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList

from catalog import lms
from catalog.models import LMSConnection

LONGEST_OPTION = 2000
KINDS = {
    "moodle": gettext_lazy("Moodle, by web services"),
    "openedx": gettext_lazy("Open edX, by its enrolment API"),
    "lti": gettext_lazy("Any tool that speaks LTI 1.3"),
    "link": gettext_lazy("A plain link"),
}


def kind_name(kind: str) -> str:
    """For people; a kind without a name of its own shows as it is."""
    return str(KINDS.get(kind, kind))


class ConnectionForm(WagtailAdminModelForm):
    """Fields named ``option_…`` hold what the connector is built from."""

    option_fields: tuple[lms.Field, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.all_options
        for option in self.option_fields:
            field = self.fields[_name(option)]
            if not option.secret:
                field.initial = known.get(option.name, option.default)
            elif known.get(option.name):
                field.required = False
                field.help_text = _("Kept, and never shown. Type to replace it.")
            elif self.instance.is_locked:
                field.help_text = _(
                    "It cannot be opened with the keys of this server. Type it anew."
                )

    def clean(self) -> dict[str, Any]:
        """Hands the options to the instance, whose own rules look at them next."""
        cleaned = super().clean()
        if self.instance.kind not in lms.kinds():
            return cleaned
        known, moved = self.instance.all_options, self._moved_addresses(cleaned)
        values = {}
        for option in self.option_fields:
            typed = cleaned.get(_name(option), "")
            if option.secret and not typed and known.get(option.name):
                if moved:
                    # A secret must not follow an address to another machine unseen.
                    told = _("The address has changed: type this once more.")
                    self.add_error(_name(option), told)
                typed = known[option.name]
            values[option.name] = typed
        self.instance.set_options(values)
        self._refuse_twins(values)
        return cleaned

    def _moved_addresses(self, cleaned: dict[str, Any]) -> bool:
        known = self.instance.options
        return self.instance.pk is not None and any(
            cleaned.get(_name(option), "") != known.get(option.name, "")
            for option in self.option_fields
            if option.name == "url" or option.name.endswith(("_url", "_urls"))
        )

    def _refuse_twins(self, values: dict[str, str]) -> None:
        """A tool is found by its client id alone."""
        if self.instance.kind != "lti" or not values.get("client_id"):
            return
        others = LMSConnection.objects.filter(kind="lti").exclude(pk=self.instance.pk)
        if others.filter(options__client_id=values["client_id"]).exists():
            self.add_error("option_client_id", _("Another connection has this client id."))


def _name(option: lms.Field) -> str:
    return f"option_{option.name}"


def _form_field(option: lms.Field) -> forms.Field:
    told = {"label": option.label, "help_text": option.help, "required": option.required}
    if option.choices:
        return forms.ChoiceField(choices=[(value, value) for value in option.choices], **told)
    if option.secret:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        return forms.CharField(max_length=LONGEST_OPTION, widget=widget, **told)
    return forms.CharField(max_length=LONGEST_OPTION, **told)


@cache
def panels_of(kind: str) -> ObjectList:
    """The form of one kind of LMS; of a kind that is gone, only the name."""
    options = lms.fields(kind) if kind in lms.kinds() else ()
    fields = {_name(option): _form_field(option) for option in options}
    form = type("ConnectionForm", (ConnectionForm,), {"option_fields": options, **fields})
    panels = ObjectList(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("active")]),
            MultiFieldPanel([FieldPanel(name) for name in fields], heading=kind_name(kind)),
            *([FieldPanel("list_megabytes")] if _lists(kind) else []),
        ],
        base_form_class=form,
    )
    return panels.bind_to_model(LMSConnection)


def _lists(kind: str) -> bool:
    return kind in lms.kinds() and lms.Ability.LIST in lms.abilities(kind)
