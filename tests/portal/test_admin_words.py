"""The admin and the forms speak Azerbaijani and Kazakh, which their libraries do not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import allauth
import django
import pytest
import wagtail
import wagtail_localize
from babel.messages.pofile import read_po
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from lxml import html
from wagtail.snippets.models import get_snippet_models

from catalog.models import Course
from home.models import HomePage, StandardPage
from portal.installation.site import install_site
from tests.factories import make_user
from tests.signing_in import sign_in_as_staff

FOLDER = settings.BASE_DIR / "locale" / "admin"
LANGUAGES, DOMAINS = ("az", "kk"), ("django", "djangojs")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}|</?[a-z]+[^>]*>")
# What editors meet on every day; a page of the admin may show none of it in English.
DAILY = """
Actions / Add / Add a child page / Add child page / All / Cancel / Choose a page / Close / Comment
Comments / Compare with previous version / Content / Copy / Current page status: / Dashboard
Delete / Documents / Draft / Edit / Edit this page / Explore / Filter / Help / History / Home
Images / Last published / Live / Loading / Lock / Log out / More actions / Move / Name / Next
Page types / Pages / Preview / Previous / Privacy / Promote / Publish / Redirects / Reports
Save / Save draft / Save Draft / Search / Select / Select all / Settings / Show in Explorer
Sidebar / Sign in / Site / Sort / Status / Submit for moderation / Switch locales / Title
Toggle section / Type / Unlock / Unpublish / Updated / Upload / Usage / User / Users
View draft / View history / View live / Workflows / Yes / No / For search engines / slug
""".replace("\n", " / ").split(" / ")


def catalogue(language: str, domain: str):
    with (FOLDER / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def messages_of(domain: str, *modules) -> set:
    """Every message that these libraries ask for."""
    folders = [Path(module.__file__).parent for module in modules]
    files = [f for root in folders for f in root.rglob(f"locale/en/LC_MESSAGES/{domain}.po")]
    return {m.id for file in files for m in read_po(file.open("rb")) if m.id}


def words(text) -> list[str]:
    return list(text) if isinstance(text, tuple | list) else [text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_message_has_words_with_the_same_placeholders(language, domain):
    for message in catalogue(language, domain):
        expected = sorted(PLACEHOLDER.findall(words(message.id)[-1]))
        assert all(words(message.string)), message.id
        for text in words(message.string):
            assert sorted(PLACEHOLDER.findall(text)) == expected, message.id
            assert text.endswith(" ") == words(message.id)[0].endswith(" "), message.id


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_have_the_same_messages_and_somebody_asks_for_each(domain):
    az, kk = ({message.id for message in catalogue(code, domain)} for code in LANGUAGES)
    assert az - messages_of(domain, wagtail, wagtail_localize) == set()
    assert len(az) >= (350 if domain == "django" else 100)
    assert az - kk == set()
    # Kazakh has more: what Django has no Kazakh for would be said in Azerbaijani.
    assert kk - az - messages_of(domain, django, allauth) == set()


def test_kazakh_forms_say_what_is_wrong_in_kazakh():
    with translation.override("kk"):
        for message in (
            "Enter a valid email address.",
            "This password is too common.",
            "Null characters are not allowed.",
        ):
            assert re.search("[әғқңөұүһі]", translation.gettext(message)), message
        ago = translation.ngettext("%(num)d minute", "%(num)d minutes", 6)
    assert ago == "%(num)d минут"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_in_the_language_and_not_the_english_again(language):
    texts = {m.id: words(m.string)[0] for m in catalogue(language, "django")}
    same = [source for source, text in texts.items() if source == text]
    assert len(same) <= len(texts) * 0.02, same
    if language == "kk":
        # A few are placeholders with punctuation.
        latin = [t for t in texts.values() if re.sub(r"%\(\w+\)s|<[^>]*>|\W|\d", "", t)]
        assert [text for text in latin if not re.search("[\u0400-\u04ff]", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_editors_meet_every_day_is_there(language):
    known = {m.id for m in catalogue(language, "django")}
    known |= {m.id for m in catalogue(language, "djangojs")}
    assert [word for word in DAILY if word and word not in known] == []


def test_the_portals_own_words_come_first():
    with translation.override("kk"):
        assert translation.gettext("Home") == "Басты бет"
        assert translation.gettext("Publish") == "Жариялау"


def test_fields_of_the_portals_own_forms_are_named_in_every_language():
    nameless = [
        f"{viewset.model.__name__}.{name}"
        for viewset in (model.snippet_viewset for model in get_snippet_models())
        if getattr(viewset, "edit_handler", None)
        for name, field in viewset.get_edit_handler().get_form_class().base_fields.items()
        if not field.widget.is_hidden and not isinstance(field.label, Promise)
    ]
    assert nameless == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_admin_shows_none_of_these_words_in_english(client, language):
    install_site()
    home = HomePage.objects.get(locale__language_code=language)
    page = home.add_child(instance=StandardPage(title="Kömək", slug="komek", locale=home.locale))
    page.save_revision()
    sign_in_as_staff(client, make_user("administrator", language=language))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[home.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailadmin_reports:locked_pages"),
    ):
        shown = html.fromstring(client.get(address, headers={"accept-language": language}).content)
        texts = {
            " ".join(text.split())
            for text in shown.xpath("//body//text()[not(parent::script or parent::style)]")
        }
        texts |= set(shown.xpath("//body//*/@aria-label"))
        assert sorted(texts & set(DAILY) - {""}) == [], address


@pytest.mark.django_db
def test_choosers_speak_the_language_of_each_reader(client):
    install_site()
    sign_in_as_staff(client, make_user("administrator"))
    address = reverse("wagtailsnippets_insight_placement:add")
    for language in LANGUAGES:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        with translation.override(language):
            words = translation.gettext("Choose %(object)s") % {"object": Course._meta.verbose_name}
        page = client.get(address, headers={"accept-language": language}).content.decode()
        assert words in page, language


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "errors"), [("az", "%(num)s səhv"), ("kk", "%(num)s қате")])
def test_scripts_of_the_admin_get_the_words_too(client, language, errors):
    install_site()
    sign_in_as_staff(client, make_user("administrator"))
    address = reverse("wagtailadmin_javascript_catalog")
    script = client.get(address, headers={"accept-language": language}).content.decode()
    (told,) = re.findall(r"newcatalog = (\{.*?\});$", script, re.DOTALL | re.MULTILINE)
    said = json.loads(told)
    assert said["%(num)s error"] == [errors]
    wanted = {m.id: m.string for m in catalogue(language, "djangojs") if isinstance(m.id, str)}
    assert said["Changes have been autosaved."] == wanted["Changes have been autosaved."]
