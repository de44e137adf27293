"""A report on its way to the public: sent to the panel, answered, made ready, published."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from core.permissions import policy
from dhr.exports.stamped import stamped
from dhr.forms import publishing as forms
from dhr.models import PublishedReport, Rendition, Review, Submission
from dhr.queries import publishing as queries
from dhr.views.asking import ask, do
from dhr.views.frame import address, opened, page, read, stamp
from dhr.workflow import publishing, submitting
from documents.files import download

TAB = "review_report"


def _here(request: HttpRequest, review: Review) -> str:
    return address(request, TAB, review.reference)


def _asked(request: HttpRequest, review: Review, build: Any, verb: Any, **more: Any) -> Any:
    return ask(request, review, build, verb, to=_here(request, review), tab=TAB, **more)


@policy(Review, "view")
def review_report(request: HttpRequest, reference: str) -> HttpResponse:
    """How the report stands: what the panel said, what waits, what is public."""
    review = opened(request, reference)
    return page(request, "dhr/review_report.html", review, TAB, queries.shown(review, request.user))


@policy(Review, GET="work on", POST="work on")
def report_submit(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down that the report was sent to the Quality Assurance Panel."""
    review = opened(request, reference, "work on")
    again = review.submissions.exists()
    return _asked(
        request, review,
        lambda data: forms.SubmitForm(
            data, request.FILES or None, papers=queries.papers_of(review), again=again,
            cancel=_here(request, review),
        ),
        lambda **said: submitting.submit(review, **said, by=request.user),
        title="Sent to the Quality Assurance Panel", done="It is written down.",
        intro="The report itself is sent to the Home Office outside this system, by secure email.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def report_feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down what the panel answered."""
    review = opened(request, reference, "work on")
    last = _last(review)
    return _asked(
        request, review, lambda data: forms.FeedbackForm(data, cancel=_here(request, review)),
        lambda **said: submitting.record_feedback(last, **said, by=request.user),
        title="The panel’s answer", done="The answer is written down.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def report_take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back an answer that was written down by mistake."""
    review = opened(request, reference, "work on")
    last = _last(review)
    return _asked(
        request, review,
        lambda data: forms.BecauseForm(data, submit="Take it back", cancel=_here(request, review)),
        lambda because: submitting.take_back_feedback(last, reason=because, by=request.user),
        title="Take back the panel’s answer", done="The answer is taken back.",
        intro="Only where it was written down by mistake. The review waits for the answer again.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def report_prepare(request: HttpRequest, reference: str) -> HttpResponse:
    """Make the public report ready."""
    review = opened(request, reference, "work on")
    form = forms.PrepareForm(
        request.POST or None, request.FILES or None, cancel=_here(request, review),
        corrects=queries.shown_of(review) is not None,
    )  # fmt: skip

    def build(data: Any) -> Any:
        return form

    return _asked(
        request, review, build,
        lambda **said: publishing.prepare(review, **said, by=request.user),
        title="Make the public report ready",
        done="It is ready. Somebody else of the review reads it and publishes it.",
        intro="Everything here is for the public. Both files are looked through for every name of "
        "the key, and for what a PDF can hide.",
    )  # fmt: skip


@policy(Review, "settle")
def report_file(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """A file that waits to be published, for whoever is to read it first."""
    review = opened(request, reference, "settle")
    waits = _waits(review)
    content = {"report": waits.report, "summary": waits.summary}.get(kind)
    if content is None:
        raise Http404
    read(request, review)
    data = stamped(bytes(content.data), "application/pdf", stamp(request))
    name = f"{review.reference}-public-{kind}.pdf"
    return download(data, "application/pdf", name, marking="sensitive")


@policy(Review, POST="settle")
def report_publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish what somebody else made ready."""
    review = opened(request, reference, "settle")
    waits = _waits(review)
    if request.POST.get("rendition", str(waits.pk)) != str(waits.pk):
        messages.error(request, "Another public report waits by now. Read that one first.")
        return redirect(_here(request, review))
    return do(
        request, lambda: publishing.publish(waits, by=request.user),
        done="The report is published.", to=_here(request, review),
    )  # fmt: skip


@policy(Review, GET="settle", POST="settle")
def report_put_away(request: HttpRequest, reference: str) -> HttpResponse:
    """Not publish what waits, with the reason."""
    review = opened(request, reference, "settle")
    waits = _waits(review)
    return _asked(
        request, review,
        lambda data: forms.BecauseForm(data, submit="Put it away", cancel=_here(request, review)),
        lambda because: publishing.put_away(waits, because=because, by=request.user),
        title="Put the public report away", done="It is put away. Another can be made ready.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def report_elsewhere(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down where the leader has published the report."""
    review = opened(request, reference, "work on")
    return _asked(
        request, review, lambda data: forms.ElsewhereForm(data, cancel=_here(request, review)),
        lambda **said: publishing.publish_elsewhere(review, **said, by=request.user),
        title="Published by the leader", done="It is written down.",
        intro=f"{review.led_by} leads this review and publishes its report.",
    )  # fmt: skip


@policy(Review, GET="work on", POST="work on")
def report_take_off(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the report off the site."""
    review = opened(request, reference, "work on")
    report: PublishedReport = _or_404(queries.shown_of(review))
    return _asked(
        request, review,
        lambda data: forms.BecauseForm(
            data, submit="Take it off the site", cancel=_here(request, review)
        ),
        lambda because: publishing.take_off_site(report, because=because, by=request.user),
        title="Take the report off the site", done="The report is off the site.",
        intro="Its page, its files and its executive summary are shown to nobody any more. What "
        "was published stays on record. It cannot be put back; it can be published anew.",
    )  # fmt: skip


def _last(review: Review) -> Submission:
    found: Submission = _or_404(review.submissions.first())
    return found


def _waits(review: Review) -> Rendition:
    found: Rendition = _or_404(queries.waits_of(review))
    return found


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found
