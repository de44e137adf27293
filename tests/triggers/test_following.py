"""What who applied learns of their own case, and when."""

import hashlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from documents.models import Content
from triggers import links
from triggers.models import Letter, LetterState
from triggers.queries import following


def sent_letter(case, kind, *, party="victim", state=LetterState.SENT):
    data = f"%PDF {kind} {party}".encode()
    content = Content.objects.create(
        data=data, size=len(data), sha256=hashlib.sha256(data).hexdigest()
    )
    return Letter.objects.create(
        application=case, number=case.letters.count() + 1, kind=kind, party=party, way="email",
        heading=f"A letter about {kind}", body="There will be a review.", state=state,
        content=content, sent_at=clock.now(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stage", "kind", "says"),
    [
        ("review", "met", "There will be a review"),
        ("no_review", "not_met", "There will be no review"),
    ],
)
def test_a_decision_shows_once_its_letter_has_gone(case, stage, kind, says):
    case.stage = stage
    case.save()
    assert following.stands(case) == following.LOOKING

    sent_letter(case, kind, state=LetterState.WAITING)
    assert following.stands(case) == following.LOOKING

    sent_letter(case, kind, party="applicant")
    assert following.stands(case).startswith(says)


def test_letters_are_read_and_kept_as_a_file_that_tells_nothing(case):
    letter = sent_letter(case, "met")
    page = Client().get(links.path(case)).content.decode()
    assert "A letter about met" in page

    shown = Client().get(reverse("triggers:mine_letter", args=["dartford", links.token(case),
                                                               letter.pk]))  # fmt: skip
    assert "There will be a review." in shown.content.decode()
    file = Client().get(reverse("triggers:mine_letter_file", args=["dartford", links.token(case),
                                                                   letter.pk]))  # fmt: skip
    assert file.content == b"%PDF met victim"
    assert 'filename="letter-1.pdf"' in file["Content-Disposition"]
    assert (file["Cache-Control"], file["Referrer-Policy"]) == ("no-store", "strict-origin")


@pytest.mark.parametrize(
    "other", [{"party": "applicant"}, {"state": LetterState.DRAFT}, {"state": LetterState.WAITING}]
)
def test_not_those_to_somebody_else_or_that_have_not_gone(case, other):
    letter = sent_letter(case, "met", **other)

    assert "A letter about" not in Client().get(links.path(case)).content.decode()
    for name in ("mine_letter", "mine_letter_file"):
        address = reverse(f"triggers:{name}", args=["dartford", links.token(case), letter.pk])
        assert Client().get(address).status_code == 404


def test_what_the_bodies_are_asked_by_when_is_not_the_applicants_matter(case):
    page = Client().get(links.path(case)).content.decode()
    told = re.findall(r"<h3>By", page)
    assert len(told) == 3
