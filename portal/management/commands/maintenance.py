"""``manage.py maintenance on|off``: closes the portal to readers, and opens it again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from portal import maintenance


class Command(BaseCommand):
    """Readers are asked to come back; the admin and the health checks stay."""

    help = "Close the portal to readers while it is worked on, or open it again."
    requires_system_checks: list = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and for how long."""
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument(
            "--minutes",
            type=int,
            default=maintenance.MINUTES,
            help="after how many minutes readers should try again (%(default)s)",
        )

    def handle(self, *args: Any, state: str, minutes: int, **options: Any) -> None:
        """Writes or removes the file."""
        if state == "off":
            maintenance.end()
            self.stdout.write("The portal is open.")
            return
        maintenance.begin(max(1, min(minutes, 1440)))
        self.stdout.write("Readers see that the portal is being looked after. /admin/ is open.")
        self.stdout.write("Open it again with: manage.py maintenance off")
