"""What many tests begin with is made once by its own code; after that it is only written again.

A partnership with its seats takes a hundred statements, each with its savepoint. The first test
of a run makes it so; the rest send the same rows as one statement, and get a copy of the objects.
"""

import copy
from collections.abc import Callable
from typing import Any

from django.db import connection

from core import clock

WRITES = ("INSERT", "UPDATE", "DELETE")

_kept: dict[Any, tuple[str, Any]] = {}


def once(name: str, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, with its rows in the database; made anew for each day that is played."""
    key = (name, clock.today())
    if key in _kept:
        script, made = _kept[key]
        with connection.cursor() as cursor:
            cursor.execute(script)
        return copy.deepcopy(made)
    written: list[str] = []
    with connection.execute_wrapper(_listening(written)):
        made = make()
    _kept[key] = (";\n".join(written), copy.deepcopy(made))
    return made


def _listening(written: list[str]) -> Callable[..., Any]:
    """Keep every writing statement as it was sent, with its values in place."""

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            written.append(context["cursor"].mogrify(sql, params).decode())
        return execute(sql, params, many, context)

    return listen
