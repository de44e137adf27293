"""What the invented board said at its past meetings. Figures and public facts are Dartford's own.

Crime figures are counts of data.police.uk street-level records in Dartford's 67 LSOAs, January to
September 2025 (Open Government Licence v3.0); the rest is invented.
"""

from dataclasses import dataclass

from core.markings import Marking
from meetings.models import ItemKind

NEXT = "next meeting"


@dataclass(frozen=True, slots=True)
class Task:
    """An action made in the room: whose, and by when (days after the meeting, or the next one)."""

    text: str
    body: str
    post: str
    due: int | str = NEXT
    marking: str = Marking.OFFICIAL


@dataclass(frozen=True, slots=True)
class Said:
    """What is minuted at one item."""

    text: str
    decisions: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()


MARCH: dict[str, Said] = {
    ItemKind.APOLOGIES: Said("The Chair welcomed members. Apologies are listed above."),
    ItemKind.INTERESTS: Said("No interests were declared."),
    ItemKind.MATTERS_ARISING: Said(
        "The board went through the open actions. None was carried forward."
    ),
    ItemKind.PERFORMANCE: Said(
        "The Community Safety Officer presented the newest full set of street-level figures, "
        "January to March 2025, as the baseline for the year’s reports.\n\n"
        "There were 3,203 records in the borough in the quarter, of which 346 were anti-social "
        "behaviour and 528 shoplifting. Members noted that these are not recorded-crime counts: "
        "locations are rounded to a nearby point and fraud is not included.",
        (
            "The board agreed that each quarterly report sets its figures beside the quarter "
            "before and says when a change is no more than chance would give.",
        ),
        (
            Task(
                "Show street-level figures by ward in each quarterly report",
                "council",
                "Community Safety Officer",
            ),
        ),
    ),
    ItemKind.STRATEGY: Said(
        "The Community Safety Manager reported on the first year of the Community Safety Strategy "
        "2025 to 2028. 17 of the year’s 22 delivery actions were complete.",
        (
            "The board adopted the Strategic Assessment of October 2024 to September 2025.",
            "The board approved the refreshed delivery plan from 1 April.",
        ),
    ),
    ItemKind.FUNDING: Said(
        "The Kent Police and Crime Commissioner’s Crime Reduction Grant for the coming year was "
        "expected to be paid in two parts, as in 2025/26. Business cases go to the board before "
        "they go to the Commissioner’s office.",
        (),
        (
            Task(
                "Draft business cases for the Crime Reduction Grant",
                "council",
                "Community Safety Manager",
                60,
            ),
        ),
    ),
    ItemKind.POWERS: Said(
        "The Enforcement and Regulatory Services Manager reported on the town centre public "
        "spaces protection order, in force since 1 February 2024 for three years.",
        (),
        (
            Task(
                "Bring choices for the town centre protection order, which ends in January 2027",
                "council",
                "Enforcement and Regulatory Services Manager",
                180,
            ),
        ),
    ),
    ItemKind.HORIZON: Said(
        "Members noted that the Government had announced that police and crime commissioners will "
        "end in May 2028, and that the reorganisation of councils in Kent may change the "
        "partnership’s own membership from April 2028."
    ),
    ItemKind.DVACS: Said(
        "The chair of the DVACS group reported on its work in the quarter. Two locations were "
        "being looked at under the contextual safeguarding approach.",
        (),
        (
            Task(
                "Agree which agency leads at each of the two locations",
                "police",
                "Vulnerability Lead",
                45,
                Marking.SENSITIVE,
            ),
        ),
    ),
    ItemKind.OCG: Said(
        "Kent Police gave an oral update on organised crime groups. No paper was circulated."
    ),
}

