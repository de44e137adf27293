"""A case's seats are its need-to-know list: they end with what they rest on, and make no noise."""

import datetime

import pytest
from django.urls import reverse

import membership.workflow
from core import clock
from core.workflow import Wrong
from documents.queries.papers import protocol_in_force
from membership import standing
from membership.models import GroupKind, Role, Seat, SharingProtocol
from membership.queries import known_groups, without_protocol
from membership.queries.sharing import under_protocol
from membership.workflow import form_panel
from tests import world as worlds
from triggers.queries import people
from triggers.workflow import seating

DAY = datetime.timedelta(days=1)


@pytest.fixture
def second(world):
    """Another officer of the secretariat from the beginning, so that somebody can leave."""
    person = worlds.person("Aspen Rowe")
    return worlds.seat(person, world.secretariat, world.council, Role.OFFICER)


def on_case(person, case):
    return case.group_id in standing.groups(person)


def test_whoever_leaves_the_secretariat_leaves_their_cases(second, case, world, sign_in):
    assert on_case(second.person, case)
    membership.workflow.end_seat(second, on=clock.today(), by=world.officer)
    assert not on_case(second.person, case)
    assert sign_in(second.person).get(case.get_absolute_url()).status_code == 404


def test_whoever_moves_from_the_secretariat_leaves_their_cases(second, case, world):
    membership.workflow.move_seat(
        second, group=world.board, role=Role.MEMBER, on=clock.today(), by=world.officer
    )
    assert not on_case(second.person, case)


def test_a_move_that_keeps_the_role_keeps_the_cases(second, case, world):
    membership.workflow.move_seat(second, post=world.manager_post, on=clock.today(),
                                  by=world.officer)  # fmt: skip
    assert on_case(second.person, case)


def test_a_term_that_ends_ends_on_the_cases_too(second, case, world):
    last = clock.today() + 30 * DAY
    membership.workflow.renew_seat(second, ends_on=last, by=world.officer)
    assert Seat.objects.get(group=case.group, person=second.person).ends_on == last
    second.refresh_from_db()
    membership.workflow.renew_seat(second, ends_on=None, by=world.officer)
    assert Seat.objects.get(group=case.group, person=second.person).ends_on is None


def test_whoever_leaves_the_standing_panel_leaves_its_cases_and_no_other_panel(
    case, procedure, world
):
    person = worlds.person("Cedar Whitlock")
    held = worlds.seat(person, procedure.group, world.police)
    worlds.seat(person, case.group, world.police)
    elsewhere = worlds.group(world.partnership, "Another panel", GroupKind.PANEL)
    worlds.seat(person, elsewhere, world.police)
    membership.workflow.end_seat(held, on=clock.today(), by=world.officer)
    assert not on_case(person, case)
    assert elsewhere.pk in standing.groups(person)


def test_who_leaves_the_board_keeps_what_does_not_rest_on_it(case, world):
    worlds.seat(world.kent, case.group, world.county)
    membership.workflow.end_seat(world.kent_seat, on=clock.today(), by=world.officer)
    assert on_case(world.kent, case)


def test_a_case_works_under_the_standing_panels_protocol(case, procedure, world):
    assert standing.clearance(world.officer, case.group)
    SharingProtocol.objects.filter(group=procedure.group).update(ends_on=clock.today())
    assert not standing.clearance(world.officer, case.group)


def test_its_papers_stand_under_that_protocol_too(case, procedure):
    found = protocol_in_force(case.group, clock.today())

    assert found == SharingProtocol.objects.get(group=procedure.group)


def test_a_panel_that_reports_to_a_subgroup_inherits_nothing(world):
    panel = worlds.group(
        world.partnership, "Of a subgroup", GroupKind.PANEL, reports_to=world.dvacs_group
    )
    worlds.seat(world.officer, panel, world.council, Role.OFFICER)
    assert not standing.clearance(world.officer, panel)


def test_an_officer_of_the_standing_panel_alone_runs_its_cases(procedure, world):
    """They need no seat in the secretariat to put others on a case, or to take them off."""
    person = worlds.person("Cedar Whitlock")
    held = worlds.seat(person, procedure.group, world.council, Role.OFFICER)
    group = form_panel(
        procedure.group, name="Case", short_name="Case", slug="abc", officers=[held],
        starts_on=clock.today(),
    )  # fmt: skip
    seat = membership.workflow.seat(
        group, person=world.kent, agency=world.county, starts_on=clock.today(), by=person
    )
    membership.workflow.end_seat(seat, on=clock.today(), by=person)


def test_the_panel_of_a_case_is_not_ended_by_hand(case, procedure, world):
    for group in (case.group, procedure.group):
        with pytest.raises(Wrong, match="Cases rest on this panel"):
            membership.workflow.end_group(group, on=clock.today(), by=world.officer)


def test_an_officer_is_offered_once_however_many_seats_they_hold(case, procedure, world):
    person = worlds.person("Cedar Whitlock")
    worlds.seat(person, procedure.group, world.council, Role.OFFICER)
    worlds.seat(person, world.secretariat, world.council, Role.OFFICER)
    assert people.may_be_put_on(case).filter(person=person).count() == 1
    held = people.may_be_put_on(case).get(person=person)
    seating.put_on_case(case, held=held, reason="Helps me", by=world.officer)
    assert not people.may_be_put_on(case).filter(person=person).exists()


# ---- no noise -----------------------------------------------------------------------------------


def test_a_case_is_in_no_list_of_groups_not_even_of_those_on_it(case, world):
    for user in (None, world.officer, world.chair):
        assert case.group not in known_groups(world.partnership, user)
        found = under_protocol(world.partnership, clock.today(), user or world.officer)
        assert case.group not in [row.group for row in found]
    assert case.group not in without_protocol(world.partnership, clock.today())


HERE = (
    "membership:people", "membership:people_csv", "membership:popolo", "membership:sharing",
    "dashboards:policy", "dashboards:audit", "dashboards:owed", "meetings:list",
    "meetings:decisions", "actions:list", "actions:csv", "actions:requests",
    "actions:requests_csv", "notices:scheduled", "notices:log", "notices:calendar",
    "notices:cycles", "documents:sharing_record", "triggers:index", "triggers:cases",
    "triggers:cases_csv", "triggers:procedure",
)  # fmt: skip


def told(client, case):
    """Pages that give away that there is a case, or anything of it."""
    urls = [reverse(name, args=["dartford"]) for name in HERE]
    urls += [f"{urls[0]}?by=group", f"{urls[0]}?by=person", reverse("dashboards:home")]
    urls.append(reverse("notices:list"))
    words = (case.reference, case.group.slug, "Fern Aldous", "Invented Row")
    for url in urls:
        answer = client.get(url, follow=True)
        assert answer.status_code < 500, url
        seen = answer.content.decode()
        if any(word in seen for word in words):
            yield url


@pytest.mark.parametrize(
    "who", ["chair", "vice", "kent", "dvacs", "scrutiny", "commissioner", "administrator"]
)
def test_no_page_tells_somebody_off_the_case_of_it(who, case, asked, world, sign_in):
    assert list(told(sign_in(getattr(world, who)), case)) == []


def test_no_page_tells_another_officer_of_it(case, asked, colleague, sign_in):
    assert list(told(sign_in(colleague), case)) == []
