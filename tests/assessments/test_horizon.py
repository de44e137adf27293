"""The horizon: noted with its source, followed, closed and taken up again, put before the board."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actions.models import Action
from assessments.models import PolicyChange
from assessments.queries import horizon as queries
from assessments.reminders.powers import look_again
from assessments.work.powers import changes_to_look_at
from assessments.workflow import horizon
from assessments.workflow.taking import Changed
from core.permissions import Refused
from core.workflow import Wrong
from meetings.models import ItemKind, Meeting
from meetings.workflow import schedule
from tests.assessments import knowing
from tests.assessments.knowing import TODAY
from tests.pdf_text import pages

URL = "/dartford/assessments/horizon/"
D = datetime.date


@pytest.fixture(autouse=True)
def on_the_day(world, time_machine):
    time_machine.move_to(knowing.NOON)


def meeting(world, on):
    return schedule.schedule(
        world.board, on=on, starts_at=datetime.time(10), ends_at=datetime.time(12),
        venue="Civic Centre", online=False, meant=True, by=world.officer,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["title", "what", "source"])
def test_what_is_missing_is_named(world, name):
    with pytest.raises(ValidationError) as wrong:
        knowing.change(world, **{name: "  "})
    assert name in wrong.value.message_dict


def test_only_officers_keep_it_and_strangers_do_not_read_it(world, sign_in):
    with pytest.raises(Refused):
        knowing.change(world, by=world.chair)
    change = knowing.change(world)

    assert sign_in(world.kent).get(change.get_absolute_url()).status_code == 200
    assert sign_in(world.stranger).get(change.get_absolute_url()).status_code == 404
    assert sign_in(world.scrutiny).get(URL).status_code == 403


def test_the_owner_is_a_partner_and_the_theme_is_ours(world):
    theme = knowing.theme(world)
    with pytest.raises(ValidationError) as wrong:
        knowing.change(world, owner=world.gravesham_council)
    assert "owner" in wrong.value.message_dict

    change = knowing.change(world, owner=world.county, themes=[theme])

    assert list(change.themes.all()) == [theme]


def test_a_stale_change_is_refused(world):
    change = knowing.change(world)
    horizon.update(change, touches="Our terms", version=1, by=world.officer)

    with pytest.raises(Changed):
        horizon.update(change, touches="Nothing", version=1, by=world.officer)


def test_closed_and_taken_up_again(world):
    change = knowing.change(world, look_again_on=TODAY)

    horizon.close(change, because="In force and in our procedures", by=world.officer)
    assert list(changes_to_look_at(world.officer, TODAY)) == []
    with pytest.raises(Wrong, match="closed"):
        horizon.update(change, title="Other", by=world.officer)
    horizon.reopen(change, by=world.officer)

    assert [each.due for each in changes_to_look_at(world.officer, TODAY)] == [TODAY]


def test_the_day_to_look_again_is_reminded_of(world):
    change = knowing.change(world, look_again_on=D(2026, 12, 1), owner=world.county)

    [row] = look_again(TODAY)

    assert (row["subject"], row["due"], row["agency"]) == (
        str(change.pk), D(2026, 12, 1), world.county.pk
    )  # fmt: skip


def test_an_action_of_the_register_prepares_for_it(world, sign_in):
    change = knowing.change(world)

    sign_in(world.officer).post(
        f"{URL}{change.pk}/action/",
        {"text": "List our contracts", "owner": world.council.slug, "due_on_day": 1,
         "due_on_month": 2, "due_on_year": 2027},
    )  # fmt: skip

    action = Action.objects.get()
    change.refresh_from_db()
    assert change.action == action
    assert action.raised_url == change.get_absolute_url()
    with pytest.raises(Wrong, match="already"):
        horizon.make_action(
            change, world.board, text="Again", owner=world.council, post=None,
            due_on=D(2027, 2, 1), by=world.officer,
        )  # fmt: skip
    horizon.link_action(change, action=None, by=world.officer)
    assert Action.objects.count() == 1


def test_what_changed_since_the_last_meeting(world, time_machine):
    with knowing.at(2026, 6, 1):
        old = knowing.change(world, title="Old")
        moved = knowing.change(world, title="Moved", owner=world.council)
        gone = knowing.change(world, title="Gone")
    horizon.update(moved, stage="in_force", commences_on=D(2026, 11, 1), by=world.officer)
    horizon.close(gone, because="Withdrawn", by=world.officer)
    knowing.change(world, title="Newest")

    found = queries.since(queries.listed(world.kent, world.partnership), D(2026, 9, 16))

    assert [(each.change.title, each.how) for each in found] == [
        ("Newest", "New"), ("Gone", "Closed"), ("Moved", "Changed")
    ]  # fmt: skip
    assert [(line.label, line.before, line.now) for line in found[2].differences] == [
        ("How far it is", "Proposed", "In force"), ("Commences on", "", "1 November 2026"),
    ]  # fmt: skip
    assert old.pk


def test_the_annex_holds_what_was_open_on_the_day_by_level(world):
    with knowing.at(2026, 6, 1):
        knowing.change(world, title="National one", commences_on=D(2028, 5, 1))
        local = knowing.change(world, title="Local one", level="local", verified=True)
    with knowing.at(2026, 10, 1):
        knowing.change(world, title="Later one")
        horizon.close(local, because="Done", by=world.officer)

    found = queries.annex(world.partnership, D(2026, 9, 1))

    assert {level: [line.title for line in lines] for level, lines in found.items()} == {
        "National": ["National one"], "Local": ["Local one"]
    }  # fmt: skip
    assert found["Local"][0].verified


@pytest.mark.pdf
def test_it_becomes_a_paper_of_the_next_meeting(world, sign_in):
    knowing.change(world, title="New councils in Kent")
    coming = meeting(world, D(2026, 12, 9))
    client = sign_in(world.officer)
    assert "Put it on the agenda" in client.get(f"{URL}since/").content.decode()
    assert "Put it on the agenda" not in sign_in(world.kent).get(f"{URL}since/").content.decode()

    client.post(f"{URL}since/paper/")

    paper = Meeting.objects.get(pk=coming.pk).items.get(kind=ItemKind.HORIZON).papers.get()
    text = " ".join(pages(bytes(paper.document.versions.get().content.data)))
    assert "New councils in Kent" in text
    assert sign_in(world.kent).get(f"{URL}since/pdf/")["Content-Type"] == "application/pdf"


def test_without_a_meeting_to_come_it_says_so(world, sign_in):
    page = sign_in(world.officer).post(f"{URL}since/paper/", follow=True)

    assert "no meeting to come" in page.content.decode()


def test_the_list_narrows_sorts_and_downloads(world, sign_in):
    knowing.change(world, title="Alpha", stage="in_force", commences_on=D(2026, 1, 1))
    knowing.change(world, title="Beta", level="local", commences_on=D(2027, 1, 1))
    client = sign_in(world.kent)

    assert "Alpha" not in client.get(f"{URL}?view=soon").content.decode()
    assert "Beta" not in client.get(f"{URL}?stage=in_force").content.decode()
    text = client.get(f"{URL}csv/?sort=-title").content.decode()
    assert text.index("Beta") < text.index("Alpha")
    assert client.get(f"{URL}?level=nonsense&sort=nonsense&page=0").status_code == 200


def test_a_form_with_mistakes_says_them(world, sign_in):
    page = sign_in(world.officer).post(f"{URL}add/", {"level": "nonsense", "source_url": "x"})

    text = page.content.decode()
    assert "Enter the title" in text
    assert "Choose from the list" in text
    assert not PolicyChange.objects.exists()


def test_the_list_asks_as_often_for_many_as_for_one(world, sign_in):
    client = sign_in(world.kent)
    theme = knowing.theme(world)
    knowing.change(world, themes=[theme])
    client.get(URL)
    counted = []
    for more in (0, 20):
        for _ in range(more):
            knowing.change(world, themes=[theme], owner=world.county)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counted.append(len(asked))
    assert counted[0] == counted[1]
