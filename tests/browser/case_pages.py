"""The pages of case reviews, for the table of every page: whom each is for, and in what state.

The cases are the demonstration's, and a few that are only made here: what the story does not show.
"""

import datetime

from core import clock
from demo import case_steps, case_words
from triggers import links
from triggers.forms.applying import BY_SLUG, REPORT_BY_SLUG
from triggers.models import (
    Appeal,
    ApplicantMessage,
    Application,
    ClockSetting,
    InformationRequest,
    Letter,
    LetterKind,
    Party,
    Recommendation,
    RelevantBody,
    VoiceRecord,
)
from triggers.queries import merged
from triggers.workflow import (
    applying,
    casework,
    holding,
    information,
    letters,
    listing,
    panels,
    settings,
    threshold,
)

NOBODY, OFFICER, SECOND, CHAIR = "", "hazel", "rowan", "sage"
PANEL, HEALTH, POLICE, HOMES, COUNCIL = "heather", "olive", "fern", "willow", "clover"
EMPTY_OFFICER, ELSEWHERE = "teasel", "gravesham"
SCRUTINY = "myrtle"

CASES = {
    "new case": case_words.FRESH, "neighbour’s case": case_words.NEIGHBOUR,
    "merged case": case_words.MERGED, "watched case": case_words.FINISHED,
    "unmet case": case_words.NOT_MET, "withdrawn case": case_words.WITHDRAWN,
}  # fmt: skip


def names(cast) -> dict[str, object]:
    """What stands in the addresses, by the words of the tables below."""
    cases = {word: of(told.name) for word, told in CASES.items()}
    refused = refuse_consent(cast)
    drafts = Application.objects.filter(stage="draft")
    return {
        **{word: case.reference for word, case in cases.items()},
        **{f"link of the {word}": links.token(case) for word, case in cases.items()},
        "half a draft": links.token(drafts.get(taken_by=None)),
        "telephoned draft": links.token(drafts.get(taken_by=cast.people["rowan"])),
        "whole draft": links.token(case_steps.filled_in(cast, case_words.NEIGHBOUR)),
        **{f"question {slug}": slug for slug in BY_SLUG},
        "refused case": refused.reference,
        "old case": closed_long_ago(cast).reference,
        **of_settings(cast),
        "new answer": information.ask(
            cases["new case"], agency=cast.bodies["police"], by=cast.people["hazel"]
        ).pk,
        **of_case(cast, cases["neighbour’s case"], cases["merged case"]),
        **of_letters(cast, cases["neighbour’s case"]),
        **of_review(cast, cases["watched case"], cases["unmet case"]),
    }


def of(name: str) -> Application:
    """The case of that person."""
    return Party.objects.get(kind="victim", name=name).application


def refuse_consent(cast) -> Application:
    """Another case of a neighbour's, in which the victim wants none of it."""
    case = case_steps.sent_in(cast, case_words.NEIGHBOUR)
    casework.record_consent(case, given=False, how="Rang us", by=cast.people["hazel"])
    return case


def closed_long_ago(cast) -> Application:
    """A case whose time is over."""
    case = case_steps.sent_in(cast, case_words.WITHDRAWN)
    applying.withdraw(case, reason="", by=cast.people["hazel"])
    long_ago = datetime.date(2019, 3, 1)
    Application.objects.filter(pk=case.pk).update(received_on=long_ago, closed_on=long_ago)
    return case


def of_settings(cast):
    hazel = cast.people["hazel"]
    rule = settings.add_addition(
        cast.partnership, kind="households", number=5, source="The procedure, page 4",
        starts_on=clock.today(), by=hazel,
    )  # fmt: skip
    return {
        "local rule": rule.pk,
        "clock setting": ClockSetting.objects.get(stage="panel").pk,
        "landlord": RelevantBody.objects.get(kind="housing").pk,
    }


