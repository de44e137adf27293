"""The caseload and the page of a case: for those on it, and for nobody else."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import ReadEntry
from core import clock
from core.registries import work
from triggers.models import Application, CaseLink, CaseNote, Stage
from triggers.workflow import casework, listing

DAY = datetime.timedelta(days=1)
PAGES = (
    "case", "case_person", "case_incidents", "case_information", "case_timeline", "case_people",
    "case_threshold", "case_clocks",
)  # fmt: skip


def page(name, case, *more):
    return reverse(f"triggers:{name}", args=["dartford", case.reference, *more])


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_a_case_opens_for_its_officer_and_is_recorded(
    name, case, world, sign_in
):  # fmt: skip
    before = ReadEntry.objects.filter(group_id=str(case.group_id)).count()
    answer = sign_in(world.officer).get(page(name, case))
    assert answer.status_code == 200
    assert ReadEntry.objects.filter(group_id=str(case.group_id)).count() == before + 1


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "who", ["chair", "vice", "kent", "watch", "scrutiny", "administrator", "stranger", "guest"]
)
def test_nobody_else_learns_that_it_is_there(name, who, case, world, sign_in):
    assert sign_in(getattr(world, who)).get(page(name, case)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_another_officer_of_the_same_secretariat_gets_404(name, case, colleague, sign_in):
    client = sign_in(colleague)
    assert client.get(page(name, case)).status_code == 404
    listed = client.get(reverse("triggers:cases", args=["dartford"]))
    assert listed.status_code == 200
    assert case.reference not in listed.content.decode()
    assert "You sit on no case" in listed.content.decode()


def test_a_panel_member_reads_the_case_but_no_name_and_changes_nothing(
    case, member, sign_in
):  # fmt: skip
    client = sign_in(member)
    seen = client.get(page("case", case))
    assert seen.status_code == 200
    assert "Show name and contact" not in seen.content.decode()
    for name in ("case_person", "case_close", "case_note", "incident_add", "case_ask"):
        assert client.get(page(name, case)).status_code == 403


def test_the_page_names_nobody_until_asked(case, world, sign_in):
    client = sign_in(world.officer)
    for name in ("case", "case_incidents", "case_information", "case_people"):
        assert "Fern Aldous" not in client.get(page(name, case)).content.decode()
    assert "Fern Aldous" in client.get(page("case_person", case)).content.decode()


def test_the_list_its_views_and_its_file(case, world, sign_in):
    client = sign_in(world.officer)
    here = reverse("triggers:cases", args=["dartford"])
    assert case.reference in client.get(here).content.decode()
    assert case.reference in client.get(f"{here}?view=acknowledge").content.decode()
    assert case.reference not in client.get(f"{here}?view=closed").content.decode()
    assert client.get(f"{here}?view=nonsense&sort=nonsense").status_code == 200
    file = client.get(reverse("triggers:cases_csv", args=["dartford"])).content.decode()
    assert case.reference in file
    assert "Fern" not in file
    assert "Invented Row" not in file


def test_the_list_asks_as_often_for_many_cases(case, world, sign_in):
    client, here = sign_in(world.officer), reverse("triggers:cases", args=["dartford"])
    client.get(here)
    with CaptureQueriesContext(connection) as few:
        assert client.get(here).status_code == 200
    for number in range(3):
        group = type(case.group).objects.create(
            partnership=world.partnership, name=f"C{number}", short_name=f"C{number}",
            slug=f"c-{number}", kind="panel", reports_to=case.group.reports_to,
            starts_on=clock.today(),
        )  # fmt: skip
        case.group.seats.model.objects.create(
            group=group, person=world.officer, agency=world.council, role="officer",
            starts_on=clock.today(), created_by=world.officer,
        )  # fmt: skip
        Application.objects.create(
            partnership=world.partnership, group=group, reference=f"CR-2026-9{number:03}",
            stage=Stage.RECEIVED, received_at=clock.now(), received_on=clock.today(),
        )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        assert "CR-2026-9002" in client.get(here).content.decode()
    assert len(many) == len(few)


def test_every_form_of_a_case_opens_and_says_what_is_missing(case, world, sign_in):
    client = sign_in(world.officer)
    forms = [
        "case_acknowledge", "case_sort", "case_link", "case_repeat", "case_complained_of",
        "case_note", "case_withdraw", "incident_add", "list_sent", "case_ask", "person_put_on",
    ]  # fmt: skip
    for name in forms:
        assert client.get(page(name, case)).status_code == 200, name
        assert client.post(page(name, case), {}).status_code in (200, 302), name
    assert client.get(page("incident_change", case, 1)).status_code == 200
    assert client.get(page("incident_change", case, 99)).status_code == 404
    assert client.get(page("incident_remove", case, 1)).status_code == 200
    assert client.get(page("incident_history", case, 1)).status_code == 200


def test_a_case_is_sorted_noted_and_acknowledged_on_its_pages(case, world, wards, sign_in):
    client = sign_in(world.officer)
    told = {"topics": ["noise", "fire"], "ward": wards[0].pk}
    assert client.post(page("case_sort", case), told).status_code == 302
    other = client.post(page("case_sort", case), {"topics": ["noise"], "ward": wards[2].pk})
    assert other.status_code == 200  # a ward of another district is not offered
    today = clock.today()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    assert client.post(page("case_acknowledge", case), day).status_code == 302
    note = {"kind": "contact", "text": "Called on the number"}
    assert client.post(page("case_note", case), note).status_code == 302
    case.refresh_from_db()
    assert (case.topics, case.ward) == (["noise", "fire"], wards[0])
    assert case.acknowledged_on == today
    assert case.clocks.get(stage="acknowledge").done_on == today
    assert CaseNote.objects.get(application=case).by == world.officer
    assert "Temple Hill ward" in client.get(page("case", case)).content.decode()


def test_what_is_typed_with_markup_is_shown_as_text(case, world, sign_in):
    complaint = case.complaints.first()
    complaint.what = "<script>alert(1)</script>"
    complaint.save()
    seen = sign_in(world.officer).get(page("case_incidents", case)).content.decode()
    assert "<script>alert(1)" not in seen


def test_the_record_of_reading_is_a_page_and_a_file(case, world, sign_in):
    client = sign_in(world.officer)
    client.get(page("case", case))
    seen = client.get(page("case_people", case)).content.decode()
    assert "Hazel Okafor" in seen
    assert "Came with the case" in seen
    assert "1 person can open this case" in seen
    file = client.get(page("case_reads_csv", case)).content.decode()
    assert "Hazel Okafor" in file
    assert "Fern" not in file
    assert client.get(page("case_deeds_csv", case)).status_code == 200


def test_linked_cases_are_told_of_to_officers_of_both_only(
    case, world, another, colleague, sign_in
):  # fmt: skip
    casework.link_cases(case, another, why="The same block", by=world.officer)
    link = CaseLink.objects.get()
    assert link in CaseLink.objects.visible_to(world.officer)
    assert link not in CaseLink.objects.visible_to(colleague)
    assert another.reference in sign_in(world.officer).get(page("case", case)).content.decode()


def test_my_work_names_the_next_step_to_the_cases_officers_only(case, world, colleague):
    mine = [each.what for each in work.gather(world.officer, clock.today() + 3 * DAY)]
    assert f"{case.reference}: acknowledge it" in mine
    listing.correct(case, text="It was a Sunday")
    mine = [each.what for each in work.gather(world.officer, clock.today())]
    assert f"{case.reference}: the applicant has written" in mine
    for who in (colleague, world.chair, world.kent):
        theirs = " ".join(each.what for each in work.gather(who, clock.today()))
        assert case.reference not in theirs
