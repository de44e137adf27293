"""An order that is given up before it was made has no days."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("assessments", "0003_edition_files")]

    operations = [
        migrations.RemoveConstraint("order", "assessments_order_dates"),
        migrations.AddConstraint(
            "order",
            models.CheckConstraint(
                name="assessments_order_dates",
                condition=Q(state="consulting")
                | Q(state="discharged", starts_on__isnull=True, ends_on__isnull=True)
                | Q(starts_on__isnull=False, ends_on__isnull=False, ends_on__gt=F("starts_on")),
                violation_error_message="An order that is made has a first and a last day.",
            ),
        ),
    ]
