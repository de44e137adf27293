"""One index of the rows instead of two: a file's rows by their place. See decision 0023.

Nobody asks for rows by line, point or words, so the database need not sample these either.
"""

from django.db import migrations, models

KEY = """
DROP INDEX figures_crime_place;
ALTER TABLE figures_crime DROP CONSTRAINT figures_crime_pkey;
ALTER TABLE figures_crime ADD CONSTRAINT figures_crime_pkey PRIMARY KEY ({});
"""
INDEX = "CREATE INDEX figures_crime_place ON figures_crime (lsoa_code, file_id);"
SAMPLED = """
ALTER TABLE figures_crime ALTER line SET STATISTICS {0}, ALTER longitude SET STATISTICS {0},
    ALTER latitude SET STATISTICS {0}, ALTER location SET STATISTICS {0};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("figures", "0003_used_again"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    KEY.format("file_id, lsoa_code, line") + SAMPLED.format(0),
                    "ALTER TABLE figures_crime DROP CONSTRAINT figures_crime_pkey;"
                    "ALTER TABLE figures_crime ADD CONSTRAINT figures_crime_pkey"
                    " PRIMARY KEY (file_id, line);" + INDEX + SAMPLED.format(-1),
                )
            ],
            state_operations=[
                migrations.RemoveIndex("crime", "figures_crime_place"),
                migrations.AlterField(
                    "crime",
                    "pk",
                    models.CompositePrimaryKey(
                        "file",
                        "lsoa_code",
                        "line",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
            ],
        ),
    ]
