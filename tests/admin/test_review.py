"""From a draft to the public: one person writes, a second one approves, nobody passes them by."""

import json

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from catalog.models import Course, CourseText, Programme
from catalog.people.models import User
from tests import factories
from tests.admin.forms import TEXT, address, new_course, programme_form, words
from tests.signing_in import sign_in_as_staff


@pytest.fixture
def course(portal, academy):
    return factories.make_course({"az": "Elektron sənədlər"}, provider=academy, live=False)


@pytest.fixture
def text(course):
    text = course.texts.get()
    text.save_revision()
    return text


def live(text):
    return CourseText.objects.filter(pk=text.pk, live=True).exists()


def act(client, text, action, **data):
    """The answer of a reviewer in the dialogue of the form."""
    task = CourseText.objects.get(pk=text.pk).current_workflow_task_state
    return client.post(address(text, "workflow_action", action, task.pk), data)


def submitted(text, user):
    """The text, waiting for review, last written by ``user``."""
    text.save_revision(user=user)
    text.get_workflow().start(text, user)
    return text


def test_a_course_goes_from_its_first_draft_to_the_public(portal, academy, sign_in, client):
    editor = sign_in("editor", academy).person
    form = new_course("Elektron sənədlər", academy, factories.locale("az"), code="DOC-1")
    response = client.post(reverse(f"{TEXT}:add"), form)
    text = CourseText.objects.get()
    assert response.status_code == 302
    assert response.url == address(text, "edit")
    assert Course.objects.get().code == "DOC-1"
    assert not live(text)
    url = f"/az/kataloq/elektron-senedler-{text.course_id}/"

    client.post(address(text, "edit"), words("Elektron sənədlər") | {"action-submit": "1"})
    assert not live(text)
    moderator = factories.make_user("moderator", academy)
    sign_in_as_staff(client, moderator)
    assert act(client, text, "approve").status_code == 302
    assert live(text)
    client.logout()
    assert "Elektron sənədlər" in client.get(url).content.decode()
    assert CourseText.objects.get().get_latest_revision().user == editor


@pytest.mark.parametrize("role", ["editor", "translator"])
def test_who_may_not_publish_is_not_helped_by_asking_for_it(role, text, academy, sign_in):
    client = sign_in(role, academy)
    form = words("Yeni ad") | {"action-publish": "1"}
    client.post(address(text, "edit"), form)
    assert not live(text)
    assert 'name="action-publish"' not in client.get(address(text, "edit")).content.decode()
    text.refresh_from_db()
    text.save_revision().publish()
    assert client.post(address(text, "unpublish")).status_code in (302, 403)
    assert live(text)


def test_editors_may_not_answer_a_review(text, academy, sign_in):
    submitted(text, factories.make_user("editor", academy))
    act(sign_in("editor", academy), text, "approve")
    assert not live(text)


def test_the_last_editor_may_not_approve(text, academy, sign_in):
    client = sign_in("moderator", academy)
    submitted(text, client.person)
    page = client.get(address(text, "edit")).content.decode()
    assert 'data-workflow-action-name="approve"' not in page
    assert 'name="action-publish"' not in page
    act(client, text, "approve")
    client.post(address(text, "edit"), words("Yeni ad") | {"action-publish": "1"})
    assert not live(text)


def test_editing_and_approving_in_one_go_publishes_nothing(text, academy, sign_in):
    submitted(text, factories.make_user("editor", academy))
    client = sign_in("moderator", academy)
    form = words("Moderatorun öz sözü")
    form |= {"action-workflow-action": "true", "workflow-action-name": "approve"}
    client.post(address(text, "edit"), form)
    assert not live(text)


def test_a_second_moderator_may_approve_what_the_first_wrote(text, academy, sign_in):
    submitted(text, factories.make_user("moderator", academy))
    act(sign_in("moderator", academy), text, "approve")
    assert live(text)


def test_a_moderator_of_another_provider_may_not_approve(text, academy, institute, sign_in):
    submitted(text, factories.make_user("editor", academy))
    client = sign_in("moderator", institute)
    assert act(client, text, "approve").status_code in (302, 403)
    assert not live(text)


def test_what_is_sent_back_comes_with_the_reason_and_is_submitted_again(text, academy, sign_in):
    editor = factories.make_user("editor", academy, language="ru")
    submitted(text, editor)
    mail.outbox.clear()
    client = sign_in("moderator", academy)
    act(client, text, "reject", comment="Xülasə çox uzundur.")
    assert not live(text)
    (sent,) = mail.outbox
    assert sent.to == [editor.email]
    assert "Xülasə çox uzundur." in sent.body
    assert address(text, "edit") in sent.body

    sign_in_as_staff(client, editor)
    client.post(address(text, "edit"), words("Qısa xülasə") | {"action-submit": "1"})
    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert state.current_task_state.revision.user == editor


