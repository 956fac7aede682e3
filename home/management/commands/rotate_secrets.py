"""Encrypts every stored secret anew with the first key, after which old keys may be dropped."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from home.secrets import EncryptedTextField, Unreadable


class Command(BaseCommand):
    """``manage.py rotate_secrets``"""

    help = "Encrypt all stored secrets anew with the first key of SECRETS_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fails when a secret could not be opened: its key is still needed."""
        written = lost = 0
        for model in apps.get_models():
            for field in model._meta.local_fields:
                if isinstance(field, EncryptedTextField):
                    done, failed = _rotate(model, field.attname)
                    written, lost = written + done, lost + failed
        self.stdout.write(f"{written} secrets encrypted anew.")
        if lost:
            raise CommandError(f"{lost} secrets cannot be opened: a key is missing.")


def _rotate(model: Any, name: str) -> tuple[int, int]:
    written = lost = 0
    numbers = model._base_manager.order_by("pk").values_list("pk", flat=True)
    for number in list(numbers):
        with transaction.atomic():
            rows = model._base_manager.select_for_update().filter(pk=number)
            value = rows.values_list(name, flat=True).first()
            if isinstance(value, Unreadable):
                lost += 1
            elif value:
                written += rows.update(**{name: value})
    return written, lost
