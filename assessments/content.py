"""What a Strategic Assessment holds, section by section (SI 2007/1830, regulation 6).

Each section says who asks for it, which types of street crime it is about, which indicators by
their themes, and what the analyst is asked to write.
"""

from dataclasses import dataclass

REGULATION = "SI 2007/1830, regulation 6"
ACT = "Crime and Disorder Act 1998, section 6"


@dataclass(frozen=True, slots=True)
class Kind:
    """A section: its figures are those of ``types`` and of the indicators of ``themes``."""

    key: str
    heading: str
    source: str
    asks: str
    types: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    theme: str = ""


KINDS = (
    Kind(
        "introduction", "Introduction and method", REGULATION,
        "Say for whom this is written, what it rests on, and what a reader must know before "
        "reading the figures.",
    ),
    Kind(
        "total", "All crime in the area", f"{REGULATION}: levels and patterns of crime",
        "Say what changed since the last assessment, and why as far as that is known.",
    ),
    Kind(
        "violence", "Violence, including domestic abuse",
        f"{REGULATION}: levels and patterns of crime",
        "Say what lies behind the figures: where, when, between whom, and what partners see.",
        types=("Violence and sexual offences", "Public order"), themes=("domestic-abuse",),
        theme="domestic-abuse",
    ),
    Kind(
        "asb", "Anti-social behaviour", f"{ACT}: including anti-social behaviour",
        "Say what kind it is and where it persists, how powers were used, and what helped.",
        types=("Anti-social behaviour", "Criminal damage and arson"), themes=("asb",),
        theme="asb",
    ),
    Kind(
        "acquisitive", "Theft, burglary and vehicle crime",
        f"{REGULATION}: levels and patterns of crime",
        "Say what is taken, where and how, and what partners do about it.",
        types=(
            "Shoplifting", "Vehicle crime", "Burglary", "Other theft", "Theft from the person",
            "Bicycle theft",
        ),
    ),
    Kind(
        "places", "Wards and places", f"{REGULATION}: levels and patterns of crime",
        "Say why crime gathers where it does: how many people come through, what is open when.",
    ),
    Kind(
        "substance-misuse", "Substance misuse", f"{ACT}: misuse of drugs, alcohol and others",
        "Say what treatment services, schools and the police see. Records of drugs rise when the "
        "police look for them.",
        types=("Drugs",),
    ),
    Kind(
        "re-offending", "Re-offending", f"{ACT}: reduction of re-offending",
        "Say what probation and the police know of people who offend again, as numbers only.",
    ),
    Kind(
        "serious-violence", "Serious violence",
        f"{ACT}, as amended in 2022: preventing and reducing serious violence",
        "Say what kinds there are and their causes, as the duty of 2022 asks.",
        types=("Robbery", "Possession of weapons"), themes=("serious-violence",),
        theme="serious-violence",
    ),
    Kind(
        "themes", "Harm that street-level figures do not show",
        "Terms of reference: themes of the partnership’s work",
        "Say what is known of hate crime, modern slavery, radicalisation, harm outside the home "
        "and organised crime. Few reports need not mean little harm.",
        themes=(
            "hate-crime", "modern-slavery", "prevent", "contextual-safeguarding",
            "organised-crime",
        ),
    ),
    Kind(
        "public", "What the public want to come first",
        f"{REGULATION}: the priorities of people who live and work here",
        "Say how people were asked, who answered and who did not, and what they want first.",
    ),
    Kind(
        "last-plan", "Progress on the last plan",
        f"{REGULATION}: how far the last partnership plan was carried out",
        "Say what was done, what was not and why, and what difference it made.",
    ),
    Kind(
        "horizon", "On the horizon", "Terms of reference, purpose 7",
        "Say which changes of law and policy matter most here.",
    ),
    Kind(
        "county", "What matters for the county",
        f"{REGULATION}: matters for the county strategy group",
        "Say what the county’s partnership should know or take up.",
    ),
    Kind(
        "conclusions", "Conclusions and recommended priorities",
        f"{REGULATION}: what the partnership should put first",
        "Recommend priorities to the board, each from what was found above.",
    ),
)  # fmt: skip

BY_KEY = {kind.key: kind for kind in KINDS}
