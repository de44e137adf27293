"""What the invented strategy says. Baselines of crime are counted, not written here."""

from dataclasses import dataclass

from figures.models import Better


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure: of a crime type in some months of 2025, or typed with its source."""

    name: str
    crime: str = ""
    months: tuple[int, int] = (7, 9)
    target: str | None = None
    typed: str | None = None
    period: str = ""
    unit: str = ""
    source: str = ""
    better: str = Better.LOWER
    why_no_target: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A delivery action: whose, by which day of the strategy's year, with whom, for what money."""

    text: str
    body: str
    post: str
    due: tuple[int, int]
    partners: tuple[str, ...] = ()
    resources: str = "Within budgets"


Aim = tuple[str, tuple[Measured, ...], tuple[Step, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """A priority of the story."""

    title: str
    why: str
    aim: str
    body: str
    post: str
    theme: str
    before: int
    lineage: str
    serves: tuple[int, ...]
    evidence: tuple[str, ...]
    objectives: tuple[Aim, ...]


POLICE_PLAN = "Protecting People\nProtecting Places\nProtecting Property\nProductive Partnerships"

VISION = (
    "Fewer people in Dartford are harmed by crime and anti-social behaviour, and those who are "
    "harmed are listened to the first time."
)
FOREWORD = (
    "Everybody in Dartford should be safe at home, on the way to school or work, and in our town "
    "centre after dark. No single body can see to that alone.\n\n"
    "This strategy says what we do together and by when. It rests on figures that anybody can "
    "check, and it says where we do not know. Each promise in it has one agency that answers for "
    "it and a date that cannot quietly move.\n\n"
    "We shall publish what we did, and what we did not."
)
ABOUT = (
    "Dartford has had a partnership of its own since October 2020. The council, Kent Police, Kent "
    "County Council, the fire and rescue service, probation and the NHS answer together for "
    "making the borough safer; Victim Support and Neighbourhood Watch work with us.\n\n"
    "Officers of the council coordinate the work. A daily briefing of the agencies looks at what "
    "happened since the day before, and the DVACS group looks at people and places at risk."
)
RESOURCES = (
    "Each agency meets the cost of its own part. The commissioner’s Crime Reduction Grant pays for "
    "projects that the board has approved one by one; every project reports what it spent and "
    "what it changed."
)
EQUALITY = (
    "The partnership has had due regard to the need to end discrimination, advance equality of "
    "opportunity and foster good relations. Hate crime is counted by strand. Domestic abuse falls "
    "on women most, and what we publish about services is written for all victims."
)
EQUALITY_REFRESH = (
    EQUALITY + "\n\nLooked at again for this refresh: the safety plans of priority 4 reach boys "
    "and girls in equal numbers; patrols in the town centre follow reports, and stops are looked "
    "at by ethnicity each quarter with Kent Police."
)
CONSULTED_HOW = (
    "An open survey on the council’s website, two stalls in the town centre, and meetings with "
    "Neighbourhood Watch and with young people at two schools. 412 people answered."
)
CONSULTED_FOUND = (
    "- People most often named anti-social behaviour in the town centre after dark.\n"
    "- Those who had reported something said that they did not know who was dealing with it. So "
    "priority 2 now promises one named officer.\n"
    "- Young people asked for lighting on the way to the station. It became part of priority 3."
)
CHANGES = (
    "- Baselines and targets are set for the first time, because street-level figures for January "
    "to September 2025 are now held.\n"
    "- Delivery actions for the year are in the partnership’s register.\n"
    "- Repeat domestic abuse still has no baseline: the figures have been asked for."
)
ASKED_AGAIN = (
    "The year’s findings were shown to the borough’s residents’ groups, to Neighbourhood Watch and "
    "at the yearly public meeting; everybody could answer in writing for four weeks."
)
FOUND_AGAIN = (
    "Nobody asked for another priority. Shop workers asked to be named beside their shops, and "
    "the second objective of priority 3 now says so."
)

EARLIER = [
    ("Violent crime, with domestic abuse", "The gravest harm, and much of it at home."),
    ("Persistent anti-social behaviour and environmental crime", "What residents name most."),
    ("Preventing offending and re-offending", "A small number of people cause much of the harm."),
    ("Protecting vulnerable people", "Exploitation finds those whom nobody watches over."),
]

PRIORITIES = [
    Told(
        "Violence and domestic abuse",
        "Violence and sexual offences are the largest part of what is reported in the borough, and "
        "the gravest. Much of the harm is done at home, by people whom the victim knows, again and "
        "again.",
        "Stop harm at home and in public, and act sooner for repeat victims.",
        "police", "District Commander", "domestic-abuse", 1, "Carried on, with repeat victims in "
        "front", (1, 4),
        ("The largest type in the street-level figures of January to September 2025",
         "Board, performance reports of the year"),
        (
            ("Fewer people are victims a second time",
             (Measured("Repeat domestic abuse cases", source="Kent Police",
                       why_no_target="No baseline is held. Kent Police has been asked for it"),),
             (Step("Train front-desk staff of all agencies to recognise coercive control",
                   "county", "Community Safety Lead", (10, 31), ("support", "council"),
                   "£4,200, Crime Reduction Grant"),
              Step("Offer every repeat victim a named adviser within five working days",
                   "support", "Area Manager", (2, 26), ("police",)))),
            ("Less violence in public places",
             (Measured("Reports of violence and sexual offences",
                       "Violence and sexual offences", target="1060"),),
             (Step("Set evening patrols by where violence was reported in the quarter before",
                   "police", "District Commander", (7, 31)),)),
        ),
    ),
    Told(
        "Anti-social behaviour",
        "It is what residents name first. Reports more than doubled between January and July 2025; "
        "whether that is the season cannot be told, because no earlier year is held.",
        "One named officer for each persistent case, from the first report to the end.",
        "council", "Enforcement and Regulatory Services Manager", "asb", 2,
        "Carried on; environmental crime is now the council’s own plan", (2, 4),
        ("Street-level figures, January to September 2025", "Answers to the consultation"),
        (
            ("Fewer reports in the busiest months",
             (Measured("Reports of anti-social behaviour",
                       "Anti-social behaviour", target="560"),),
             (Step("Name one officer for every case with three reports", "council",
                   "Enforcement and Regulatory Services Manager", (6, 30), ("police",)),
              Step("Match council and police patrols in the two wards with most reports", "police",
                   "District Commander", (9, 30), ("council",)))),
            ("Victims know who is dealing with their case",
             (Measured("Victims who could name their officer", typed="52", unit="of 100 asked",
                       period="Survey of February 2026", target="90", better=Better.HIGHER,
                       source="Dartford Borough Council, victims’ survey"),),
             (Step("Answer every case review within 28 working days", "council",
                   "Community Safety Manager", (3, 31), ("police", "icb")),)),
        ),
    ),
    Told(
        "Safe town centre and Bluewater",
        "One ward, Stone Castle, has more reports than any other, because Bluewater is there. "
        "Shops and those who work in them bear most of it.",
        "Patrols, lighting and shops working to one plan.",
        "council", "Community Safety Manager", "asb", 0,
        "New: the places where most is reported", (2, 3, 4),
        ("Street-level figures by ward, January to September 2025",),
        (
            ("Less is stolen from shops",
             (Measured("Reports of shoplifting", "Shoplifting", target="495"),),
             (Step("Agree one way of reporting with the larger shops", "police",
                   "District Commander", (9, 30), ("council",)),)),
            ("People who work in shops and who walk to the station feel safe after dark",
             (Measured("People who feel safe in the town centre after dark", typed="47",
                       unit="of 100 asked", period="Survey of autumn 2025", target="55",
                       better=Better.HIGHER,
                       source="Dartford Borough Council, residents’ survey"),),
             (Step("Repair the lamps between the station and the multi-storey car park", "county",
                   "Community Safety Lead", (11, 30), ("council",), "£11,500, county highways"),
              Step("Hold a safety day with shop workers", "fire", "Group Manager", (12, 11),
                   ("council", "police")))),
        ),
    ),
    Told(
        "People drawn into crime",
        "Children and adults are drawn into carrying drugs, into violence and into debt. Those who "
        "are reached early are harmed less and harm others less.",
        "Reach children and adults at risk of exploitation before they are harmed.",
        "county", "Community Safety Lead", "contextual-safeguarding", 4,
        "Brings two earlier priorities together", (1, 4),
        ("Work of the DVACS group", "Board, reports of the year on exploitation"),
        (
            ("Every child at risk has a safety plan",
             (Measured("Children at risk who have a safety plan", typed="41", unit="of 58",
                       period="31 January 2026", target="58", better=Better.HIGHER,
                       source="Kent County Council"),),
             (Step("Write a safety plan for each child that the daily briefing names", "county",
                   "Community Safety Lead", (1, 29), ("police", "icb")),
              Step("Bring probation into the daily briefing twice a week", "probation",
                   "Head of Delivery Unit", (6, 30), ("council", "police")))),
        ),
    ),
]  # fmt: skip

# What was said to be done, by whom, and was confirmed.
DONE = [
    ("Set evening patrols by where violence was reported in the quarter before", "linden",
     "Patrols are set from the quarterly report since July."),
    ("Name one officer for every case with three reports", "clover",
     "All 23 open cases have a named officer."),
    ("Bring probation into the daily briefing twice a week", "basil",
     "Probation joins on Tuesdays and Thursdays."),
    ("Train front-desk staff of all agencies to recognise coercive control", "bryony",
     "64 people were trained in three sessions."),
]  # fmt: skip

# Actions of the board's meetings that belong to a priority, by the words they begin with.
LINKED = [("Agree patrol times for Hythe Street", 3), ("Publish the domestic abuse service", 1)]
