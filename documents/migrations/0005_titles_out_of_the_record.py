"""The record of sharing no longer holds the titles of restricted papers."""

from django.db import migrations

NEUTRAL = "One restricted paper, to be read here"


def take_out(apps, schema_editor):
    """Lines of openings, and their history, say what was shared without its title."""
    line = apps.get_model("documents", "SharingRecord")
    opened = line.objects.filter(opening__isnull=False)
    keys = list(opened.values_list("pk", flat=True))
    line.objects.filter(pk__in=keys).update(what=NEUTRAL)
    apps.get_model("documents", "HistoricalSharingRecord").objects.filter(id__in=keys).update(
        what=NEUTRAL
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_personal_notes")]

    operations = [migrations.RunPython(take_out, migrations.RunPython.noop)]
