"""``manage.py setup``: an empty real portal."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from portal.installation.site import install_administrator, install_site


class Command(BaseCommand):
    """Locales, site, pages, groups, workflow and, if asked, the first administrator."""

    help = "Make an empty portal: site, languages, pages, groups, workflow. Safe to repeat."

    def add_arguments(self, parser) -> None:
        """The administrator is optional."""
        parser.add_argument("--admin-email", help="Create the first administrator.")
        parser.add_argument("--admin-password", help="Made up and printed when left out.")

    def handle(self, *args, admin_email=None, admin_password=None, **options) -> None:
        """Install and say what was made."""
        made = install_site()
        self.stdout.write(f"Made: {len(made)}." if made else "Nothing was missing.")
        if made and options["verbosity"] > 1:
            self.stdout.write("\n".join(f"  {name}" for name in made))
        if not admin_email:
            return
        try:
            validate_email(admin_email)
        except Exception as error:
            raise CommandError(f"“{admin_email}” is not an e-mail address.") from error
        password = admin_password or secrets.token_urlsafe(12)
        if install_administrator(admin_email, password) is None:
            self.stdout.write("There is an administrator already; none was made.")
        else:
            self.stdout.write(f"Administrator: {admin_email}")
            if not admin_password:
                self.stdout.write(f"Password: {password}")
            self.stdout.write(f"Sign in at {settings.PUBLIC_URL}/admin/")
