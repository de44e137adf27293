"""What the people of the demonstration's case reviews tell. Everybody and every place is invented.

Days of a report are counted back from the day of the application: when it happened, and when it
was reported. A body's day may differ from the applicant's, and then the timeline says so.
"""

from dataclasses import dataclass, field
from typing import Any

PLACE = "Invented Court, Temple Hill"
POSTCODE = "DA99 1AA"  # no such postcode area is in use
COUNCIL, POLICE, HOMES, HEALTH = "council", "police", "homes", "icb"


@dataclass(frozen=True, slots=True)
class Report:
    """Something that happened so many days before the application, and to whom it was reported."""

    happened: int
    reported: int
    body: str
    what: str
    response: str = ""
    reference: str = ""
    where: str = PLACE


@dataclass(frozen=True, slots=True)
class Held:
    """What a body holds of a report: its number, the day by its own record, and what it did."""

    number: int
    reported: int
    done: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a body's own record: so many days before the application."""

    before: int
    what: str
    done: str = ""
    report: bool = False


@dataclass(frozen=True, slots=True)
class Return:
    """What a body answers."""

    body: str
    summary: str
    risk: str
    offers: str
    held: tuple[Held, ...] = ()
    lines: tuple[Line, ...] = ()
    withheld: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """An application: who it is about, what was complained of, how it hurts."""

    name: str
    topics: tuple[str, ...]
    ward: str
    reports: tuple[Report, ...]
    contact: dict[str, Any]
    impact: dict[str, Any]
    on_behalf: str = "self"
    applicant: dict[str, Any] = field(default_factory=dict)
    consent: str = ""
    returns: tuple[Return, ...] = ()
    postcode: str = POSTCODE


PROCEDURE = (
    "You can ask us to look at your case if you have reported anti-social behaviour three times in "
    "six months and it has not stopped.\n\n"
    "An officer reads what you send, and asks each body that you told what it knows and what it "
    "did. If the threshold is met, people from several bodies meet, with a chair whose own work is "
    "not looked at. They may recommend what a body should do next. We write to you at each step."
)

FRESH = Told(
    name="Tansy Ellwood", topics=("noise", "vehicles"), ward="Town", postcode="DA99 2BB",
    contact={
        "way": "text", "telephone": "01632 960011", "times": "After 5pm",
        "never": "Do not telephone my work",
    },
    impact={
        "place": "Nowhere Mews, near the station", "feels": ["sleep", "anxious"],
        "harm": "I start work at five and have not slept through a weekend since the summer.",
        "unsafe_now": False, "wishes": "That somebody stops the racing at night.",
        "voice": "in_writing",
    },
    reports=(
        Report(6, 5, POLICE, "Motorbikes raced up and down until two in the morning.",
               "Told to ring again if it happens again.", "46/0117/26", "Nowhere Mews"),
        Report(33, 31, COUNCIL, "Engines and loud music, three nights one after another.",
               "A form for a noise diary came by post.", where="Nowhere Mews"),
        Report(66, 60, POLICE, "A car did doughnuts in the car park beside the flats.",
               where="Nowhere Mews"),
    ),
)  # fmt: skip

# One of the block, told by the person who lives across the landing.
NEIGHBOUR = Told(
    name="Betony Vale", topics=("noise", "threats", "damage"), ward="Temple Hill",
    on_behalf="known",
    contact={
        "way": "telephone", "telephone": "01632 960022", "times": "Before 3pm",
        "never": "No letters to the home", "access_needs": "She hears badly. Please speak slowly.",
    },
    applicant={
        "name": "Cedar Maddox", "relation": "Neighbour", "way": "text",
        "telephone": "01632 960023", "times": "Before 3pm",
    },
    consent="She said yes when I asked her in her kitchen, and her daughter was there.",
    impact={
        "place": "14 Invented Court", "feels": ["afraid", "sleep", "trapped"],
        "harm": "She no longer uses the stairs after dark, and her grandson will not stay over.",
        "vulnerable": ["health", "age", "alone"],
        "vulnerability": "She is 82 and gets out of breath on the stairs.",
        "unsafe_now": False, "wishes": "To be able to use the stairs, and to be listened to.",
        "voice": "in_person",
    },
    reports=(
        Report(172, 171, POLICE, "Threats in the stairwell when she asked them to be quiet.",
               "An officer rang back the next day.", "46/2290/26"),
        Report(135, 116, COUNCIL, "Music until three in the morning, four nights in a row.",
               "A letter was sent to the flat."),
        Report(123, 88, HOMES, "The bin store was set alight.", "The doors were repaired."),
        Report(63, 33, POLICE, "The window of her car was broken.", "A crime number was given.",
               "46/5531/26"),
        Report(198, 196, POLICE, "Shouting at children in the yard.", "Nobody came."),
    ),
    returns=(
        Return(
            POLICE, "Two of three calls were answered by telephone. A patrol passed twice in June.",
            "Medium. The threats were made to her face.", "A named officer, and a visit each week.",
            held=(
                Held(1, 171, "Rang the next day. No further action, as she would not give names.",
                     "46/2290/26"),
                Held(4, 33, "Recorded as damage. Filed after ten days.", "46/5531/26"),
            ),
            lines=(Line(93, "Call about shouting at 23:40.", "No unit was free."),),
        ),
        Return(
            COUNCIL, "The noise team wrote to the flat and closed the file after a month.",
            "Not assessed at the time.", "Recorders for noise, fitted within a week.",
            held=(Held(2, 116, "A letter was sent to the flat named.", "EH/26/8841"),),
        ),
        Return(
            HOMES, "We are the landlord of the block. The bin store was repaired in eight days.",
            "High for the block, after the fire.", "Door entry on the bin store; a new lock.",
            held=(Held(3, 84, "Repaired, and reported to the fire service.", "RH-77120"),),
            lines=(Line(83, "The fire service looked at the bin store.", "Advice was given."),),
            withheld="The tenancy file of the flat: personal data of others (UK GDPR article 6).",
        ),
    ),
)  # fmt: skip

