"""Walking every address of the application that takes a GET, and reading all that it answers.

A page that is added later is walked without a line here.
"""

import itertools
import re
from collections.abc import Callable, Iterator

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tests.words_in import words_in
from tests.world import PASSWORD

PART = re.compile(r"<(?:(\w+):)?(\w+)>")
MOST = 6  # addresses tried for one route

Parts = tuple[tuple[str, str], ...]


def signed_in(who):
    """A client for somebody; for nobody, one that is not signed in."""
    client = Client(raise_request_exception=False)
    if who is not None:
        answer = client.post(reverse("account_login"), {"login": who.email, "password": PASSWORD})
        assert answer.status_code == 302
    return client


def routes(resolver=None, prefix="", parts=()) -> Iterator[tuple[str, Parts, set[str]]]:
    """Every address: its name, the kinds and names of its parts, and the methods it takes."""
    for each in (resolver or get_resolver()).url_patterns:
        own = (*parts, *PART.findall(str(each.pattern)))
        if isinstance(each, URLPattern):
            yield f"{prefix}{each.name}", own, set(getattr(each.callback, "policy", {}))
        else:
            inner = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from routes(each, inner, own)


def addresses(
    choices: Callable[[str, str], list],
    only: Callable[[str, Parts], bool] = lambda name, parts: True,
    most: Callable[[str], int] = lambda name: MOST,
) -> Iterator[tuple[str, str]]:
    """Every address that takes a GET; ``choices`` says what may stand in a part, by kind and name,
    and ``most`` how many addresses of a route are tried.

    Pages of one's own account are left out: they know of no review, and one of them signs out.
    """
    for name, parts, methods in routes():
        if "GET" not in methods or not only(name, parts):
            continue
        chosen = itertools.product(*(choices(*part) for part in parts))
        for each in itertools.islice(chosen, most(name)):
            url = reverse(name, args=[str(part) for part in each])
            if not url.startswith("/accounts/"):
                yield name, url


def get(client, url, method="get"):
    """Ask for a page, and take back whatever the asking changed."""
    with transaction.atomic():
        response = getattr(client, method)(url)
        transaction.set_rollback(True)
    return response


def words_of(response) -> str:
    """All that an answer says, also within a PDF or a ZIP, and in its headers."""
    data = response.getvalue() if response.streaming else response.content
    return "\n".join(words_in(data)) + str(response.headers)
