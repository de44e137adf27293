"""Who may open the pages that only read."""

from core.permissions import anyone, register
from membership.models import GroupKind, Partnership
from membership.permissions import officer, sits


class FrontDoor:
    """The first page: my work for those signed in, the public front for the rest."""


register(
    "Dashboards",
    {
        FrontDoor: {"open": anyone},
        Partnership: {
            "see what is owed": sits(
                "Everybody with a seat on the board or in the secretariat",
                "Only members of the board and its officers can see this.",
                GroupKind.BOARD, GroupKind.SECRETARIAT,
            ),
            "read audit": officer,
        },
    },
)  # fmt: skip
