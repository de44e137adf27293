"""The demonstration's bodies, posts and people. The people are invented: plants for first names."""

from dataclasses import dataclass

from membership.models import AgencyKind, Role


@dataclass(frozen=True, slots=True)
class Body:
    """An agency of the terms of reference, under today's name."""

    key: str
    name: str
    short: str
    kind: str
    statutory: bool = False
    basis: str = ""
    posts: tuple[str, ...] = ()


CDA = "Crime and Disorder Act 1998 s.5(1)"

BODIES = [
    Body("police", "Kent Police", "Kent Police", AgencyKind.POLICE, True, f"{CDA}(b)",
         ("District Commander", "Vulnerability Lead", "Organised Crime Lead")),
    Body("council", "Dartford Borough Council", "Dartford BC", AgencyKind.DISTRICT, True,
         f"{CDA}(a)",
         ("Leader of the Council", "Cabinet Portfolio Member",
          "Director of Housing and Public Protection", "Head of Housing",
          "Enforcement and Regulatory Services Manager", "Community Safety Manager",
          "Community Safety Officer")),
    Body("county", "Kent County Council", "Kent CC", AgencyKind.COUNTY, True, f"{CDA}(a)",
         ("Community Safety Lead",)),
    Body("ccg", "Kent and Medway Clinical Commissioning Group", "Kent and Medway CCG",
         AgencyKind.HEALTH, True, f"{CDA}(e), until 30 June 2022", ("Safeguarding Lead",)),
    Body("probation", "Probation Service", "Probation", AgencyKind.PROBATION, True,
         f"{CDA}(aa)", ("Head of Delivery Unit",)),
    Body("fire", "Kent Fire and Rescue Service", "Kent Fire and Rescue", AgencyKind.FIRE, True,
         f"{CDA}(d)", ("Group Manager",)),
    Body("support", "Victim Support", "Victim Support", AgencyKind.VOLUNTARY,
         posts=("Area Manager",)),
    Body("watch", "Neighbourhood Watch", "Neighbourhood Watch", AgencyKind.VOLUNTARY,
         posts=("Borough Coordinator",)),
]  # fmt: skip

PCC_OFFICE = Body(
    "pcc", "Office of the Kent Police and Crime Commissioner", "Kent PCC’s office",
    AgencyKind.COMMISSIONER, posts=("Grants Officer",),
)  # fmt: skip
# Invented: a landlord that was co-opted for case reviews, and sits on nothing else.
HOMES = Body(
    "homes", "Riverbank Homes", "Riverbank Homes", AgencyKind.HOUSING,
    posts=("Neighbourhood Manager",),
)  # fmt: skip

# For death reviews: a district beside, and an invented body whose people chair them.
ELSEWHERE_BODIES = (
    Body("sevenoaks", "Sevenoaks District Council", "Sevenoaks DC", AgencyKind.DISTRICT, True,
         f"{CDA}(a)"),
    Body("reviewers", "Farthing Independent Reviews", "Farthing Reviews", AgencyKind.VOLUNTARY),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A seat of an invented person: on which group, in which role, for which post."""

    group: str
    role: str = Role.MEMBER
    substitute_for: str = ""


@dataclass(frozen=True, slots=True)
class Invented:
    """A person of the demonstration. ``shows`` is why one would sign in as them."""

    key: str
    name: str
    body: str
    post: str
    places: tuple[Place, ...]
    shows: str = ""


BOARD = Place("board")

PEOPLE = [
    Invented("hazel", "Hazel Okafor", "council", "Community Safety Manager",
             (Place("secretariat", Role.OFFICER), BOARD, Place("dvacs")),
             "Officer: prepares the meeting, takes the minutes, chases actions, publishes"),
    Invented("rowan", "Rowan Mistry", "council", "Community Safety Officer",
             (Place("secretariat", Role.OFFICER), BOARD),
             "Second officer: takes minutes beside the first"),
    Invented("sage", "Cllr Sage Holloway", "council", "Leader of the Council",
             (Place("board", Role.CHAIR),),
             "Chair: clears the minutes, sees what is late"),
    Invented("linden", "Linden Shah", "police", "District Commander",
             (Place("board", Role.VICE_CHAIR),),
             "Vice-chair, Kent Police: takes the meeting when the chair cannot"),
    Invented("bryony", "Bryony Clarke", "county", "Community Safety Lead",
             (BOARD, Place("dvacs")),
             "Partner: reads papers, reviews minutes, updates her agency’s actions"),
    Invented("juniper", "Juniper Lane", "fire", "Group Manager", (BOARD,),
             "Partner, Kent Fire and Rescue Service"),
    Invented("olive", "Dr Olive Adeyemi", "icb", "Safeguarding Lead", (BOARD,)),
    Invented("marigold", "Marigold Tan", "icb", "", (Place("board", substitute_for="olive"),)),
    Invented("basil", "Basil Whitcombe", "probation", "Head of Delivery Unit", (BOARD,)),
    Invented("iris", "Cllr Iris Munro", "council", "Cabinet Portfolio Member", (BOARD,)),
    Invented("alder", "Alder Fenwick", "council", "Director of Housing and Public Protection",
             (BOARD,),
             "Sits on the county’s death review, and works on Dartford’s own"),
    Invented("reed", "Reed Samuels", "council", "Head of Housing",
             (BOARD, Place("dvacs", Role.CHAIR)),
             "Chair of the DVACS group"),
    Invented("clover", "Clover Bains", "council", "Enforcement and Regulatory Services Manager",
             (BOARD,)),
    Invented("heather", "Heather Quayle", "support", "Area Manager", (BOARD,)),
    Invented("ash", "Ash Pemberton", "watch", "Borough Coordinator", (BOARD,),
             "Partner whose body has not signed the sharing agreement"),
    Invented("fern", "Fern Castellan", "police", "Vulnerability Lead", (Place("dvacs"),)),
    Invented("hawthorn", "Hawthorn Pike", "police", "Organised Crime Lead",
             (Place("ocg", Role.OFFICER),),
             "Officer of the OCG group, which the secretariat does not see into"),
    Invented("myrtle", "Cllr Myrtle Osei", "council", "", (Place("scrutiny", Role.CHAIR),),
             "Scrutiny committee: reads what is published"),
    Invented("bay", "Cllr Bay Lindqvist", "council", "", (Place("scrutiny"),)),
    Invented("sorrel", "Sorrel Nakamura", "pcc", "Grants Officer", (Place("scrutineers"),),
             "Police and Crime Commissioner’s office"),
    Invented("willow", "Willow Arkwright", "homes", "Neighbourhood Manager", (),
             "Housing association: answers what a case review asks, and sees nothing else"),
    Invented("tamarisk", "Tamarisk Boyd", "county", "", (),
             "Officer of the county’s partnership: its death review, from notification to plan"),
    Invented("aspen", "Aspen Whitlock", "reviewers", "", (),
             "Independent chair of two death reviews, who sees these and nothing else"),
    Invented("laurel", "Laurel Njoroge", "sevenoaks", "", (),
             "Officer of a district beside: its part of a death review, which she cannot open"),
    Invented("privet", "Privet Haines", "sevenoaks", "", ()),
    Invented("moss", "Moss Tierney", "council", "", (Place("administration"),),
             "System administrator: accounts and settings, no content"),
]  # fmt: skip
