"""What the invented analyst wrote in the assessment of October 2024 to September 2025.

All of it is invented for the demonstration but for the facts that name their source; figures are
the product's own, counted from the files that the story imports.
"""

INVENTED = "Written for the demonstration; the people and what they saw are invented."

SECTIONS = {
    "introduction": (
        "This assessment is for the board of the partnership. It sets out what is known of "
        f"crime and disorder in the borough, and what follows for the coming year. {INVENTED}\n\n"
        "Street-level figures are public and come whole. They are not recorded crime: fraud "
        "is not in them, and each record is moved to a nearby point. What agencies know "
        "beside them stands under each heading, with who said it.\n\n"
        "Dartford and Gravesham had one joint partnership from 2006 until October 2020. Older"
        " assessments, such as the one for the year to September 2018 that counted 13,310 "
        "offences, used recorded crime, so the figures here cannot be set beside them "
        "(source: papers of the council’s crime and disorder committee)."
    ),
    "total": (
        "Nothing is said of change here: no earlier year is held. What can be said is where "
        "records gather and of what kind they are.\n\n"
        "Partners agree that the larger part of shop theft is at one shopping centre, whose "
        "customers come from far beyond the borough. A number for each resident therefore "
        "says little about the risk to people who live here."
    ),
    "violence": (
        "- Kent Police and Victim Support both say that more than a third of what they see "
        "happens at home.\n"
        "- The one-stop shop in the town centre was busier in the summer than in spring.\n\n"
        "[[Two households account for eleven calls in the year. Both are known to the multi-"
        "agency conference, and the plan for each is led by the Vulnerability Lead.]]\n\n"
        "Work with victims who come back a second time is to begin sooner."
    ),
    "asb": (
        "Reports are most in Town ward. The town centre’s public spaces protection order has "
        "been in force since 1 February 2024, for three years.\n\n"
        "Neighbourhood officers say that the same places come back each summer: the park by "
        "the river, and the walk from the station."
    ),
    "acquisitive": (
        "Shop theft comes first by number. Shops report more since a shared form was brought "
        "in, so part of any rise would be reporting.\n\n"
        "[[Three people are thought to be behind a large part of thefts of alcohol. Their "
        "names are with the police alone.]]"
    ),
    "places": (
        "Three wards stand out, for three reasons: a shopping centre, a town centre with a "
        "late evening, and a large estate. What helps in one need not help in another."
    ),
    "substance-misuse": (
        "Records of drugs follow where the police look. Treatment services say that waiting "
        "times for young adults grew; no figure is held."
    ),
    "re-offending": (
        "No figure of re-offending is held for the borough. The Probation Service has been "
        "asked for one, by quarter, as numbers only."
    ),
    "serious-violence": (
        "The numbers are small, so a difference between months may be chance.\n\n"
        "[[Intelligence points to one group that carries knives between two estates. The OCG "
        "group has it in hand.]]"
    ),
    "themes": (
        "Hate crime, modern slavery, radicalisation and harm outside the home are not in "
        "street-level figures. Where agencies have sent theirs, the tables show them. Few "
        "reports need not mean little harm."
    ),
    "public": (
        "People put the town centre in the evening first, and shop theft second. Young people"
        " answered least, and will be asked at schools next time."
    ),
    "last-plan": (
        "How far the last plan came is counted from the register, action by action. What never was "
        "in the register cannot be counted, and is not claimed here."
    ),
    "horizon": (
        "The Government has announced that police and crime commissioners end in May 2028. "
        "Councils in Kent may be reorganised from April 2028. Both change who sits on this "
        "board."
    ),
    "county": (
        "The county’s partnership is asked to take up one thing: figures of repeat domestic "
        "abuse in one form from every district."
    ),
    "conclusions": (
        "We recommend four priorities for the coming year:\n\n"
        "1. Violence and domestic abuse, with earlier work where victims come back.\n"
        "2. Anti-social behaviour in the town centre and by the river.\n"
        "3. Theft from shops, with the shopping centre as a partner.\n"
        "4. Young people who are drawn into crime."
    ),
}

# Who sent it in, for which section, what, where from, restricted or not, and the answer.
EVIDENCE = (
    ("juniper", "fire", "asb",
     "Small fires of rubbish were lit on eleven evenings, nine of them within sight of the river "
     "walk. Crews were met with thrown stones twice.",
     "Incident records of the station", False, "used", "Put beside the reports of that place."),
    ("linden", "police", "serious-violence",
     "Stop and search found knives on four young people in one quarter, all near the same two bus "
     "stops.", "Neighbourhood team’s notes", True, "used", "In the restricted passage."),
    ("ash", "watch", "acquisitive",
     "Members say that parcels are taken from doorsteps, and that most do not report it.",
     "A meeting of coordinators", False, "set_aside",
     "Worth asking in the next survey; one meeting is not enough to write it down as found."),
)  # fmt: skip

CONSULTATION = (
    ("What should come first?", "Online survey and two drop-in sessions (invented)", 142,
     "Of 142 answers, 61 put the town centre in the evening first, 38 shop theft and 21 speeding. "
     "Most who answered were over 50."),
    ("Listening in schools", "Talks with two year groups (invented)", None,
     "Young people spoke of the walk home from the station, and of not knowing whom to tell."),
)  # fmt: skip

# Threat, theme, then physical, psychological, financial, community, likelihood, confidence, means.
SCORES = (
    ("Domestic abuse", "domestic-abuse", (4, 4, 2, 2, 4, 2, 2),
     "Harm is grave and comes again; much is never reported."),
    ("Young people carrying knives", "serious-violence", (4, 3, 1, 3, 2, 1, 3),
     "Numbers are small, what is known is thin, and one death changes everything."),
    ("Anti-social behaviour in the town centre", "asb", (1, 2, 1, 4, 4, 3, 1),
     "Seen every day; people change how they go home."),
    ("Shop theft", "", (1, 1, 3, 2, 4, 4, 1),
     "Well counted, mostly at one place, with means at hand."),
    ("Exploitation of children by drug lines", "contextual-safeguarding", (3, 4, 1, 2, 2, 1, 3),
     "Seen by schools before it is seen in figures."),
)  # fmt: skip
