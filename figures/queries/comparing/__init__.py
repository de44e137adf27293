"""What may honestly be said of counts: against other times, of residents, among other areas."""

from figures.queries.comparing.periods import (
    Basis,
    Comparison,
    basis,
    chance,
    compared,
    just_before,
    more_or_fewer,
    year_before,
)
from figures.queries.comparing.places import Place, hot_places
from figures.queries.comparing.rates import (
    Rank,
    Ranking,
    Rate,
    Residents,
    ranks,
    rate,
    rated,
    residents,
)
from figures.queries.comparing.series import Limits, Point, limits, rolling

__all__ = [
    "Basis",
    "Comparison",
    "Limits",
    "Place",
    "Point",
    "Rank",
    "Ranking",
    "Rate",
    "Residents",
    "basis",
    "chance",
    "compared",
    "hot_places",
    "just_before",
    "limits",
    "more_or_fewer",
    "ranks",
    "rate",
    "rated",
    "residents",
    "rolling",
    "year_before",
]
