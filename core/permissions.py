"""Who may do what: one table per room, asked by one function that answers with a reason.

Each room's ``permissions.py`` registers its table::

    register("Meetings", {Meeting: {"publish agenda": officer_of_group, ...}})

A rule is a predicate with the sentence that a council officer reads in the printed policy. There is
no rule without a row: what is not in a table is refused.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404

CAMEL = re.compile(r"(?<=.)([A-Z])")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Allowed or not, and if not, why: falsy with its sentence when denied."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def denied(reason: str) -> Verdict:
    """A refusal with the sentence that the refused person reads."""
    return Verdict(False, reason)


class Refused(PermissionDenied):
    """Raised when somebody may know that a thing is there but may not do this with it."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.reason)
        self.verdict = verdict


@dataclass(frozen=True, slots=True)
class Rule:
    """A predicate over a person and an object, and the words in which the policy prints it."""

    says: str
    test: Callable[[Any, Any], Verdict]

    def __call__(self, user: Any, obj: Any) -> Verdict:
        return self.test(user, obj)


def rule(says: str) -> Callable[[Callable[[Any, Any], Verdict]], Rule]:
    """Make a rule of a predicate: ``@rule("Officers of the partnership")``."""
    return lambda test: Rule(says, test)


def all_of(*rules: Rule) -> Rule:
    """Every one of these must allow; the first refusal is the answer."""

    def test(user: Any, obj: Any) -> Verdict:
        for each in rules:
            verdict = each(user, obj)
            if not verdict:
                return verdict
        return ALLOWED

    return Rule(", and ".join(each.says for each in rules), test)


def any_of(*rules: Rule) -> Rule:
    """One of these must allow; the first refusal's reason is given when none does."""

    def test(user: Any, obj: Any) -> Verdict:
        refusals = []
        for each in rules:
            verdict = each(user, obj)
            if verdict:
                return verdict
            refusals.append(verdict)
        return refusals[0]

    return Rule("; or ".join(each.says for each in rules), test)


@rule("Anyone, signed in or not")
def anyone(user: Any, obj: Any) -> Verdict:
    """Published to the world."""
    return ALLOWED


@rule("Anyone signed in")
def signed_in(user: Any, obj: Any) -> Verdict:
    """For what is about oneself only."""
    return ALLOWED if user.is_authenticated else denied("Sign in first.")


Table = Mapping[type, Mapping[str, Rule]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the printed policy."""

    room: str
    kind: type
    verb: str
    rule: Rule

    @property
    def kind_name(self) -> str:
        """What it is about, in words: the model's own name."""
        meta = getattr(self.kind, "_meta", None)
        words = str(meta.verbose_name) if meta else CAMEL.sub(r" \1", self.kind.__name__)
        return words[:1].upper() + words[1:].lower()

    @property
    def key(self) -> str:
        """The row's name in the policy and in the matrix, such as ``Meeting: publish agenda``."""
        return f"{self.kind.__name__}: {self.verb}"


_rows: dict[tuple[type, str], Row] = {}


def register(room: str, table: Table) -> None:
    """Add a room's table to the policy; a verb of a kind is decided in one place only."""
    for kind, verbs in table.items():
        for verb, each in verbs.items():
            if (kind, verb) in _rows:
                raise ImproperlyConfigured(f"{kind.__name__}: {verb} is decided in two rooms")
            _rows[kind, verb] = Row(room, kind, verb, each)


def rows() -> Iterator[Row]:
    """The whole policy, room by room in the order in which the rooms stand."""
    return iter(_rows.values())


def decide(user: Any, verb: str, obj: Any) -> Verdict:
    """Find the row and ask its rule. Call ``can`` instead: this is where the tests listen."""
    row = _rows.get((type(obj), verb))
    return row.rule(user, obj) if row else denied("No rule allows this.")


def can(user: Any, verb: str, obj: Any) -> Verdict:
    """May this person do this to this object, now?"""
    return decide(user, verb, obj)


def require(verdict: Verdict) -> None:
    """Raise ``Refused`` with the verdict's reason unless it allows."""
    if not verdict:
        raise Refused(verdict)


def load(request: Any, model: Any, verb: str, **lookup: Any) -> Any:
    """The one object a page is about, if this person may see it and do this with it.

    Raises ``Http404`` when it is not among what the person may see in this partnership, so that
    nothing tells whether it exists, and ``Refused`` when it may be seen but not used so.
    """
    visible = model.objects.visible_to(request.user).of(request.partnership)
    try:
        obj = visible.get(**lookup)
    except (model.DoesNotExist, ValueError) as missing:
        raise Http404 from missing
    require(can(request.user, verb, obj))
    return obj


@dataclass(frozen=True, slots=True)
class Declared:
    """What a view says of itself: the row of the policy that it stands under."""

    kind: type
    verb: str


def policy(kind: type, verb: str | None = None, **methods: str) -> Callable[[Any], Any]:
    """Declare the policy row of a view: ``@policy(Meeting, "view")``.

    With one verb the view answers GET and HEAD, or name the methods: ``@policy(Meeting,
    GET="edit agenda", POST="edit agenda")``. A view without a declaration is refused by the
    middleware, and a method that it does not declare is answered 405.
    """
    verbs = {"GET": verb} if verb else methods

    def declare(view: Any) -> Any:
        view.policy = {method: Declared(kind, each) for method, each in verbs.items()}
        return view

    return declare
