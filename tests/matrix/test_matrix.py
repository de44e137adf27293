"""Every rule and every address, for every persona, against tables written by hand.

The tables come from the terms of reference and are never made from the rules. The last test deletes
each row of the policy and flips each of its cells, in process: a mutant that nothing notices fails.
"""

import logging
import os
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from core import permissions
from tests.matrix import table
from tests.matrix.objects import Matrix
from tests.world import PASSWORD

VERDICTS = table.verdicts()
ROUTES = table.routes()


@pytest.fixture
def matrix(world, settings):
    """The world of the tables. Thousands of refusals are expected, so they are not logged."""
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
    logging.disable(logging.ERROR)
    yield Matrix(world)
    logging.disable(logging.NOTSET)


def patterns(resolver=None, prefix=""):
    """Every address of the application, with its namespaced name."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLPattern):
            yield f"{prefix}{each.name}", each.callback
        else:
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from patterns(each, inner)


def test_every_row_of_the_policy_is_expected():
    rows = {row.key for row in permissions.rows()}

    assert {each.row for each in VERDICTS} == rows


def test_every_row_allows_somebody():
    allowed = {each.row for each in VERDICTS if each.may}

    assert {row.key for row in permissions.rows()} - allowed == set()


def test_every_address_and_method_is_expected():
    declared = {
        (name, method) for name, view in patterns() for method in getattr(view, "policy", {"?": 0})
    }

    assert {(each.name, each.method) for each in ROUTES} == declared


def test_every_view_stands_under_a_row_of_the_policy():
    keys = {(row.kind, row.verb) for row in permissions.rows()}
    declared = {
        (name, each.kind, each.verb) for name, view in patterns() for each in view.policy.values()
    }

    assert {name for name, kind, verb in declared if (kind, verb) not in keys} == set()


def wrong_verdicts(matrix, expected, personas=None):
    """Cells of the policy that say something else than the table."""
    for each in expected:
        obj = matrix.target(each.row, each.target)
        verb = each.row.split(": ", 1)[1]
        for persona in personas or table.PERSONAS:
            answer = bool(permissions.can(matrix.person(persona), verb, obj))
            if answer != (persona in each.may):
                yield f"{each.row} of {each.target}: {persona} {'may' if answer else 'may not'}"


def test_the_policy_says_what_the_table_says(matrix):
    assert list(wrong_verdicts(matrix, VERDICTS)) == []


def test_seeing_is_the_same_as_being_allowed_to_view(matrix):
    """``visible_to`` lists an object exactly when ``can(view)`` allows it."""
    different = []
    for each in VERDICTS:
        kind, verb = each.row.split(": ", 1)
        if verb != "view":
            continue
        obj = matrix.target(each.row, each.target)
        for persona in table.PERSONAS:
            user = matrix.person(persona)
            listed = type(obj).objects.visible_to(user).filter(pk=obj.pk).exists()
            if listed != bool(permissions.can(user, "view", obj)):
                different.append(f"{kind} {each.target}: {persona}")

    assert different == []


class Walk:
    """Sends requests as personas, each rolled back, and notes which rules they asked."""

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.clients = {persona: self.client(persona) for persona in table.PERSONAS}
        self.asked: dict[tuple[str, str], list[tuple[table.Route, str]]] = {}

    def client(self, persona: str) -> Client:
        client = Client(raise_request_exception=False)
        user = self.matrix.person(persona)
        if persona == "deactivated":
            client.force_login(user)
        elif persona != "anonymous":
            signed_in = client.post(
                reverse("account_login"), {"login": user.email, "password": PASSWORD}
            )
            assert signed_in.status_code == 302
        return client

    def answer(self, route: table.Route, persona: str) -> str:
        url = reverse(route.name, args=self.matrix.address(route.name, route.target))
        form = self.matrix.form(route.name, route.target) if route.method == "POST" else {}
        client = self.clients[persona]
        before = client.cookies.output()
        with transaction.atomic():
            response = getattr(client, route.method.lower())(url, form)
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(before.replace("Set-Cookie: ", ""))
        return self.meaning(response)

    @staticmethod
    def meaning(response) -> str:
        if response.status_code == 302 and "/accounts/login/" in response["Location"]:
            return "sign-in"
        known = {403: "refused", 404: "missing", 405: "method refused"}
        if response.status_code in known:
            return known[response.status_code]
        return "may" if response.status_code < 500 else f"broken ({response.status_code})"

    def wrong(self, cells):
        for route, persona in cells:
            answer = self.answer(route, persona)
            if answer != route.expected(persona):
                yield (
                    f"{route.method} {route.name} of {route.target}: {persona} meets {answer}, "
                    f"not {route.expected(persona)}"
                )


CELLS = [(route, persona) for route in ROUTES for persona in table.PERSONAS]


def test_every_address_answers_every_persona_as_the_table_says(matrix, capsys):
    walk = Walk(matrix)

    wrong = list(walk.wrong(CELLS))

    with capsys.disabled():
        print(f"\n{len(CELLS)} cells of {len({r.name for r in ROUTES})} addresses walked")
    assert not wrong, "\n".join(wrong)


@contextmanager
def listening(walk, cell, original):
    """Note under each rule and persona that this request asked for it."""
    _, persona = cell

    def decide(user, verb, obj):
        walk.asked.setdefault((f"{type(obj).__name__}: {verb}", persona), []).append(cell)
        return original(user, verb, obj)

    permissions.decide = decide
    try:
        yield
    finally:
        permissions.decide = original


@contextmanager
def flipped(key, persona, matrix, original):
    """One cell of the policy says the opposite to one persona."""
    who = matrix.person(persona)

    def decide(user, verb, obj):
        verdict = original(user, verb, obj)
        same = user.pk == who.pk and f"{type(obj).__name__}: {verb}" == key
        if not same:
            return verdict
        return permissions.denied("flipped") if verdict else permissions.ALLOWED

    permissions.decide = decide
    try:
        yield
    finally:
        permissions.decide = original


@contextmanager
def deleted(key):
    """One row of the policy is gone."""
    found = {each: row for each, row in permissions._rows.items() if row.key == key}
    for each in found:
        del permissions._rows[each]
    try:
        yield
    finally:
        permissions._rows.update(found)


def mutants(matrix):
    """Each row deleted and each cell flipped in turn, as (name, row's key, persona, context)."""
    original = permissions.decide
    for row in list(permissions.rows()):
        yield f"{row.key} deleted", row.key, None, deleted(row.key)
        for persona in table.PERSONAS:
            change = flipped(row.key, persona, matrix, original)
            yield f"{row.key} flipped for {persona}", row.key, persona, change


def test_every_mutant_of_the_policy_dies(matrix, capsys):
    killed, survivors = 0, []
    for name, key, persona, change in mutants(matrix):
        expected = [each for each in VERDICTS if each.row == key]
        with change:
            if any(True for _ in wrong_verdicts(matrix, expected, [persona] if persona else None)):
                killed += 1
            else:
                survivors.append(name)

    with capsys.disabled():
        print(f"\n{killed + len(survivors)} mutants of the policy, {killed} killed")
    assert survivors == []


@pytest.mark.skipif(not os.environ.get("CSP_TEST_ALL"), reason="a long form: bin/test --all")
def test_flipped_cells_show_on_the_pages_too(matrix, capsys):
    """Nothing but the table need notice a flip, but a page should, where one asks that rule."""
    walk = Walk(matrix)
    for cell in CELLS:
        with listening(walk, cell, permissions.decide):
            walk.answer(*cell)
    asked, seen = 0, 0
    for _, key, persona, change in mutants(matrix):
        cells = list(dict.fromkeys(walk.asked.get((key, persona), [])))
        with change:
            asked += bool(cells)
            seen += any(True for _ in walk.wrong(cells))

    with capsys.disabled():
        print(f"\n{seen} of {asked} flipped cells that some page asks change what it answers")
    assert seen > asked / 2
