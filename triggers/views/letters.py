"""The letters of a case: written, looked at, made ready, and told. Only for its officers."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

import audit.workflow
from core import clock
from core.components import Fact
from core.forms import say_wrong
from core.permissions import policy
from core.workflow import Wrong
from triggers import renditions
from triggers.forms import letters as forms
from triggers.models import (
    Application,
    Letter,
    LetterKind,
    LetterState,
    Party,
    Way,
)
from triggers.queries import cases, drafts
from triggers.queries import letters as queries
from triggers.views.asking import ask, do
from triggers.views.frame import address, opened, page
from triggers.workflow import letters

TAB = "case_letters"
WRITE = "write letters"
TONES = {
    LetterState.DRAFT: "mine", LetterState.WAITING: "busy", LetterState.TO_POST: "waiting",
    LetterState.SENT: "", LetterState.REFUSED: "late",
}  # fmt: skip
CHANGED = (
    "How to reach them has changed since this was made ready. Take it back, and make it ready "
    "again. If it has gone already, say how."
)
GOES = {
    Way.EMAIL: "Send it by email", Way.POST: "Make it ready to post",
    Way.TELEPHONE: "Make it ready to read out", Way.TEXT: "Make it ready to tell by text",
    Way.OTHER: "Make it ready to hand over",
}  # fmt: skip


@policy(Application, WRITE)
def case_letters(request: HttpRequest, reference: str) -> HttpResponse:
    """Every letter of the case, and those that are due."""
    case = opened(request, reference, WRITE)
    context = {
        "letters": [(each, TONES[LetterState(each.state)]) for each in queries.of_case(case)],
        "suggested": queries.suggested(case) if not case.erased_on else [],
        "people": _people(case),
    }
    return page(request, "triggers/letters/list.html", case, TAB, context)


@policy(Application, GET=WRITE, POST=WRITE)
def letter_new(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose a letter and to whom it is, and begin it."""
    case = opened(request, reference, WRITE)
    kind = request.GET.get("kind", "")
    kind = kind if kind in LetterKind.values else LetterKind.OTHER
    initial = {"kind": kind, "party": letters.usual_party(case, kind)}
    form = forms.NewLetterForm(
        request.POST or None, people=_people(case), initial=initial,
        cancel=address(request, TAB, case.reference),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            made = letters.draft(case, **form.cleaned_data, by=request.user)
            return redirect(address(request, "letter_change", case.reference, made.number))
        except Wrong as wrong:
            form.add_error("party", wrong.messages)
    context = {"form": form, "title": "Write a letter", "people": _people(case)}
    return page(request, "triggers/letters/new.html", case, TAB, context)


def _people(case: Application) -> list[tuple[str, str, str]]:
    """Whom a letter can be to: key, words, and how they are safely reached. No name."""
    found = []
    for party in case.parties.order_by("kind"):
        who = str(party.get_kind_display())
        if party.kind == drafts.speaker_kind(case):
            who = f"{who}, who applied"
        elif drafts.for_another(case):
            who = f"{who}, for whom somebody else applied"
        found.append((party.kind, who, cases.safe_contact(party)))
    return found


@policy(Application, WRITE)
def letter(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One letter: how it stands, its words, and what can be done."""
    case, found = _letter(request, reference, number)
    return page(request, "triggers/letters/letter.html", case, TAB, _shown(case, found))


def _shown(case: Application, found: Letter) -> dict[str, Any]:
    who = queries.party_of(found)
    to_post = found.state == LetterState.TO_POST
    return {
        "letter": found, "tone": TONES[LetterState(found.state)],
        "who": found.get_party_display(), "contact": cases.safe_contact(who),
        "body": queries.as_it_goes(found, clock.today()),
        "facts": _facts(found, who), "names_another": queries.names_another(found),
        "to_do": _to_do(found, who) if to_post else [],
    }  # fmt: skip


def _facts(found: Letter, who: Party | None) -> list[Fact]:
    facts = [Fact("To", found.get_party_display()), Fact("Letter", found.get_kind_display())]
    waits = found.state == LetterState.TO_POST
    if found.to and not (waits and queries.contact_changed(found, who)):
        facts.append(Fact(str(Way(found.way).label), found.to))
    if found.told_how:
        facts.append(Fact("How", found.told_how))
    if found.attempts > 1 or found.problem:
        facts.append(Fact("Tries", found.attempts))
    return facts


def _to_do(found: Letter, who: Party | None) -> list[Fact]:
    """What the officer has to do with a letter that does not go by itself, and must not do."""
    if queries.contact_changed(found, who):
        return [Fact("What to do", CHANGED)]
    what = {
        Way.POST: "Print it, and post it to this address only.",
        Way.TELEPHONE: "Call this number only, and read it out.",
        Way.TEXT: "Send a text message to this number only: ask when you may call.",
        Way.OTHER: "Hand it to the person they trust, and to nobody else.",
    }.get(Way(found.way), "")
    facts = [Fact("What to do", what), Fact(str(Way(found.way).label), found.to)]
    if who and who.times:
        facts.append(Fact("Safe times", who.times))
    if who and who.never:
        facts.append(Fact("Never", who.never))
    if who and found.way in (Way.TELEPHONE, Way.TEXT):
        safe = "A message is safe" if who.messages_are_safe else "Leave no message"
        facts.append(Fact("Messages", safe))
    return facts


@policy(Application, GET=WRITE, POST=WRITE)
def letter_change(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Change the words of a draft."""
    case, found = _letter(request, reference, number)
    here = address(request, "letter", case.reference, number)
    initial = {"heading": found.heading, "body": found.body}
    form = forms.WordsForm(
        request.POST or None, version=found.version, initial=initial, cancel=here
    )
    status, theirs, yours = 200, "", ""
    try:
        if form.is_bound and form.is_valid():
            letters.change(found, **form.cleaned_data, by=request.user)
            messages.success(request, "The words are saved.")
            return redirect(here)
    except letters.Changed as changed:
        status, theirs, yours = 409, changed.now.body, form.cleaned_data["body"]
        posted = request.POST.copy()
        posted["version"] = str(changed.now.version)
        form = forms.WordsForm(posted, version=changed.now.version, cancel=here)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
        return redirect(here)
    except ValidationError as wrong:
        say_wrong(form, wrong)
    context = {
        "form": form, "title": f"Letter {number}: the words", "theirs": theirs, "yours": yours,
        "letter": found, "contact": cases.safe_contact(queries.party_of(found)),
    }  # fmt: skip
    return page(request, "triggers/letters/change.html", case, TAB, context, status)


@policy(Application, GET=WRITE, POST=WRITE)
def letter_ready(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Look at the letter as it will go, and to whom; then let it go."""
    case, found = _letter(request, reference, number)
    here = address(request, "letter", case.reference, number)
    if found.state != LetterState.DRAFT:
        return redirect(here)
    who = queries.party_of(found)
    way = Way(who.way) if who and who.way else Way(found.way)
    return ask(
        request, case,
        lambda posted: forms.ReadyForm(
            posted, refuses=letters.refuses(found), submit=GOES[way], version=found.version,
            cancel=here,
        ),
        partial(letters.ready, found, by=request.user),
        title=f"Let letter {number} go", done="The letter is on its way." if way == Way.EMAIL
        else "The letter is ready. Say here how it was done, once it is.",
        to=here, tab=TAB, template="triggers/letters/ready.html", letter=found, who=who,
        contact=cases.safe_contact(who), by_email=way == Way.EMAIL,
        mail=queries.mail_of(found, clock.today()), names_another=queries.names_another(found),
        gaps=queries.letter_words.gaps(f"{found.heading} {found.body}"),
    )  # fmt: skip


@policy(Application, GET=WRITE, POST=WRITE)
def letter_told(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say how a letter that does not go by email was sent or told."""
    case, found = _letter(request, reference, number)
    here = address(request, "letter", case.reference, number)
    who = queries.party_of(found)
    return ask(
        request, case,
        lambda posted: forms.ToldForm(posted, initial={"on": clock.today()}, cancel=here),
        partial(letters.told, found, by=request.user),
        title=f"Letter {number}: how was it done?", done="The letter is kept as sent.", to=here,
        tab=TAB, template="triggers/letters/told.html", to_do=_to_do(found, who),
    )  # fmt: skip


@policy(Application, POST=WRITE)
def letter_take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Make a draft again of a letter that has not gone."""
    case, found = _letter(request, reference, number)
    return do(
        request, lambda: letters.take_back(found, by=request.user),
        done="The letter is a draft again.",
        to=address(request, "letter", case.reference, number),
    )  # fmt: skip


@policy(Application, POST=WRITE)
def letter_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Throw a draft away."""
    case, found = _letter(request, reference, number)
    return do(
        request, lambda: letters.remove(found, by=request.user), done="The draft is gone.",
        to=address(request, TAB, case.reference),
    )  # fmt: skip


@policy(Application, WRITE)
def letter_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """The letter as it went out; of a draft, as it would go today. Its file name says nothing."""
    case, found = _letter(request, reference, number)
    audit.workflow.record_read(
        case, by=request.user, partnership=request.partnership, group=case.group
    )
    if found.content:
        data = bytes(found.content.data)
    else:
        try:
            data = renditions.letter_pdf(found, queries.party_of(found), on=clock.today())
        except Wrong as wrong:
            messages.error(request, wrong.messages[0])
            return redirect(address(request, "letter", case.reference, number))
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="letter-{number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _letter(request: HttpRequest, reference: str, number: int) -> tuple[Application, Letter]:
    """The case and its letter with this number, for the officers of the case."""
    case = opened(request, reference, WRITE)
    rows = Letter.objects.visible_to(request.user).filter(application=case, number=number)
    found = rows.select_related("content", "ready_by", "written_by").first()
    if found is None:
        raise Http404
    found.application = case
    return case, found
