"""What the demonstration's death reviews say. Everybody in them is invented, and nobody is named.

Days of a chronology are counted back from the day of the death. Who died is called by a pseudonym,
as in every review; the names in the key are plainly invented too.
"""

from dataclasses import dataclass

POLICE, COUNCIL, COUNTY, HEALTH, PROBATION = "police", "council", "county", "icb", "probation"
NEIGHBOUR = "sevenoaks"  # the other district's council


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a chronology: so many days before the death."""

    before: int
    what: str
    done: str = ""
    contact: str = ""
    risk: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A chronology, whose, and after how many days it came."""

    body: str
    days: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of a key: the pseudonym, who it is, and the invented names."""

    pseudonym: str
    role: str
    names: str


@dataclass(frozen=True, slots=True)
class Item:
    """An action: whose, delivered where, by when; how long ago it was done and signed off.

    Days are counted back from the day of the telling; a target still to come is below nought.
    """

    body: str
    where: str
    text: str
    target: int
    milestones: str = ""
    began: str = ""
    done: int = 0
    outcome: str = ""
    evidence: bool = True
    signed: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Advised:
    """A recommendation with its themes and its actions."""

    text: str
    scope: str
    themes: tuple[str, ...]
    items: tuple[Item, ...]
    early: bool = False
    origin: str = ""


# ---- the county's review, which is published ----------------------------------------------------

VERITY = "Verity"
OF_VERITY = (
    Known(VERITY, "died", "Calla Thornquill\nMrs Thornquill"),
    Known("Adult B", "other_person", "Sorbus Thornquill"),
    Known("Child C", "child", "Linaria Thornquill"),
)
VERITY_KNOWN = "Died at home. Her former partner was charged within two days."
VERITY_BECAUSE = "The definition in the Act is met: the person charged had been her partner."
VERITY_TERMS = (
    "What each agency knew of Verity, Adult B and Child C, and what it did.\n\n"
    "Whether anybody asked her, alone, how things were at home.\n\n"
    "Whether what one agency knew reached those who could have acted on it.\n\n"
    "How her family would like her to be remembered, and what they want to be learned."
)
VERITY_ACCOUNTS = (
    Account(POLICE, 14, (
        Line(402, "Call from a neighbour about shouting. Both said that nothing had happened.",
             "An assessment was made.", risk="standard", reference="KP/A/0101"),
        Line(118, "Verity reported that Adult B waited outside her work.",
             "Assessed again, and the landlord was rung.", COUNCIL, "high", "KP/A/0177"),
        Line(96, "Visit by a named officer.", "A plan for her safety was agreed."),
    )),
    Account(HEALTH, 20, (
        Line(390, "Appointment. She spoke of poor sleep.", "Nobody asked about home."),
        Line(201, "Appointment missed, the third in a row.", "A letter was sent to the home."),
        Line(121, "Appointment, with Adult B in the room.", "To come back in a month."),
    )),
    Account(COUNCIL, 23, (
        Line(118, "The police rang about the lock of the flat.", "A form was sent by post.",
             POLICE, "high", "KP/A/0177"),
        Line(101, "The form came back.", "The lock was put on a list."),
        Line(74, "The lock was changed.", "Seventeen working days after the form."),
    )),
    Account(COUNTY, 25, (
        Line(110, "School wrote that Child C was often tired.", "Noted; no call was made."),
    )),
    Account(PROBATION, 46, (
        Line(250, "Adult B came under supervision for an earlier matter.", "Seen each month."),
        Line(130, "He said that he had moved back to be near his child.", "Not passed on."),
    )),
)  # fmt: skip
SETTLED = "Looked into by the panel: the paper file says no more."
LATE_BECAUSE = "Eleven days late, and whoever answered for it has left"
MISSING = "It does not say what was decided after the second visit."
VERITY_SUMMARY = (
    "We knew Verity as a tenant for six years. The lock of her flat was changed after 17 working "
    "days, because nobody had told the repairs team why it mattered."
)
IMR = (
    ("What we knew of Verity", "Two reports in thirteen months. The second was assessed as high."),
    ("What we did", "A plan for her safety was agreed with her. It was not given to her landlord."),
    ("What we learned", "A plan for somebody’s safety is known to all who can keep it."),
)
CHANGES = "Say more of what the family thinks, and say who is to tell a landlord."
CHANGED = "A chapter in the family’s own words, and a clearer second recommendation."
REPORT = (
    ("Who this is about",
     "Verity is a name that her family chose. She laughed easily, they say, and she never forgot "
     "a birthday."),
    ("What agencies knew",
     "Five agencies each knew a part. The police assessed the risk as high and rang her landlord; "
     "the repairs team was not told why a lock mattered. Three missed appointments led to letters "
     "to the home that she had left."),
    ("What is to be learned",
     "Ask again, and alone. Tell those who can act, with the reason. Change a lock as if it were "
     "urgent, because it is."),
)  # fmt: skip
FAMILY_SAYS = (
    "In her family’s words",
    "“We want no other family to wait for a lock. Nobody was unkind. Nobody asked, either.”",
)
VERITY_ABOUT = (
    "A review of how agencies worked together before the death of a woman who is called Verity "
    "here. Her family chose the name. All of it is invented for this demonstration.\n\n"
    "It was cleared by the Home Office’s Quality Assurance Panel. The report holds what is to be "
    "learned, and what each agency will do."
)
PUBLISHED_TOLD = (
    ("family", "In person, a week before, with a printed copy"),
    ("home_office", "By email"),
    ("commissioner", "A copy by secure email"),
)
DARTFORD_PART = (
    "Three actions about landlords and locks, from a review of the county’s. You need nothing else "
    "of it to deliver them."
)
NEIGHBOUR_PART = "One action about landlords, from a review of the county’s."

VERITY_ADVICE = (
    Advised(
        "Ask about abuse, alone, after a missed appointment and at the next one that is kept",
        "local", ("asking", "health"), (
            Item(HEALTH, "kent", "Put the question on the form for appointments", 370,
                 "Form agreed; staff trained; six weeks of records looked at", done=384,
                 outcome="The question is on the form, and 61 of 64 staff were trained.",
                 signed=378, remark="The new form, and the list of training."),
        ), early=True, origin=HEALTH,
    ),
    Advised(
        "Tell a landlord, with the reason, when the risk to a tenant is assessed as high",
        "regional", ("sharing", "risk"), (
            Item(POLICE, "dartford", "Write down on each high assessment who told the landlord",
                 -47, "Wording agreed; added to the assessment; looked at after three months",
                 began="The wording is agreed with the landlords."),
            Item(NEIGHBOUR, "sevenoaks", "Name one person whom the police ring, and a deputy", 90,
                 done=97, outcome="Two names and one number have been in use since the spring.",
                 signed=88, remark="The rota, and what an officer found on a test call."),
            Item(COUNCIL, "dartford", "Name one person whom the police ring, and a deputy", 36,
                 "Names agreed with the police; number tried out"),
        ),
    ),
    Advised(
        "Change the lock within three working days where somebody is at risk",
        "local", ("housing",), (
            Item(COUNCIL, "dartford", "Give locks of people at risk the highest order of repair",
                 75, done=82, outcome="Nine locks since, each within three working days.",
                 signed=76, remark="The list of repairs, without addresses."),
            Item(COUNTY, "kent", "Pay for the locks of private tenants from the safety fund", 60,
                 done=62, outcome="The fund pays for them since the summer.", evidence=False),
        ),
    ),
    Advised(
        "Say in national guidance who is to tell a landlord", "national", ("policy",), (
            Item("", "kent", "Ask for the point to be in the next edition of the guidance", 50),
        ),
    ),
)  # fmt: skip
OUTSIDE = "Home Office"
OUTSIDE_SAID = "It will be looked at with the next edition. No date was given."
DIFFERENCE = "In six weeks of records 118 of 124 people had been asked alone."

LESSON = {
    "title": "A risk that one agency knows is a risk that all can act on",
    "happened": "A risk was assessed as high. Those who could have made a home safer were not told "
    "why it mattered, so their part took the usual time.",
    "matters": "A person is safe when everybody who can do something knows that it is urgent.",
    "practice": "When you assess a risk as high, write down who can act on it, and tell them the "
    "reason on the same day. When you are told, write down what you did.",
}
BRIEFING = {
    "title": "Asking alone: a briefing of ten minutes for teams",
    "happened": "Appointments were missed, and letters went to a home that somebody had left. When "
    "they came again, somebody else was in the room.",
    "matters": "Most people tell the first person who asks them alone, and some tell nobody until "
    "they are asked a third time.",
    "practice": "Talk about this in your next team meeting: where could you see somebody alone? "
    "What do you say? Where do you write it down, so that nobody else in the home reads it?",
    "where_to_read": "The domestic abuse pages of the partnership, and your own safeguarding lead.",
}

# ---- Dartford's review, for which information is being asked ------------------------------------

CONSTANCE = "Constance"
OF_CONSTANCE = (
    Known(CONSTANCE, "died", "Melissa Ravenglen\nMrs Ravenglen"),
    Known("Adult E", "other_person", "Tormentil Ravenglen"),
)
CONSTANCE_KNOWN = "Died at home. An adult relative who lived there is charged."
CONSTANCE_BECAUSE = "The definition in the Act is met: a relative in the same household is charged."
CONSTANCE_TERMS = (
    "What each agency knew of Constance and Adult E, as people and as a household.\n\n"
    "Whether caring for a relative hid what was done to her.\n\n"
    "Whether anybody spoke to her alone."
)
CONSTANCE_ACCOUNTS = (
    Account(POLICE, 12, (
        Line(302, "Call to the home. Adult E had broken a door.", "Referred to health by form.",
             HEALTH, "high", "KP/E/3301"),
        Line(184, "Call to the home. Both were spoken to together.", "The council was told.",
             COUNCIL, "medium", "KP/E/3377"),
        Line(61, "A neighbour rang. Nobody answered the door.", "No further action."),
    )),
    Account(HEALTH, 15, (
        Line(210, "Constance asked for help with caring for Adult E.", "A leaflet was given."),
        Line(152, "Visit at home with the council.", "Both were seen together.", COUNCIL),
        Line(58, "Appointment missed.", "Rang once."),
    )),
    Account(COUNCIL, 18, (
        Line(180, "The police told us of a call to the home.", "A visit was planned.", POLICE,
             "high", "KP/E/3377"),
        Line(149, "Visit at home with a nurse.", "Both were seen together.", HEALTH),
        Line(66, "Adult E asked for a home of his own.", "Put on the list."),
    )),
)  # fmt: skip
OUTSIDE_SCOPE = Line(811, "The tenancy began.")
SAME_VISIT = "One visit, on the earlier day: the council wrote its note three days later."
TRIAL = "Nobody who may be a witness is seen before the verdict."
DELAYED = "The trial is in the spring, and family and friends are seen after it"
REPEATED = Advised(
    "Tell the landlord on the same day when the risk to somebody in a home is assessed as high",
    "local", ("sharing", "risk"), (
        Item(POLICE, "dartford", "Try out one telephone number for all landlords of the borough",
             -60),
    ), early=True,
)  # fmt: skip
INDEPENDENT = "I have never worked for an agency of Kent or Medway, nor known anybody of the case."
FREE = "Has never dealt with anybody in it."
