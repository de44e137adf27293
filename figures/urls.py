"""Addresses of figures, within a partnership."""

from typing import Any

app_name = "figures"

# Street crime: what is held, and sending in more.
holding: list[Any] = []

# Street crime: counts, charts, maps.
crime: list[Any] = []

# Indicators, returns of agencies, gaps.
indicators: list[Any] = []

urlpatterns = [*holding, *crime, *indicators]
