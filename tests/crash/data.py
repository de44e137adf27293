"""What the typist needs in a database of its own: the small partnership and a meeting under way.

Run as a program in the environment of the service; it prints the page's path and the item's key.
"""

import datetime

import django

django.setup()

from core import clock  # noqa: E402 - models need the settings that setup() has read
from meetings.models import ItemKind  # noqa: E402
from meetings.workflow import agenda, minutes, schedule  # noqa: E402
from tests import world as worlds  # noqa: E402


def main() -> None:
    world = worlds.build()
    meeting = schedule.schedule(
        world.board, on=clock.today(), starts_at=datetime.time(10), ends_at=datetime.time(12),
        venue="Council Chamber", meant=True, by=world.officer,
    )  # fmt: skip
    agenda.publish(meeting, by=world.officer)
    minutes.open(meeting, chaired_by=world.chair, by=world.officer)
    item = meeting.items.get(kind=ItemKind.PERFORMANCE)
    print(f"/{world.partnership.slug}/meetings/{meeting.slug}/minutes/{item.number}/ {item.pk}")


main()
