"""A publication taken off the site: its page and file say so, and nothing lists it any more."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from core import registries
from core.permissions import Refused, denied
from core.workflow import Wrong
from documents import queries, workflow
from documents.models import Publication

SAYS = "Its time here is over."


def gone(made, world, **more):
    return workflow.withdraw(made, says=SAYS, by=world.officer, **more)


def test_its_page_and_its_file_answer_that_it_is_gone_and_why(publish, world):
    made = publish()
    gone(made, world)

    for name in ("publication", "publication_pdf"):
        answer = Client().get(reverse(f"documents:{name}", args=["dartford", made.slug]))
        assert answer.status_code == 410, name
        assert SAYS in answer.content.decode()
        assert "Apologies" not in answer.content.decode()


def test_no_list_no_search_and_no_feed_shows_it(publish, world):
    made = publish()
    gone(made, world)

    assert list(queries.published(world.partnership)) == []
    assert list(queries.published(world.partnership, "apologies")) == []
    found = registries.public.gather(world.partnership, "", None)
    assert made.get_absolute_url() not in {each.url for each in found}
    assert made.title not in Client().get("/dartford/public/publications/").content.decode()


def test_it_takes_along_what_it_corrects_and_what_corrects_it(publish, world):
    first = publish()
    second = publish("x", replaces=first, correction_note="A name was wrong")
    gone(first, world)

    for each in (first, second):
        assert Client().get(each.get_absolute_url()).status_code == 410
    assert Entry.objects.filter(verb="took off the site").count() == 2
    assert Publication.objects.count() == 2


def test_it_is_taken_off_once_and_then_corrected_no_more(publish, world):
    made = publish()
    gone(made, world)

    with pytest.raises(Wrong, match="already"):
        gone(made, world)
    with pytest.raises(Wrong, match="taken off the site"):
        publish("x", replaces=made, correction_note="Again")


def test_it_says_why_and_only_those_who_publish_take_it_off(publish, world):
    made = publish()

    with pytest.raises(ValidationError):
        workflow.withdraw(made, says="  ", by=world.officer)
    with pytest.raises(Refused):
        workflow.withdraw(made, says=SAYS, by=world.stranger)
    with pytest.raises(Refused):
        gone(made, world, allowed=denied("Not this one."))


def test_a_room_above_may_keep_a_file_from_being_published(publish, monkeypatch):
    monkeypatch.setattr(workflow.publication, "refusals", [lambda sha256: "It is not cleared."])

    with pytest.raises(Wrong, match="not cleared"):
        publish()
    assert not Publication.objects.exists()
