"""Figures in files: read from CSV and XLSX with every doubt named, and written as a template."""

from figures.sheets.found import COLUMNS, Found, Line, Problem, Sheet, found_in
from figures.sheets.reading import MOST_BYTES, read
from figures.sheets.writing import csv_lines, workbook

__all__ = [
    "COLUMNS",
    "MOST_BYTES",
    "Found",
    "Line",
    "Problem",
    "Sheet",
    "csv_lines",
    "found_in",
    "read",
    "workbook",
]