def of_case(cast, neighbours, merged_case):
    """What hangs on the neighbour's case, and what does not fit in the other one."""
    hazel = cast.people["hazel"]
    asked = InformationRequest.objects.filter(application=neighbours)
    late = asked.get(agency=cast.bodies["icb"])
    line = information.add_entry(
        late, on=neighbours.received_on, what="Call", done="", by=cast.people["olive"]
    )
    correction = listing.correct(neighbours, text="It was a Sunday")
    misfit = next(
        each for each in merged.timeline(merged_case, hazel).misfits if each.kind == "date"
    )
    seats = merged_case.group.seats
    return {
        "late answer": late.pk, "line of it": line.pk,
        "given answer": asked.get(agency=cast.bodies["homes"]).pk,
        "message": ApplicantMessage.objects.get(application=neighbours).pk,
        "correction": correction.pk,
        "misfit": misfit.key,
        "running clock": neighbours.clocks.get(stage="panel").pk,
        "panel seat": seats.get(person=cast.people["heather"]).pk,
        "hold": holding.put_hold(neighbours, reason="A claim in court", by=hazel).pk,
        "officer’s seat": neighbours.group.seats.get(person=hazel).pk,
    }  # fmt: skip


def of_letters(cast, neighbours):
    """One letter that is being written, and one that waits for an officer's hand."""
    hazel = cast.people["hazel"]
    neighbours.parties.filter(kind="victim").update(
        way="telephone", telephone="01632 960 099", times="Before noon"
    )
    by_hand = letters.draft(neighbours, LetterKind.CONSENT, party="victim", by=hazel)
    return {
        "letter to hand over": letters.ready(by_hand, by=hazel).number,
        "draft letter": letters.draft(neighbours, LetterKind.ACKNOWLEDGEMENT, by=hazel).number,
    }


def of_review(cast, watched, unmet):
    sat = held(cast)
    return {
        "sat case": sat.reference,
        "voice": VoiceRecord.objects.get(application=sat).pk,
        "declined": Recommendation.objects.get(application=watched, response="declined").pk,
        "accepted": Recommendation.objects.get(application=watched, number=2).pk,
        "appeal": Appeal.objects.get(application=unmet).pk,
        "letter of outcome": Letter.objects.get(application=watched).pk,
    }


def held(cast) -> Application:
    """A case whose panel has just sat; what it found is being written down."""
    hazel, today = cast.people["hazel"], clock.today()
    case = case_steps.sent_in(cast, case_words.FINISHED)
    threshold.decide(case, met=True, review=True, reason="Three count", by=hazel)
    for key, role in (("bryony", "chair"), ("heather", "member")):
        panels.ask_onto_panel(case, held=cast.seats[key, "reviews"], role=role, free=True, by=hazel)
    review = panels.set_meeting(
        case, on=today, starts_at=datetime.time(14), ends_at=datetime.time(16), venue="Room 2",
        meant=True, by=hazel,
    )  # fmt: skip
    panels.record_voice(case, how="in_writing", words="Please come", by=hazel)
    panels.hold(review, on=today, by=hazel)
    panels.add_finding(case, text="Nobody came", by=hazel)
    panels.recommend(case, agency=cast.bodies["police"], text="Come within an hour", by=hazel)
    return case


# ---- the tables ---------------------------------------------------------------------------------

QUESTIONS = [
    ("triggers:mine_question", NOBODY, "whole draft", f"question {slug}") for slug in BY_SLUG
]
OF_A_REPORT = [
    ("triggers:mine_report", NOBODY, "whole draft", "1", slug) for slug in REPORT_BY_SLUG
]

