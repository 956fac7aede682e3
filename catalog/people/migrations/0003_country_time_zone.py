"""Each country gets its clocks; those the portal is known to serve get the right ones at once."""

from django.db import migrations, models

import home.languages.dates

ZONES = {"tr": "Europe/Istanbul", "kz": "Asia/Almaty", "nc": "Asia/Famagusta"}


def set_zones(apps, schema_editor):
    """All others keep the portal's own."""
    countries = apps.get_model("people", "Country").objects
    for code, zone in ZONES.items():
        countries.filter(code=code).update(time_zone=zone)


class Migration(migrations.Migration):
    dependencies = [("people", "0002_issuers_and_consents")]

    operations = [
        migrations.AddField(
            model_name="country",
            name="time_zone",
            field=models.CharField(
                default="Asia/Baku",
                help_text="By its clocks go the dates of its providers' runs that have no centre.",
                max_length=40,
                validators=[home.languages.dates.check_zone],
                verbose_name="time zone",
            ),
        ),
        migrations.RunPython(set_zones, migrations.RunPython.noop),
    ]
