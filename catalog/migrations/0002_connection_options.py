"""Options of every kind of LMS in one column; the address templates of links move there."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import migrations, models

import home.secrets


def keep_templates(apps, schema_editor):
    """Whatever stands in the old column goes on to mean what it meant."""
    connections = apps.get_model("catalog", "LMSConnection")
    for row in connections.objects.exclude(url_template=""):
        row.options = {**row.options, "url_template": row.url_template}
        row.save(update_fields=["options"])


def give_back(apps, schema_editor):
    """The way back."""
    connections = apps.get_model("catalog", "LMSConnection")
    for row in connections.objects.all():
        row.url_template = row.options.get("url_template", "")[:400]
        row.save(update_fields=["url_template"])


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.AddField(
            "lmsconnection",
            "options",
            models.JSONField(blank=True, default=dict, editable=False),
        ),
        migrations.AddField(
            "lmsconnection",
            "secret_options",
            home.secrets.EncryptedTextField(blank=True, default="", editable=False),
        ),
        migrations.AddField(
            "lmsconnection",
            "list_megabytes",
            models.PositiveSmallIntegerField(
                default=256,
                help_text="A longer list of courses is refused while it is being read.",
                validators=[MinValueValidator(1), MaxValueValidator(2048)],
                verbose_name="largest list, in MB",
            ),
        ),
        migrations.RunPython(keep_templates, give_back),
        migrations.RemoveField("lmsconnection", "url_template"),
    ]