def test_while_it_waits_only_reviewers_may_change_it(text, academy, sign_in):
    editor = sign_in("editor", academy).person
    client = sign_in("editor", academy)
    submitted(text, editor)
    client.post(address(text, "edit"), words("Başqa ad"))
    assert CourseText.objects.get().get_latest_revision_as_object().title == "Elektron sənədlər"


def test_reviewers_of_the_provider_hear_of_it_in_their_language(text, academy, institute):
    editor = factories.make_user("editor", academy)
    russian = factories.make_user("moderator", academy, language="ru")
    english = factories.make_user("moderator", academy, language="az")
    UserProfile.get_for_user(english)
    UserProfile.objects.filter(user=english).update(preferred_language="en")
    everywhere = factories.make_user("administrator", language="en")
    factories.make_user("moderator", institute)
    factories.make_user("translator", academy)
    factories.make_user("moderator", academy, is_active=False)
    submitted(text, editor)
    sent = {message.to[0]: message for message in mail.outbox}
    assert set(sent) == {russian.email, english.email, everywhere.email}
    assert sent[english.email].subject == "Please review “Elektron sənədlər”"
    assert sent[english.email].body.startswith(f"Dear {english}")
    assert "Azerbaijani" in sent[english.email].body
    assert "Азербайджанский" in sent[russian.email].body
    assert "Elektron sənədlər" in sent[russian.email].subject
    for message in mail.outbox:
        assert address(text, "edit") in message.body
        assert "&" not in message.subject


def test_who_wrote_last_is_not_asked_to_review(text, academy):
    author = factories.make_user("moderator", academy)
    other = factories.make_user("moderator", academy)
    text.save_revision(user=author)
    text.get_workflow().start(text, factories.make_user("editor", academy))
    assert [message.to for message in mail.outbox] == [[other.email]]


def test_who_wants_no_mail_gets_none(text, academy):
    moderator = factories.make_user("moderator", academy)
    UserProfile.get_for_user(moderator)
    UserProfile.objects.filter(user=moderator).update(submitted_notifications=False)
    submitted(text, factories.make_user("editor", academy))
    assert mail.outbox == []


def test_the_author_hears_of_the_approval(text, academy, sign_in):
    editor = factories.make_user("editor", academy, language="en")
    submitted(text, editor)
    mail.outbox.clear()
    client = sign_in("moderator", academy)
    act(client, text, "approve")
    (sent,) = mail.outbox
    assert sent.to == [editor.email]
    assert sent.subject == "“Elektron sənədlər” is approved"
    assert str(client.person) in sent.body


def test_the_dialogue_of_a_reviewer_opens(text, academy, sign_in):
    submitted(text, factories.make_user("editor", academy))
    task = text.current_workflow_task_state
    client = sign_in("moderator", academy)
    for action in ("approve", "reject"):
        response = client.get(address(text, "workflow_action", action, task.pk))
        assert response.status_code == 200
    reject = json.loads(response.content)
    assert "comment" in reject["html"]


def test_only_reviewers_are_waited_for(text, academy, institute):
    task = submitted(text, factories.make_user("editor", academy)).current_workflow_task_state
    inside, outside = (
        factories.make_user("moderator", provider) for provider in (academy, institute)
    )
    specific = task.task.specific
    assert specific.get_task_states_user_can_moderate(inside).exists()
    assert not specific.get_task_states_user_can_moderate(outside).exists()


def test_a_programme_is_published_by_a_second_person_only(course, academy, institute, sign_in):
    programme = factories.make_programme(course, title={"az": "Köhnə ad"})
    client = sign_in("moderator", academy)
    form = programme_form(programme, title_az="Yeni ad")
    client.post(address(programme, "edit"), form | {"action-publish": "1"})
    assert Programme.objects.get().title["az"] == "Köhnə ad"
    assert 'name="action-publish"' not in client.get(address(programme, "edit")).content.decode()

    mail.outbox.clear()
    colleague = factories.make_user("moderator", academy)
    client.post(address(programme, "edit"), form | {"action-submit": "1"})
    assert [message.to for message in mail.outbox] == [[colleague.email]]
    task = Programme.objects.get().current_workflow_task_state
    approve = address(programme, "workflow_action", "approve", task.pk)
    for person in (client.person, factories.make_user("moderator", institute)):
        sign_in_as_staff(client, person)
        client.post(approve)
        assert Programme.objects.get().title["az"] == "Köhnə ad"
    sign_in_as_staff(client, colleague)
    client.post(approve)
    assert Programme.objects.get().title["az"] == "Yeni ad"


def test_only_moderators_and_administrators_hold_publish(roles):
    for role, holds in {
        "editor": False,
        "translator": False,
        "moderator": True,
        "administrator": True,
    }.items():
        user = User.objects.get(pk=factories.make_user(role).pk)
        assert user.has_perm("catalog.publish_coursetext") is holds
        assert user.has_perm("catalog.publish_programme") is holds
