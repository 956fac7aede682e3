"""The form of a course text; for a new course it asks for the course's first facts as well."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.models import Locale

from catalog.models import Course, CourseLanguage, CourseText, Provider
from catalog.teams import own_providers, works_for_all
from home.languages.facts import is_language_code

FACTS = ("code", "provider", "kind", "level", "mode", "enrolment", "audience")


def providers_of(user: Any):
    """Providers whose courses ``user`` may make; all of them when there is no user."""
    providers = Provider.objects.all()
    if user is None or works_for_all(user):
        return providers
    return providers.filter(pk__in=own_providers(user))


def _fact(name: str, **kwargs: Any) -> forms.Field:
    field = Course._meta.get_field(name).formfield(**kwargs)
    # Drafts are saved while they are incomplete; clean() asks for what a course cannot lack.
    field.required = False
    return field


class CourseTextForm(WagtailAdminModelForm):
    """A text; ``Course`` is made with it, unsaved until the text is saved."""

    code = _fact("code", help_text=_("The number or short name your institution uses."))
    provider = forms.ModelChoiceField(Provider.objects.none(), label=_("provider"), required=False)
    kind = _fact("kind")
    level = _fact("level")
    mode = _fact("mode")
    enrolment = _fact("enrolment")
    audience = _fact("audience")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new_course = self.instance.course_id is None
        if not self.is_new_course:
            for name in FACTS:
                self.fields.pop(name, None)
        elif "provider" in self.fields:
            providers = providers_of(self.for_user)
            self.fields["provider"].queryset = providers
            self.fields["provider"].initial = providers.first() if len(providers) == 1 else None
        self._offer_languages()

    def _offer_languages(self) -> None:
        """A new text may be in any language the course lacks; later its language is fixed."""
        if "locale" not in self.fields:
            return
        if self.instance.pk:
            del self.fields["locale"]
            return
        locales = Locale.objects.all()
        if not self.is_new_course:
            taken = CourseText.objects.filter(course=self.instance.course_id)
            locales = locales.exclude(pk__in=taken.values("locale"))
        self.fields["locale"].queryset = locales

    def clean_written_in(self) -> str:
        """A language tag or nothing."""
        code = self.cleaned_data["written_in"]
        if code and not is_language_code(code):
            raise forms.ValidationError(_("Write a language tag, for example az or kk."))
        return code

    def clean_code(self) -> str:
        """A code that no other course has."""
        code = self.cleaned_data["code"].strip()
        if code and Course.objects.filter(code=code).exists():
            raise forms.ValidationError(_("Another course has this code."))
        return code

    def clean(self) -> dict:
        """A course needs its code, its provider and a language even in its first draft."""
        data = super().clean()
        needed = ["code", "provider", "kind", "level", "mode", "enrolment", "audience"]
        for name in [*(needed if self.is_new_course else []), "locale"]:
            if name in self.fields and not data.get(name) and name not in self.errors:
                self.add_error(name, _("A course cannot do without this."))
        return data

    def _post_clean(self) -> None:
        if self.is_new_course:
            self.instance.course = self._course()
        super()._post_clean()

    def _course(self) -> Course:
        """The course of the facts typed so far, taught in the language of its first text."""
        given = {name: self.cleaned_data[name] for name in FACTS if self.cleaned_data.get(name)}
        locale = self.cleaned_data.get("locale")
        language = locale.language_code if locale else settings.LANGUAGE_CODE
        course = Course(source_language=language, **given)
        course.languages = [CourseLanguage(language=language)]
        return course
