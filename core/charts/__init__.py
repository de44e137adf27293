"""Charts and maps as drawings: plain numbers that the templates of ``components/`` turn into SVG.

Nothing here knows what is counted. Colours are attributes of the drawing, so that the same SVG
works on a page, in print and in a PDF; each has a title, a description and a table that says the
same.
"""

from core.charts.bars import Bar, BarChart, bar_chart
from core.charts.drawing import Table
from core.charts.lines import LineChart, control_chart, line_chart
from core.charts.maps import Map, MapArea, area_map, silhouette
from core.charts.plot import Line

__all__ = [
    "Bar",
    "BarChart",
    "Line",
    "LineChart",
    "Map",
    "MapArea",
    "Table",
    "area_map",
    "bar_chart",
    "control_chart",
    "line_chart",
    "silhouette",
]
