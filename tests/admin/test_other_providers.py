"""Somebody who works for one provider is refused on every view of another provider's rows."""

import pytest
from django.urls import reverse

from catalog.models import Course, CourseRun, CourseText, Programme, Provider
from tests import factories


@pytest.fixture
def rows(institute):
    """A row of each kind that belongs to the institute, with its revision."""
    course = factories.make_course({"az": "Yad kurs"}, provider=institute)
    rows = {
        Course: course,
        CourseText: course.texts.get(),
        CourseRun: factories.make_run(course),
        Programme: factories.make_programme(course),
        Provider: institute,
    }
    for model in (Course, CourseText, CourseRun, Programme):
        rows[model].save_revision()
    return rows


def views_of_one_row(model):
    """Names of the views of ``model`` that concern one row."""
    for pattern in model.snippet_viewset.get_urlpatterns():
        if "pk" in pattern.pattern.regex.groupindex or "pk" in getattr(
            pattern.pattern, "converters", {}
        ):
            yield pattern.name


def every_view():
    """Each view of one row, of each model."""
    from wagtail.snippets.models import get_snippet_models

    get_snippet_models()
    for model in (Course, CourseText, CourseRun, Programme, Provider):
        for name in views_of_one_row(model):
            yield pytest.param(model, name, id=f"{model.__name__}-{name}")


def address(row, name):
    """Address of the view ``name`` of ``row``."""
    revision = getattr(row, "latest_revision_id", 0)
    extra = {
        "revisions_view": [revision],
        "revisions_revert": [revision],
        "revisions_unschedule": [revision],
        "revisions_compare": ["earliest", "latest"],
        "workflow_action": ["approve", 1],
        "collect_workflow_action_data": ["approve", 1],
        "workflow_preview": [1],
        "workflow_history_detail": [1],
    }.get(name, [])
    return reverse(row.snippet_viewset.get_url_name(name), args=[row.pk, *extra])


def test_every_view_of_one_row_is_known_here():
    names = {param.values for param in every_view()}
    assert (CourseText, "edit") in names
    assert (CourseText, "workflow_action") in names
    assert (CourseText, "revisions_compare") in names
    assert (Course, "withdraw") in names
    assert len(names) > 50


@pytest.mark.parametrize("role", ["editor", "moderator"])
@pytest.mark.parametrize(("model", "name"), list(every_view()))
def test_a_stranger_is_refused(model, name, role, rows, academy, sign_in):
    client = sign_in(role, academy)
    for method in (client.get, client.post):
        response = method(address(rows[model], name))
        assert response.status_code in (302, 403)
        if response.status_code == 302:
            assert response.url == reverse("wagtailadmin_home")
    assert model.objects.filter(pk=rows[model].pk).exists()


@pytest.mark.parametrize("model", [Course, CourseText, CourseRun, Programme])
def test_a_colleague_may_open_the_form(model, rows, institute, sign_in):
    client = sign_in("editor", institute)
    assert client.get(address(rows[model], "edit")).status_code == 200


@pytest.mark.parametrize("model", [Course, CourseText, CourseRun, Programme])
def test_rows_of_others_are_not_listed(model, rows, academy, institute, sign_in):
    url = reverse(model.snippet_viewset.get_url_name("list"))
    edit = address(rows[model], "edit")
    assert edit not in sign_in("editor", academy).get(url).content.decode()
    assert edit in sign_in("editor", institute).get(url).content.decode()
