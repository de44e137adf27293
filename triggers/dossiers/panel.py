"""The panel, what it found and recommended, appeals, letters, notes, and who read and did what."""

from collections.abc import Iterator

from actions.models import Action
from meetings.models import Decision, Item
from triggers.dossiers.shapes import Section, facts, table, words
from triggers.models import (
    Appeal,
    Application,
    CaseNote,
    ConflictCheck,
    Finding,
    Hold,
    Letter,
    Recommendation,
    Review,
    VoiceRecord,
)
from triggers.queries import people


def sections(case: Application) -> Iterator[Section]:
    """The last part of a dossier."""
    yield _panel(case)
    yield _conflicts(case)
    yield _meetings(case)
    yield _found(case)
    yield _appeals(case)
    yield _letters(case)
    yield _notes(case)
    yield _record(case)


def _panel(case: Application) -> Section:
    review = Review.objects.filter(application=case).first()
    told = facts(review, "pack_made_on", "held_on", "not_heard", "summary") if review else ()
    seats = [each.seat for each in people.people_of(case)] + people.past_people(case)
    voices = VoiceRecord.objects.filter(application=case)
    return Section(
        "The panel",
        told,
        tables=(
            table("people", "Who is or was on the case", ("Person", "For", "As", "From", "Until"),
                  ((each.person, each.agency, each.get_role_display(), each.starts_on, each.ends_on)
                   for each in seats)),
            table("voice", "The victim’s voice", ("Day", "How", "Who spoke", "What they said"),
                  ((each.on, each.get_how_display(), each.spoken_by, each.words)
                   for each in voices)),
        ),
    )  # fmt: skip


def _conflicts(case: Application) -> Section:
    checks = ConflictCheck.objects.filter(application=case).select_related("person")
    asked = table("conflicts", "Whether they were free to sit", ("When", "Who", "Free", "Said"),
                  ((each.at, each.person, each.free, each.said) for each in checks))  # fmt: skip
    return Section("Conflicts of interest", tables=(asked,), private=True)


def _meetings(case: Application) -> Section:
    """What was said in meetings, also while the minutes are not cleared yet."""
    items = Item.objects.filter(meeting__group=case.group_id).select_related("meeting")
    items = items.order_by("meeting__on", "number")
    decisions = Decision.objects.filter(item__in=items).select_related("item")
    actions = Action.objects.filter(group=case.group_id).select_related("owner")
    return Section(
        "Meetings",
        tables=(
            table("minutes", "Agenda and minutes", ("Meeting", "Item", "Title", "Minute"),
                  ((each.meeting.on, each.number, each.title, each.minute) for each in items)),
            table("meeting-decisions", "Decisions in meetings", ("Decision", "Item", "What"),
                  ((each.reference, each.item.number, each.text) for each in decisions)),
            table("actions", "Actions of the panel",
                  ("Action", "What", "To whom", "First due", "State"),
                  ((each.reference, each.text, each.owner, each.first_due_on,
                    each.get_status_display()) for each in actions)),
        ),
        private=True,
    )  # fmt: skip


def _found(case: Application) -> Section:
    findings = Finding.objects.filter(application=case).select_related("agency")
    rows = Recommendation.objects.filter(application=case).select_related("agency", "action")
    return Section(
        "What the panel found and recommended",
        tables=(
            table("findings", "Findings", ("Number", "About", "What was found"),
                  ((each.number, each.agency, each.text) for each in findings)),
            table(
                "recommendations", "Recommendations",
                ("Recommendation", "To", "What", "Why", "By", "Answer", "Answered on", "Reason",
                 "Action", "State of the action"),
                ((f"Recommendation {each.number}", each.agency, each.text, each.why, each.due_on,
                  each.get_response_display(), each.responded_on, each.response_reason,
                  each.action.reference if each.action else "",
                  each.action.get_status_display() if each.action else "") for each in rows),
                wide=True,
            ),
        ),
    )  # fmt: skip


def _appeals(case: Application) -> Section:
    appeals = table(
        "appeals", "Appeals and queries",
        ("Appeal", "Made on", "Why they are not satisfied", "Late", "Why it is taken, or not",
         "Heard by", "Outcome", "Decided on", "What was found"),
        ((each.get_kind_display(), each.made_on, each.text, each.late, each.late_because,
          each.heard_by, each.get_outcome_display(), each.decided_on, each.found)
         for each in Appeal.objects.filter(application=case)),
        wide=True,
    )  # fmt: skip
    return Section("Appeals", tables=(appeals,))


def _letters(case: Application) -> Section:
    letters = list(Letter.objects.filter(application=case).order_by("number"))
    return Section(
        "Letters",
        tables=(
            table(
                "letters", "Letters", ("Number", "Letter", "To", "Way", "State", "Sent", "How"),
                ((each.number, each.get_kind_display(), each.get_party_display(),
                  each.get_way_display(), each.get_state_display(), each.sent_at, each.told_how)
                 for each in letters),
            ),
        ),
        texts=tuple((f"Letter {each.number}: {each.heading}", each.body) for each in letters),
    )  # fmt: skip


def _notes(case: Application) -> Section:
    notes = CaseNote.objects.filter(application=case).select_related("by")
    holds = Hold.objects.filter(application=case).select_related("by", "lifted_by")
    return Section(
        "Officers’ notes",
        tables=(
            table("notes", "Notes", ("When", "About", "Note", "By"),
                  ((each.at, each.get_kind_display(), each.text, each.by) for each in notes)),
            table("holds", "Legal holds", ("Put", "By", "Why", "Lifted", "Why it was lifted"),
                  ((each.at, each.by, each.reason, each.lifted_at, each.lifted_because)
                   for each in holds)),
        ),
        private=True,
    )  # fmt: skip


def _record(case: Application) -> Section:
    return Section(
        "The record",
        tables=(
            table("done", "What was done", ("When", "Who", "Did", "To what"),
                  ((each.at, each.actor_name or "The system", each.verb, each.subject)
                   for each in people.deeds_of(case))),
            table("read", "Who has opened it", ("When", "Who", "What"),
                  ((each.at, each.actor_name, words(f"{each.kind} {each.subject}"))
                   for each in people.reads_of(case))),
        ),
        private=True,
    )  # fmt: skip
