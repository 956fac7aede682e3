"""The stores of the LTI platform, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.lms import Person
from catalog.lms.lti import keys
from catalog.lms.lti.stores import Entry, LineItem, Registration, Score, SigningKey
from catalog.models import Course, CourseText, LMSConnection

from . import once
from .models import LTIColumn, LTIKey, LTIResource, LTIScore
from .roster import graded, roster

# A fresh key is published for a while before it signs, and long after the last thing it signed.
NEW_KEY_EVERY = timedelta(days=90)
PUBLISHED_BEFORE = timedelta(days=2)


class Keys:
    """The platform's own keys, changed four times a year."""

    def signing(self) -> SigningKey:
        """The youngest that tools have had time to fetch; the first one signs at once."""
        known = list(LTIKey.objects.all()) or [_new_key()]
        settled = timezone.now() - PUBLISHED_BEFORE
        row = next((key for key in known if key.created_at <= settled), known[-1])
        return SigningKey(row.kid, row.private_pem)

    def published(self) -> Sequence[dict[str, Any]]:
        """Public keys as JWK."""
        rows = LTIKey.objects.all()
        return [keys.public_jwk(SigningKey(row.kid, row.private_pem)) for row in rows]


def renew_keys() -> None:
    """Makes the next key in time and drops those that nothing can be signed with any more."""
    now, known = timezone.now(), list(LTIKey.objects.all())
    if known and known[0].created_at <= now - NEW_KEY_EVERY:
        _new_key()
    LTIKey.objects.filter(pk__in=[key.pk for key in known[2:]]).delete()


def _new_key() -> LTIKey:
    made = keys.new_key()
    return LTIKey.objects.create(
        kid=made.kid, private_pem=made.private_pem, created_at=timezone.now()
    )


class Once:
    """Assertions of tools."""

    def first_time(self, name: str, until: datetime) -> bool:
        """Atomic."""
        return once.first_time(name, until)


class Directory:
    """Tools are connections; their courses are those that name one and a key."""

    def registration(self, client_id: str) -> Registration | None:
        """An active tool."""
        row = _tool(client_id)
        return row.connector.registration() if row else None

    def entry(self, entry_id: str) -> Entry | None:
        """By the number tools are told."""
        if not (entry_id.isascii() and entry_id.isdigit() and len(entry_id) <= 18):
            return None
        rows = LTIResource.objects.select_related("connection")
        row = rows.filter(pk=int(entry_id), connection__in=_tools()).first()
        return _entry(row) if row else None

    def entry_of(self, client_id: str, key: str) -> Entry | None:
        """By the tool's key, if a course of ours has it."""
        connection = _tool(client_id)
        if connection is None or not key or _course(connection.pk, key) is None:
            return None
        return _entry(LTIResource.objects.get_or_create(connection=connection, key=key)[0])

    def person(self, entry: Entry, subject: str) -> Person | None:
        """If they may open it now."""
        return roster().person(*_place(entry), subject)

    def knows(self, entry: Entry, subject: str) -> bool:
        """Whether they have or had a place."""
        return roster().knows(*_place(entry), subject)

    def members(self, entry: Entry) -> Iterable[Person]:
        """Everybody with a place."""
        return roster().members(*_place(entry))


def _tools() -> Any:
    return LMSConnection.objects.filter(kind="lti", active=True)


def _tool(client_id: str) -> LMSConnection | None:
    """Anybody may send any name; PostgreSQL refuses to look for some of them in JSON."""
    is_name = bool(client_id) and client_id.isprintable()
    return _tools().filter(options__client_id=client_id).first() if is_name else None


def _place(entry: Entry) -> tuple[int, str]:
    row = LTIResource.objects.get(pk=entry.id)
    return row.connection_id, row.key


def _course(connection: int, key: str) -> Course | None:
    named = Q(lms_key=key) | Q(runs__lms_key=key)
    return Course.objects.filter(named, lms=connection).order_by("pk").first()


def _entry(row: LTIResource) -> Entry:
    course = _course(row.connection_id, row.key)
    title, label = row.key, row.key
    if course is not None:
        texts = CourseText.objects.filter(course=course, live=True).select_related("locale")
        titles = {text.locale.language_code: text.title for text in texts}
        label = course.code
        title = titles.get(course.source_language) or next(iter(titles.values()), label)
    return Entry(str(row.pk), str(row.connection.options.get("client_id")), row.key, title, label)


class Grades:
    """Columns and scores that tools send."""

    def line_items(self, entry: Entry) -> Sequence[LineItem]:
        """In the order they came."""
        return [_item(row) for row in LTIColumn.objects.filter(resource=entry.id)]

    def add_line_item(self, entry: Entry, item: LineItem) -> LineItem:
        """With its ``id``."""
        row = LTIColumn.objects.create(
            resource_id=entry.id,
            label=item.label,
            maximum=item.maximum,
            resource_ref=item.resource_id,
            tag=item.tag,
        )
        return _item(row)

    @transaction.atomic
    def put_score(self, entry: Entry, item: LineItem, score: Score) -> bool:
        """False when a later one is there; scores of one column come one at a time."""
        column = LTIColumn.objects.select_for_update().get(pk=item.id)
        known = LTIScore.objects.filter(column=column, subject=score.subject).first()
        if known is not None and known.at >= score.at:
            return False
        values = {name: getattr(score, name) for name in _SCORE}
        LTIScore.objects.update_or_create(column=column, subject=score.subject, defaults=values)
        connection, key = _place(entry)
        graded.send(sender=None, connection=connection, key=key, username=score.subject)
        return True

    def result(self, entry: Entry, subject: str) -> Score | None:
        """The person's latest in that course."""
        rows = LTIScore.objects.filter(column__resource=entry.id, subject=subject)
        row = rows.order_by("-at", "-pk").first()
        if row is None:
            return None
        return Score(subject, **{name: getattr(row, name) for name in _SCORE})


_SCORE = ("given", "maximum", "is_final", "is_completed", "at")


def _item(row: LTIColumn) -> LineItem:
    return LineItem(row.label, row.maximum, row.resource_ref, row.tag, str(row.pk))
