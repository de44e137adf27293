"""The words of letters: short sentences, kindly, what comes next with its date, and whom to ask.

A partnership may put its own in their place. Between curly brackets stand the places that are
filled from the case. What is not known yet is left as a gap, and no letter goes with a gap in it.
Who reads may be the victim or who applied for them, so the words suit both.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from triggers.models.letters import LetterKind

PLACE = re.compile(r"\{([^{}\n]*)\}")
GAP = re.compile(r"\[fill in: ([^\]]*)\]")
# Known only on the day on which the letter goes, so it stays a place until then.
APPEAL_BY = "{appeal_by}"


@dataclass(frozen=True, slots=True)
class Words:
    """A letter's heading and its text."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Place:
    """What a place stands for, and an example to preview it with."""

    says: str
    sample: str


PLACES = {
    "reference": Place("the number of the case", "CR-2026-0007"),
    "review_name": Place("what a review is called here", "an ASB case review"),
    "applied_on": Place("the day of the application", "2 November 2026"),
    "team": Place("the team to ask", "the community safety team"),
    "contact": Place(
        "how to reach the team, as a sentence", "To ask us something, call 01632 960 123."
    ),
    "threshold_by": Place("the day by which the threshold is decided", "1 December 2026"),
    "decided_on": Place("the day of the threshold decision", "27 November 2026"),
    "reason": Place(
        "the reason of the threshold decision",
        "You told the council three times. Each time was in good time, so it counts.",
    ),
    "incidents": Place(
        "the list of incidents", "1. 4 May 2026: loud music at night\n2. 9 June 2026: shouting"
    ),
    "late_step": Place("what is late", "hold the panel"),
    "first_due_on": Place("the date first set for it", "10 December 2026"),
    "due_on": Place("its later date", "17 December 2026"),
    "delay_reason": Place("why it is later", "The police need one more week for their answer."),
    "panel_by": Place("the day by which the panel meets", "10 December 2026"),
    "panel_on": Place("the day on which the panel meets, or met", "9 December 2026"),
    "outcome_by": Place("the day by which the outcome is told", "18 December 2026"),
    "conclusion": Place(
        "what the panel concluded", "The panel found that the noise was not looked into enough."
    ),
    "recommendations": Place(
        "what the panel recommends, and to whom", "- The council: visit at night and measure noise"
    ),
    "responses": Place(
        "what each body answered",
        "- The council: visit at night and measure noise. They will do it by 1 March 2027",
    ),
    "appeal_by": Place(
        "the last day to ask for another look, counted from the day the letter goes",
        "15 January 2027",
    ),
    "appeal_to": Place("who takes another look", "an officer of another partnership"),
    "appealed_on": Place("the day on which they asked for it", "4 January 2027"),
    "hearing_by": Place("the day by which that is heard", "25 January 2027"),
    "appeal_result": Place("what became of it", "You were right in part."),
    "appeal_reason": Place("what was found", "The first letter left out one of your reports."),
    "commissioner": Place(
        "how to ask the commissioner’s office, as a sentence",
        "You can also ask the police and crime commissioner to look at how we dealt with this.",
    ),
    "keep_years": Place("how long a closed case is kept", "6 years"),
}

AGAIN = """If you think that we got it wrong, you can ask for someone else to look at it again: \
{appeal_to}. Ask us by {appeal_by}. You need not say much. Just tell us what is wrong.

{commissioner}"""

