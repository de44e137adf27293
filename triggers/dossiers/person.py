"""What the applicant told: who they are, what happened, how it hurts, what they wrote since."""

from collections.abc import Iterator
from typing import Any

from triggers.dossiers.shapes import Section, facts, table, words
from triggers.effects import FEELS, HATE, VULNERABLE
from triggers.models import (
    ApplicantMessage,
    Application,
    Complaint,
    Consent,
    Impact,
    ListCorrection,
    Party,
    Topic,
)

CONTACT = (
    "name", "organisation", "relation", "address", "postcode", "email", "telephone", "way",
    "way_detail", "times", "never", "messages_are_safe", "language", "interpreter",
    "access_needs", "contact_checked_on",
)  # fmt: skip


def sections(case: Application) -> Iterator[Section]:
    """The first part of a dossier."""
    yield _case(case)
    yield from _people(case)
    yield _impact(case)
    yield _incidents(case)
    yield Section(
        "What the applicant wrote since",
        tables=(
            table(
                "corrections", "Corrections of the list of incidents",
                ("When", "Incident", "What they wrote", "Answer", "Reason"),
                ((each.at, each.complaint.number if each.complaint else "", each.text,
                  each.get_answer_display(), each.remark)
                 for each in ListCorrection.objects.filter(application=case)
                 .select_related("complaint")),
            ),
            table(
                "messages", "Messages", ("When", "About", "What they wrote", "What was done"),
                ((each.at, each.get_kind_display(), each.text, each.remark)
                 for each in ApplicantMessage.objects.filter(application=case)),
            ),
        ),
    )  # fmt: skip


def _case(case: Application) -> Section:
    topics = [Topic(each).label for each in case.topics]
    more = (("What it is about", words(topics)),) if topics else ()
    return Section(
        "The case",
        facts=facts(
            case, "reference", "stage", "channel", "on_behalf", "ward", "households",
            "received_at", "acknowledged_on", "list_sent_on", "list_agreed_on", "closed_on",
            "outcome_note",
        ) + more,
    )  # fmt: skip


def _people(case: Application) -> Iterator[Section]:
    for party in Party.objects.filter(application=case).order_by("-kind"):
        yield Section(f"The {party.get_kind_display().lower()}", facts(party, *CONTACT),
                      private=True)  # fmt: skip
    said = Consent.objects.filter(application=case).select_related("by")
    consents = table(
        "consent", "What the victim said about somebody else’s asking", ("Day", "Said", "How"),
        ((each.said_on, str(each), each.how) for each in said),
    )  # fmt: skip
    if consents.rows:
        yield Section("Consent", tables=(consents,))


def _impact(case: Application) -> Section:
    impact = Impact.objects.filter(application=case).first()
    if impact is None:
        return Section("How it hurts")
    ticked = (
        ("How it makes them feel", _ticked(impact.feels, FEELS)),
        ("Vulnerable because of", _ticked(impact.vulnerable, VULNERABLE)),
        ("Because of who they are", _ticked(impact.hate, HATE)),
    )
    told = facts(
        impact, "place", "postcode", "harm", "vulnerability", "unsafe_now", "wishes", "voice",
        "advocate",
    )  # fmt: skip
    return Section("How it hurts", told + tuple(each for each in ticked if each[1]))


def _ticked(keys: Any, choices: list[tuple[str, str]]) -> str:
    return words([label for key, label in choices if key in keys])


def _incidents(case: Application) -> Section:
    rows = Complaint.objects.filter(application=case).select_related("body__agency")
    incidents = table(
        "incidents", "Incidents that were complained of",
        ("Incident", "What happened", "Where", "When", "Since", "The day is sure", "Reported on",
         "Reported to", "Reference", "What they did", "Taken off the list because"),
        ((f"Incident {each.number}", each.what, each.where, each.happened_on, each.went_on_from,
          each.day_is_sure, each.reported_on,
          each.body.agency if each.body else each.other_body, each.report_reference,
          each.response, each.removed_because) for each in rows),
        wide=True,
    )  # fmt: skip
    return Section("Incidents", tables=(incidents,))