# The same block, by somebody who knows nothing of the neighbour's application.
MERGED = Told(
    name="Lavender Amis", topics=("noise", "threats"), ward="Temple Hill",
    contact={
        "way": "email", "email": "lavender@demo.invalid", "times": "Weekday mornings",
        "never": "Do not come to the door",
    },
    impact={
        "place": "9 Invented Court", "feels": ["afraid", "anxious", "sleep", "move"],
        "harm": "My son does his homework in the bathroom, because it is the quietest room.",
        "vulnerable": ["children", "mental_health"],
        "vulnerability": "I was signed off work in the spring.", "unsafe_now": False,
        "wishes": "That one person is responsible, and answers when I write.",
        "voice": "advocate", "advocate": "Somebody from Victim Support",
    },
    reports=(
        Report(20, 19, POLICE, "He stood at my door and shouted that I should move out.",
               "I was given a number.", "46/6102/26"),
        Report(48, 47, HOMES, "Bass through the ceiling from eleven until four.",
               "They said they would write."),
        Report(75, 74, COUNCIL, "The same, on a school night. I kept the diary they sent.",
               "I sent the diary in and heard nothing."),
        Report(101, 99, POLICE, "He followed me to the bus stop and swore at my son.",
               "An officer came after two days."),
    ),
    returns=(
        Return(
            POLICE, "Two calls. The second led to a visit; nobody was spoken to at the flat.",
            "Medium.", "A warning under the community protection powers, with the council.",
            held=(
                Held(1, 17, "Logged. No visit.", "46/6102/26"),
                Held(4, 99, "Visited two days later. No answer at the flat.", "46/4417/26"),
            ),
            lines=(
                Line(60, "A passer-by rang about shouting in the yard.", "", report=True),
            ),
        ),
        Return(
            COUNCIL, "The diary came, and was filed with another flat’s by mistake.",
            "Low at the time; higher now.", "Noise recorders, and a reply within five days.",
            lines=(Line(70, "Noise diary received.", "Filed under another flat."),),
        ),
        Return(
            HOMES, "We wrote to the flat once, and spoke to the tenant in October.",
            "Medium.", "Mediation, or action under the tenancy if that fails.",
            held=(Held(2, 47, "A letter was sent to the tenant.", "RH-79004"),),
        ),
        Return(HEALTH, "She has been known to us since the spring.", "Medium.",
               "A social prescriber rings each week.",
               lines=(Line(44, "Sleep and worry spoken of at an appointment.", "Referred on."),)),
    ),
)  # fmt: skip
CORRECTION = (
    "The day at my door was my son’s birthday, so I am sure of the date. The call of the "
    "passer-by was about me too."
)

