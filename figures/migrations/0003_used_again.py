"""Why an officer went back to the earlier file of a month."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0002_rows_without_foreign_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="crimefile",
            name="replaced_because",
            field=models.CharField(
                blank=True,
                max_length=300,
                verbose_name="why an officer went back to an earlier file",
            ),
        ),
    ]
