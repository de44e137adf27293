from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="action",
            name="version",
            field=models.PositiveIntegerField(
                default=1,
                editable=False,
                help_text="Counts its changes, so that a stale form is noticed",
            ),
        ),
        migrations.AddField(
            model_name="historicalaction",
            name="version",
            field=models.PositiveIntegerField(
                default=1,
                editable=False,
                help_text="Counts its changes, so that a stale form is noticed",
            ),
        ),
        migrations.AddField(
            model_name="update",
            name="summary",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="update",
            name="text",
            field=models.TextField(blank=True),
        ),
    ]
