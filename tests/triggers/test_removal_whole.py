"""After its time nothing of the people in a case is left in any table, history, file or mail log.

Every text that the verbs take is a word of its own. All tables and columns are searched, whatever
room they belong to: text, JSON, arrays, search vectors, the bytes of files, the words within PDFs
and archives, and what is packed in sessions.
"""

import binascii
import datetime
import re

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from audit.models import Entry, ReadEntry
from documents.models import Content
from notices.workflow import ticking
from tests.triggers.whole import WORD, told
from tests.words_in import words_in
from tests.world import PASSWORD
from triggers.models import Application, CaseLink, Erasure
from triggers.queries import finding, keeping, statistics
from triggers.workflow import dossiers, retention

OTHERS = ("ZX9 9QQ", "ZX9 9QR", "01632 960977")
PATTERN = re.compile("|".join((WORD, *OTHERS)), re.IGNORECASE)
# What holds a word only at times, or that this story cannot fill in besides something else.
UNFILLED = {
    "Review.not_heard",  # nobody was heard, while here somebody was
    "ThresholdCheck.local_reason", "ThresholdCheck.says",  # written by the engine
    "Letter.problem", "Dossier.problem",  # what failed
    "Appeal.late_because",  # the appeal was in time
    "ThresholdDecision.reversed_because",  # nothing was reversed
    "Impact.postcode", "Party.postcode", "Party.telephone",  # other words
    "Misfit.key", "Clock.says", "LinkWish.reference", "Application.reference",
}  # fmt: skip


def tables():
    return connection.introspection.table_names()


def found_anywhere():
    """Where any of the words stands in the database: the table, and the words themselves."""
    found = {}
    hexes = "|".join(
        binascii.hexlify(each.encode()).decode() for each in (WORD, WORD.capitalize(), *OTHERS)
    )
    for table in tables():
        quoted = connection.ops.quote_name(table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT t::text FROM {quoted} t WHERE t::text ~* %s",  # noqa: S608
                [f"{PATTERN.pattern}|{hexes}"],
            )
            rows = " ".join(row[0] for row in cursor.fetchall())
        if rows:
            found[table] = set(PATTERN.findall(rows)) or {"in bytes"}
    packed = " ".join(str(each.get_decoded()) for each in Session.objects.all())
    if PATTERN.search(packed):
        found["sessions, unpacked"] = set(PATTERN.findall(packed))
    for content in Content.objects.all():
        words = " ".join(words_in(bytes(content.data)))
        if PATTERN.search(words):
            found.setdefault("files", set()).update(PATTERN.findall(words))
    return found


def all_words():
    """Every text of the database, for asking whether a word stands in it."""
    texts = []
    for table in tables():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(table)} t")  # noqa: S608
            texts += [row[0] for row in cursor.fetchall() if len(row[0]) < 1_000_000]
    texts += [words for each in Content.objects.all() for words in words_in(bytes(each.data))]
    return "\n".join(texts).lower()


def unfilled(story):
    """Fields into which people write and that hold no word of the story."""
    for model in {each for each, _ in retention.GOES} | {each for each, _, _ in retention.EMPTIED}:
        rows = list(model._base_manager.all())
        for field in finding._texts(model):
            if not any(PATTERN.search(str(getattr(row, field.name) or "")) for row in rows):
                yield f"{model.__name__}.{field.name}"


def figures(partnership):
    return (
        statistics.days(partnership),
        list(statistics.years(partnership)),
        list(
            Application.objects.order_by("reference").values_list(
                "reference", "stage", "received_on", "closed_on", "ward", "topics", "households",
                "repeats", "channel", "on_behalf",
            )
        ),
    )  # fmt: skip


def after(story, years=6):
    day = keeping.after_years(story.case.closed_on, years)
    return time_machine.travel(
        datetime.datetime.combine(day, datetime.time(10), tzinfo=datetime.UTC), tick=False
    )


def test_every_record_that_leads_to_a_case_goes_or_is_emptied():
    named = {model for model, _ in retention.GOES} | {model for model, _, _ in retention.EMPTIED}
    leading = {
        relation.related_model
        for relation in Application._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    }
    leading = {each for each in leading if "Historical" not in each.__name__}

    assert leading - named == {Application, Erasure}


def test_no_text_of_a_record_that_stays_is_forgotten():
    """A text is emptied, or it is on this list of those that hold nothing of a person."""
    stays = {
        "Clock.says",  # the setting as it was
        "Application.outcome_note",  # emptied with the application itself
    }
    kept = {
        f"{model.__name__}.{field.name}"
        for model, _, texts in [*retention.EMPTIED, (Application, "", {})]
        for field in finding._texts(model)
        if field.name not in texts
    }

    assert kept == stays


@pytest.mark.pdf
def test_nothing_of_the_people_is_left_anywhere(world, procedure, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 3600
    story = told(world)
    dossiers.make_waiting()
    browse(world, story)
    assert set(unfilled(story)) <= UNFILLED | {"Dossier.names"}
    kept = all_words()
    missing = [what for word, what in story.say.said.items() if word.lower() not in kept]
    assert missing == ["left out name"]  # forgotten as soon as the dossier was made
    subjects = " ".join(each.subject + str(each.extra_headers) for each in mail.outbox)
    assert not PATTERN.search(subjects)

    with after(story):
        counted = figures(world.partnership)
        ticking.tick(datetime.datetime.now(datetime.UTC), durable=False)  # reminders of years
        retention.approve(story.case, by=world.officer)
        ticking.tick(datetime.datetime.now(datetime.UTC), durable=False)
        first = snapshot()
        assert retention.carry_out() == 0
        assert snapshot() == first

        assert found_anywhere() == {}
        assert figures(world.partnership) == counted

    story.case.refresh_from_db()
    assert story.case.erased_on
    assert not CaseLink.objects.exists()
    story.action.refresh_from_db()
    assert (story.action.status, story.action.detail) == ("done", "")
    assert Application.objects.filter(pk=story.other.pk, erased_on=None).exists()
    assert Entry.objects.filter(group_id=str(story.group.pk)).exists()
    assert ReadEntry.objects.filter(group_id=str(story.group.pk)).exists()


def browse(world, story):
    """Look at every tab, search, and be told of it: what pages leave behind is looked into too."""
    client = Client()
    client.post("/accounts/login/", {"login": world.officer.email, "password": PASSWORD})
    base = f"/dartford/case-reviews/{story.case.reference}/"
    for tab in ("", "incidents/", "information/", "panel/", "people/"):
        assert client.get(f"{base}{tab}").status_code in (200, 404), tab
    for address in opened(story):
        assert client.get(address).status_code == 200, address
    name = next(word for word, what in story.say.said.items() if what == "victim name")
    answer = client.post("/dartford/case-reviews/find-person/", {"name": name, "case": ""})
    assert name in answer.content.decode()


def opened(story):
    """The panel's meeting, its minutes and its papers, which write down that they were read."""
    meeting = story.group.meetings.get()
    yield reverse("meetings:detail", args=["dartford", meeting.slug])
    for number in meeting.items.values_list("number", flat=True):
        yield reverse("meetings:minutes", args=["dartford", meeting.slug, number])
    for document in story.group.documents.all():
        yield reverse("documents:detail", args=["dartford", document.pk])
        yield reverse("documents:file", args=["dartford", document.pk, 1])


def snapshot():
    """How many rows each table has, but for the tables that clocks write into."""
    found = {}
    for model in apps.get_models():
        if isinstance(model._meta.pk, models.Field) and model._meta.managed:
            found[model._meta.label] = model._base_manager.count()
    return found
