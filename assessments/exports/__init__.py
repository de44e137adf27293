"""What this room gives to take away, by topic."""

from assessments.exports.horizon import CHANGES, change_lines, horizon_pdf
from assessments.exports.orders import ORDERS, order_lines
from assessments.exports.tensions import TENSIONS, tension_lines

__all__ = [
    "CHANGES",
    "ORDERS",
    "TENSIONS",
    "change_lines",
    "horizon_pdf",
    "order_lines",
    "tension_lines",
]
