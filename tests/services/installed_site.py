"""``manage.py setup`` for tests that only stand on it: its rows, put into the database at once.

Making them takes two thirds of a second of processor time, and hundreds of tests begin with it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management.color import no_style
from django.db import connection, models, transaction
from wagtail.models import Page

from home import cache as home_cache
from portal.installation import site

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class _Table:
    """What setup leaves in one table, and how many rows migrations had left there."""

    model: type[models.Model]
    columns: str
    rows: Rows
    before: int
    is_changed: bool

    @property
    def name(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    def write(self) -> None:
        """In place of what is there."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.name}")
            if not self.rows:
                return
            marks = ", ".join(["%s"] * len(self.rows[0]))
            cursor.executemany(
                f"INSERT INTO {self.name} ({self.columns}) VALUES ({marks})", self.rows
            )


_tables: list[_Table] = []
_ADDRESS = settings.PUBLIC_URL


def keep_site() -> None:
    """Remember what setup does to a database as migrations leave it, which stays as it is."""
    before = {model: _rows(model)[1] for model in _models()}
    with transaction.atomic():
        site.install_site()
        after = {model: _rows(model) for model in _models()}
        transaction.set_rollback(True)
    _tables[:] = [
        _Table(model, columns, rows, len(before[model]), rows != before[model])
        for model, (columns, rows) in after.items()
        if rows or before[model]
    ]
    forget()


def install_site() -> None:
    """A portal as setup makes it; quick in a database that is as migrations or a flush leave it."""
    changed = [table for table in _tables if table.is_changed]
    if not Page.objects.exists():
        # Content types were made anew by the flush, with other numbers.
        _write(_tables)
    elif _counts(changed) == [table.before for table in changed]:
        _write(changed)
    else:
        site.install_site()
    if settings.PUBLIC_URL != _ADDRESS:
        site.install_site()


def _write(tables: list[_Table]) -> None:
    with transaction.atomic():
        for table in tables:
            table.write()
        with connection.cursor() as cursor:
            written = [table.model for table in tables]
            for sql in connection.ops.sequence_reset_sql(no_style(), written):
                cursor.execute(sql)
    ContentType.objects.clear_cache()
    forget()


def forget() -> None:
    """What processes keep of the tables."""
    cache.clear()
    home_cache._kept, home_cache._kept_version = {}, -1


def _models() -> list[type[models.Model]]:
    """Those with rows of their own; SQLite's full text follows its table by itself."""
    every = apps.get_models(include_auto_created=True)
    own = [model for model in every if model._meta.managed and not model._meta.proxy]
    return [model for model in own if not model._meta.db_table.endswith("_fts")]


def _rows(model: type[models.Model]) -> tuple[str, Rows]:
    columns = ", ".join(
        connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields
    )
    name, key = (
        connection.ops.quote_name(word) for word in (model._meta.db_table, model._meta.pk.column)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {name} ORDER BY {key}")
        return columns, cursor.fetchall()


def _counts(tables: list[_Table]) -> list[int]:
    counts = ", ".join(f"(SELECT COUNT(*) FROM {table.name})" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}")
        return list(cursor.fetchone())
