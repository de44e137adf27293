"""One timeline of all accounts, and where they do not fit together."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from triggers.models import ChronologyEntry, Misfit, Review
from triggers.queries import merged
from triggers.queries.threshold import listed
from triggers.workflow import fitting

DAY = datetime.timedelta(days=1)


def found(case, user, kind):
    return [each for each in merged.timeline(case, user).misfits if each.kind == kind]


def test_all_accounts_stand_in_one_order_with_their_source(case, sent, world):
    timeline = merged.timeline(case, world.officer)
    days = [line.on for line in timeline.lines]
    assert days == sorted(days)
    assert timeline.sources == ["The applicant", "Kent Police"]
    assert len(timeline.lines) == 3 + 2


def test_the_four_kinds_of_misfit_are_found(case, sent, world):
    (date,) = found(case, world.officer, "date")
    assert "Incident 1" in date.says
    assert {each.complaint.number for each in found(case, world.officer, "unknown")} == {2, 3}
    (unlisted,) = found(case, world.officer, "unlisted")
    assert "not on the list" in unlisted.says
    silent = found(case, world.officer, "silent")
    assert any("recorded nothing for" in each.says for each in silent)


def test_accounts_that_agree_have_no_misfit(case, asked, answerer, world):
    from triggers.workflow import information

    for complaint in case.complaints.all():
        information.say_report(
            asked, complaint=complaint, held=True, reported_on=complaint.reported_on,
            done="Went there", by=answerer,
        )  # fmt: skip
    information.save_answer(asked, known=True, summary="All of it", by=answerer)
    information.send_answer(asked, by=answerer)
    assert merged.timeline(case, world.officer).misfits == []


def test_before_it_is_sent_nobody_but_the_body_has_its_account(case, asked, answerer, world):
    ChronologyEntry.objects.create(information=asked, on=clock.today(), what="Draft line")
    assert merged.timeline(case, world.officer).sources == ["The applicant"]


def test_a_panel_member_reads_bodies_only_once_the_pack_is_made(case, sent, member, sign_in):
    client, here = sign_in(member), f"{case.get_absolute_url()}timeline/"
    assert "Call about shouting" not in client.get(here).content.decode()
    assert "Call about shouting" not in client.get(f"{here}csv/").content.decode()
    Review.objects.create(application=case, pack_made_on=clock.today())
    assert "Call about shouting" in client.get(here).content.decode()
    assert "Call about shouting" in client.get(f"{here}csv/").content.decode()


def test_a_misfit_is_settled_with_a_word_and_opened_again(case, sent, world, member, sign_in):
    (date,) = found(case, world.officer, "date")
    with pytest.raises(ValidationError, match="found out"):
        fitting.settle(case, kind="date", key=date.key, settled=" ", by=world.officer)
    with pytest.raises(Wrong, match="no longer there"):
        fitting.settle(case, kind="date", key="0 0", settled="Nothing", by=world.officer)
    with pytest.raises(Refused):
        fitting.settle(case, kind="date", key=date.key, settled="The call was", by=member)
    client, here = sign_in(world.officer), f"{case.get_absolute_url()}timeline/"
    settle = f"{here}date/{date.key}/"
    assert client.get(settle).status_code == 200
    assert client.post(settle, {"settled": "The day of the call is right"}).status_code == 302
    seen = client.get(here).content.decode()
    assert "The day of the call is right" in seen
    assert client.get(f"{here}date/no/").status_code == 404
    assert client.post(f"{here}date/{date.key}/open/").status_code == 302
    assert not Misfit.objects.exists()


def test_a_report_that_only_the_body_has_is_put_on_the_list_with_one_button(
    case, sent, world, sign_in
):
    (unlisted,) = found(case, world.officer, "unlisted")
    client, here = sign_in(world.officer), f"{case.get_absolute_url()}timeline/"
    assert client.post(f"{here}add/{unlisted.entry.pk}/").status_code == 302
    added = listed(case)[-1]
    assert (added.number, added.what, added.added_by) == (4, "Call about shouting", world.officer)
    assert added.body.agency == world.police
    assert found(case, world.officer, "unlisted") == []
    assert client.post(f"{here}add/{unlisted.entry.pk}/").status_code in (302, 404)
    assert len(listed(case)) == 4


def test_the_file_holds_the_same_lines(case, sent, world, sign_in):
    file = sign_in(world.officer).get(f"{case.get_absolute_url()}timeline/csv/")
    text = file.content.decode()
    assert text.count("Kent Police,") + text.count(",Kent Police") >= 2
    assert "Fern" not in file["Content-Disposition"]
