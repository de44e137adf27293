"""The key: kept by officers and the chair, sealed, without a history, written down nowhere."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from audit.models import Entry
from core.permissions import Refused
from core.workflow import Wrong
from dhr import names
from dhr.models import KeyEntry, KeyRole
from dhr.workflow import key
from tests.dhr.agencies import refused

ANNA = {"pseudonym": "Adult B", "role": KeyRole.OTHER_PERSON, "names": "Teasel Oxtongue"}


def test_officers_and_the_chair_keep_it_and_nobody_else(running, independent, world):
    entry = key.add(running, **ANNA, by=independent)
    key.change(entry, **{**ANNA, "names": "Teasel Oxtongue\nTeas"}, by=world.officer)
    for who in (world.kent, world.chair, world.administrator, world.vice):
        with pytest.raises(Refused):
            key.add(running, **ANNA, by=who)
        with pytest.raises(Refused):
            key.remove(entry, by=who)
    key.remove(entry, by=world.officer)
    assert KeyEntry.objects.filter(review=running).count() == 1
    with pytest.raises(Wrong):
        key.remove(entry, by=world.officer)


def test_a_name_is_sealed_where_it_is_kept_and_stands_in_no_record(running, world):
    entry = key.add(running, **ANNA, by=world.officer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT names FROM dhr_keyentry WHERE id = %s", [entry.pk])
        (kept,) = cursor.fetchone()
    assert "Teasel" not in kept
    told = " ".join(f"{each.verb} {each.subject} {each.detail}" for each in Entry.objects.all())
    assert "Oxtongue" not in told
    assert "Adult B" not in told
    assert not hasattr(KeyEntry, "history")


def test_an_entry_must_be_one_that_can_be_found_and_gives_nobody_away(running, world):
    by = world.officer
    assert refused(key.add, running, pseudonym="", role="nobody", names=" ", by=by).keys() == {
        "pseudonym", "role", "names",
    }  # fmt: skip
    assert "fewer than 3 letters" in str(
        refused(key.add, running, **{**ANNA, "names": "Teasel Oxtongue\nJo"}, by=by)["names"]
    )
    assert "stands for somebody else" in str(
        refused(key.add, running, **{**ANNA, "pseudonym": "anna"}, by=by)["pseudonym"]
    )
    assert "holds a name" in str(
        refused(key.add, running, **{**ANNA, "pseudonym": "Ms Canarywharf"}, by=by)["pseudonym"]
    )
    assert "is a pseudonym of this review" in str(
        refused(key.add, running, **{**ANNA, "names": "Anna Oxtongue"}, by=by)["names"]
    )


def test_what_is_found_is_told_by_its_pseudonym(running, world):
    key.add(running, **ANNA, by=world.officer)
    text = "TEASEL’s flat and thistle"
    assert names.found_in(running, text) == ["Adult B", "Anna"]
    assert names.found_in_all([running], "nobody") == []
    with pytest.raises(ValidationError):
        key.add(running, **{**ANNA, "pseudonym": "x" * 81}, by=world.officer)
