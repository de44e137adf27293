"""ASB case reviews (the Community Trigger)."""

from django.apps import AppConfig


class TriggersConfig(AppConfig):
    """ASB case reviews (the Community Trigger)."""

    name = "triggers"
    verbose_name = "Case reviews"
