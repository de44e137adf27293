"""Themes: the list, and each with everything of it in one place."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

import audit.workflow
from actions.models import Action
from assessments.forms import themes as forms
from assessments.queries import themes as queries
from assessments.queries.horizon import begins
from assessments.queries.tensions import level
from assessments.queries.theme_figures import figures_of, restricted
from assessments.views.answering import address, ask, do
from assessments.workflow import themes as workflow
from core import clock
from core.components import Fact, Link
from core.dates import count
from core.history import timeline
from core.permissions import can, load, policy, require
from documents.models import Document
from membership.models import Partnership, Theme


@policy(Partnership, "read themes")
def themes(request: HttpRequest) -> HttpResponse:
    """Every theme: who leads it, what is open, what is missing."""
    require(can(request.user, "read themes", request.partnership))
    today = clock.today()
    context = {
        "rows": queries.rows(request.user, request.partnership, today),
        "may": can(request.user, "keep themes", request.partnership),
    }
    return render(request, "assessments/themes.html", context)


@policy(Partnership, POST="keep themes")
def themes_set_up(request: HttpRequest) -> HttpResponse:
    """Begin with the eight themes of the terms of reference and the law."""
    require(can(request.user, "keep themes", request.partnership))
    made = workflow.set_up_default_themes(request.partnership, by=request.user)
    messages.success(request, f"{count(len(made), 'theme')} set up. Say who leads each.")
    return redirect(address(request, "themes"))


@policy(Theme, "view")
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Its lead and plan, figures, actions, papers, tensions, changes, and what it lacks."""
    found = load(request, Theme, "view", slug=slug)
    user, today = request.user, clock.today()
    papers = queries.papers(user, found)
    tensions = queries.tensions(user, found)
    audit.workflow.record_reads(
        [each for each in tensions if each.restricted], by=user, partnership=request.partnership
    )
    shown = figures_of(user, found, today)
    for each in restricted(shown):
        audit.workflow.record_read(each, by=user, partnership=request.partnership)
    context = {
        "theme": found, "plan": next((each for each in papers if each.plan), None),
        "missing": queries.missing(found, today), "figures": shown,
        "actions": queries.actions(user, found, today), "papers": papers,
        "tensions": [{"report": each, "level": level(each.level)} for each in tensions],
        "changes": [
            {"change": each, "begins": begins(each)} for each in queries.policy_changes(user, found)
        ],
        "priorities": queries.priorities(user, found), "facts": _facts(found),
        "may": can(user, "change", found), "ended": found.ends_on and found.ends_on <= today,
        "list_url": address(request, "themes"),
        "history": timeline(found, leave_out=("partnership",)),
    }  # fmt: skip
    return render(request, "assessments/theme.html", context)


def _facts(found: Theme) -> list[Fact]:
    lead = "Nobody"
    if found.lead:
        lead = f"{found.lead}, {found.lead_post}" if found.lead_post else str(found.lead)
    facts = [Fact("Led by", lead)]
    return [*facts, Fact("Who asks for it", found.source)] if found.source else facts


# ---- for officers -------------------------------------------------------------------------------


def _led(verb: Any) -> Any:
    """The verb, given agency and post apart."""

    def given(*, lead: Any = None, **said: Any) -> Any:
        agency, post = lead or (None, None)
        return verb(lead=agency, lead_post=post, **said)

    return given


@policy(Partnership, GET="keep themes", POST="keep themes")
def theme_add(request: HttpRequest) -> HttpResponse:
    """Another theme."""
    require(can(request.user, "keep themes", request.partnership))
    url = address(request, "themes")
    return ask(
        request,
        lambda posted: forms.ThemeForm(posted, partnership=request.partnership, cancel=url),
        _led(lambda **said: workflow.add(request.partnership, **said, by=request.user)),
        title="Add a theme", done="The theme is added.", back=url, crumbs=[("Themes", url)],
    )  # fmt: skip


