"""Print the whole permission table, as the application asks it."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import get_resolver
from django.utils.module_loading import autodiscover_modules

from core.permissions import Row, rows


class Command(BaseCommand):
    """Who may do what: ``manage.py policy --format markdown`` makes the page of the handbook."""

    help = "Prints who may do what, room by room."

    def add_arguments(self, parser: CommandParser) -> None:
        """Text for a terminal unless asked otherwise."""
        parser.add_argument("--format", choices=sorted(FORMATS), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        """Gather every room's table, also of rooms whose pages nothing has loaded yet."""
        autodiscover_modules("permissions")
        _ = get_resolver().url_patterns
        for line in FORMATS[options["format"]](rows()):
            self.stdout.write(line)


def text(table: Iterable[Row]) -> Iterator[str]:
    """Rooms, kinds and verbs, each indented under the one before."""
    table = list(table)
    width = max(len(row.verb) for row in table)
    for room, in_room in by_room(table):
        yield room
        for kind, of_kind in groupby(in_room, lambda row: row.kind.__name__):
            yield f"  {kind}"
            for row in of_kind:
                yield f"    {row.verb:<{width}}  {row.rule.says}"
        yield ""


def markdown(table: Iterable[Row]) -> Iterator[str]:
    """One table a room."""
    for room, in_room in by_room(table):
        yield f"## {room}"
        yield ""
        yield "| What | May be done | By whom |"
        yield "| --- | --- | --- |"
        for row in in_room:
            says = row.rule.says.replace("|", "\\|")
            yield f"| {row.kind.__name__} | {row.verb} | {says} |"
        yield ""


def by_room(table: Iterable[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Each room with its rows, in the order in which the table has them."""
    rooms: dict[str, list[Row]] = {}
    for row in table:
        rooms.setdefault(row.room, []).append(row)
    yield from rooms.items()


FORMATS = {"text": text, "markdown": markdown}
