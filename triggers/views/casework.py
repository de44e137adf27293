"""The steps of a case that officers take: each asks what it needs and goes back to the case."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from core import clock
from core.permissions import policy
from triggers.forms import casework as forms
from triggers.models import Application, PartyKind, Stage
from triggers.queries import cases, drafts, likeness
from triggers.views.asking import ask, do
from triggers.views.frame import opened, page
from triggers.workflow import applying, casework
from triggers.workflow import messages as messages_workflow


@policy(Application, GET="work on", POST="work on")
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the applicant was told, where no letter of ours did so."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.AcknowledgeForm(
            posted, initial={"on": clock.today()}, cancel=case.get_absolute_url()
        ),
        partial(casework.acknowledge, case, by=request.user),
        title="Say that the application is acknowledged", done="Saved.",
        intro="A letter that goes out from here does this by itself.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def sort(request: HttpRequest, reference: str) -> HttpResponse:
    """Topics and ward."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.SortForm(
            posted, initial={"topics": case.topics, "ward": case.ward},
            wards=drafts.wards(case.partnership), cancel=case.get_absolute_url(),
        ),
        partial(casework.sort, case, by=request.user),
        title="Sort the case", done="Saved.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def consent(request: HttpRequest, reference: str) -> HttpResponse:
    """What the victim said to somebody else's asking."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.ConsentForm(
            posted, initial={"said_on": clock.today()}, cancel=case.get_absolute_url()
        ),
        partial(casework.record_consent, case, by=request.user),
        title="What the victim said", done="Saved.",
        template="triggers/case_consent.html", said=list(case.consents.select_related("by")),
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def without_consent(request: HttpRequest, reference: str) -> HttpResponse:
    """Go on with what needs no consent."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        _reason(case, "Go on without consent", hint="For example, to keep somebody safe."),
        partial(casework.go_on_without_consent, case, by=request.user),
        title="Go on without consent", done="Your decision is saved.",
        intro="The victim has refused. Go on only with what may be done without them, and say "
        "what that is and why. Nothing is sent to bodies in their name.",
    )  # fmt: skip


def _reason(case: Application, submit: str, *, says: str = "", hint: str = "") -> Any:
    return lambda posted: forms.ReasonForm(
        posted, submit=submit, says=says, hint=hint, cancel=case.get_absolute_url()
    )


@policy(Application, GET="work on", POST="work on")
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """Link with another case on the same trouble."""
    case = opened(request, reference, "work on")
    others = likeness.others(case, request.user)
    return ask(
        request, case,
        lambda posted: forms.LinkForm(
            posted, others=others, initial={"other": request.GET.get("other")},
            cancel=case.get_absolute_url(),
        ),
        lambda other, why: casework.link_cases(case, other, why=why, by=request.user),
        title="Link with another case", done="The cases are linked.",
        intro="Neither applicant learns of the other. Letters, lists and panels stay apart. Only "
        "officers who sit on both cases see the link.",
    )  # fmt: skip


@policy(Application, POST="work on")
def unlink(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a link away."""
    case = opened(request, reference, "work on")
    found = [each for each, _ in cases.links_of(case, request.user) if each.pk == pk]
    if not found:
        raise Http404
    return do(
        request, lambda: casework.unlink_cases(found[0], by=request.user),
        done="The link is gone.", to=case,
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def repeat(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark as a repeat of an earlier case of the same person."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.RepeatForm(
            posted, others=likeness.others(case, request.user, earlier=True),
            initial={"earlier": case.repeats}, cancel=case.get_absolute_url(),
        ),
        partial(casework.mark_repeat, case, by=request.user),
        title="Had the same person an earlier case?", done="Saved.",
        intro="Repeat applicants are counted for learning. Nobody is refused for asking again.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def complained_of(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark that the person complained of seems to apply."""
    case = opened(request, reference, "work on")
    initial = {"applies": "yes" if case.applicant_is_complained_of else "no"}
    return ask(
        request, case,
        lambda posted: forms.WhoForm(posted, initial=initial, cancel=case.get_absolute_url()),
        partial(casework.mark_complained_of, case, by=request.user),
        title="Does the person complained of apply?", done="Saved.",
        intro="The law gives everybody the same right, so the threshold is tested as always. "
        "Weigh it in your reasons, and think of who could be put at risk by a letter.",
    )  # fmt: skip


@policy(Application, "read person")
def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Names and how to reach them: shown when asked for, and recorded once more."""
    case = opened(request, reference, "read person")
    context = {
        "parties": list(case.parties.all()),
        "impact": cases.impact_of(case),
        "consents": list(case.consents.select_related("by")),
        "messages_waiting": list(case.messages.filter(dealt_at=None)),
    }
    return page(request, "triggers/case_person.html", case, "case", context)


@policy(Application, GET="read person", POST="read person")
def contact(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """Change how somebody is reached, once it was checked with them."""
    case = opened(request, reference, "read person")
    party = cases.party(case, kind) if kind in PartyKind.values else None
    if party is None:
        raise Http404

    def change(**told: Any) -> Any:
        return casework.change_contact(party, **told, by=request.user)

    return ask(
        request, case,
        lambda posted: forms.ContactForm(
            posted, instance=cases.party(case, kind), initial={"checked_on": clock.today()},
            cancel=_person_url(request, case),
        ),
        change, title=f"How to reach the {party.get_kind_display().lower()}",
        done="The contact is changed.", to=_person_url(request, case),
    )  # fmt: skip


def _person_url(request: HttpRequest, case: Application) -> str:
    return f"{case.get_absolute_url()}person/"


@policy(Application, GET="work on", POST="work on")
def message(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say what was done about something that the applicant wrote."""
    case = opened(request, reference, "work on")
    found = case.messages.filter(pk=pk).first()
    if found is None:
        raise Http404
    return ask(
        request, case,
        lambda posted: forms.MessageForm(posted, cancel=case.get_absolute_url()),
        partial(messages_workflow.deal_with, found, by=request.user),
        title="What the applicant wrote", done="Saved.", template="triggers/case_message.html",
        message=found,
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        lambda posted: forms.NoteForm(posted, cancel=case.get_absolute_url()),
        partial(casework.write_note, case, by=request.user),
        title="Write a note", done="The note is saved.", to=f"{case.get_absolute_url()}people/",
        intro="It is read by the case’s officers, and removed with the case.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a case in which nothing is left to do."""
    case = opened(request, reference, "work on")
    early = case.stage in (Stage.RECEIVED, Stage.REVIEW)
    return ask(
        request, case,
        lambda posted: forms.CloseForm(
            posted, early=early, initial={"note": case.outcome_note},
            cancel=case.get_absolute_url(),
        ),
        partial(casework.close, case, by=request.user),
        title="Close the case", done="The case is closed.",
        template="triggers/case_close.html", stands=cases.what_keeps_open(case),
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a case again."""
    case = opened(request, reference, "work on")
    return ask(
        request, case, _reason(case, "Open the case again"),
        partial(casework.reopen, case, by=request.user),
        title="Open the case again", done="The case is open again.",
        intro="It goes back to the stage where it was. Its clocks go on with their first dates.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that the applicant wants no more of it."""
    case = opened(request, reference, "work on")
    return ask(
        request, case,
        _reason(case, "Withdraw the case", says="What did they say?",
                hint="Such as the words of a telephone call."),
        partial(applying.withdraw, case, by=request.user),
        title="The applicant withdraws", done="The case is withdrawn.",
        intro="Only when the applicant asks for it. All clocks stop. It can be opened again.",
    )  # fmt: skip