SHIPPED = {
    LetterKind.ACKNOWLEDGEMENT: Words(
        "We have the application",
        """Thank you for telling us what has been going on. On {applied_on} we were asked for \
{review_name}. The number of the case is {reference}.

What happens now:

- We ask the police, the council and others what they know, and what they did.
- By {threshold_by} we decide if there must be a review. We write to you, and say why.
- If there is a review, people from the police, the council and others meet. We call them the \
panel. You can speak to them, write to them, or send someone.

If it happens again, tell the police, the council or your landlord as you did before. Then tell \
us too. If you are in danger, call 999.

{contact}""",
    ),
    LetterKind.CONSENT: Words(
        "We need to know if you agree",
        """Someone has asked us to look at trouble that you have had. They did so on \
{applied_on}. The number of the case is {reference}.

We want to know if you agree. If you say yes, we look at what happened, and at what was done \
about it. We ask the police, the council and others what they know.

You can say no. Then we do nothing more in your name. You can change your mind later. You need \
not say why.

Please tell us in the way that is safe for you. {contact}""",
    ),
    LetterKind.LIST: Words(
        "Please check this list",
        """This is the list of what happened in the case {reference}. It comes from what we were \
told, and from what the police, the council and others wrote down. The panel will use it.

{incidents}

Is it right? Is something missing? Please tell us soon. The panel meets by {panel_by}, and we \
want the list to be right by then. If it is right, tell us that too.

{contact}""",
    ),
    LetterKind.DELAY: Words(
        "We will be late",
        """We said that we would {late_step} by {first_due_on}. We are sorry, but we will be \
late. The new date is {due_on}.

Why it is later:

{delay_reason}

You need not do anything. If it gets worse while you wait, tell us. If you are in danger, call \
999.

{contact}""",
    ),
    LetterKind.MET: Words(
        "There will be a review",
        """We have looked at the case {reference}. On {decided_on} we decided that there will be \
a review.

Why:

{reason}

What happens now:

- We put together a list of what happened, and send it to you to check.
- The panel meets by {panel_by}. It is made up of people from the police, the council and \
others. None of them leads it whose own work is looked at.
- You can speak to the panel, write to it, or send someone who speaks for you. You can also \
leave it to us.
- Then we write to you and say what it decided.

{contact}""",
    ),
    LetterKind.NOT_MET: Words(
        "There will be no review",
        f"""We have looked at the case {{reference}} with care. On {{decided_on}} we decided that \
there will be no review. We know that this is not what you hoped for.

Why:

{{reason}}

This does not mean that we do not believe you. If it goes on, keep telling the police, the \
council or your landlord. You can ask us for a review again. If you are in danger, call 999.

{AGAIN}

{{contact}}""",
    ),
    LetterKind.INVITATION: Words(
        "The panel, and how to take part",
        """The panel in the case {reference} meets on {panel_on}. It wants to hear from you, in \
the way you choose:

- You can speak to the panel. You can bring someone with you.
- You can write to the panel. We read out what you write.
- You can send someone who speaks for you.
- You can leave it to us. It does not count against you.

You speak to the panel only. The people you complain of are not there, and are not told when it \
meets.

Please tell us soon what you choose, and what you need for it. {contact}""",
    ),
    LetterKind.OUTCOME: Words(
        "What the panel decided",
        f"""The panel in the case {{reference}} met on {{panel_on}}. It looked at what happened, \
and at what was done about it.

What it found:

{{conclusion}}

What it asks for:

{{recommendations}}

Those who are asked must think about it with care. They may say no, and then they must say why. \
If they say yes, we check that they do it.

{AGAIN}

{{contact}}""",
    ),
    LetterKind.RESPONSES: Words(
        "What they answered",
        """The panel in the case {reference} asked for some things to be done. This is what we \
were told:

{responses}

We check that what was promised is done. If you see that it is not, please tell us.

{contact}""",
    ),
    LetterKind.APPEAL_TAKEN: Words(
        "We have what you sent us",
        """On {appealed_on} you told us that you are not happy with what we decided in the case \
{reference}. Thank you for saying so.

Someone else will look at it again: {appeal_to}. They had no part in it before. We tell you what \
comes of it by {hearing_by}.

{commissioner}

{contact}""",
    ),
    LetterKind.APPEAL_RESULT: Words(
        "What came of your appeal",
        """You asked for someone else to look at the case {reference} again. They have done so.

What came of it: {appeal_result}

Why:

{appeal_reason}

{commissioner}

{contact}""",
    ),
    LetterKind.WITHDRAWN: Words(
        "We have stopped",
        """You told us that you no longer want a review in the case {reference}. So we have \
stopped.

You can ask for a review again at any time. If it goes on, tell the police, the council or your \
landlord. If you are in danger, call 999.

{contact}""",
    ),
    LetterKind.CLOSED: Words(
        "We have closed the case",
        """The case {reference} is closed. There is nothing left that we check.

We keep its papers for {keep_years}. Then we remove what is about you.

If it starts again, tell the police, the council or your landlord. You can ask for a review \
again. If you are in danger, call 999.

{contact}""",
    ),
    LetterKind.OTHER: Words(
        "About the case",
        """[fill in: what you want to say]

{contact}""",
    ),
}


def misplaced(text: str) -> list[str]:
    """The places of a text that are none of ours, and brackets that stand alone."""
    wrong = [found for found in PLACE.findall(text) if found not in PLACES]
    rest = PLACE.sub("", text)
    alone = ["a curly bracket"] if "{" in rest or "}" in rest else []
    return [f"{{{each}}}" for each in dict.fromkeys(wrong)] + alone


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its places filled; one without a value becomes a gap to be filled by hand."""

    def filled(found: re.Match[str]) -> str:
        name = found[1]
        if found[0] == APPEAL_BY and name not in values:
            return APPEAL_BY
        if name not in PLACES:
            return found[0]
        return values.get(name) or f"[fill in: {PLACES[name].says}]"

    return PLACE.sub(filled, text)


def samples() -> dict[str, str]:
    """An example for each place, to preview words with."""
    return {name: place.sample for name, place in PLACES.items()}


def gaps(text: str) -> list[str]:
    """What is still to be filled in by hand."""
    return list(dict.fromkeys(GAP.findall(text)))