APPLYING = [
    ("triggers:apply", NOBODY),
    ("triggers:apply", NOBODY, ELSEWHERE),
    ("triggers:lost_link", NOBODY),
    ("triggers:equality", NOBODY),
    ("triggers:deleted", NOBODY),
    ("triggers:take", OFFICER),
    ("triggers:take", SECOND),
    ("triggers:mine", NOBODY, "half a draft"),
    ("triggers:mine", NOBODY, "whole draft"),
    ("triggers:mine", SECOND, "telephoned draft"),
    ("triggers:mine_question", NOBODY, "half a draft", "question contact"),
    *QUESTIONS,
    *OF_A_REPORT,
    ("triggers:mine_danger", NOBODY, "whole draft"),
    ("triggers:mine_reports", NOBODY, "whole draft"),
    ("triggers:mine_reports", NOBODY, "half a draft"),
    ("triggers:mine_report_remove", NOBODY, "whole draft", "1"),
    ("triggers:mine_link", NOBODY, "half a draft"),
    ("triggers:mine_delete", NOBODY, "half a draft"),
    ("triggers:mine_check", NOBODY, "whole draft"),
    ("triggers:mine_check", NOBODY, "half a draft"),
    ("triggers:mine", NOBODY, "link of the new case"),
    ("triggers:mine", NOBODY, "link of the merged case"),
    ("triggers:mine", NOBODY, "link of the unmet case"),
    ("triggers:mine", NOBODY, "link of the watched case"),
    ("triggers:mine", NOBODY, "link of the withdrawn case"),
    ("triggers:mine_done", NOBODY, "link of the new case"),
    ("triggers:mine_write", NOBODY, "link of the merged case"),
    ("triggers:mine_withdraw", NOBODY, "link of the new case"),
    ("triggers:mine_consent", NOBODY, "link of the neighbour’s case"),
    ("triggers:mine_incidents", NOBODY, "link of the merged case"),
    ("triggers:mine_appeal", NOBODY, "link of the watched case"),
]

LAID_DOWN = [
    ("triggers:procedure", OFFICER),
    ("triggers:procedure", CHAIR),
    ("triggers:procedure", EMPTY_OFFICER, ELSEWHERE),
    ("triggers:procedure_change", OFFICER),
    ("triggers:procedure_clocks", OFFICER),
    ("triggers:procedure_clock", OFFICER, "panel"),
    ("triggers:procedure_clock_end", OFFICER, "clock setting"),
    ("triggers:local_rule_add", OFFICER),
    ("triggers:local_rule_end", OFFICER, "local rule"),
    ("triggers:body_add", OFFICER),
    ("triggers:body_change", OFFICER, "landlord"),
    ("triggers:body_end", OFFICER, "landlord"),
]

