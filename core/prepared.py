"""A query whose SQL is written once, for what is asked on every page.

Django writes the SQL of a query each time it is asked. For the query on which all access rests that
takes ten times as long as asking it, so it is written once, with stand-ins for what changes.
"""

import copy
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.db import connections
from django.db.models import QuerySet
from django.db.models.query import ModelIterable


class Prepared:
    """A queryset of which only named values change: ``Prepared(build, on=SOME_DAY)``.

    ``build(**values)`` makes the queryset. It is called once, with the stand-ins, which must be
    values that nothing else in the query has; afterwards ``prepared(**values)`` gives the rows.
    """

    def __init__(self, build: Callable[..., QuerySet[Any]], **stand_ins: Any) -> None:
        self._build = build
        self._stand_ins = stand_ins
        self._written: tuple[str, Any, str, list[Any]] | None = None

    def __call__(self, **values: Any) -> list[Any]:
        """The rows for these values, one for each stand-in."""
        self._written = self._written or self._write()
        using, compiler, sql, parameters = self._written
        new = {id(each): values[name] for name, each in self._stand_ins.items()}
        again = copy.copy(compiler)
        again.connection = connections[using]
        again.as_sql = lambda: (sql, tuple(new.get(id(each), each) for each in parameters))
        query = SimpleNamespace(get_compiler=lambda using: again)
        queryset: Any = SimpleNamespace(db=using, query=query, _known_related_objects={})
        return list(ModelIterable(queryset))

    def _write(self) -> tuple[str, Any, str, list[Any]]:
        queryset = self._build(**self._stand_ins)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = compiler.as_sql()
        standing_in = list(self._stand_ins.values())
        marked = [
            standing_in[standing_in.index(each)] if each in standing_in else each
            for each in parameters
        ]
        missing = [name for name, each in self._stand_ins.items() if each not in marked]
        if missing:
            raise LookupError(f"The query does not ask for {', '.join(missing)}.")
        return queryset.db, compiler, sql, marked
