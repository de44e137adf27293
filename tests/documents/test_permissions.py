"""Who may what: the table of this room, written out, for every persona."""

import pytest
from django.contrib.auth.models import AnonymousUser

from core.permissions import can
from documents import workflow
from documents.models import Document, Opening

PERSONAS = [
    "officer", "chair", "vice", "kent", "watch", "dvacs", "ocg", "scrutiny", "commissioner",
    "administrator", "leaver", "guest", "stranger", "anonymous",
]  # fmt: skip
ON_BOARD = {"officer", "chair", "vice", "kent", "watch"}
EVERYBODY = set(PERSONAS)

# What each row allows, on a restricted paper of the board and what belongs to it.
ALLOWED = {
    "Document: view": ON_BOARD,
    "Document: open": ON_BOARD - {"watch"},
    "Document: change": {"officer"},
    "Document: open to an agency": {"officer"},
    "Opening: close": {"officer"},
    "Group: send in papers": {"officer"},
    "Publication: read": EVERYBODY,
    "Partnership: read publications": EVERYBODY,
    "Partnership: publish": {"officer", "ocg"},
    "Partnership: read record of sharing": {"officer", "ocg"},
    "Partnership: keep record of sharing": {"officer", "ocg"},
    "SharingRecord: view": {"officer"},
    "SharingRecord: change": {"officer"},
}


@pytest.fixture
def people(world):
    return {
        name: AnonymousUser() if name == "anonymous" else getattr(world, name) for name in PERSONAS
    }


@pytest.mark.parametrize("row", ALLOWED)
def test_every_row_allows_exactly_these(world, people, restricted, opening, publish, row):
    workflow.close_opening(opening, by=world.officer)
    kind, _, verb = row.partition(": ")
    obj = {
        "Document": restricted, "Opening": opening, "Group": world.board, "Publication": publish(),
        "Partnership": world.partnership, "SharingRecord": opening.record,
    }[kind]  # fmt: skip

    verdicts = {name: can(who, verb, obj) for name, who in people.items()}

    assert {name for name, verdict in verdicts.items() if verdict} == ALLOWED[row]
    assert all(verdict.reason for verdict in verdicts.values() if not verdict)


@pytest.mark.parametrize("group", ["board", "dvacs_group", "ocg_group", "secretariat"])
def test_who_may_view_a_paper_is_who_it_is_listed_to(world, people, paper, group):
    on_group = getattr(world, group)
    by = world.ocg if group == "ocg_group" else world.officer
    document = paper(on_group, by=by)

    for who in people.values():
        listed = document in Document.objects.visible_to(who).of(world.partnership)
        assert listed == bool(can(who, "view", document))


def test_an_exception_is_listed_to_who_may_know_of_its_paper(people, opening):
    for who in people.values():
        listed = opening in Opening.objects.visible_to(who)
        assert listed == bool(can(who, "view", opening.document))


def test_an_exception_is_for_the_agency_on_that_group_alone(world, opening):
    """Somebody of the agency who does not sit on the group gains nothing by it."""
    assert can(world.watch, "open", opening.document)
    world.watch_seat.group = world.dvacs_group
    world.watch_seat.save()

    assert not can(world.watch, "open", opening.document)
