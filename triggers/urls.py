"""Addresses of case reviews, within a partnership."""

from typing import Any

from django.urls import include, path

app_name = "triggers"

# For the public, without an account: asking for a review, and the private link.
apply: list[Any] = []

# The procedure and its settings; the threshold; clocks.
procedure: list[Any] = []
threshold: list[Any] = []

# Cases: the caseload, one case, who is on it, what bodies answer.
cases: list[Any] = []

# The panel, what it found and recommended; appeals.
panels: list[Any] = []

# Letters.
letters: list[Any] = []

# Counts: the overview, the statutory figures, and their public page.
figures: list[Any] = []
public: list[Any] = []

# What is kept how long; dossiers; a search by name.
keeping: list[Any] = []

urlpatterns = [
    path(
        "case-reviews/",
        include([*apply, *procedure, *threshold, *panels, *letters, *keeping, *figures, *cases]),
    ),
    path("public/case-reviews/", include(public)),
]
