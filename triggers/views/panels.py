"""The panel of a case: who sits on it, its meeting and pack, the victim's voice, its end."""

import uuid
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core import clock
from core.pdf import PDFUnavailable
from core.permissions import policy
from membership.models import Agency
from triggers.forms import panels as forms
from triggers.forms.casework import ReasonForm
from triggers.models import Application, Stage, VoiceRecord
from triggers.queries import cases, recommendations
from triggers.queries import panels as queries
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened, page
from triggers.workflow import panels

TAB = "case_panel"


@policy(Application, "view")
def case_panel(request: HttpRequest, reference: str) -> HttpResponse:
    """Who sits, when it meets, what is missing, what was said, found, recommended and answered."""
    case = opened(request, reference)
    context = queries.shown(case, request.user)
    context["recommendations"] = recommendations.of_case(case, request.user)
    return page(request, "triggers/case_panel.html", case, TAB, context)


def home(request: HttpRequest, case: Application) -> str:
    """The page of the panel."""
    return address(request, TAB, case.reference)


# ---- who sits -----------------------------------------------------------------------------------


@policy(Application, GET="work on", POST="work on")
def panel_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody of the standing panel was asked."""
    case = opened(request, reference, "work on")
    here = home(request, case)
    return ask(
        request, case,
        lambda posted: forms.AskOntoPanelForm(
            posted, pool=queries.pool(case), parts=queries.part_finder(case), cancel=here
        ),
        partial(panels.ask_onto_panel, case, by=request.user),
        title="Ask somebody onto the panel", done="What they said is saved.", to=here, tab=TAB,
        template="triggers/panel_ask.html", pool=queries.pool(case).exists(),
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def panel_invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody from outside is asked."""
    case = opened(request, reference, "work on")
    here = home(request, case)
    signed = Agency.objects.filter(pk__in=[each.pk for each in queries.signatories(case)])
    return ask(
        request, case,
        lambda posted: forms.InviteForm(
            posted, bodies=signed, initial={"role": "chair"}, cancel=here
        ),
        partial(panels.invite_onto_panel, case, by=request.user),
        title="Ask somebody from outside", done="They have a seat on the panel, and are told.",
        to=here, tab=TAB,
        intro="Such as a chair from another partnership. Ask them first. The invitation says "
        "nothing of the case, and the case opens to them when they have signed in.",
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def panel_check(request: HttpRequest, reference: str, pk: uuid.UUID) -> HttpResponse:
    """It is said that a member has a part in the case."""
    case = opened(request, reference, "work on")
    found = [each.seat for each in queries.sitting(case) if each.seat.pk == pk]
    if not found:
        raise Http404
    here = home(request, case)
    return ask(
        request, case, lambda posted: forms.CheckForm(posted, cancel=here),
        partial(panels.check_again, case, seat=found[0], by=request.user),
        title=f"Has {found[0].person} a part in the case?", done="Saved.", to=here, tab=TAB,
        intro="Whoever goes can open nothing of the case from now on.",
    )  # fmt: skip


@policy(Application, GET="leave the panel", POST="leave the panel")
def panel_leave(request: HttpRequest, reference: str) -> HttpResponse:
    """A member has a part in the case after all, and leaves."""
    case = opened(request, reference)
    opened(request, reference, "leave the panel")
    return ask(
        request, case, lambda posted: forms.StepDownForm(posted, cancel=home(request, case)),
        partial(panels.step_down, case, by=request.user),
        title="Leave the panel", done="You have left. The officers are told.",
        to=address(request, "index"), tab=TAB,
        intro="You can open nothing of the case from now on.",
    )  # fmt: skip


# ---- the meeting and the pack -------------------------------------------------------------------


@policy(Application, GET="work on", POST="work on")
def panel_meeting(request: HttpRequest, reference: str) -> HttpResponse:
    """Set the panel's meeting."""
    case = opened(request, reference, "work on")
    here = home(request, case)
    return ask(
        request, case,
        lambda posted: forms.MeetingForm(posted, cancel=here),
        partial(panels.set_meeting, case, by=request.user),
        title="Set the panel’s meeting", done="The meeting is set, and its people are told.",
        to=here, tab=TAB,
        intro="Its agenda starts with what a panel does. Send its agenda and papers, take its "
        "minutes and move it as any other meeting: only people on the case can see it.",
    )  # fmt: skip


@policy(Application, POST="work on")
def panel_pack(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the panel's pack, or make it again."""
    case = opened(request, reference, "work on")
    here = home(request, case)
    try:
        return do(
            request, lambda: panels.make_pack(case, by=request.user),
            done="The pack is a paper of the meeting. Everybody on the case can read it now.",
            to=here,
        )  # fmt: skip
    except PDFUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(here)


# ---- the victim's voice -------------------------------------------------------------------------


@policy(Application, GET="work on", POST="work on")
def voice_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what the victim said."""
    case = opened(request, reference, "work on")
    impact = cases.impact_of(case)
    initial = {"on": clock.today(), "how": impact.voice if impact else ""}
    initial["spoken_by"] = impact.advocate if impact else ""
    return ask(
        request, case,
        lambda posted: forms.VoiceForm(posted, initial=initial, cancel=home(request, case)),
        partial(panels.record_voice, case, by=request.user),
        title="What the victim says", done="Saved.", to=home(request, case), tab=TAB,
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def voice_change(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Correct what was written down."""
    case = opened(request, reference, "work on")
    record = VoiceRecord.objects.visible_to(request.user).filter(application=case, pk=pk).first()
    if record is None or record.by_id is None:
        raise Http404
    initial = {name: getattr(record, name) for name in ("how", "on", "words", "spoken_by")}
    return ask(
        request, case,
        lambda posted: forms.VoiceForm(posted, initial=initial, cancel=home(request, case)),
        partial(panels.change_voice, record, by=request.user),
        title="What the victim says", done="Saved.", to=home(request, case), tab=TAB,
        intro="What stood here before stays in the history of the case.",
    )  # fmt: skip


# ---- held, finished, once again -----------------------------------------------------------------


@policy(Application, GET="work on", POST="work on")
def panel_hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that the panel sat."""
    case = opened(request, reference, "work on")
    review, heard = queries.review_of(case), bool(queries.voices(case))
    meeting = queries.meeting_of(review)
    day = meeting.on if meeting and meeting.on <= clock.today() else clock.today()
    return ask(
        request, case,
        lambda posted: forms.HoldForm(
            posted, heard=heard, initial={"on": day}, cancel=home(request, case)
        ),
        partial(panels.hold, review, by=request.user),
        title="Say that the panel was held", done="Saved. Write down what it found.",
        to=home(request, case), tab=TAB, template="triggers/panel_hold.html",
        stops=queries.stops(case, review), warnings=queries.warnings(case),
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def panel_finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Finish the review: recommendations go to the bodies."""
    case = opened(request, reference, "work on")
    review = queries.review_of(case)
    found = recommendations.of_case(case, request.user)
    return ask(
        request, case,
        lambda posted: forms.FinishForm(
            posted, initial={"summary": review.summary}, cancel=home(request, case)
        ),
        partial(panels.finish, review, by=request.user),
        title="Finish the review", done="The review is finished. Write the outcome letter.",
        to=home(request, case), tab=TAB, template="triggers/panel_finish.html",
        waiting=[each for each in found if each.recommendation.sent_on is None],
    )  # fmt: skip


@policy(Application, GET="work on", POST="work on")
def panel_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the panel sit again."""
    case = opened(request, reference, "work on")
    review = queries.review_of(case)
    if review.finished_at is None or case.stage == Stage.REVIEW:
        raise Http404
    here = home(request, case)
    return ask(
        request, case,
        lambda posted: ReasonForm(
            posted, submit="Let the panel sit again", cancel=here,
            hint="For example, that an appeal was upheld.",
        ),
        partial(panels.sit_again, review, by=request.user),
        title="Let the panel sit again", done="The panel is to sit again. Set its meeting.",
        to=here, tab=TAB,
        intro="The case goes back to its panel. What was recommended and answered stands; a clock "
        "for the panel begins again.",
    )  # fmt: skip
