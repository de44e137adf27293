"""Police and Crime Plans and their priorities, to which those of the strategy are matched."""

import datetime
from typing import Any

from django.db import transaction

from assessments.models import PlanPriority, PoliceCrimePlan
from assessments.workflow.strategy.keeping import line, refuse, too_long, wrong_text
from audit.workflow import record
from core import history
from core.permissions import can, require
from membership.models import Partnership


@transaction.atomic
def add_plan(
    partnership: Partnership, *, title: str, issued_by: str, starts_on: datetime.date,
    ends_on: datetime.date | None = None, source_url: str = "", priorities: str = "", by: Any,
) -> PoliceCrimePlan:  # fmt: skip
    """Keep a Police and Crime Plan; ``priorities`` are its own, one a line."""
    require(can(by, "keep police plans", partnership))
    plan = PoliceCrimePlan(partnership=partnership)
    return _keep(
        plan, "added", by=by, title=title, issued_by=issued_by, starts_on=starts_on,
        ends_on=ends_on, source_url=source_url, priorities=priorities,
    )  # fmt: skip


@transaction.atomic
def change_plan(
    plan: PoliceCrimePlan, *, title: str, issued_by: str, starts_on: datetime.date,
    ends_on: datetime.date | None = None, source_url: str = "", priorities: str = "", by: Any,
) -> PoliceCrimePlan:  # fmt: skip
    """Change a plan. A priority that ours serve cannot be taken out."""
    current = PoliceCrimePlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    require(can(by, "change", current))
    return _keep(
        current, "changed", by=by, title=title, issued_by=issued_by, starts_on=starts_on,
        ends_on=ends_on, source_url=source_url, priorities=priorities,
    )  # fmt: skip


def _keep(
    plan: PoliceCrimePlan, says: str, *, title: str, issued_by: str, starts_on: datetime.date,
    ends_on: datetime.date | None, source_url: str, priorities: str, by: Any,
) -> PoliceCrimePlan:  # fmt: skip
    plan.title, plan.issued_by = line(title), line(issued_by)
    plan.source_url = source_url.strip()
    plan.starts_on, plan.ends_on = starts_on, ends_on
    titles = [line(each) for each in priorities.splitlines() if line(each)]
    wrong = {
        **wrong_text("title", plan.title, "the name of the plan", 160),
        **wrong_text("issued_by", plan.issued_by, "who issued it", 160),
        **_wrong_priorities(plan, titles),
    }
    if plan.source_url and not plan.source_url.startswith(("https://", "http://")):
        wrong["source_url"] = "Enter a web address that begins with https://"
    wrong |= too_long("source_url", plan.source_url, 200)
    if ends_on and ends_on < starts_on:
        wrong["ends_on"] = "The end must be on or after the start"
    refuse(wrong)
    history.save(plan, by=by)
    _number(plan, titles)
    record(says, plan, by=by, partnership=plan.partnership)
    return plan


def _wrong_priorities(plan: PoliceCrimePlan, titles: list[str]) -> dict[str, str]:
    if not titles:
        return {"priorities": "Enter the priorities of the plan, one a line"}
    longest = max(titles, key=len)
    if len(longest) > 160:
        return {"priorities": f"Each must be 160 characters or fewer: “{longest[:40]}…” is longer"}
    if len(titles) > 30:
        return {"priorities": "A plan has 30 priorities or fewer"}
    gone = PlanPriority.objects.filter(
        plan=plan.pk, number__gt=len(titles), served_by__isnull=False
    ).first()
    if gone:
        return {"priorities": f"“{gone}” is served by priorities of ours, so it has to stay"}
    return {}


def _number(plan: PoliceCrimePlan, titles: list[str]) -> None:
    plan.priorities.filter(number__gt=len(titles)).delete()
    for number, title in enumerate(titles, start=1):
        PlanPriority.objects.update_or_create(plan=plan, number=number, defaults={"title": title})
