"""Areas with their vintages, crime counts with their files, indicators with their observations."""

from figures.models.areas import District, Lsoa, LsoaChange, Outline, Population, Ward
from figures.models.crime import (
    Crime,
    CrimeCount,
    CrimeFile,
    CrimeImport,
    CrimeRefusal,
    CrimeType,
    Force,
    ImportState,
)
from figures.models.indicators import (
    Better,
    Break,
    Frequency,
    Indicator,
    IndicatorQuerySet,
    KnownGap,
    Observation,
    ObservationQuerySet,
    Standing,
)
from figures.models.returns import FiguresReturn, FiguresReturnQuerySet, ReturnUpload

__all__ = [
    "Better",
    "Break",
    "Crime",
    "CrimeCount",
    "CrimeFile",
    "CrimeImport",
    "CrimeRefusal",
    "CrimeType",
    "District",
    "FiguresReturn",
    "FiguresReturnQuerySet",
    "Force",
    "Frequency",
    "ImportState",
    "Indicator",
    "IndicatorQuerySet",
    "KnownGap",
    "Lsoa",
    "LsoaChange",
    "Observation",
    "ObservationQuerySet",
    "Outline",
    "Population",
    "ReturnUpload",
    "Standing",
    "Ward",
]
