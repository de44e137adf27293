"""Orders of business that a group keeps, and agendas that start from them."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.markings import Marking
from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import AgendaTemplate, ItemKind, TemplateLine
from meetings.queries import templates as reading
from meetings.threads import thread_of
from meetings.workflow import agenda, drafting, templates
from tests.meetings.held import NOVEMBER, SEPTEMBER, at, drafted

OPEN, SECRET = Marking.OFFICIAL, Marking.SENSITIVE


@pytest.fixture(autouse=True)
def november():
    with at(NOVEMBER, 9):
        yield


def line(**more):
    return {
        "title": "Winter policing", "kind": ItemKind.OTHER, "marking": OPEN, "minutes_allowed": 5,
        "led_by": "", "paper_expected": False, "only_first": False, "note": "",
    } | more  # fmt: skip


def titles(holder):
    return [each.title for each in holder]


def made(world, *lines, name="Short", group=None):
    template = templates.add(group or world.board, name=name, by=world.officer)
    for each in lines:
        templates.add_line(template, **line(**each), by=world.officer)
    return template


# ---- the template -------------------------------------------------------------------------------


def test_the_terms_of_reference_make_a_template_with_every_standing_item(world):
    template = templates.add(
        world.board, name="Ours", lines=reading.from_terms(world.board), by=world.officer
    )
    lines = reading.in_order(template)
    kinds = [each.kind for each in lines]
    assert kinds[:4] == ["apologies", "interests", "minutes", "matters_arising"]
    assert lines[2].title == "Minutes of the last meeting"
    assert [each.only_first for each in lines if each.kind == ItemKind.CHAIR_REVIEW] == [True]
    assert {each.led_by for each in lines if each.kind == ItemKind.DVACS} == {"group:dvacs"}
    assert [each.position for each in lines] == list(range(1, len(lines) + 1))


def test_a_new_agenda_starts_from_the_standing_template(world):
    with at(SEPTEMBER - datetime.timedelta(days=40)):
        drafted(world, SEPTEMBER)
    template = made(
        world, {"title": "Minutes", "kind": ItemKind.MINUTES}, {"title": "Chairs",
        "kind": ItemKind.CHAIR_REVIEW}, {"title": "Yearly", "only_first": True},
        {"title": "Shops", "led_by": "chair"}, {"title": "Everyone speaks", "led_by": "Everyone"},
    )  # fmt: skip
    templates.make_standing(template, by=world.officer)
    meeting = drafted(world)
    items = list(meeting.items.order_by("number"))
    assert titles(items) == ["Minutes of 16 September 2026", "Shops", "Everyone speaks"]
    assert items[1].lead == world.chair
    assert (items[2].lead, items[2].lead_words) == (None, "Everyone")
    assert items[0].thread == thread_of(world.board, ItemKind.MINUTES)


def test_the_first_meeting_of_the_year_reviews_its_chair_and_has_no_minutes_to_agree(world):
    template = made(
        world, {"title": "Minutes", "kind": ItemKind.MINUTES}, {"title": "Chairs",
        "kind": ItemKind.CHAIR_REVIEW}, {"title": "Yearly", "only_first": True},
    )  # fmt: skip
    templates.make_standing(template, by=world.officer)
    assert titles(drafted(world).items.order_by("number")) == ["Chairs", "Yearly"]


def test_one_template_is_standing_and_another_takes_its_place(world):
    first, second = made(world, name="One"), made(world, name="Two")
    templates.make_standing(first, by=world.officer)
    templates.make_standing(second, by=world.officer)
    standing = AgendaTemplate.objects.filter(standing=True)
    assert [each.name for each in standing] == ["Two"]
    templates.make_standing(second, standing=False, by=world.officer)
    assert not standing.all().exists()


def test_the_agenda_of_a_meeting_becomes_a_template_without_its_people_and_dates(world):
    with at(SEPTEMBER - datetime.timedelta(days=40)):
        drafted(world, SEPTEMBER)
    meeting = drafted(world)
    agenda.add_item(
        meeting, title="Shop theft", marking=OPEN, minutes_allowed=7, lead=world.kent,
        by=world.officer,
    )  # fmt: skip
    lines = reading.from_meeting(list(meeting.items.order_by("number")), world.board)
    assert "Minutes of the last meeting" in titles(lines)
    theft = next(each for each in lines if each.title == "Shop theft")
    assert (theft.minutes_allowed, theft.led_by) == (7, "")


def test_lines_move_within_their_part_and_the_restricted_part_stays_last(world):
    template = made(world, *({"title": each} for each in "AB"), {"title": "Z", "marking": SECRET})
    templates.add_line(template, **line(title="C"), by=world.officer)

    def order():
        return "".join(titles(reading.in_order(template)))

    def at_title(title):
        return template.lines.get(title=title)

    assert order() == "ABCZ"
    templates.move_line(at_title("C"), to=1, by=world.officer)
    assert order() == "CABZ"
    templates.move_line(at_title("C"), up=True, by=world.officer)
    templates.move_line(at_title("Z"), up=True, by=world.officer)
    assert order() == "CABZ"
    templates.change_line(at_title("A"), **line(title="A", marking=SECRET), by=world.officer)
    assert order() == "CBAZ"
    templates.remove_line(at_title("B"), by=world.officer)
    assert order() == "CAZ"
    assert sorted(template.lines.values_list("position", flat=True)) == [1, 2, 3]


def test_a_draft_is_filled_with_what_it_has_not(world):
    meeting = drafted(world)
    before = meeting.items.count()
    template = made(
        world, {"title": "Funds", "kind": ItemKind.FUNDING}, {"title": "Taxi marshals"},
        {"title": "any other BUSINESS"}, {"title": "Secret", "marking": SECRET},
    )  # fmt: skip
    added = drafting.fill_from(meeting, template, by=world.officer)
    assert titles(added) == ["Taxi marshals", "Secret"]
    items = list(meeting.items.order_by("number"))
    assert [each.number for each in items] == list(range(1, before + 3))
    assert items[-1].title == "Secret"
    opened = [each for each in items if each.marking == OPEN]
    assert titles(opened)[-3] == "Taxi marshals"
    assert drafting.fill_from(meeting, template, by=world.officer) == []


# ---- what cannot be -----------------------------------------------------------------------------


@pytest.mark.parametrize(("wrong", "field"), [
    ({"title": " "}, "title"), ({"title": "x" * 201}, "title"),
    ({"minutes_allowed": 0}, "minutes_allowed"), ({"marking": "x"}, "marking"),
    ({"kind": ItemKind.FUNDING}, "kind"),
])  # fmt: skip
def test_what_cannot_be_a_line_is_said_by_field(world, wrong, field):
    template = made(world, {"title": "Funds", "kind": ItemKind.FUNDING})
    with pytest.raises(ValidationError) as refused:
        templates.add_line(template, **line(**wrong), by=world.officer)
    assert set(refused.value.message_dict) == {field}


def test_two_templates_of_a_group_have_two_names(world):
    made(world, name="Short")
    for name in ("short", " ", "x" * 81):
        with pytest.raises(ValidationError) as refused:
            made(world, name=name)
        assert set(refused.value.message_dict) == {"name"}
    made(world, name="Short", group=world.dvacs_group)


def test_only_the_groups_officers_keep_its_templates(world):
    template = made(world, {"title": "A"})
    for who in (world.chair, world.kent, world.ocg, world.stranger):
        for verb in (
            lambda who=who: templates.add(world.board, name="Mine", by=who),
            lambda who=who: templates.remove(template, by=who),
            lambda who=who: templates.add_line(template, **line(), by=who),
        ):
            with pytest.raises(Refused):
                verb()


def test_a_template_that_was_deleted_meanwhile_says_so(world):
    template = made(world, {"title": "A"})
    gone = template.lines.get()
    templates.remove_line(gone, by=world.officer)
    with pytest.raises(Wrong, match="removed this line"):
        templates.remove_line(TemplateLine(pk=gone.pk, template=template), by=world.officer)
    templates.remove(template, by=world.officer)
    template.pk = template.pk or gone.template_id
    with pytest.raises(Wrong, match="deleted this template"):
        templates.rename(
            AgendaTemplate(pk=gone.template_id, group=world.board), name="B", by=world.officer
        )


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_choose_at_once_leave_one_standing_template(world, run_at_once):
    both = iter([made(world, name="One"), made(world, name="Two")])
    run_at_once(lambda: templates.make_standing(next(both), by=world.officer), 2)
    assert AgendaTemplate.objects.filter(standing=True).count() == 1


# ---- pages --------------------------------------------------------------------------------------


def test_an_officer_makes_a_template_and_fills_a_draft_from_it(world, sign_in):
    meeting = drafted(world)
    client = sign_in(world.officer)

    def to(name, *args):
        return reverse(f"meetings:{name}", args=["dartford", "board", *args])

    assert "No templates yet" in client.get(to("templates")).content.decode()
    client.post(to("template_add"), {"name": "Ours", "source": "terms"})
    template = AgendaTemplate.objects.get()
    page = client.get(to("template", template.pk)).content.decode()
    assert "Restricted part" in page
    client.post(to("template_change", template.pk), {"name": "Renamed"})
    client.post(to("line_add", template.pk), line(title="Shops", paper_expected="", only_first=""))
    shops = template.lines.get(title="Shops")
    client.post(
        to("line_change", template.pk, shops.pk),
        line(title="Shop theft", led_by_words="Everyone", paper_expected="", only_first=""),
    )
    answer = client.post(to("line_move", template.pk, shops.pk), {"way": "up"}, follow=True)
    assert 'value="up" autofocus>Up' in answer.content.decode()
    client.post(to("template_standing", template.pk), {"standing": "yes"})
    filled = client.post(
        reverse("meetings:agenda_fill", args=["dartford", meeting.slug]),
        {"template": template.pk}, follow=True,
    ).content.decode()  # fmt: skip
    assert "1 item was added from Renamed" in filled
    assert meeting.items.get(title="Shop theft").lead_words == "Everyone"
    assert "Delete the template Renamed?" in client.get(
        to("template_remove", template.pk)
    ).content.decode()  # fmt: skip
    client.post(to("template_remove", template.pk))
    assert not AgendaTemplate.objects.exists()


def test_a_line_without_a_title_says_so_beside_the_field(world, sign_in):
    template = made(world)
    url = reverse("meetings:line_add", args=["dartford", "board", template.pk])
    page = sign_in(world.officer).post(url, line(title="")).content.decode()
    assert "Enter the title" in page
