"""Information sharing: the agreement, who signed, and each group's protocol."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from core import clock
from core.components import Fact, Link
from core.dates import longdate
from core.permissions import can, load, policy, require
from membership import forms, queries, workflow
from membership.models import Group, Partnership, SharingAgreement, SharingProtocol, Signature
from membership.views.pages import at, form_page


def _crumb(request: HttpRequest) -> list[Link]:
    return [Link("Information sharing", at(request, "sharing"))]


@policy(Partnership, "read sharing")
def sharing(request: HttpRequest) -> HttpResponse:
    """Who has signed, who works under a protocol, and for whom restricted papers do not open."""
    partnership, today = request.partnership, clock.today()
    require(can(request.user, "read sharing", partnership))
    standings = queries.standings(partnership, today)
    groups = queries.under_protocol(partnership, today, request.user)
    context = {
        "agreement": queries.agreement_on(partnership, today),
        "standings": standings,
        "unsigned": [each for each in standings if each.signature is None],
        "groups": groups,
        "shut_out": queries.shut_out(partnership, today, request.user, groups),
        "may_share": can(request.user, "manage sharing", partnership),
        "today": today,
    }
    return render(request, "membership/sharing.html", context)


@policy(Partnership, GET="manage sharing", POST="manage sharing")
def agreement_add(request: HttpRequest) -> HttpResponse:
    """Record an agreement."""
    where = request.partnership
    require(can(request.user, "manage sharing", where))
    form = forms.AgreementForm(request.POST or None)
    made = forms.ask(form, lambda **given: workflow.add_agreement(where, **given), by=request.user)
    if made:
        messages.success(request, f"{made.short_name} is recorded. Next, record who signed it.")
        return redirect(at(request, "sharing"))
    return form_page(
        request, form, "Record an information sharing agreement", _crumb(request),
        intro="Every agency signs it anew: signatures of another agreement do not count for it.",
    )  # fmt: skip


@policy(SharingAgreement, GET="change", POST="change")
def agreement_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Set an agreement's next review, its version, or its end."""
    agreement = load(request, SharingAgreement, "change", pk=pk)
    form = forms.ChangeAgreementForm(request.POST or None, record=agreement)
    verb = workflow.change_agreement
    if forms.ask(form, lambda **given: verb(agreement, **given), by=request.user):
        messages.success(request, f"{agreement.short_name} is changed.")
        return redirect(at(request, "sharing"))
    return form_page(
        request, form, f"Review or end {agreement.short_name}", _crumb(request),
        intro="A review date that has passed warns. An agreement that has ended shuts every "
        "restricted paper.",
    )  # fmt: skip


@policy(SharingAgreement, GET="change", POST="change")
def sign(request: HttpRequest, pk: Any) -> HttpResponse:
    """Record that an agency has signed, or signed again."""
    agreement = load(request, SharingAgreement, "change", pk=pk)
    initial = {"agency": request.GET.get("agency")}
    form = forms.SignForm(
        request.POST or None, partnership=request.partnership, user=request.user, initial=initial
    )
    signed = forms.ask(form, lambda **given: workflow.sign(agreement, **given), by=request.user)
    if signed:
        messages.success(request, f"{signed.agency} has signed {agreement.short_name}.")
        return redirect(at(request, "sharing"))
    return form_page(
        request, form, f"Which agency has signed {agreement.short_name}?", _crumb(request),
        intro="If it had signed before, this signature renews that one.",
    )  # fmt: skip


@policy(Signature, GET="change", POST="change")
def signature_end(request: HttpRequest, pk: Any) -> HttpResponse:
    """Withdraw a signature, or say when it expires."""
    signature = load(request, Signature, "change", pk=pk)
    form = forms.EndSignatureForm(request.POST or None)
    verb = workflow.end_signature
    if forms.ask(form, lambda **given: verb(signature, **given), by=request.user):
        day = longdate(form.cleaned_data["on"])
        messages.success(request, f"From {day} {signature.agency} opens no restricted paper.")
        return redirect(at(request, "sharing"))
    return form_page(
        request, form, f"End the signature of {signature.agency}", _crumb(request),
        intro="From that day its people open no restricted paper, unless an officer opens one "
        "for a stated time.",
    )  # fmt: skip


