import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

import core.constraints


class Migration(migrations.Migration):
    dependencies = [("membership", "0006_emergency_reading")]

    operations = [
        migrations.RemoveConstraint(model_name="seat", name="membership_one_seat"),
        migrations.RenameField("seat", "until", "emergency_until"),
        migrations.RenameField("historicalseat", "until", "emergency_until"),
        migrations.AddConstraint(
            model_name="seat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("emergency_until", None)),
                expressions=[
                    ("group", "="),
                    ("person", "="),
                    ("agency", "="),
                    (
                        core.constraints.DateRange(
                            "starts_on",
                            "ends_on",
                            django.contrib.postgres.fields.ranges.RangeBoundary(),
                        ),
                        "&&",
                    ),
                ],
                name="membership_one_seat",
                violation_error_message="This person already sits on the group for this agency at that time.",
            ),
        ),
    ]
