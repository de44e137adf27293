"""Records removed for good: with all that goes with them, and what history holds of any of it.

Deleting a tracked record leaves its history, and that of what was deleted before it. Where the
time for keeping people's data is over, both have to go (docs/decisions/0034).
"""

from collections import Counter
from typing import Any

from django.db import models

Keys = dict[type[models.Model], set[Any]]


def remove(model: type[models.Model], **where: Any) -> Counter[str]:
    """Remove the rows that stand there now or ever did, by keys of their own; how many of each.

    ``where`` names foreign keys of the model itself, which its history has too. Raises
    ``ProtectedError`` where something else still rests on a row.
    """
    ever = {model: _keys(model, where)}
    _add_what_goes_along(model, ever)
    removed: Counter[str] = Counter()
    _, by_label = model._base_manager.filter(pk__in=ever[model]).delete()
    removed.update({label: count for label, count in by_label.items() if count})
    for each, keys in ever.items():
        removed += _without_history(each, keys, by_label.get(each._meta.label, 0))
    return removed


def blank(rows: models.QuerySet[Any], **texts: Any) -> Counter[str]:
    """Empty fields of rows that stay, and remove all history of the rows; how many of each."""
    keys = set(rows.values_list("pk", flat=True))
    emptied = rows.model._base_manager.filter(pk__in=keys).exclude(**texts).update(**texts)
    changed = Counter({f"{rows.model._meta.label} emptied": emptied})
    return +changed + _without_history(rows.model, keys)


def _keys(model: type[models.Model], where: dict[str, Any]) -> set[Any]:
    """The keys of rows that are there, and of those of which history alone still tells."""
    found = set(model._base_manager.filter(**where).values_list("pk", flat=True))
    if hasattr(model, "history"):
        key = model._meta.pk.attname
        found |= set(model.history.filter(**where).values_list(key, flat=True))
    return found


def _add_what_goes_along(model: type[models.Model], ever: Keys) -> None:
    """Add the keys of what is deleted with these rows, and of what once would have been."""
    for relation in model._meta.get_fields(include_hidden=True):
        on_delete = getattr(relation, "on_delete", None)
        if not relation.auto_created or relation.concrete or on_delete is not models.CASCADE:
            continue
        child: Any = relation.related_model
        keys = _keys(child, {f"{relation.field.name}__in": ever[model]})  # type: ignore[union-attr]
        if new := keys - ever.setdefault(child, set()):
            ever[child] |= new
            _add_what_goes_along(child, ever)


def _without_history(model: Any, keys: set[Any], deleted: int = 0) -> Counter[str]:
    """Remove the history of these rows, but do not count the line that their deletion wrote."""
    if not hasattr(model, "history"):
        return Counter()
    history = model.history.model
    count, _ = history.objects.filter(**{f"{model._meta.pk.attname}__in": keys}).delete()
    return +Counter({history._meta.label: count - deleted})
