"""The demonstration's story, told through the real workflow on a fixed day."""

import datetime
import os

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from actions.models import Action
from actions.models import Status as ActionStatus
from audit.queries import verify_chain
from demo import story
from demo.queries import email_of, personas
from demo.year import Year
from meetings.models import Meeting, Status
from membership.models import GroupKind
from tests.demo import deaths

TOLD = datetime.date(2026, 11, 23)
# A weekend, days beside bank holidays, and the first weeks of a municipal year.
OTHER_DAYS = [
    datetime.date(2026, 12, 26),
    datetime.date(2027, 1, 2),
    datetime.date(2027, 3, 28),
    datetime.date(2027, 5, 3),
    datetime.date(2027, 6, 1),
]

pytestmark = pytest.mark.pdf


@pytest.fixture(autouse=True)
def nobody_is_written_to(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def board_meetings(cast):
    return list(Meeting.objects.filter(group=cast.groups["board"]).order_by("on"))


def test_the_story_ends_with_a_meeting_about_to_be_held(db, client):
    cast = story.tell(TOLD)

    states = [meeting.status for meeting in board_meetings(cast)]
    assert states == [
        Status.PUBLISHED, Status.PUBLISHED, Status.WITH_PARTNERS, Status.SCHEDULED,
        Status.SCHEDULED,
    ]  # fmt: skip
    assert set(Action.objects.values_list("status", flat=True)) == set(ActionStatus.values)
    assert verify_chain(story.SLUG) is None
    for user, _ in personas():
        client.force_login(user)
        assert client.get("/").status_code == 200
    client.logout()
    page = client.get(reverse("dashboards:public", args=[story.SLUG])).content.decode()
    assert "Board minutes, 17 June 2026" in page
    it_keeps_its_secrets(client, cast)
    deaths.look(cast, client)


def it_keeps_its_secrets(client, cast):
    """What is restricted in the story is on no page of the public's."""
    minutes = f"minutes-{board_meetings(cast)[0].slug}/"
    for address in ("", "feed/", "search/?q=DVACS", minutes):
        answer = client.get(f"/dartford/public/{address}")
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Home safety visits" not in page
        assert "outreach" not in page


@pytest.mark.parametrize("day", OTHER_DAYS if os.environ.get("CSP_TEST_ALL") else OTHER_DAYS[:1])
def test_the_story_can_be_told_on_any_day(db, client, day):
    cast = story.tell(day)

    assert [meeting.status for meeting in board_meetings(cast)][:2] == [Status.PUBLISHED] * 2
    assert cast.groups["board"].kind == GroupKind.BOARD
    it_keeps_its_secrets(client, cast)


@pytest.mark.parametrize("offset", range(0, 800, 3))
def test_meetings_are_on_working_wednesdays_a_fortnight_or_more_away(db, offset):
    today = TOLD + datetime.timedelta(days=offset)
    year = Year.around(today)

    assert 14 <= (year.next - today).days <= 28
    assert year.next.weekday() == 2
    assert year.first < year.second < year.third < today


def test_it_is_told_where_demonstration_data_is_allowed_only(db, settings):
    settings.DEMONSTRATION = False

    with pytest.raises(CommandError, match="not allowed"):
        call_command("tell_demonstration")


def test_the_door_of_the_demonstration_is_shut_elsewhere(db, client, settings):
    settings.DEMONSTRATION = False

    assert client.get(reverse("demo:personas")).status_code == 404


def test_invented_people_can_receive_no_mail():
    assert email_of("hazel").endswith(".invalid")
