"""Forms about a record that somebody else may change meanwhile: nothing that was typed is lost."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from core.components import Fact
from dhr.models import Review
from dhr.views import asking
from dhr.views.frame import page

TEMPLATE = "dhr/plan_question.html"


def fresh(request: HttpRequest, record: Any) -> Any:
    """What was typed, for the version that stands now, if it was typed for an older one."""
    sent = request.POST.get("version", "")
    if request.method != "POST" or not sent or sent == str(record.version):
        return None
    posted = request.POST.copy()
    posted["version"] = str(record.version)
    return posted


def ask(
    request: HttpRequest, review: Review, build: Callable[..., Any], verb: Callable[..., Any], *,
    title: str, done: str, to: str, tab: str, intro: str = "", record: Any = None,
    theirs: Iterable[Fact] = (),
) -> HttpResponse:  # fmt: skip
    """Ask as ``asking.ask`` does; where ``record`` was changed since, show ``theirs`` beside."""
    posted = fresh(request, record) if record is not None else None
    if posted is None:
        return asking.ask(
            request, review, build, verb, title=title, done=done, to=to, tab=tab, intro=intro,
            template=TEMPLATE,
        )  # fmt: skip
    context = {"form": build(posted), "title": title, "intro": intro, "theirs": theirs}
    return page(request, TEMPLATE, review, tab, context, status=409)
