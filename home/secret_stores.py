"""Where the database holds secrets: what no key opens any more, and writing all with the newest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core import checks
from django.db import DatabaseError, models, transaction

from .secrets import EncryptedTextField, Unreadable, UnreadableSecret

BATCH = 500


@dataclass(frozen=True)
class Store:
    """A column with secrets. ``renewed`` takes its value and returns it, written with the newest
    key; it raises UnreadableSecret when no key opens it."""

    model: type[models.Model]
    column: str
    renewed: Callable[[Any], Any]

    @property
    def rows(self) -> models.QuerySet:
        """Numbers and values, oldest first."""
        rows = self.model._base_manager.order_by("pk")
        return rows.exclude(**{self.column: ""}).values_list("pk", self.column)

    def is_lost(self, value: Any) -> bool:
        """Whether no key opens it."""
        try:
            self.renewed(value)
        except UnreadableSecret:
            return True
        return False


_kept_elsewhere: list[Store] = []


def keep_in_sight(store: Store) -> None:
    """Called once, when the app starts whose secrets stand in no field of ours."""
    _kept_elsewhere.append(store)


def stores() -> Iterator[Store]:
    """All of them."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, EncryptedTextField):
                yield Store(model, field.attname, _same)
    yield from _kept_elsewhere


def _same(value: Any) -> Any:
    """The field itself encrypts what is written."""
    if isinstance(value, Unreadable):
        raise UnreadableSecret("no key of the settings opens this secret")
    return value


def seem_lost() -> list[str]:
    """The tables whose oldest or newest secret no key opens: two short questions for each."""
    return [
        store.model._meta.label
        for store in stores()
        if any(
            store.is_lost(value)
            for rows in (store.rows[:1], store.rows.reverse()[:1])
            for _number, value in rows
        )
    ]


def renew(store: Store) -> tuple[int, int]:
    """Write every secret anew; returns how many were written and how many no key opens."""
    written = lost = 0
    for number in list(store.rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = store.rows.select_for_update().filter(pk=number).first()
            if row is None:
                continue
            try:
                value = store.renewed(row[1])
            except UnreadableSecret:
                lost += 1
                continue
            rows = store.model._base_manager.filter(pk=number)
            written += rows.update(**{store.column: value})
    return written, lost


def check_secrets(app_configs: Any, databases: list[str] | None, **_kwargs: Any) -> list[Any]:
    """``manage.py check --database default``: reads every secret once."""
    if "default" not in (databases or ()):
        return []
    found = []
    for store in stores():
        try:
            rows = store.rows.iterator(chunk_size=BATCH)
            lost = sum(store.is_lost(value) for _number, value in rows)
        except DatabaseError:
            # The tables are not made yet, or the database is away: other checks say so.
            continue
        if lost:
            found.append(
                checks.Warning(
                    f"{lost} secrets of {store.model._meta.label} cannot be opened.",
                    hint="A key is missing from SECRETS_KEY (or SECRET_KEY has changed).",
                    id="home.W001",
                )
            )
    return found