@policy(SharingProtocol, "view")
def protocol(request: HttpRequest, pk: Any) -> HttpResponse:
    """What a group shares, why, under which law, and with whom."""
    protocol = load(request, SharingProtocol, "view", pk=pk)
    today = clock.today()
    facts = [
        Fact("Group", protocol.group.name, url=protocol.group.get_absolute_url()),
        Fact("In force from", longdate(protocol.starts_on)),
        Fact("Next review", longdate(protocol.review_on)),
    ]
    if protocol.ends_on:
        facts.append(Fact("Until", longdate(protocol.ends_on)))
    context = {
        "protocol": protocol,
        "title": protocol.title,
        "crumbs": _crumb(request),
        "facts": facts,
        "parties": protocol.parties.all(),
        "over": protocol.ends_on is not None and protocol.ends_on <= today,
        "late": protocol.review_on < today,
        "may_change": can(request.user, "change", protocol),
    }
    return render(request, "membership/protocol.html", context)


@policy(Group, GET="change", POST="change")
def protocol_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a protocol in force for a group, in the place of the one before."""
    group = load(request, Group, "change", slug=slug)
    before = group.protocols.on(clock.today()).first()
    initial = _as_before(before) if before else {"title": f"{group.name}: sharing protocol"[:160]}
    form = forms.ProtocolForm(request.POST or None, group=group, user=request.user, initial=initial)
    made = forms.ask(form, lambda **given: workflow.set_protocol(group, **given), by=request.user)
    if made:
        messages.success(request, f"{made} is in force for {group.name}.")
        return redirect(at(request, "sharing"))
    title = f"Replace the protocol of {group.name}" if before else f"Protocol of {group.name}"
    return form_page(
        request, form, title, _crumb(request),
        intro=f"“{before}” ends on the day on which this one starts." if before
        else "Without a protocol in force nobody can open the group’s restricted papers.",
    )  # fmt: skip


def _as_before(before: SharingProtocol) -> dict[str, Any]:
    named = ("title", "purpose", "lawful_gateway", "information")
    parties = list(before.parties.values_list("pk", flat=True))
    return {**{name: getattr(before, name) for name in named}, "parties": parties}


@policy(SharingProtocol, GET="change", POST="change")
def protocol_change(request: HttpRequest, pk: Any) -> HttpResponse:
    """Say that a protocol was reviewed and stands as it is."""
    protocol = load(request, SharingProtocol, "change", pk=pk)
    form = forms.ReviewProtocolForm(request.POST or None, record=protocol)
    verb = workflow.review_protocol
    if forms.ask(form, lambda **given: verb(protocol, **given), by=request.user):
        messages.success(request, f"The next review of {protocol} is set.")
        return redirect(at(request, "protocol", protocol.pk))
    crumbs = [*_crumb(request), Link(protocol.title, at(request, "protocol", protocol.pk))]
    return form_page(
        request, form, f"Review {protocol}", crumbs,
        intro="If the review changed what is shared or why, replace the protocol instead.",
        links=[Link("Replace it", at(request, "protocol_add", protocol.group.slug))],
    )  # fmt: skip


@policy(SharingProtocol, GET="change", POST="change")
def protocol_end(request: HttpRequest, pk: Any) -> HttpResponse:
    """Put a protocol out of force."""
    protocol = load(request, SharingProtocol, "change", pk=pk)
    form = forms.EndForm(request.POST or None)
    verb = workflow.end_protocol
    if forms.ask(form, lambda **given: verb(protocol, **given), by=request.user):
        day = longdate(form.cleaned_data["on"])
        messages.success(request, f"{protocol} is out of force from {day}.")
        return redirect(at(request, "sharing"))
    crumbs = [*_crumb(request), Link(protocol.title, at(request, "protocol", protocol.pk))]
    return form_page(
        request, form, f"End {protocol}", crumbs,
        intro=f"From that day nobody can open the restricted papers of {protocol.group.name}.",
    )  # fmt: skip
