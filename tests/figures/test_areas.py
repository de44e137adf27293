"""Areas: what ships with the application, and what another county brings."""

import io
import shutil

import pytest
from django.core.management import CommandError, call_command

from figures.models import District, Lsoa, LsoaChange, Outline, Population, Ward
from figures.workflow.areas import FACTS, Unloadable, load
from tests.figures import streets

pytestmark = pytest.mark.django_db

DARTFORD = "E07000107"


def test_what_ships_and_then_again():
    load()

    assert Ward.objects.filter(district=DARTFORD).count() == 20
    lsoas = Lsoa.objects.filter(district=DARTFORD)
    assert lsoas.filter(in_2021=True).count() == 67
    assert lsoas.filter(in_2011=True).count() == 58
    assert District.objects.get(pk=DARTFORD).police_force_area_name == "Kent"
    assert District.objects.get(pk=DARTFORD).csp_name == "Dartford and Gravesham"
    drawn = Outline.objects.filter(district=DARTFORD)
    assert drawn.filter(layer="ward").count() == 20
    assert drawn.filter(layer="lsoa").count() == 67

    assert [each.changed for each in load()] == [0, 0, 0, 0, 0, 0]


def test_every_outline_is_of_a_ward_or_lsoa_that_is_listed():
    """The outlines of 2025 against the lists of 2024 and 2021: their codes agree."""
    load()

    wards = set(Ward.objects.filter(district=DARTFORD).values_list("pk", flat=True))
    lsoas = set(Lsoa.objects.filter(district=DARTFORD, in_2021=True).values_list("pk", flat=True))
    assert set(Outline.objects.filter(layer="ward").values_list("pk", flat=True)) == wards
    assert set(Outline.objects.filter(layer="lsoa").values_list("pk", flat=True)) == lsoas


def test_an_lsoa_that_was_split_has_a_ward_only_where_all_of_it_lies_in_one():
    load()

    for gone in Lsoa.objects.filter(in_2021=False):
        after = LsoaChange.objects.filter(before=gone).values_list("after__ward", flat=True)
        assert gone.ward_id == (after[0] if len(set(after)) == 1 else None)
    gone = Lsoa.objects.filter(in_2021=False)
    assert gone.filter(ward__isnull=True).exists()
    assert gone.filter(ward__isnull=False).exists()


def test_populations_add_up():
    load()

    whole = Population.objects.get(area_code=DARTFORD, year=2021)
    wards = Ward.objects.filter(district=DARTFORD).values_list("pk", flat=True)
    lsoas = Lsoa.objects.filter(district=DARTFORD, in_2021=True).values_list("pk", flat=True)
    for codes in (wards, lsoas):
        parts = Population.objects.filter(area_code__in=codes, year=2021)
        assert sum(parts.values_list("residents", flat=True)) == whole.residents
    assert whole.residents == 116_760
    assert Population.objects.get(area_code=DARTFORD, year=2020).residents == 114_051


def test_all_places_of_kent_that_the_real_files_name_are_known():
    """Rows of Kent Police lie in Kent's LSOAs of 2021, but for some outside its area."""
    load()

    known = set(Lsoa.objects.filter(in_2021=True).values_list("pk", flat=True))
    named = {row[streets.COLUMN["LSOA code"]] for row in streets.rows(count=20_000)} - {""}
    assert len(named & known) > 1000
    assert len(named - known) < 30


def copied(tmp_path):
    for path in FACTS.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def test_a_newer_file_changes_what_it_says_otherwise(tmp_path):
    load()
    folder = copied(tmp_path)
    wards = (folder / "wards.csv").read_text()
    (folder / "wards.csv").write_text(wards.replace("Stone Castle", "Castle of Stone"))

    changed = {each.what: each.changed for each in load(folder)}

    assert changed == {"districts": 0, "wards": 1, "LSOAs": 0, "changes of LSOAs": 0,
                       "populations": 0, "outlines": 0}  # fmt: skip
    assert Ward.objects.filter(name="Castle of Stone").exists()


@pytest.mark.parametrize(
    ("name", "was", "becomes", "says"),
    [
        ("wards.csv", "code,name", "id,name", "no column code"),
        ("wards.csv", ",2024,", ",lately,", "“lately” is not a number"),
        ("wards.csv", f",{DARTFORD}", ",E07999999", "a district that is not there: E07999999"),
        ("districts.csv", "E07000108", DARTFORD, "E07000107 more than once"),
        ("lsoa-changes.csv", ",S,", ",Z,", "not one of U, S, M and X"),
        ("populations.csv", ",2021,", ",2021\n", "fields are missing"),
    ],
)
def test_a_wrong_file_changes_nothing(tmp_path, name, was, becomes, says):
    folder = copied(tmp_path)
    text = (folder / name).read_text()
    (folder / name).write_text(text.replace(was, becomes, 1 if "\n" in becomes else -1))

    with pytest.raises(Unloadable, match=says):
        load(folder)
    assert not District.objects.exists()


def test_an_outline_that_is_none(tmp_path):
    (tmp_path / "outlines.geojson").write_text('{"features": [{}]}')

    with pytest.raises(Unloadable, match="GeoJSON"):
        load(tmp_path)


def test_the_command(tmp_path):
    out = io.StringIO()
    call_command("load_areas", stdout=out)

    assert "279 wards: 279 new or changed" in out.getvalue()
    with pytest.raises(CommandError, match="no file of areas here"):
        call_command("load_areas", tmp_path)
