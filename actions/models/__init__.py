"""One register of follow-up: actions, and requests for information, for every room above."""

from actions.models.register import (
    OPEN,
    Action,
    ActionQuerySet,
    DueDate,
    Status,
    Update,
)
from actions.models.requests import (
    WAITING,
    Chase,
    Request,
    RequestQuerySet,
    RequestStatus,
    Return,
)

__all__ = [
    "OPEN",
    "WAITING",
    "Action",
    "ActionQuerySet",
    "Chase",
    "DueDate",
    "Request",
    "RequestQuerySet",
    "RequestStatus",
    "Return",
    "Status",
    "Update",
]