CASEWORK = [
    ("triggers:cases", OFFICER),
    ("triggers:cases", OFFICER, "?view=late"),
    ("triggers:cases", OFFICER, "?view=closed"),
    ("triggers:cases", SECOND),
    ("triggers:cases", PANEL),
    ("triggers:case", OFFICER, "new case"),
    ("triggers:case", OFFICER, "neighbour’s case"),
    ("triggers:case", OFFICER, "merged case"),
    ("triggers:case", OFFICER, "watched case"),
    ("triggers:case", OFFICER, "unmet case"),
    ("triggers:case", OFFICER, "withdrawn case"),
    ("triggers:case", OFFICER, "refused case"),
    ("triggers:case", PANEL, "merged case"),
    ("triggers:case_acknowledge", OFFICER, "new case"),
    ("triggers:case_sort", OFFICER, "new case"),
    ("triggers:case_consent", OFFICER, "neighbour’s case"),
    ("triggers:case_without_consent", OFFICER, "refused case"),
    ("triggers:case_link", OFFICER, "new case"),
    ("triggers:case_repeat", OFFICER, "new case"),
    ("triggers:case_complained_of", OFFICER, "new case"),
    ("triggers:case_person", OFFICER, "neighbour’s case"),
    ("triggers:case_contact", OFFICER, "neighbour’s case", "victim"),
    ("triggers:case_message", OFFICER, "neighbour’s case", "message"),
    ("triggers:case_note", OFFICER, "new case"),
    ("triggers:case_close", OFFICER, "unmet case"),
    ("triggers:case_close", OFFICER, "refused case"),
    ("triggers:case_reopen", OFFICER, "withdrawn case"),
    ("triggers:case_withdraw", OFFICER, "new case"),
    ("triggers:case_threshold", OFFICER, "neighbour’s case"),
    ("triggers:case_threshold", OFFICER, "unmet case"),
    ("triggers:case_threshold", PANEL, "merged case"),
    ("triggers:threshold_decide", OFFICER, "neighbour’s case"),
    ("triggers:threshold_decide", OFFICER, "unmet case"),
    ("triggers:case_clocks", OFFICER, "merged case"),
    ("triggers:clock_delay", OFFICER, "neighbour’s case", "running clock"),
    ("triggers:clock_stop", OFFICER, "neighbour’s case", "running clock"),
    ("triggers:case_incidents", OFFICER, "neighbour’s case"),
    ("triggers:case_incidents", PANEL, "merged case"),
    ("triggers:incident_add", OFFICER, "neighbour’s case"),
    ("triggers:incident_change", OFFICER, "neighbour’s case", "1"),
    ("triggers:incident_history", OFFICER, "neighbour’s case", "1"),
    ("triggers:incident_remove", OFFICER, "neighbour’s case", "1"),
    ("triggers:list_sent", OFFICER, "neighbour’s case"),
    ("triggers:correction", OFFICER, "neighbour’s case", "correction"),
    ("triggers:case_information", OFFICER, "neighbour’s case"),
    ("triggers:case_information", OFFICER, "unmet case"),
    ("triggers:case_information", PANEL, "merged case"),
    ("triggers:case_ask", OFFICER, "new case"),
    ("triggers:case_timeline", OFFICER, "merged case"),
    ("triggers:case_timeline", PANEL, "merged case"),
    ("triggers:case_timeline", OFFICER, "unmet case"),
    ("triggers:misfit_settle", OFFICER, "merged case", "date", "misfit"),
    ("triggers:case_people", OFFICER, "neighbour’s case"),
    ("triggers:case_people", OFFICER, "merged case"),
    ("triggers:person_put_on", OFFICER, "neighbour’s case"),
    ("triggers:person_take_off", OFFICER, "merged case", "panel seat"),
    ("triggers:person_take_off", OFFICER, "neighbour’s case", "officer’s seat"),
    ("triggers:information", HEALTH, "late answer"),
    ("triggers:information", HOMES, "given answer"),
    ("triggers:information", OFFICER, "given answer"),
    ("triggers:information_further", OFFICER, "late answer"),
    ("triggers:information", POLICE, "new answer"),
    ("triggers:information_report", POLICE, "new answer", "1"),
    ("triggers:information_line_add", HEALTH, "late answer"),
    ("triggers:information_line_change", HEALTH, "late answer", "line of it"),
    ("triggers:information_import", HEALTH, "late answer"),
]

LETTERS = [
    ("triggers:case_letters", OFFICER, "watched case"),
    ("triggers:case_letters", OFFICER, "refused case"),
    ("triggers:case_letters", OFFICER, "new case"),
    ("triggers:letter_new", OFFICER, "neighbour’s case"),
    ("triggers:letter", OFFICER, "watched case", "1"),
    ("triggers:letter", OFFICER, "neighbour’s case", "draft letter"),
    ("triggers:letter", OFFICER, "neighbour’s case", "letter to hand over"),
    ("triggers:letter_change", OFFICER, "neighbour’s case", "draft letter"),
    ("triggers:letter_ready", OFFICER, "neighbour’s case", "draft letter"),
    ("triggers:letter_told", OFFICER, "neighbour’s case", "letter to hand over"),
    ("triggers:letter_words", OFFICER),
    ("triggers:letter_words_shown", CHAIR, "met"),
    ("triggers:letter_words_change", OFFICER, "met"),
]

