"""``manage.py demo load | remove | status | code``."""

from __future__ import annotations

import json

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from home.cache import touch_content
from home.models import HomePage
from portal.demo.courses import load_courses
from portal.demo.pages import clear_home_words, load_pages
from portal.demo.people import ROLES, forget_sign_ins, load_people, second_step, sign_ins
from portal.demo.places import load_places
from portal.demo.records import is_loaded, remove


class Command(BaseCommand):
    """Puts the demo in, takes exactly it out, says whether it is there."""

    help = "Load or remove the demo content, say whether it is there or what opens its accounts."

    def add_arguments(self, parser) -> None:
        """One word, and for ``code`` a role."""
        parser.add_argument("action", choices=["load", "remove", "status", "code"])
        parser.add_argument("role", nargs="?", choices=ROLES, default=ROLES[0])
        parser.add_argument("--json", action="store_true", help="status for programs")

    def handle(self, *args, action: str, **options) -> None:
        """Do it."""
        getattr(self, f"_{action}")(**options)

    def _load(self, **options) -> None:
        if not HomePage.objects.exists():
            raise CommandError("There is no site yet. Run: manage.py setup")
        steps = {
            "places and vocabularies": load_places,
            "courses and programmes": lambda: load_courses(self._progress),
            "pages and news": load_pages,
            "accounts": load_people,
        }
        for name, step in steps.items():
            self.stdout.write(f"Loading {name} …")
            with transaction.atomic():
                step()
                touch_content()
        self.stdout.write("The demo is loaded.")

    def _remove(self, **options) -> None:
        with transaction.atomic():
            clear_home_words()
            _gone, kept = remove(self.stdout.write)
        for line in kept:
            self.stdout.write(f"  {line}")
        forget_sign_ins()

    def _status(self, **options) -> None:
        state = {"loaded": is_loaded(), "sign_in": sign_ins()}
        if options["json"]:
            self.stdout.write(json.dumps(state))
        else:
            self.stdout.write("The demo is loaded." if state["loaded"] else "There is no demo.")

    def _code(self, role: str, **options) -> None:
        if not (code := second_step(role)):
            raise CommandError("There is no demo account with a second step here.")
        self.stdout.write(f"{code}  second step of {role}@demo.example, good for half a minute")

    def _progress(self, done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            self.stdout.write(f"  {done} of {total} courses")
