"""What is measured of the import, and how it is said."""

import pytest

from bench import importing, imports
from figures.models import CrimeFile


def test_a_line_sets_ours_against_the_raw_copy():
    said = imports._line("rows and counts", [1.0, 1.2], [0.5, 0.3], 0.45)

    assert "1.00 s, raw COPY of the same bytes 0.50 s: 50% (goal 45%)" in said
    assert said.endswith("of processor time 1.20 and 0.30 s: 25%")


def test_the_files_are_as_long_as_they_were_published():
    """Within a tenth of the 28.6 MB that the police published."""
    assert 26e6 < sum(len(data) for _, data in importing.files()) < 32e6


@pytest.mark.django_db
def test_copies_are_of_other_years_and_forces():
    found = importing._copies(15)[10::9][:15]

    with found[0].open() as first, found[14].open() as last:
        assert b",2011-" in first.read(400)
        assert b",2011-01,Kent Polite,Kent Polite," in last.read(400)
    assert not CrimeFile.objects.exists()
