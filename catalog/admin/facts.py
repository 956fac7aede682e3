"""The form of a course's facts, which hold in every language and are public at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from catalog.models import Course

from .text_form import providers_of


class CourseCodesField(forms.CharField):
    """Courses named by their codes, one to a line: a list of thousands is no choice."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> str:
        """Codes of the courses, one to a line."""
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(sorted(str(course) for course in value))

    def to_python(self, value: Any) -> list[Course]:
        """The courses; raises ValidationError with the codes that no course has."""
        codes = list(dict.fromkeys(line.strip() for line in (value or "").splitlines()))
        codes = [code for code in codes if code]
        found = {course.code: course for course in Course.objects.filter(code__in=codes)}
        if missing := [code for code in codes if code not in found]:
            raise ValidationError(
                _("No course has the code %(codes)s."), params={"codes": ", ".join(missing)}
            )
        return [found[code] for code in codes]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares codes."""
        return self.prepare_value(initial or "").split() != (data or "").split()


class CourseFactsForm(WagtailAdminModelForm):
    """Facts; nobody moves a course to a provider they do not work for."""

    related = CourseCodesField(
        label=_("related courses"), required=False, help_text=_("One code per line.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = providers_of(self.for_user)

    def clean_related(self) -> list[Course]:
        """A course is not related to itself."""
        return [course for course in self.cleaned_data["related"] if course != self.instance]


_checkboxes = forms.CheckboxSelectMultiple

FACTS_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                FieldRowPanel([FieldPanel("code"), FieldPanel("provider", widget=forms.Select)]),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("level")]),
                FieldRowPanel([FieldPanel("mode"), FieldPanel("workload")]),
                FieldPanel("subjects", widget=_checkboxes),
                FieldPanel("competencies", widget=_checkboxes),
                InlinePanel(
                    "languages",
                    heading=_("Languages"),
                    label=_("Language"),
                    help_text=_("What the course is taught, subtitled and voiced in."),
                    panels=[
                        FieldRowPanel(
                            [FieldPanel("role"), FieldPanel("language"), FieldPanel("origin")]
                        )
                    ],
                ),
                FieldPanel("image"),
            ],
            heading=_("Course"),
        ),
        ObjectList(
            [
                FieldPanel(
                    "audience",
                    help_text=_("The page tells every visitor whether they may enrol, and why."),
                ),
                FieldPanel("audience_countries", widget=_checkboxes),
                FieldPanel(
                    "audience_institutions", widget=forms.SelectMultiple(attrs={"size": 12})
                ),
                FieldPanel("enrolment"),
                MultiFieldPanel(
                    [FieldPanel("lms", widget=forms.Select), FieldPanel("lms_key")],
                    heading=_("Where learners go"),
                ),
            ],
            heading=_("Enrolment"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("contact_name"),
                        FieldPanel("contact_email"),
                        FieldPanel("contact_phone"),
                    ],
                    heading=_("Contact"),
                    help_text=_("An office, not a person: this is public."),
                ),
                FieldPanel("related"),
                FieldPanel("source_language"),
            ],
            heading=_("Contact and links"),
        ),
    ],
    base_form_class=CourseFactsForm,
)