JUNE: dict[str, Said] = {
    ItemKind.APOLOGIES: Said(
        "The Chair welcomed members to the first meeting of the municipal year. Apologies are "
        "listed above."
    ),
    ItemKind.INTERESTS: Said("No interests were declared."),
    ItemKind.MATTERS_ARISING: Said(
        "The board went through the open actions. The quarterly report now shows figures by ward."
    ),
    ItemKind.CHAIR_REVIEW: Said(
        "The board reviewed its chair and vice-chair, as the terms of reference ask at the first "
        "meeting of each municipal year."
    ),
    ItemKind.PERFORMANCE: Said(
        "The Community Safety Officer presented April to June 2025 beside the quarter before.\n\n"
        "Anti-social behaviour: 519 records, 173 more than January to March (346). This is more "
        "than chance would give, but a rise from winter to spring is usual and no earlier spring "
        "is held to compare it with.\n\n"
        "Shoplifting: 605 records, 77 more than the quarter before (528).\n\n"
        "Vehicle crime: 164 records, 45 fewer (209).",
        ("The board asked for shop theft as a standing part of the figures.",),
        (
            Task("Agree patrol times for Hythe Street car park", "police", "District Commander"),
            Task("Name a lead for the winter shop theft plan", "police", "District Commander"),
        ),
    ),
    ItemKind.STRATEGY: Said(
        "Delivery of the second year had begun. 3 of 20 actions were complete and none was late.",
    ),
    ItemKind.FUNDING: Said(
        "Four business cases were presented. Kent Police and the Commissioner’s office took no "
        "part in the board’s decision on them.",
        ("The board approved the four business cases for the Commissioner’s office.",),
        (
            Task(
                "Return the grant certificate for 2025/26",
                "council",
                "Community Safety Manager",
                45,
            ),
        ),
    ),
    ItemKind.THEMES: Said(
        "Kent County Council reported that the domestic abuse service directory was nearly ready. "
        "The Prevent referral pathway had been sent to all schools. [[One school had asked for "
        "advice about two pupils.]]",
        (),
        (
            Task(
                "Publish the domestic abuse service directory",
                "county",
                "Community Safety Lead",
                44,
            ),
            Task("Share hospital violence data each month", "icb", "Safeguarding Lead"),
        ),
    ),
    ItemKind.HORIZON: Said(
        "The Crime and Policing Act 2026 has been passed. The first of its provisions on "
        "anti-social behaviour were expected to begin on 29 June 2026.",
        (),
        (
            Task(
                "Brief members on what the Act changes for civil orders",
                "council",
                "Enforcement and Regulatory Services Manager",
            ),
        ),
    ),
    ItemKind.DVACS: Said(
        "The DVACS group had closed one of its two locations and opened another. Kent Fire and "
        "Rescue offered home safety visits to the households concerned.",
        (),
        (
            Task(
                "Home safety visits for the households named in the paper",
                "fire",
                "Group Manager",
                NEXT,
                Marking.SENSITIVE,
            ),
        ),
    ),
    ItemKind.OCG: Said("Kent Police gave an oral update. No paper was circulated."),
    ItemKind.CASE_REVIEWS: Said(
        "One application was being considered. The board noted the four yearly figures that the "
        "law asks to be published.",
    ),
}

SEPTEMBER: dict[str, Said] = {
    ItemKind.APOLOGIES: Said("Members introduced themselves. Apologies are listed above."),
    ItemKind.INTERESTS: Said("No other interest was declared."),
    ItemKind.MATTERS_ARISING: Said(
        "The board went through the open actions. Members were concerned that the domestic abuse "
        "service directory was late, and that its date had moved."
    ),
    ItemKind.PERFORMANCE: Said(
        "The Community Safety Officer presented July to September 2025.\n\n"
        "Anti-social behaviour: 588 records, 69 more than the quarter before (519). Just more than "
        "chance would give; without an earlier summer’s figures a rise cannot be told from the "
        "season.\n\n"
        "Shoplifting: 521 records, 84 fewer (605). Vehicle crime: 215 records, 51 more (164).",
        (
            "The board noted the figures and asked for a year-on-year comparison once a second "
            "year is held.",
        ),
        (Task("Bring repeat domestic abuse figures by ward", "police", "Vulnerability Lead"),),
    ),
    ItemKind.STRATEGY: Said(
        "13 of 20 delivery actions were on time. Three were late; each has a new date and a reason."
    ),
    ItemKind.FUNDING: Said(
        "The Commissioner’s office had asked questions on two of the four business cases. Answers "
        "were sent in August.",
    ),
    ItemKind.THEMES: Said(
        "Two community venues had asked for training on outside speakers.",
        (),
        (
            Task(
                "Name a Prevent trainer for community venues",
                "council",
                "Community Safety Manager",
                45,
            ),
        ),
    ),
    ItemKind.POWERS: Said(
        "Choices for the town centre protection order would come to the next meeting. If it is to "
        "be renewed, consultation must begin before Christmas."
    ),
    ItemKind.HORIZON: Said(
        "Members noted the consultation on the new councils for Kent and that the partnership’s "
        "own terms of reference will need to name their successors.",
        (),
        (
            Task(
                "List every place where the terms of reference name a body that will end",
                "council",
                "Community Safety Officer",
                120,
            ),
        ),
    ),
    ItemKind.DVACS: Said(
        "The DVACS group asked the board to note a gap in evening outreach at one location.",
        ("The board asked Kent County Council to extend evening outreach until the end of March.",),
        (
            Task(
                "Extend evening outreach at the location named in the paper",
                "county",
                "Community Safety Lead",
                NEXT,
                Marking.SENSITIVE,
            ),
        ),
    ),
    ItemKind.OCG: Said("Kent Police gave an oral update. No paper was circulated."),
    ItemKind.CASE_REVIEWS: Said("No application was open at the date of the meeting."),
}