FIGURES = [
    ("triggers:overview", OFFICER),
    ("triggers:overview", CHAIR),
    ("triggers:overview", SCRUTINY),
    ("triggers:overview", EMPTY_OFFICER, ELSEWHERE),
    ("triggers:figures_year", OFFICER, "2022-23"),
    ("triggers:figures_import", OFFICER),
    ("triggers:equality_answers", OFFICER),
    ("triggers:public", NOBODY),
    ("triggers:public", NOBODY, ELSEWHERE),
]

PANELS = [
    ("triggers:case_panel", OFFICER, "new case"),
    ("triggers:case_panel", OFFICER, "merged case"),
    ("triggers:case_panel", OFFICER, "sat case"),
    ("triggers:case_panel", OFFICER, "watched case"),
    ("triggers:case_panel", PANEL, "merged case"),
    ("triggers:panel_ask", OFFICER, "merged case"),
    ("triggers:panel_invite", OFFICER, "merged case"),
    ("triggers:panel_check", OFFICER, "merged case", "panel seat"),
    ("triggers:panel_leave", PANEL, "merged case"),
    ("triggers:panel_meeting", OFFICER, "merged case"),
    ("triggers:panel_hold", OFFICER, "merged case"),
    ("triggers:panel_finish", OFFICER, "sat case"),
    ("triggers:panel_again", OFFICER, "watched case"),
    ("triggers:voice_add", OFFICER, "merged case"),
    ("triggers:voice_change", OFFICER, "sat case", "voice"),
    ("triggers:finding_add", OFFICER, "sat case"),
    ("triggers:finding_change", OFFICER, "sat case", "1"),
    ("triggers:recommendation_add", OFFICER, "sat case"),
    ("triggers:recommendation_change", OFFICER, "sat case", "1"),
    ("triggers:recommendation_further", OFFICER, "watched case", "1"),
    ("triggers:recommendation", OFFICER, "declined"),
    ("triggers:recommendation", HOMES, "accepted"),
    ("triggers:recommendation", COUNCIL, "declined"),
    ("triggers:case_appeals", OFFICER, "unmet case"),
    ("triggers:case_appeals", OFFICER, "new case"),
    ("triggers:appeal_add", OFFICER, "watched case"),
    ("triggers:appeal_late", OFFICER, "unmet case", "appeal"),
    ("triggers:appeal_send_on", OFFICER, "unmet case", "appeal"),
    ("triggers:appeal_decide", OFFICER, "unmet case", "appeal"),
    ("triggers:appeal_withdraw", OFFICER, "unmet case", "appeal"),
    ("triggers:mine_letter", NOBODY, "link of the watched case", "letter of outcome"),
    ("triggers:mine_panel", NOBODY, "link of the merged case"),
]

KEEPING = [
    ("triggers:hold_put", OFFICER, "neighbour’s case"),
    ("triggers:hold_lift", OFFICER, "neighbour’s case", "hold"),
    ("triggers:case_dossier", OFFICER, "merged case"),
    ("triggers:find", OFFICER),
    ("triggers:kept", OFFICER),
    ("triggers:kept_case", OFFICER, "old case"),
]

DOWNLOADS = {
    "triggers:index": "leads to another page",
    "triggers:cases_csv": "a download",
    "triggers:case_timeline_csv": "a download",
    "triggers:case_reads_csv": "a download",
    "triggers:case_deeds_csv": "a download",
    "triggers:mine_letter_file": "a download",
    "triggers:dossier_file": "a download",
    "triggers:kept_csv": "a download",
    "triggers:letter_pdf": "a download",
    "triggers:overview_csv": "a download",
    "triggers:public_csv": "a download",
}

ROWS = [*APPLYING, *LAID_DOWN, *CASEWORK, *PANELS, *LETTERS, *FIGURES, *KEEPING]
