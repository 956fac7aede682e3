"""Administrators manage people without inventing usernames and without rising above themselves."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from catalog.people.models import User
from tests import factories
from tests.signing_in import sign_in_as_staff

PASSWORD = "yaxşı parol 2026"


def person_form(**kwargs):
    """What the form of a person sends."""
    values = {
        "email": "aygun@example.org",
        "first_name": "Aygün",
        "last_name": "İsmayılova-Əhmədli",
        "country": "",
        "institution": "",
        "language": "",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    return values | kwargs


@pytest.fixture
def administrator(roles, sign_in):
    return sign_in("administrator")


def add(client, **kwargs):
    return client.post(reverse("wagtailusers_users:add"), person_form(**kwargs))


def edit(client, person, **kwargs):
    url = reverse("wagtailusers_users:edit", args=[person.pk])
    values = {"email": person.email, "password1": "", "password2": "", "is_active": "on"}
    return client.post(url, person_form(**(values | kwargs)))


def test_a_person_is_added_with_an_opaque_name_and_signs_in_by_address(administrator, academy):
    ministry = factories.make_institution("ministry", "az")
    editor = Group.objects.get(name="editor")
    page = administrator.get(reverse("wagtailusers_users:add")).content.decode()
    assert 'name="username"' not in page
    assert 'name="is_superuser"' not in page
    response = add(
        administrator,
        institution=ministry.pk,
        language="ru",
        groups=[editor.pk],
        providers=[academy.pk],
        is_superuser="on",
        username="boss",
    )
    assert response.status_code == 302
    person = User.objects.get(email="aygun@example.org")
    assert person.username.startswith("p")
    assert person.username != "boss"
    assert (person.first_name, person.last_name) == ("Aygün", "İsmayılova-Əhmədli")
    assert person.country == ministry.country
    assert list(person.provider_teams.all()) == [academy]
    assert not person.is_superuser

    client = Client()
    signed_in = client.post("/ru/account/login/", {"login": person.email, "password": PASSWORD})
    assert signed_in.status_code == 302
    sign_in_as_staff(client, person)
    assert '<html lang="ru"' in client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_address_belongs_to_one_person_in_whatever_case(administrator):
    add(administrator)
    response = add(administrator, email="AYGUN@Example.org")
    assert response.status_code == 200
    assert "email" in response.context["form"].errors
    assert User.objects.filter(email__iexact="aygun@example.org").count() == 1


def test_a_person_of_one_country_is_not_employed_in_another(administrator):
    ministry = factories.make_institution("ministry", "az")
    country = factories.make_country("kz")
    response = add(administrator, institution=ministry.pk, country=country.pk)
    assert response.status_code == 200
    assert not User.objects.filter(email="aygun@example.org").exists()


@pytest.mark.parametrize("role", ["editor", "translator", "moderator"])
def test_others_do_not_manage_people(role, academy, sign_in):
    client = sign_in(role, academy)
    assert client.get(reverse("wagtailusers_users:index")).status_code == 302
    add(client)
    assert not User.objects.filter(email="aygun@example.org").exists()


def test_nobody_makes_themselves_a_superuser(administrator):
    person = administrator.person
    edit(administrator, person, is_superuser="on", groups=[1, 2, 3, 4])
    person.refresh_from_db()
    assert not person.is_superuser
    for name in ("add", "edit"):
        args = [1] if name == "edit" else []
        url = reverse(f"wagtailusers_groups:{name}", args=args)
        assert administrator.get(url).status_code == 302


def test_a_superuser_is_out_of_an_administrators_reach(administrator):
    boss = factories.make_user(is_superuser=True)
    before = boss.password
    edit(administrator, boss, password1=PASSWORD, password2=PASSWORD)
    administrator.post(reverse("wagtailusers_users:delete", args=[boss.pk]))
    for action in ("set_active_state", "assign_role", "delete"):
        url = reverse("wagtail_bulk_action", args=["people", "user", action])
        administrator.post(
            f"{url}?id={boss.pk}", {"mark_as_active": "False", "role": Group.objects.first().pk}
        )
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.password == before
    assert not boss.groups.exists()


def test_colleagues_are_switched_off_together(administrator):
    person = factories.make_user("editor")
    url = reverse("wagtail_bulk_action", args=["people", "user", "set_active_state"])
    administrator.post(f"{url}?id={person.pk}", {"mark_as_active": "False"})
    person.refresh_from_db()
    assert not person.is_active


def test_nobody_switches_themselves_off_by_the_form(administrator):
    url = reverse("wagtailusers_users:edit", args=[administrator.person.pk])
    form = person_form(email=administrator.person.email, password1="", password2="")
    administrator.post(url, form)
    administrator.person.refresh_from_db()
    assert administrator.person.is_active
    assert administrator.person.first_name == "Aygün"


def test_a_changed_language_changes_the_administration(administrator):
    person = factories.make_user("editor", language="az")
    edit(administrator, person, language="kk", groups=[person.groups.get().pk])
    client = Client()
    sign_in_as_staff(client, person)
    assert '<html lang="kk"' in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize("query", ["əliyeva", "ƏLİYEVA", "Əliyeva Leyla", "LEYLA", "PERSON@"])
def test_people_are_found_however_their_name_is_typed(query, administrator):
    factories.make_user(
        first_name="Leyla", last_name="Əliyeva", email="person@example.com", is_active=False
    )
    administrator.person.delete()
    boss = factories.make_user(is_superuser=True, first_name="X", last_name="Y", email="x@y.az")
    sign_in_as_staff(administrator, boss)
    page = administrator.get(reverse("wagtailusers_users:index_results"), {"q": query})
    assert "person@example.com" in page.content.decode()


def test_the_list_does_not_ask_for_each_person(administrator, django_assert_max_num_queries):
    for _i in range(30):
        factories.make_user("editor", institution=factories.make_institution())
    url = reverse("wagtailusers_users:index_results")
    administrator.get(url)
    with django_assert_max_num_queries(25):
        administrator.get(url)


def test_nobody_changes_their_own_address(administrator):
    page = administrator.get(reverse("wagtailadmin_account")).content.decode()
    assert 'name="name_email-email"' not in page
