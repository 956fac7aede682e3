"""Editors read what a row is linked with in their language."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_used_codes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="institution",
            name="country",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="institutions",
                to="people.country",
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="country",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="people.country",
                verbose_name="country",
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="people.institution",
                verbose_name="institution",
            ),
        ),
    ]
