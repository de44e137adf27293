"""Protective markings (Government Security Classifications Policy, August 2024)."""

from django.db import models


class Marking(models.TextChoices):
    """Who may read: OFFICIAL is for all who sit on the group; SENSITIVE needs the sharing gate."""

    OFFICIAL = "official", "OFFICIAL"
    SENSITIVE = "sensitive", "OFFICIAL-SENSITIVE"


def highest(markings: list[str]) -> Marking:
    """The marking that a whole takes from its parts: the highest of them."""
    return Marking.SENSITIVE if Marking.SENSITIVE in markings else Marking.OFFICIAL
