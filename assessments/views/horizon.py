"""The horizon: the list, each change, its steps, and what changed since the last meeting."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from actions.models import Action
from assessments import exports
from assessments.forms import horizon as forms
from assessments.models import PolicyChange
from assessments.queries import horizon as queries
from assessments.views.answering import address, ask, do
from assessments.workflow import horizon as workflow
from core import clock, pdf
from core.components import Fact, Link, View
from core.dates import longdate
from core.exports import csv_response
from core.history import timeline
from core.permissions import can, load, policy, require
from membership.models import Group, GroupKind, Partnership

VIEWS = {
    "open": "On the horizon", "soon": "In six months", "again": "To look at again",
    "closed": "Closed",
}  # fmt: skip
PAGE = 50
ORDER = "commences"


@policy(Partnership, "read horizon")
def horizon(request: HttpRequest) -> HttpResponse:
    """Changes of law and policy, by how near they are."""
    require(can(request.user, "read horizon", request.partnership))
    view, form, by_view = _chosen(request)
    sort = _sort(request)
    page = Paginator(by_view[view].order_by(*queries.ORDERS[sort]), PAGE).get_page(
        request.GET.get("page")
    )
    url = address(request, "horizon")
    rows = [
        {"change": each, "begins": queries.begins(each), "tone": queries.TONES[each.stage]}
        for each in page
    ]
    context = {
        "page": page, "rows": rows, "filter": form, "view": view, "sort": sort,
        "narrowed": any(form.data.get(name) for name in ("level", "stage", "theme", "words")),
        "views": [
            View(label, by_view[key].count(), f"{url}?view={key}", current=key == view)
            for key, label in VIEWS.items()
        ],
        "links": _links(request), "list_url": url, "today": clock.today(),
        "csv_url": _csv(request) if rows else "",
        "may_add": can(request.user, "keep horizon", request.partnership),
    }  # fmt: skip
    return render(request, "assessments/horizon.html", context)


def _chosen(request: HttpRequest) -> tuple[str, Any, dict[str, Any]]:
    form = forms.FilterForm(request.GET, partnership=request.partnership)
    form.is_valid()
    said = {name: form.cleaned_data.get(name, "") for name in ("level", "stage", "theme", "words")}
    changes = queries.filtered(queries.listed(request.user, request.partnership), **said)
    view = request.GET.get("view", "open")
    return view if view in VIEWS else "open", form, queries.views(changes, clock.today())


def _sort(request: HttpRequest) -> str:
    sort = request.GET.get("sort", ORDER)
    return sort if sort in queries.ORDERS else ORDER


def _csv(request: HttpRequest) -> str:
    chosen = request.GET.copy()
    chosen.pop("page", None)
    return f"{address(request, 'horizon_csv')}?{chosen.urlencode()}".rstrip("?")


def _links(request: HttpRequest) -> list[Link]:
    links = [Link("What changed since the last meeting", address(request, "horizon_since"))]
    if can(request.user, "keep horizon", request.partnership):
        links.append(Link("Add a change", address(request, "horizon_add")))
    return links


@policy(Partnership, "read horizon")
def horizon_csv(request: HttpRequest) -> HttpResponse:
    """The same changes as a CSV file."""
    require(can(request.user, "read horizon", request.partnership))
    view, _, by_view = _chosen(request)
    rows = by_view[view].order_by(*queries.ORDERS[_sort(request)])
    name = f"horizon-{request.partnership.slug}-{clock.today().isoformat()}"
    return csv_response(name, exports.CHANGES, exports.change_lines(request.user, rows))


@policy(PolicyChange, "view")
def policy_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """One change: what it is, where it is written, what it touches here, what is done about it."""
    found = load(request, PolicyChange, "view", pk=pk)
    action = found.action if found.action and can(request.user, "view", found.action) else None
    facts = [
        Fact("Level", found.get_level_display()),
        Fact("Commences", queries.begins(found)),
        Fact("Where it is written", found.source, found.source_url),
        Fact("Read at its source", "Yes" if found.verified else "Not yet"),
        Fact("Followed by", f"{found.owner}{f', {found.post}' if found.post else ''}"
             if found.owner else "Nobody"),
    ]  # fmt: skip
    if found.look_again_on:
        facts.append(Fact("Look at it again", longdate(found.look_again_on)))
    context = {
        "change": found, "facts": facts, "action": action, "tone": queries.TONES[found.stage],
        "hidden_action": found.action_id and not action, "themes": found.themes.all(),
        "may": can(request.user, "change", found), "list_url": address(request, "horizon"),
        "history": timeline(found, leave_out=("partnership", "created_by", "action")),
    }  # fmt: skip
    return render(request, "assessments/policy_change.html", context)


# ---- steps --------------------------------------------------------------------------------------


def _owned(verb: Any) -> Any:
    """The verb, given agency and post apart."""

    def given(*, owner: Any = None, **said: Any) -> Any:
        agency, post = owner or (None, None)
        return verb(owner=agency, post=post, **said)

    return given


@policy(Partnership, GET="keep horizon", POST="keep horizon")
def horizon_add(request: HttpRequest) -> HttpResponse:
    """Note a change that is coming."""
    require(can(request.user, "keep horizon", request.partnership))
    url = address(request, "horizon")
    return ask(
        request,
        lambda posted: forms.ChangeForm(
            posted, partnership=request.partnership, cancel=url,
            initial={"level": "national", "stage": "proposed"},
        ),
        _owned(lambda **said: workflow.add(request.partnership, **said, by=request.user)),
        title="Add a change of law or policy", done="The change is on the horizon.", back=url,
        crumbs=[("Horizon", url)],
    )  # fmt: skip


@policy(PolicyChange, GET="change", POST="change")
def horizon_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say what is known of it now."""
    found = load(request, PolicyChange, "change", pk=pk)
    names = ("title", "level", "what", "touches", "source", "source_url", "verified", "stage",
             "commences_on", "commences_words", "look_again_on")  # fmt: skip
    initial = {name: getattr(found, name) for name in names}
    initial |= {"themes": found.themes.all(), "owner": _owner_key(found.owner, found.post)}
    return _step(
        request, found,
        lambda posted: forms.ChangedForm(
            posted, partnership=request.partnership, initial=initial, version=found.version,
            cancel=found.get_absolute_url(),
        ),
        _owned(lambda **said: workflow.update(found, **said, by=request.user)),
        title="Change what is known of it", done="The change is saved.",
    )  # fmt: skip


