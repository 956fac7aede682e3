"""Signing in and one's account, with all that can go wrong, in the reader's language alone."""

import re

import pytest
from lxml import html

from tests.accounts.codes import PASSWORD, give_second_factor
from tests.factories import LANGUAGES, make_user

AZERBAIJANI = re.compile(r"[əƏğĞşŞıİ]")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# Words that only English has; the other Latin languages are told from it by them.
ENGLISH = re.compile(r"\b(the|you|your|must|this|is|of|and|not|with|please)\b", re.IGNORECASE)
TURKISH = re.compile(r"\b(ve|için|ile|parola)\b", re.IGNORECASE)
# Names of languages are in themselves, names of technology are the same everywhere.
NAMES = re.compile(
    r"Azərbaycan(ca| dili)?|Türkçe|English|Learning Gate|[\w.+-]+@[\w.-]+|Ann|Lee|[A-Z2-7]{16,}"
)


@pytest.fixture
def person(db, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    return make_user(email="ann@example.org", first_name="Ann", last_name="Lee")


def shown(answer) -> list[str]:
    """Each text of the main part of a page, with labels that are only read aloud."""
    page = html.fromstring(answer.content)
    for unseen in page.xpath("//script|//style|//svg|//textarea|//code|//pre"):
        unseen.drop_tree()
    texts = page.xpath("//main//text()|//main//@aria-label|//main//@title|//main//@placeholder")
    return [text for raw in texts if (text := NAMES.sub("", " ".join(raw.split())))]


def foreign(language: str, text: str) -> bool:
    """Whether a text is in another language than its page."""
    if language == "en":
        return bool(AZERBAIJANI.search(text) or CYRILLIC.search(text))
    if language in ("ru", "kk"):
        latin = re.findall(r"[^\W\d_]{3,}", CYRILLIC.sub("", text))
        return bool(AZERBAIJANI.search(text)) or len(latin) > 1
    other = TURKISH if language == "az" else re.compile("[əƏ]")
    return bool(ENGLISH.search(text) or CYRILLIC.search(text) or other.search(text))


def passwords(first: str, second: str) -> dict[str, str]:
    return {"oldpassword": PASSWORD, "password1": first, "password2": second}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_can_go_wrong_is_said_in_the_readers_language(language, person, client):
    account = f"/{language}/account/"
    answers = [
        client.get(account + "login/"),
        client.post(account + "login/", {}),
        client.post(account + "login/", {"login": "x\x00", "password": "y"}),
        client.post(account + "login/", {"login": person.email, "password": "wrong"}),
        client.get(account + "password/reset/"),
        client.post(account + "password/reset/", {"email": "nobody"}),
        client.get(account + "password/reset/sent/"),
        client.get(account + "password/reset/1-abc/"),
        client.get(account + "inactive/"),
    ]
    client.post(account + "login/", {"login": person.email, "password": PASSWORD})
    answers += [
        client.get(account),
        client.get(account + "profile/"),
        client.post(account + "profile/", {"first_name": "x" * 999, "language": "xx"}),
        client.get(account + "password/"),
        client.post(account + "password/", passwords("", "")),
        client.post(account + "password/", passwords("forty tall green firs", "forty low firs")),
        client.post(account + "password/", passwords("12345", "12345")),
        client.post(account + "password/", passwords("password", "password")),
        client.post(account + "password/", passwords(person.email, person.email)),
        client.post(account + "password/", passwords("x" * 9, "y") | {"oldpassword": "no"}),
        client.get(account + "second-step/set-up/"),
        client.post(account + "second-step/set-up/", {"code": "1"}),
        client.get(account + "second-step/recovery/new/", follow=True),
        client.get(account + "logout/"),
    ]
    wrong = {t for answer in answers for t in shown(answer) if foreign(language, t)}
    assert wrong == set()
    assert all(answer.status_code in (200, 404) for answer in answers)
    assert sum(bool(re.search('class="errors?"', a.content.decode())) for a in answers) >= 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_second_step_speaks_the_readers_language(language, person, client):
    give_second_factor(person)
    account = f"/{language}/account/"
    client.post(account + "login/", {"login": person.email, "password": PASSWORD})
    answers = [
        client.get(account + "second-step/code/"),
        client.post(account + "second-step/code/", {}),
        client.post(account + "second-step/code/", {"code": "000000"}),
    ]
    client.force_login(person)
    for page in ("confirm/", "recovery/", "recovery/new/", "switch-off/"):
        answers.append(client.get(account + "second-step/" + page, follow=True))
    answers.append(client.post(account + "second-step/confirm/", {"code": "1"}, follow=True))
    wrong = {t for answer in answers for t in shown(answer) if foreign(language, t)}
    assert wrong == set()
    assert all(answer.status_code == 200 for answer in answers)
