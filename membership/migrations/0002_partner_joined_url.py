from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="historicalpartner",
            name="joined_url",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="where that was decided"
            ),
        ),
        migrations.AddField(
            model_name="partner",
            name="joined_url",
            field=models.CharField(
                blank=True, editable=False, max_length=300, verbose_name="where that was decided"
            ),
        ),
    ]