def _owner_key(agency: Any, post: Any) -> str:
    if agency is None:
        return ""
    return f"{agency.slug}/{post.pk}" if post else str(agency.slug)


@policy(PolicyChange, GET="change", POST="change")
def horizon_close(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say what came of it."""
    found = load(request, PolicyChange, "change", pk=pk)
    return _step(
        request, found,
        lambda posted: forms.CloseForm(
            posted, version=found.version, cancel=found.get_absolute_url()
        ),
        lambda **said: workflow.close(found, **said, by=request.user),
        title="Close this change", done="It is closed. You can take it up again.",
    )  # fmt: skip


@policy(PolicyChange, POST="change")
def horizon_reopen(request: HttpRequest, pk: Any) -> HttpResponse:
    """Undo its closing."""
    found = load(request, PolicyChange, "change", pk=pk)
    return do(
        request, lambda: workflow.reopen(found, by=request.user),
        done="It is on the horizon again.", to=found.get_absolute_url(),
    )  # fmt: skip


@policy(PolicyChange, GET="change", POST="change")
def horizon_action(request: HttpRequest, pk: Any) -> HttpResponse:
    """Make an action that prepares for it."""
    found = load(request, PolicyChange, "change", pk=pk)
    groups = Group.objects.visible_to(request.user).of(request.partnership).on(clock.today())
    board = groups.filter(kind=GroupKind.BOARD).first()
    if board is None:
        raise Http404
    return _step(
        request, found,
        lambda posted: forms.ActionForm(
            posted, partnership=request.partnership, cancel=found.get_absolute_url()
        ),
        _owned(lambda **said: workflow.make_action(found, board, **said, by=request.user)),
        title="Make an action", done="The action is in the register.",
        links=[Link("Link one that is there", address(request, "horizon_link", found.pk))],
    )  # fmt: skip


@policy(PolicyChange, GET="change", POST="change")
def horizon_link(request: HttpRequest, pk: Any) -> HttpResponse:
    """Link an action that is in the register already."""
    found = load(request, PolicyChange, "change", pk=pk)
    actions = Action.objects.visible_to(request.user).of(request.partnership).open()

    def link(*, reference: str) -> Any:
        action = actions.filter(reference=reference).first()
        return workflow.link_action(found, action=action, by=request.user)

    return _step(
        request, found,
        lambda posted: forms.LinkForm(posted, actions=actions, cancel=found.get_absolute_url()),
        link, title="Link an action", done="The action is linked.",
    )  # fmt: skip


@policy(PolicyChange, POST="change")
def horizon_unlink(request: HttpRequest, pk: Any) -> HttpResponse:
    """Take the link to its action away; the action stays."""
    found = load(request, PolicyChange, "change", pk=pk)
    return do(
        request, lambda: workflow.link_action(found, action=None, by=request.user),
        done="The action is no longer linked. It stays in the register.",
        to=found.get_absolute_url(),
    )  # fmt: skip


def _step(
    request: HttpRequest, found: PolicyChange, build: Any, verb: Any, *, title: str, done: str,
    links: Any = None,
) -> HttpResponse:  # fmt: skip
    url = found.get_absolute_url()
    crumbs = [("Horizon", address(request, "horizon")), (found.title, url)]
    return ask(
        request, build, verb, title=title, done=done, back=url, to=url, crumbs=crumbs, links=links
    )


# ---- what changed since the last meeting --------------------------------------------------------


@policy(Partnership, "read horizon")
def horizon_since(request: HttpRequest) -> HttpResponse:
    """What changed since the board last met, to print or to put on its next agenda."""
    require(can(request.user, "read horizon", request.partnership))
    today = clock.today()
    day, last = _since(request, today)
    coming = queries.next_meeting(request.user, request.partnership, today)
    context = {
        "moved": queries.since(queries.listed(request.user, request.partnership), day),
        "still": _still(request), "since": day, "last": last, "coming": coming,
        "puts": coming and can(request.user, "edit agenda", coming),
        "list_url": address(request, "horizon"),
    }  # fmt: skip
    return render(request, "assessments/horizon_since.html", context)


def _since(request: HttpRequest, today: datetime.date) -> tuple[datetime.date, Any]:
    last = queries.last_meeting(request.partnership, today)
    return (last.on if last else today - datetime.timedelta(days=90)), last


def _still(request: HttpRequest) -> list[queries.Line]:
    still = queries.views(queries.listed(request.user, request.partnership), clock.today())["open"]
    return [queries.line(each) for each in still.order_by(*queries.ORDERS[ORDER])]


def _paper(request: HttpRequest) -> tuple[bytes, str]:
    today = clock.today()
    day, _ = _since(request, today)
    moved = queries.since(queries.listed(request.user, request.partnership), day)
    return exports.horizon_pdf(request.partnership, moved, _still(request), since=day, on=today)


@policy(Partnership, "read horizon")
def horizon_pdf(request: HttpRequest) -> HttpResponse:
    """The same as a PDF."""
    require(can(request.user, "read horizon", request.partnership))
    try:
        made, name = _paper(request)
    except pdf.PDFUnavailable as missing:
        messages.error(request, str(missing))
        return redirect(address(request, "horizon_since"))
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@policy(Partnership, POST="keep horizon")
def horizon_paper(request: HttpRequest) -> HttpResponse:
    """Put it on the agenda of the board's next meeting as a paper."""
    require(can(request.user, "keep horizon", request.partnership))
    back = address(request, "horizon_since")
    coming = queries.next_meeting(request.user, request.partnership, clock.today())
    if coming is None:
        messages.error(request, "The board has no meeting to come. Set its date first.")
        return redirect(back)
    try:
        made, name = _paper(request)
        file = SimpleUploadedFile(name, made, "application/pdf")
        paper = workflow.put_on_agenda(coming, pdf=file, by=request.user)
    except (pdf.PDFUnavailable, ValidationError) as wrong:
        said = wrong.messages[0] if isinstance(wrong, ValidationError) else str(wrong)
        messages.error(request, said)
        return redirect(back)
    audit.workflow.record(
        "put the horizon on the agenda of", coming, by=request.user,
        partnership=request.partnership, group=coming.group,
    )  # fmt: skip
    says = f"It is paper {paper.letter} of the meeting on {longdate(coming.on)}."
    messages.success(request, says)
    return redirect(coming)
