"""The themes of a partnership's work: set up, led, and what belongs to them."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from actions.models import Action
from assessments.models import ThemeAction, ThemePaper
from assessments.workflow.taking import hold, keep, needed, one_line, take
from audit.workflow import record
from core import clock
from core.permissions import can, require
from core.workflow import Wrong
from documents.models import Document
from membership.models import Agency, Partner, Partnership, Post, Theme

# Words that stand in addresses where a theme's own word stands.
ADDRESSES = ("add", "set-up")
TERMS = "Terms of reference, Purpose"


@dataclass(frozen=True, slots=True)
class Default:
    """A theme that every partnership begins with."""

    slug: str
    name: str
    about: str
    source: str = TERMS


DEFAULTS = (
    Default(
        "domestic-abuse", "Domestic abuse",
        "Abuse between partners and in families: who reports it, who comes back, what services "
        "there are, and what reviews of deaths have taught.",
    ),
    Default(
        "modern-slavery", "Modern slavery",
        "People exploited for labour, sex or crime: finding them, referring them, and places where "
        "it happens.", "Modern Slavery Act 2015 s.52; terms of reference, Purpose",
    ),
    Default(
        "prevent", "Prevent",
        "Keeping people from being drawn into terrorism: risk, referrals, training and venues.",
        "Counter-Terrorism and Security Act 2015 s.26; terms of reference, Purpose",
    ),
    Default(
        "serious-violence", "Serious violence",
        "Violence with knives and other weapons, its causes, and who is at risk of it.",
        "Police, Crime, Sentencing and Courts Act 2022 s.8",
    ),
    Default(
        "hate-crime", "Hate crime and cohesion",
        "Crime because of race, religion, sexual orientation, disability or transgender identity, "
        "and tension between communities.",
    ),
    Default(
        "asb", "Anti-social behaviour and use of powers",
        "What people suffer in streets and homes, the powers used against it, and case reviews.",
        "Anti-social Behaviour, Crime and Policing Act 2014; terms of reference, Purpose",
    ),
    Default(
        "contextual-safeguarding", "Contextual safeguarding",
        "Harm to children and adults outside the home: places, peer groups and online.",
    ),
    Default(
        "organised-crime", "Organised crime",
        "Organised criminal gangs, county lines, and what agencies do about them together.",
    ),
)  # fmt: skip


@transaction.atomic
def set_up_default_themes(partnership: Partnership, *, by: Any) -> list[Theme]:
    """The eight themes of the terms of reference and the law; those that are there stay."""
    require(can(by, "keep themes", partnership))
    hold(partnership)
    there = set(Theme.objects.of(partnership).values_list("slug", flat=True))
    made = []
    for position, each in enumerate(DEFAULTS, start=1):
        if each.slug not in there:
            theme = Theme(partnership=partnership, slug=each.slug, starts_on=clock.today())
            fields = {"name": each.name, "about": each.about, "source": each.source}
            keep(theme, by, {**fields, "position": position})
            made.append(theme)
    if made:
        record("set up the themes of", partnership, by=by, partnership=partnership,
               detail={"themes": len(made)})  # fmt: skip
    return made


@transaction.atomic
def add(
    partnership: Partnership, *, name: str, about: str = "", source: str = "",
    lead: Agency | None = None, lead_post: Post | None = None, by: Any,
) -> Theme:  # fmt: skip
    """Another theme, after the last. Raises ``ValidationError`` by field."""
    require(can(by, "keep themes", partnership))
    hold(partnership)
    name = one_line(name)
    needed(name=(name, "the name"))
    slug = slugify(name)[:50] or "theme"
    slug = f"{slug}-theme" if slug in ADDRESSES else slug
    if Theme.objects.of(partnership).filter(slug=slug).exists():
        raise ValidationError({"name": "There is a theme of that name already"})
    theme = Theme(partnership=partnership, slug=slug, starts_on=clock.today())
    last = Theme.objects.of(partnership).order_by("position").last()
    _wrong_lead(theme, lead, lead_post)
    fields = {"name": name, "about": about, "source": source, "lead": lead, "lead_post": lead_post}
    keep(theme, by, fields | {"position": last.position + 1 if last else 1})
    _record("added", theme, by)
    return theme


@transaction.atomic
def change(theme: Theme, *, by: Any, **fields: Any) -> Theme:
    """Say what it covers and who leads it."""
    theme = take(theme, "change", by)
    if "name" in fields:
        fields["name"] = one_line(fields["name"])
        needed(name=(fields["name"], "the name"))
    _wrong_lead(theme, fields.get("lead"), fields.get("lead_post"))
    keep(theme, by, fields)
    _record("changed", theme, by)
    return theme


@transaction.atomic
def end(theme: Theme, *, on: datetime.date | None = None, by: Any) -> Theme:
    """The partnership no longer works on it; what belongs to it stays there to be read."""
    theme = take(theme, "change", by)
    if theme.ends_on:
        raise Wrong("It has ended already.")
    keep(theme, by, {"ends_on": on or clock.today()})
    _record("ended", theme, by)
    return theme


@transaction.atomic
def resume(theme: Theme, *, by: Any) -> Theme:
    """Undo its end."""
    theme = take(theme, "change", by)
    if not theme.ends_on:
        raise Wrong("It has not ended.")
    keep(theme, by, {"ends_on": None})
    _record("resumed", theme, by)
    return theme


def _wrong_lead(theme: Theme, lead: Agency | None, post: Post | None) -> None:
    if lead and not Partner.objects.of(theme.partnership).on(clock.today()).filter(agency=lead):
        raise ValidationError({"lead": f"{lead} is not a partner"})
    if post and (lead is None or post.agency_id != lead.pk):
        raise ValidationError({"lead": f"{post} is not a post of {lead or 'that agency'}"})


# ---- what belongs to it -------------------------------------------------------------------------


@transaction.atomic
def link_action(theme: Theme, *, action: Action, by: Any) -> ThemeAction:
    """Say that an action of the register belongs to the theme; nothing happens if it does."""
    theme = take(theme, "change", by)
    if action.partnership_id != theme.partnership_id:
        raise ValidationError({"reference": "There is no such action"})
    require(can(by, "view", action))
    link, made = ThemeAction.objects.get_or_create(theme=theme, action=action)
    if made:
        _record("linked an action to", theme, by, action=action.reference)
    return link


@transaction.atomic
def unlink_action(theme: Theme, *, action: Action, by: Any) -> None:
    """Take an action off the theme; the action itself stays."""
    theme = take(theme, "change", by)
    if ThemeAction.objects.filter(theme=theme, action=action).delete()[0]:
        _record("took an action from", theme, by, action=action.reference)


@transaction.atomic
def link_paper(theme: Theme, *, document: Document, plan: bool = False, by: Any) -> ThemePaper:
    """Say that a paper belongs to the theme, or is its plan: then no other is."""
    theme = take(theme, "change", by)
    if document.partnership != theme.partnership:
        raise ValidationError({"document": "There is no such paper"})
    require(can(by, "open", document))
    if plan:
        ThemePaper.objects.filter(theme=theme).exclude(document=document).update(plan=False)
    link, _ = ThemePaper.objects.update_or_create(
        theme=theme, document=document, defaults={"plan": plan}
    )
    _record("linked a paper to", theme, by, document=str(document.pk))
    return link


@transaction.atomic
def unlink_paper(theme: Theme, *, document: Document, by: Any) -> None:
    """Take a paper off the theme; the paper itself stays."""
    theme = take(theme, "change", by)
    require(can(by, "open", document))
    if ThemePaper.objects.filter(theme=theme, document=document).delete()[0]:
        _record("took a paper from", theme, by, document=str(document.pk))


def _record(verb: str, theme: Theme, by: Any, **detail: str) -> None:
    record(f"{verb} the theme", theme, by=by, partnership=theme.partnership, detail=detail)
