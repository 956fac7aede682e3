"""Encrypts every stored secret anew with the first key, after which old keys may be dropped."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.secret_stores import renew, stores


class Command(BaseCommand):
    """``manage.py rotate_secrets``"""

    help = "Encrypt all stored secrets anew with the first key of SECRETS_KEY."

    def handle(self, *args: Any, **options: Any) -> None:
        """Fails when a secret could not be opened: its key is still needed."""
        counts = [renew(store) for store in stores()]
        self.stdout.write(f"{sum(written for written, _lost in counts)} secrets encrypted anew.")
        if lost := sum(lost for _written, lost in counts):
            raise CommandError(f"{lost} secrets cannot be opened: a key is missing.")