@policy(Theme, GET="change", POST="change")
def theme_change(request: HttpRequest, slug: str) -> HttpResponse:
    """What it covers and who leads it."""
    found = load(request, Theme, "change", slug=slug)
    lead = found.lead.slug if found.lead else ""
    initial = {
        "name": found.name, "about": found.about, "source": found.source,
        "lead": f"{lead}/{found.lead_post.pk}" if found.lead_post else lead,
    }  # fmt: skip
    return _step(
        request, found,
        lambda posted: forms.ThemeForm(
            posted, partnership=request.partnership, initial=initial,
            cancel=found.get_absolute_url(),
        ),
        _led(lambda **said: workflow.change(found, **said, by=request.user)),
        title="Change this theme", done="The theme is changed.",
    )  # fmt: skip


@policy(Theme, POST="change")
def theme_end(request: HttpRequest, slug: str) -> HttpResponse:
    """The partnership no longer works on it."""
    found = load(request, Theme, "change", slug=slug)
    return do(
        request, lambda: workflow.end(found, by=request.user), to=found.get_absolute_url(),
        done="The theme has ended. What belongs to it stays here.",
    )  # fmt: skip


@policy(Theme, POST="change")
def theme_resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Undo its end."""
    found = load(request, Theme, "change", slug=slug)
    return do(
        request, lambda: workflow.resume(found, by=request.user), to=found.get_absolute_url(),
        done="The partnership works on it again.",
    )  # fmt: skip


@policy(Theme, GET="change", POST="change")
def theme_link_action(request: HttpRequest, slug: str) -> HttpResponse:
    """Link an action of the register."""
    found = load(request, Theme, "change", slug=slug)
    actions = queries.may_be_linked(request.user, found, clock.today())

    def link(*, reference: str) -> None:
        action = load(request, Action, "view", reference=reference)
        workflow.link_action(found, action=action, by=request.user)

    return _step(
        request, found,
        lambda posted: forms.LinkForm(posted, actions=actions, cancel=found.get_absolute_url()),
        link, title="Link an action", done="The action is linked.",
    )  # fmt: skip


@policy(Theme, POST="change")
def theme_unlink_action(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    """Take an action off the theme."""
    found = load(request, Theme, "change", slug=slug)
    action = load(request, Action, "view", reference=reference)
    return do(
        request, lambda: workflow.unlink_action(found, action=action, by=request.user),
        done=f"{action.reference} no longer belongs to the theme. It stays in the register.",
        to=found.get_absolute_url(),
    )  # fmt: skip


@policy(Theme, GET="change", POST="change")
def theme_link_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Link a paper, or the theme's plan."""
    found = load(request, Theme, "change", slug=slug)
    listed = Document.objects.visible_to(request.user).of(request.partnership)
    opens = [each.pk for each in listed if can(request.user, "open", each)]
    return _step(
        request, found,
        lambda posted: forms.PaperForm(
            posted, papers=listed.filter(pk__in=opens), cancel=found.get_absolute_url()
        ),
        lambda **said: workflow.link_paper(found, **said, by=request.user),
        title="Link a paper", done="The paper is linked.",
        intro="Papers of the groups that you can open. Their markings stay as they are.",
    )  # fmt: skip


@policy(Theme, POST="change")
def theme_unlink_paper(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Take a paper off the theme."""
    found = load(request, Theme, "change", slug=slug)
    document = load(request, Document, "open", pk=pk)
    return do(
        request, lambda: workflow.unlink_paper(found, document=document, by=request.user),
        done="The paper no longer belongs to the theme. It stays where it is.",
        to=found.get_absolute_url(),
    )  # fmt: skip


def _step(
    request: HttpRequest, found: Theme, build: Any, verb: Any, *, title: str, done: str,
    intro: str = "", links: list[Link] | None = None,
) -> HttpResponse:  # fmt: skip
    url = found.get_absolute_url()
    crumbs = [("Themes", address(request, "themes")), (found.name, url)]
    return ask(
        request, build, verb, title=title, done=done, back=url, to=url, crumbs=crumbs,
        intro=intro, links=links,
    )  # fmt: skip
