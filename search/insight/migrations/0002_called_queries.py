"""Lists of searches count queries."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("insight", "0001_initial"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="queryday",
            options={"verbose_name": "query", "verbose_name_plural": "queries"},
        ),
    ]