FINISHED = Told(
    name="Campion Reyes", topics=("drugs", "gathering"), ward="Princes", postcode="DA99 3CC",
    contact={"way": "email", "email": "campion@demo.invalid", "times": "Evenings"},
    impact={
        "place": "2 Nowhere Parade", "feels": ["afraid", "angry", "alone"],
        "harm": "Customers stay away, and I close at four in winter.", "unsafe_now": False,
        "wishes": "Lamps, and somebody who comes when I ring.", "voice": "in_writing",
    },
    reports=(
        Report(12, 12, POLICE, "Six men blocked the door and would not move.",
               "Nobody came that night.", "46/1120/26", "Nowhere Parade"),
        Report(40, 39, COUNCIL, "Needles on the step for the third time.", "Cleared in a day.",
               where="Nowhere Parade"),
        Report(71, 70, POLICE, "Dealing beside the shop, in daylight.", "I was thanked.",
               where="Nowhere Parade"),
        Report(92, 90, HOMES, "The lamp over the passage is broken again.", where="Nowhere Parade"),
    ),
    returns=(
        Return(POLICE, "Both calls were graded low. No patrol was sent.", "Medium.",
               "A patrol each evening for a month.",
               held=(Held(1, 12, "Graded low.", "46/1120/26"), Held(3, 70, "Noted."))),
        Return(COUNCIL, "Needles were cleared three times.", "Medium.", "A sharps box.",
               held=(Held(2, 39, "Cleared within a day.", "EH/26/4410"),)),
        Return(HOMES, "The lamp was repaired, and broken again.", "Low.", "A lamp in a cage.",
               held=(Held(4, 90, "Repaired after three weeks.", "RH-70313"),)),
    ),
)  # fmt: skip

NOT_MET = Told(
    name="Vetch Arden", topics=("rubbish", "noise"), ward="West Hill", postcode="DA99 4DD",
    contact={"way": "email", "email": "vetch@demo.invalid"},
    impact={
        "place": "31 Nowhere Road", "feels": ["angry"],
        "harm": "I cannot sit in the garden.", "unsafe_now": False,
        "wishes": "That the garden next door is cleared.", "voice": "no",
    },
    reports=(
        Report(15, 14, COUNCIL, "Rubbish over the fence.", "They sent a leaflet.",
               where="Nowhere Road"),
        Report(95, 40, COUNCIL, "Rubbish and a mattress.", "They sent a leaflet.",
               where="Nowhere Road"),
        Report(240, 238, COUNCIL, "A party in the garden until four.", where="Nowhere Road"),
    ),
)  # fmt: skip
NOT_MET_BECAUSE = (
    "One of your three reports counts: the second was made more than a month after it happened, "
    "and the third more than six months ago. We looked at how often it happens, what it does to "
    "you, and what was done. The council is clearing the garden next door this month."
)
APPEAL = (
    "The mattress was there for weeks, so I did report it in time: it was still there on the day "
    "that I rang."
)

WITHDRAWN = Told(
    name="Bracken Lowe", topics=("animals",), ward="Heath", postcode="DA99 5EE",
    contact={"way": "post", "address": "5 Nowhere Lane, Dartford", "postcode": "DA99 5EE"},
    impact={"place": "Nowhere Lane", "feels": ["not_say"], "voice": "no", "unsafe_now": False},
    reports=(
        Report(9, 8, COUNCIL, "Dogs left barking all day.", where="Nowhere Lane"),
    ),
)  # fmt: skip

HALF = {
    "application": {"on_behalf": "self", "topics": ["noise"]},
    "speaker": {"name": "Comfrey Ade", "way": "email", "email": "comfrey@demo.invalid"},
}
TELEPHONED = {
    "application": {"on_behalf": "work", "topics": ["drugs"]},
    "speaker": {"name": "Sedge Whitlow", "organisation": "An invented charity"},
    "victim": {"name": "Rue Palmer"},
}

# ---- letters, panels and what bodies answered ---------------------------------------------------

MET_BECAUSE = "Four of your reports count, and the law asks for three. A panel will look at it."
LATER = (
    "Two of the people who must be there are away that week, and you asked us for a day on which "
    "your advocate can come."
)
VOICE = (
    "I have lived here for nine years. I do not want anybody put out of their home. I want to "
    "sleep, and I want one person whom I can ring."
)
SHOP_VOICE = "I rang eleven times. I stopped, because nobody came. Please do not call that quiet."
CONCLUDED = (
    "Each body did something, and none knew what the others did. Calls fell, because people had "
    "stopped ringing, and that was read as an end of the trouble."
)
FINDINGS = (
    (POLICE, "Two calls were graded low, though both spoke of threats."),
    (HOMES, "A lamp stayed dark for three weeks, and the passage was used meanwhile."),
    ("", "No body told the others what it had done."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A recommendation, and what the body said to it."""

    body: str
    text: str
    days: int
    declined: str = ""


RECOMMENDED = (
    Asked(POLICE, "Grade repeat calls from one address together, and say so to the caller", 60),
    Asked(HOMES, "Fit lamps in cages in the passage, and check them each month", 150),
    Asked(COUNCIL, "Pay for a camera in the passage for six months", 90,
          "A camera there would look into bedrooms. We will clear the passage each week instead, "
          "and look again in three months."),
)  # fmt: skip
LEARNED = "Fewer calls are not always less trouble: ask before a file is closed."
FILED_WRONGLY = "The diary was in another flat’s file, so the report was made."
