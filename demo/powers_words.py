"""The words of the powers' part of the story: real changes of law with where they are written."""

import datetime
from dataclasses import dataclass

TERMS = (
    "In short; the council’s own page has the order itself.\n\n"
    "- do not go on drinking alcohol in the street when an officer asks you to stop\n"
    "- do not use drugs in the street"
)

# Hate crime and cohesion has no lead yet.
LEADS = {
    "domestic-abuse": ("county", "Community Safety Lead"),
    "modern-slavery": ("police", "District Commander"),
    "prevent": ("council", "Community Safety Manager"),
    "serious-violence": ("police", "District Commander"),
    "asb": ("council", "Enforcement and Regulatory Services Manager"),
    "contextual-safeguarding": ("council", "Head of Housing"),
    "organised-crime": ("police", "District Commander"),
}


@dataclass(frozen=True, slots=True)
class Coming:
    """A change of law or policy; ``again`` is in how many days it is looked at again."""

    key: str
    title: str
    level: str
    what: str
    touches: str
    source: str
    stage: str
    source_url: str = ""
    verified: bool = False
    commences_on: datetime.date | None = None
    commences_words: str = ""
    owner: str = "council"
    again: int = 0
    noted: datetime.date | None = None
    themes: tuple[str, ...] = ()


CHANGES = (
    Coming(
        "act", "Crime and Policing Act 2026: anti-social behaviour", "national",
        "The Act is law. Its first provisions began on 29 June 2026, some on anti-social behaviour "
        "among them. The Bill had Respect Orders, injunctions for housing and for young people, "
        "closure powers for landlords, higher penalties and longer limits.",
        "Every procedure of the council and the police that names a power or a limit of the 2014 "
        "Act.", "Crime and Policing Act 2026; its sections have not been read here", "partly",
        commences_on=datetime.date(2026, 6, 29), again=21, noted=datetime.date(2026, 3, 2),
        themes=("asb",),
    ),
    Coming(
        "data", "Duty to supply figures on anti-social behaviour to the Secretary of State",
        "national", "The Bill of what became the Crime and Policing Act 2026 had a duty on "
        "councils and others to send figures on reports, responses and case reviews.",
        "The quarterly returns on the use of powers would have to fit what is asked for.",
        "Crime and Policing Bill; whether and when it commences has not been read", "decided",
        commences_words="Not known", again=-3, themes=("asb",),
    ),
    Coming(
        "reviews", "Domestic abuse related death reviews take the place of homicide reviews",
        "national", "The review follows the definition of abuse in the Domestic Abuse Act 2021, "
        "and a copy goes to the Secretary of State.",
        "How Kent Police notifies a death, and what the county’s steering group sends us.",
        "Victims and Prisoners Act 2024 s.19, not in force in the text that was read", "decided",
        "https://www.legislation.gov.uk/ukpga/2024/21/section/19", verified=True,
        commences_words="Not yet appointed", owner="county", again=45,
        noted=datetime.date(2025, 6, 2), themes=("domestic-abuse",),
    ),
    Coming(
        "commissioners", "Police and crime commissioners end", "national",
        "The Government announced on 13 November 2025 that commissioners end with their term in "
        "May 2028.", "Who receives the strategy, who gives the grants and who scrutinises them.",
        "Announcement of the Government, 13 November 2025", "proposed", verified=True,
        commences_words="May 2028", again=120, noted=datetime.date(2025, 11, 17),
    ),
    Coming(
        "councils", "New unitary councils in Kent", "local",
        "New councils are expected to take the place of the county and district councils in April "
        "2028. Dartford backed the option named 5a; the outcome has not been found.",
        "Two responsible authorities, the secretariat and the area of this partnership.",
        "Papers of Dartford Borough Council; the outcome has not been read", "proposed",
        commences_on=datetime.date(2028, 4, 1), again=90, noted=datetime.date(2025, 12, 1),
    ),
    Coming(
        "plan", "Kent Police and Crime Plan 2025 to 2029", "county",
        "Protecting People, Protecting Places, Protecting Property, Productive Partnerships.",
        "Each priority of the strategy says which of these it serves.",
        "Kent Police and Crime Plan 2025–29", "in_force", verified=True,
        commences_on=datetime.date(2025, 4, 1), owner="police", again=150,
        noted=datetime.date(2025, 2, 3),
    ),
)  # fmt: skip
