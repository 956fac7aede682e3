"""A centre's time zone must be one that exists."""

from django.db import migrations, models

import home.languages.dates


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_catalogue_blocks")]

    operations = [
        migrations.AlterField(
            model_name="centre",
            name="time_zone",
            field=models.CharField(
                default="Asia/Baku",
                max_length=40,
                validators=[home.languages.dates.check_zone],
                verbose_name="time zone",
            ),
        ),
    ]
