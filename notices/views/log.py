"""The mail log: what went, what waits, what did not arrive; and one mail, to be sent again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from audit.workflow import record
from core import clock
from core.components import Fact, Link, View
from core.dates import count, longdate, moment
from core.exports import csv_response
from core.permissions import can, load, policy, require
from core.workflow import Wrong
from membership.models import Partnership
from notices.forms.telling import LogFilter
from notices.models import Delivery
from notices.permissions import Console
from notices.queries import log as queries
from notices.views.schedule import at, crumb
from notices.workflow import overseeing as verbs

PAGE = 50
HEADINGS = ["Told", "To", "Address", "About", "State", "Sent", "Tries", "What went wrong"]


@policy(Partnership, "read mail log")
def log(request: HttpRequest) -> HttpResponse:
    """Every email about a notice of this partnership, counted, chosen, newest first."""
    require(can(request.user, "read mail log", request.partnership))
    everything = Delivery.objects.visible_to(request.user).of(request.partnership)
    view = request.GET.get("view", "all")
    view = view if view in queries.VIEWS else "all"
    form = LogFilter(
        {**request.GET.dict(), "view": view}, people=queries.people(everything),
        kinds=queries.kinds(everything),
    )  # fmt: skip
    found = _found(everything, view, form)
    if request.GET.get("format") == "csv":
        return _download(request, found)
    counts = queries.counts(everything)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": form, "page": page, "rows": queries.rows(page.object_list),
        "views": [
            View(label, counts[name], f"?view={name}", current=name == view)
            for name, (label, _) in queries.VIEWS.items()
        ],
        "says": count(page.paginator.count, "email"), "crumbs": [crumb(request)],
        "none_at_all": not counts["all"],
    }  # fmt: skip
    return render(request, "notices/log.html", context)


def _found(everything: Any, view: str, form: LogFilter) -> Any:
    if not form.is_valid():
        return everything.none()
    chosen = form.cleaned_data
    return queries.found(everything, view=view, person=chosen["person"], kind=chosen["kind"])


def _download(request: HttpRequest, found: Any) -> HttpResponse:
    partnership = request.partnership
    rows = queries.rows(found)
    record("downloaded the mail log of", partnership, by=request.user, partnership=partnership,
           detail={"rows": len(rows)})  # fmt: skip
    lines = (
        [
            moment(each.delivery.created_at), each.delivery.notice.recipient.name,
            each.delivery.notice.recipient.email, each.title, each.delivery.get_state_display(),
            moment(each.delivery.sent_at) if each.delivery.sent_at else "",
            each.delivery.attempts, each.delivery.problem,
        ]
        for each in rows
    )  # fmt: skip
    return csv_response(f"mail-{partnership.slug}-{clock.today().isoformat()}", HEADINGS, lines)


@policy(Delivery, "read")
def mail(request: HttpRequest, pk: Any) -> HttpResponse:
    """One email: how it stands, what went wrong, what it said each time it was sent."""
    delivery = load(request, Delivery, "read", pk=pk)
    row = queries.rows([delivery])[0]
    context = {
        "row": row, "delivery": delivery, "title": row.title, "facts": _facts(delivery),
        "mails": queries.mails_of(delivery),
        "crumbs": [crumb(request), Link("Mail log", at(request, "log"))],
        "again": delivery.state in verbs.AGAIN and can(request.user, "resend", delivery),
        "resend_url": at(request, "resend", delivery.pk),
    }  # fmt: skip
    return render(request, "notices/mail.html", context)


def _facts(delivery: Delivery) -> list[Fact]:
    notice = delivery.notice
    facts = [
        Fact("To", f"{notice.recipient.name}, {notice.recipient.email or 'no address'}"),
        Fact("Told", moment(notice.created_at)),
    ]
    if notice.due_on:
        facts.append(Fact("Due", longdate(notice.due_on)))
    if delivery.sent_at:
        facts.append(Fact("Sent", moment(delivery.sent_at)))
    elif delivery.state == "waiting":
        facts.append(Fact("Goes out", moment(max(delivery.send_after, clock.now()))))
    if delivery.digest:
        facts.append(Fact("Together with others", {"daily": "Once a day", "weekly": "Once a week"}
                          .get(delivery.digest, "")))  # fmt: skip
    facts.append(Fact("Tries", delivery.attempts))
    return facts


@policy(Delivery, POST="resend")
def resend(request: HttpRequest, pk: Any) -> HttpResponse:
    """Send one email again."""
    delivery = load(request, Delivery, "resend", pk=pk)
    try:
        verbs.resend(delivery, by=request.user)
    except Wrong as wrong:
        messages.error(request, wrong.messages[0])
    else:
        messages.success(request, "It is sent again within a minute.")
    return redirect(at(request, "mail", delivery.pk))


@login_not_required
@policy(Console, "read mail")
def mails(request: HttpRequest) -> HttpResponse:
    """The email that the demonstration would have sent, newest first, to be read."""
    if not can(request.user, "read mail", Console()):
        raise Http404
    page = Paginator(queries.last_mails(), 25).get_page(request.GET.get("page"))
    return render(request, "notices/mails.html", {"page": page})


mails.before_second_factor = True  # type: ignore[attr-defined]
