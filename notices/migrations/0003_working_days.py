"""Fill the table of working days; the tick keeps it in line with the list from now on."""

from django.db import migrations

from core import working_days


def fill(apps, editor):
    last = working_days.known_until()
    days = working_days.numbered(
        working_days.known_from(),
        last.replace(year=last.year + 3),
        working_days.listed_and_expected(),
    )
    model = apps.get_model("notices", "CalendarDay")
    model.objects.bulk_create(
        [model(day=day, working=works, number=number) for day, works, number in days],
        batch_size=2000,
    )


def empty(apps, editor):
    apps.get_model("notices", "CalendarDay").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_ledger")]

    operations = [migrations.RunPython(fill, empty)]
