"""Going back to the earlier file of a month, where a wrong newer one took its place."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from audit.models import Entry
from core.permissions import Refused
from core.workflow import Wrong
from figures.models import Crime, CrimeCount, CrimeFile, District, Lsoa
from figures.queries.comparing.places import hot_places
from figures.queries.counts import Selection
from figures.workflow import going_back
from figures.workflow.importing import LOCK, import_paths
from tests.figures import streets
from tests.figures.streets import altered, file, rows, written

WHY = "The newer one stops in the middle of the month."


@pytest.fixture
def files(world, tmp_path):
    """Whole files of three months; the last then replaced by one that stops early."""
    for month in ("2025-02", "2025-03", "2025-01"):
        found = altered(rows(count=200), Month=month)
        import_paths([file(tmp_path, written(found), f"{month}-kent-street.csv")])
    import_paths([file(tmp_path, written(rows(count=50)), "2025-01-kent-street.csv")])
    month = CrimeFile.objects.filter(month="2025-01-01").order_by("pk")
    return tuple(month)


def counted():
    return sorted(
        CrimeCount.objects.filter(month="2025-01-01").values_list("lsoa_code", "type__name", "n")
    )


def back(world, wanted, reason=WHY, by=None):
    return going_back.use_again(
        wanted, reason=reason, by=by or world.officer, partnership=world.partnership
    )


def url(name, wanted):
    return reverse(f"figures:{name}", args=["dartford", wanted.pk])


def test_the_earlier_file_is_counted_again_as_it_was(world, files, tmp_path):
    older, newer = files
    wrong = counted()

    back(world, older)

    right = counted()
    assert sum(n for *_, n in right) == 200
    older.refresh_from_db()
    newer.refresh_from_db()
    assert older.replaced_by is None
    assert (newer.replaced_by, newer.replaced_because) == (older, WHY)
    assert not older.remark
    entry = Entry.objects.get(verb="used again")
    assert (entry.actor_name, entry.detail["reason"]) == (str(world.officer), WHY)

    back(world, newer, "The police say that it is whole.")
    assert counted() == wrong
    back(world, older)
    assert counted() == right


def test_places_are_those_of_the_file_that_is_counted(world, files):
    older, _ = files
    district = District.objects.create(code="E07999999", name="Here", vintage=2024)
    codes = set(Crime.objects.exclude(lsoa_code="").values_list("lsoa_code", flat=True))
    Lsoa.objects.bulk_create(
        Lsoa(code=code, name=code, in_2011=True, in_2021=True, district=district) for code in codes
    )
    here = Selection((district.pk,), older.month, older.month)

    before = sum(each.n for each in hot_places(here, most=1000))
    back(world, older)
    after = sum(each.n for each in hot_places(here, most=1000))

    assert after > before > 0
    assert after <= older.rows_kept


def test_only_the_file_before_is_kept_with_its_rows(world, files, tmp_path):
    older, newer = files
    import_paths([file(tmp_path, written(rows(count=120)), "2025-01-kent-street.csv")])

    assert going_back.stop(older) == going_back.LET_GO
    assert not Crime.objects.filter(file=older).exists()
    older.refresh_from_db()
    with pytest.raises(Wrong, match="not kept any more"):
        back(world, older)
    newer.refresh_from_db()
    assert sum(n for *_, n in counted()) == 120
    back(world, newer)
    assert sum(n for *_, n in counted()) == 50


@pytest.mark.django_db(transaction=True)
def test_not_while_files_are_read(world, files):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(Wrong, match="being read just now"):
            back(world, files[0])
    finally:
        other.close()


def test_a_reason_is_asked_for_and_only_officers_may(world, files):
    with pytest.raises(ValidationError, match="Say why"):
        back(world, files[0], "  ")
    with pytest.raises(Wrong, match="is the one that is counted"):
        back(world, files[1])
    for person in (world.kent, world.stranger):
        with pytest.raises(Refused):
            back(world, files[0], by=person)


def test_an_officer_does_it_on_the_page_of_the_file(world, files, sign_in):
    older, newer = files
    officer = sign_in(world.officer)

    assert "Use this file again" in officer.get(url("file", older)).content.decode()
    asked = officer.get(url("file_use_again", older)).content.decode()
    assert "Every figure of the month changes at once" in asked
    assert "Say why" in officer.post(url("file_use_again", older), {"reason": ""}).content.decode()
    done = officer.post(url("file_use_again", older), {"reason": WHY}, follow=True)
    assert "is counted again" in done.content.decode()

    partner = sign_in(world.kent)
    said = partner.get(url("file", newer)).content.decode()
    assert "An officer went back to an earlier file" in said
    assert WHY in said
    assert "Use this file again" not in said
    assert partner.get(url("file_use_again", newer)).status_code == 403
    assert officer.get(url("file_use_again", older)).status_code == 302


def test_the_file_that_came_by_mistake_changes_nothing_when_it_comes_again(world, files, tmp_path):
    back(world, files[0])
    before = counted()

    run = import_paths([file(tmp_path, written(rows(count=50)), "2025-01-kent-street.csv")])

    assert run.left_aside[0]["why"].startswith("Held before, and replaced")
    assert counted() == before


def test_the_real_rows_come_back_to_the_last_one(world, tmp_path):
    whole = streets.bytes_of(streets.BTP)
    name = "2025-01-btp-street.csv"
    import_paths([file(tmp_path, whole, name)])
    before = counted()
    cut = b"\n".join(whole.split(b"\n")[:500])
    import_paths([file(tmp_path, cut, name)])
    back(world, CrimeFile.objects.get(replaced_by__isnull=False))

    assert counted() == before
