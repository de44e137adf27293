"""Addresses of assessments, strategy, themes, powers, horizon and tensions."""

from typing import Any

app_name = "assessments"

assessment: list[Any] = []

strategy: list[Any] = []

powers: list[Any] = []

horizon: list[Any] = []

themes: list[Any] = []

urlpatterns = [*assessment, *strategy, *powers, *horizon, *themes]
