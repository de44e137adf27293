"""The forms of this room: who may open them, what they do, and what they say when they do not."""

import datetime

import pytest

from core.dates import longdate
from membership import workflow
from membership.models import (
    Agency,
    Group,
    Partner,
    Place,
    Representation,
    Role,
    Seat,
    SharingAgreement,
    SharingProtocol,
)

DAY = datetime.timedelta(days=1)
NOBODY = "7d8f1b1e-0000-4000-8000-000000000000"


def text(response):
    return response.content.decode()


def on(name, day):
    """A date as the three boxes of a form send it."""
    parts = {"day": day.day, "month": day.month, "year": day.year} if day else {}
    return {f"{name}_{part}": number for part, number in parts.items()}


def given(world, today, **more):
    """A seat as the form sends it."""
    fields = {
        "person": world.leaver.pk, "role": "member", "sits_for": f"a-{world.county.pk}",
        "substitute_for": "", **on("starts_on", today),
    }  # fmt: skip
    return {**fields, **more}


@pytest.fixture
def everything(world, today, at):
    """Every form of the room, with a record of each kind to change."""
    partner = world.partnership.partners.get(agency=world.watch_body)
    signature = world.agreement.signatures.first()
    protocol = world.board.protocols.get()
    place = workflow.add_place(world.board, agency=world.county, starts_on=today, by=world.officer)
    contact = workflow.add_representation(
        world.partnership, body="Kent group", person=world.watch, starts_on=today,
        by=world.officer,
    )  # fmt: skip
    people = [
        at("invite"), at("seat_add", "board"), at("seat_end", world.kent_seat.pk),
        at("seat_renew", world.kent_seat.pk), at("seat_move", world.kent_seat.pk),
        at("person_close", world.kent.pk), at("person_correct", world.kent.pk), at("settings"),
        at("agency_change", "kent-police"), at("agency_succeed", "kent-police"),
    ]  # fmt: skip
    officers = [
        at("agency_add"), at("post_add", "kent-police"),
        at("post_end", "kent-police", world.commander_post.pk),
        at("partner_add"), at("partner_change", partner.pk), at("partner_leave", partner.pk),
        at("group_add"), at("group_change", "board"), at("group_end", "dvacs"),
        at("place_add", "board"), at("place_end", "board", place.pk), at("agreement_add"),
        at("agreement_change", world.agreement.pk), at("sign", world.agreement.pk),
        at("signature_end", signature.pk), at("protocol_add", "board"),
        at("protocol_change", protocol.pk), at("protocol_end", protocol.pk),
        at("representation_add"), at("representation_change", contact.pk),
        at("representation_end", contact.pk), at("representation_report", contact.pk),
    ]  # fmt: skip
    return people, officers


def test_who_may_open_each_form(world, sign_in, everything):
    people, officers = everything
    for url in [*people, *officers]:
        assert sign_in(world.officer).get(url).status_code == 200, url
        assert sign_in(world.chair).get(url).status_code == 403, url
        assert sign_in(world.stranger).get(url).status_code in (403, 404), url
        assert sign_in(world.guest).get(url).status_code in (403, 404), url
    for url in people:
        assert sign_in(world.administrator).get(url).status_code == 200, url
    for url in officers:
        assert sign_in(world.administrator).get(url).status_code == 403, url


def test_nobody_else_changes_anything_by_sending_a_form(world, sign_in, everything):
    people, officers = everything
    before = Seat.history.count(), Group.history.count(), Agency.history.count()
    for url in [*people, *officers]:
        assert sign_in(world.chair).post(url, {}).status_code == 403, url
    assert before == (Seat.history.count(), Group.history.count(), Agency.history.count())


def test_an_empty_form_says_what_is_missing(world, sign_in, everything):
    people, officers = everything
    closes = people[5]
    for url in [*people, *officers]:
        if url == closes or url.endswith(("/succeed/", "/renew/")):
            continue
        page = text(sign_in(world.officer).post(url, {"sent": "yes"}))
        assert "There is a problem" in page, url


# ---- seats ---------------------------------------------------------------------------------------


def test_a_seat_is_given(world, sign_in, at, today):
    response = sign_in(world.officer).post(at("seat_add", "board"), given(world, today))
    assert response.url == at("group", "board")
    seat = Seat.objects.get(person=world.leaver, ends_on=None)
    assert (seat.agency, seat.created_by) == (world.county, world.officer)


def test_a_post_is_chosen_with_its_agency(world, sign_in, at, today):
    data = given(world, today, sits_for=f"p-{world.commander_post.pk}")
    sign_in(world.officer).post(at("seat_add", "board"), data)
    seat = Seat.objects.get(person=world.leaver, ends_on=None)
    assert (seat.agency, seat.post) == (world.police, world.commander_post)


@pytest.mark.parametrize(
    ("more", "field", "says"),
    [
        ({"role": "chair"}, "id_role", "Another person chairs this group at that time."),
        ({"role": "emperor"}, "id_role", "Choose from the list"),
        ({"person": NOBODY}, "id_person", "Choose from the list"),
        ({"sits_for": "a-x"}, "id_sits_for", "Choose from the list"),
        ({"sits_for": ""}, "id_sits_for", "Choose whom they sit for"),
        ({"starts_on_day": "31", "starts_on_month": "2"}, "id_starts_on", "must have a day from"),
        ({"starts_on_year": "1999"}, "id_sits_for", "did not exist before"),
        (
            {"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2025"},
            "id_ends_on",
            "The seat must end after it starts.",
        ),
    ],
)
def test_what_is_wrong_with_a_seat_is_said_at_its_field(
    world, sign_in, at, today, more, field, says
):
    page = text(sign_in(world.officer).post(at("seat_add", "board"), given(world, today, **more)))
    assert says in page
    assert f'<a href="#{field}' in page
    assert Seat.objects.filter(person=world.leaver).count() == 1


def test_a_seat_before_its_agency_joined_is_said_at_the_agency(world, sign_in, at, today):
    late = workflow.add_agency(name="Late", kind="other", starts_on=today, by=world.officer)
    data = given(world, today, sits_for=f"a-{late.pk}")
    page = text(sign_in(world.officer).post(at("seat_add", "board"), data))
    assert "Late is not a partner." in page
    workflow.add_partner(
        world.partnership, agency=late, statutory=False, starts_on=today + DAY, by=world.officer
    )
    page = text(sign_in(world.officer).post(at("seat_add", "board"), data))
    assert "Late joins the partnership on" in page
    assert '<a href="#id_sits_for' in page


def test_the_last_officer_is_told_why_the_seat_stays(world, sign_in, at, today):
    client = sign_in(world.officer)
    response = client.post(at("seat_end", world.officer_seat.pk), on("on", today))
    assert response.status_code == 200
    assert "Secretariat would have no officer from" in text(response)


def test_who_ends_their_own_last_seat_is_not_refused_but_sent_away(world, sign_in, at, today):
    response = sign_in(world.administrator).post(
        at("seat_end", world.administrator_seat.pk), on("on", today)
    )
    assert response.status_code == 302
    assert response.url == "/"


def test_moving_ends_one_seat_and_begins_another(world, sign_in, at, today):
    data = {
        "group": world.dvacs_group.pk, "role": "chair", "sits_for": f"a-{world.county.pk}",
        **on("on", today),
    }  # fmt: skip
    sign_in(world.officer).post(at("seat_move", world.kent_seat.pk), data)
    world.kent_seat.refresh_from_db()
    assert world.kent_seat.ends_on == today
    assert Seat.objects.on(today).get(person=world.kent).group == world.dvacs_group


def test_a_renewal_from_another_tab_shows_both_and_loses_neither(world, sign_in, at, today):
    client, url = sign_in(world.officer), at("seat_renew", world.kent_seat.pk)
    read = workflow.version(world.kent_seat)
    workflow.renew_seat(world.kent_seat, ends_on=today + 50 * DAY, by=world.officer)
    response = client.post(url, {"read": read, **on("ends_on", today + 99 * DAY)})
    assert response.status_code == 409
    page = text(response)
    assert longdate(today + 50 * DAY) in page
    assert longdate(today + 99 * DAY) in page
    assert page.count("<strong>Until:</strong>") == 2
    assert "<strong>Read" not in page
    newest = workflow.version(world.kent_seat)
    assert f'name="read" value="{newest}"' in page
    client.post(url, {"read": newest, **on("ends_on", today + 99 * DAY)})
    world.kent_seat.refresh_from_db()
    assert world.kent_seat.ends_on == today + 99 * DAY


# ---- people --------------------------------------------------------------------------------------


def invitation(world, today, **more):
    fields = {
        "name": "Willow Hart", "email": "willow.hart@example.test", "group": world.board.pk,
        "role": "member", "sits_for": f"a-{world.county.pk}", **on("starts_on", today),
    }  # fmt: skip
    return {**fields, **more}


def test_an_invitation_is_sent_and_what_happens_next_is_said(
    world, sign_in, at, today, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = text(sign_in(world.officer).post(at("invite"), invitation(world, today)))
    assert "Invitation sent" in page
    assert "What happens next" in page
    assert [mail.to for mail in mailoutbox] == [["willow.hart@example.test"]]
    seat = Seat.objects.get(person__email="willow.hart@example.test")
    person_page = text(sign_in(world.officer).get(at("person", seat.person_id)))
    assert "Invited, not signed in yet" in person_page


def test_somebody_known_is_not_invited_twice(world, sign_in, at, today):
    data = invitation(world, today, email=world.guest.email)
    page = text(sign_in(world.officer).post(at("invite"), data))
    assert "Seat given" in page
    assert "Marigold Tan has an account already" in page
    page = text(sign_in(world.officer).post(at("invite"), data))
    assert "This person already sits on the group for this agency at that time." in page
    assert '<a href="#id_email' in page


def test_an_invitation_is_sent_again(
    world, sign_in, at, today, mailoutbox, django_capture_on_commit_callbacks
):
    client = sign_in(world.officer)
    client.post(at("invite"), invitation(world, today))
    person = Seat.objects.get(person__email="willow.hart@example.test").person
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("person_resend", person.pk))
        client.post(at("person_correct", person.pk), {"email": "w.hart@example.test"})
    assert [mail.to[0] for mail in mailoutbox] == [
        "willow.hart@example.test", "w.hart@example.test"
    ]  # fmt: skip
    response = client.post(at("person_resend", world.kent.pk), follow=True)
    assert "has accepted the invitation already" in text(response)
    assert sign_in(world.chair).post(at("person_resend", person.pk)).status_code == 403
    assert client.get(at("person_resend", person.pk)).status_code == 405


def test_an_account_is_closed_and_opened_again(world, sign_in, at):
    client, theirs = sign_in(world.officer), sign_in(world.kent)
    client.post(at("person_close", world.kent.pk))
    assert theirs.get(at("people")).status_code == 302
    assert "Account closed" in text(client.get(at("person", world.kent.pk)))
    client.post(at("person_open", world.kent.pk))
    world.kent.refresh_from_db()
    assert world.kent.is_active
    response = client.post(at("person_close", world.officer.pk), follow=True)
    assert "You cannot close your own account" in text(response)


# ---- agencies and groups -------------------------------------------------------------------------


def test_an_agency_is_added_and_joins(world, sign_in, at, today):
    client = sign_in(world.officer)
    data = {"name": "Victim Support", "kind": "voluntary", **on("starts_on", today - DAY)}
    response = client.post(at("agency_add"), data)
    agency = Agency.objects.get(slug="victim-support")
    assert response.url == f"{at('partner_add')}?agency={agency.pk}"
    client.post(at("partner_add"), {"agency": agency.pk, **on("starts_on", today)})
    assert Partner.objects.get(agency=agency).partnership == world.partnership
    page = text(client.post(at("agency_add"), data))
    assert "There is an agency of this name already." in page


def test_a_partner_that_joined_by_a_decision_leads_to_it(world, sign_in, at, today):
    partner = world.partnership.partners.get(agency=world.watch_body)
    partner.joined_because, partner.joined_url = "Agreed by the board", "/dartford/meetings/x/"
    partner.save()
    page = text(sign_in(world.kent).get(at("agency", "neighbourhood-watch")))
    assert 'href="/dartford/meetings/x/"' in page
    assert "Agreed by the board" in page


def test_a_successor_is_recorded_with_what_goes_over(world, sign_in, at, today):
    client = sign_in(world.officer)
    url = at("agency_succeed", "kent-county-council")
    assert "People’s seats (1)" in text(client.get(url))
    data = {"name": "Kent Unitary", "carry": ["seats", "places"], **on("on", today)}
    assert client.post(url, data).url == at("agency", "kent-unitary")
    assert Seat.objects.on(today).get(person=world.kent).agency.name == "Kent Unitary"
    old = text(client.get(at("agency", "kent-county-council")))
    assert "Kent Unitary</a> took over" in old
    new = text(client.get(at("agency", "kent-unitary")))
    assert "Took over from" in new
    assert "Not signed" in new


def test_another_partnership_is_asked_what_goes_over(world, sign_in, at, today):
    Partner.objects.create(
        partnership=world.gravesham, agency=world.county, statutory=True, starts_on=today - DAY
    )
    client = sign_in(world.officer)
    page = text(client.get(at("agency", "kent-county-council")))
    assert "Only a system administrator can correct" in page
    assert at("agency_succeed", "kent-county-council") not in page
    assert client.get(at("agency_succeed", "kent-county-council")).status_code == 403
    client = sign_in(world.administrator)
    url = at("agency_succeed", "kent-county-council")
    assert url in text(client.get(at("agency", "kent-county-council")))
    page = text(client.get(url))
    assert "Posts (0)" in page
    assert "People’s seats" not in page
    told = text(client.post(url, {"name": "Kent Unitary", **on("on", today)}, follow=True))
    assert "The officers of each partnership then say what goes over there." in told
    client = sign_in(world.stranger)
    page = text(client.get(at("agency", "kent-county-council", of="gravesham")))
    url = at("agency_succeed", "kent-county-council", of="gravesham")
    assert url in page
    client.post(url, {"carry": ["places"]})
    assert Partner.objects.of(world.gravesham).get(agency__slug="kent-unitary").statutory


def test_a_group_is_set_up_changed_and_ended(world, sign_in, at, today):
    client = sign_in(world.officer)
    data = {
        "name": "Prevent group", "short_name": "Prevent", "kind": "subgroup",
        "administered_by": world.secretariat.pk, "default_marking": "sensitive",
        **on("starts_on", today),
    }  # fmt: skip
    assert client.post(at("group_add"), data).url == at("group", "prevent")
    group = Group.objects.get(slug="prevent")
    changed = {
        "name": "Prevent", "short_name": "Prevent", "default_marking": "official",
        "read": workflow.version(group),
    }  # fmt: skip
    client.post(at("group_change", "prevent"), changed)
    group.refresh_from_db()
    assert (group.name, group.default_marking) == ("Prevent", "official")
    assert client.post(at("group_change", "prevent"), changed).status_code == 409
    client.post(at("group_end", "prevent"), on("on", today))
    assert "Ended" in text(client.get(at("group", "prevent")))


def test_a_panel_is_not_set_up_here(world, sign_in, at, today):
    data = {"name": "P", "kind": "panel", "default_marking": "official", **on("starts_on", today)}
    assert "Choose from the list" in text(sign_in(world.officer).post(at("group_add"), data))


def test_a_place_is_added_shown_as_vacant_and_ended(world, sign_in, at, today):
    client = sign_in(world.officer)
    data = {"sits_for": f"p-{world.manager_post.pk}", **on("starts_on", today)}
    client.post(at("place_add", "dvacs"), data)
    page = text(client.get(at("group", "dvacs")))
    assert "Vacant" in page
    assert f"{at('seat_add', 'dvacs')}?sits_for=p-{world.manager_post.pk}" in page
    place = Place.objects.get()
    client.post(at("place_end", "dvacs", place.pk), on("on", today))
    assert "Vacant" not in text(client.get(at("group", "dvacs")))
    assert client.get(at("place_end", "board", place.pk)).status_code == 404


# ---- sharing -------------------------------------------------------------------------------------


def test_the_sharing_page_says_who_cannot_open_papers_and_why(world, sign_in, at, today):
    workflow.end_protocol(world.ocg_group.protocols.get(), on=today, by=world.officer)
    page = text(sign_in(world.kent).get(at("sharing")))
    assert "1 agency has not signed" in page
    assert "Ash Pemberton, Neighbourhood Watch" in page
    assert "Their agency has not signed, or its signature has ended." in page
    assert "Nobody can" in page
    assert at("sign", world.agreement.pk) not in page
    assert at("sign", world.agreement.pk) in text(sign_in(world.officer).get(at("sharing")))


def test_a_review_date_that_passed_warns(world, sign_in, at, today):
    SharingAgreement.objects.update(review_on=today - DAY)
    SharingProtocol.objects.update(review_on=today - DAY)
    page = text(sign_in(world.kent).get(at("sharing")))
    assert "Review date passed" in page
    assert "Papers stay open meanwhile" in page
    assert "Review date passed" in text(sign_in(world.kent).get(at("group", "board")))


def test_a_signature_is_recorded_and_withdrawn(world, sign_in, at, today):
    client = sign_in(world.officer)
    data = {"agency": world.watch_body.pk, "signed_by_name": "Clover Bains", **on("on", today)}
    client.post(at("sign", world.agreement.pk), data)
    assert "All 4 agencies have signed" in text(client.get(at("sharing")))
    signature = world.watch_body.signatures.get()
    end = {"reason": "Withdrawn by the agency", **on("on", today)}
    client.post(at("signature_end", signature.pk), end)
    page = text(client.get(at("sharing")))
    assert "1 agency has not signed" in page
    assert "Withdrawn by the agency." in page
    page = text(client.post(at("sign", world.agreement.pk), {**data, **on("on", today + DAY)}))
    assert "The day of signing cannot be in the future." in page


def test_an_agreement_is_recorded_where_there_is_none(world, sign_in, at, today):
    SharingAgreement.objects.update(ends_on=today)
    client = sign_in(world.officer)
    assert "No agreement is in force" in text(client.get(at("sharing")))
    data = {"name": "K-MISA 2027", "short_name": "K-MISA", **on("starts_on", today)}
    client.post(at("agreement_add"), data)
    page = text(client.get(at("sharing")))
    assert "4 agencies have not signed" in page


def test_a_protocol_is_replaced_reviewed_and_ended(world, sign_in, at, today):
    client = sign_in(world.officer)
    data = {
        "title": "Second", "purpose": "Why", "lawful_gateway": "CDA 1998 s.115",
        "parties": [world.police.pk], **on("starts_on", today), **on("review_on", today + DAY),
    }  # fmt: skip
    client.post(at("protocol_add", "board"), data)
    new = SharingProtocol.objects.on(today).get(group=world.board)
    assert list(new.parties.all()) == [world.police]
    page = text(client.get(at("protocol", new.pk)))
    assert "CDA 1998 s.115" in page
    review = {"read": workflow.version(new), **on("review_on", today + 400 * DAY)}
    client.post(at("protocol_change", new.pk), review)
    new.refresh_from_db()
    assert new.review_on == today + 400 * DAY
    client.post(at("protocol_end", new.pk), on("on", today))
    assert "None in force" in text(client.get(at("group", "board")))


# ---- countywide, settings, history ---------------------------------------------------------------


def test_who_represents_the_partnership_reports_back_on_a_page(world, sign_in, at, today):
    client = sign_in(world.officer)
    data = {"body": "Kent group", "person": world.watch.pk, **on("starts_on", today)}
    client.post(at("representation_add"), data)
    contact = Representation.objects.get()
    theirs, url = sign_in(world.watch), at("representation_report", contact.pk)
    assert url in text(theirs.get(at("representation", contact.pk)))
    theirs.post(url, {"text": "They want a lead.", **on("on", today)})
    page = text(sign_in(world.kent).get(at("representation", contact.pk)))
    assert "They want a lead." in page
    assert "Reported by Ash Pemberton" in page
    assert url not in page
    assert "in the future" in text(theirs.post(url, {"text": "x", **on("on", today + DAY)}))
    assert sign_in(world.stranger).get(at("representation", contact.pk)).status_code == 404


def test_settings_are_saved_and_their_history_shown(world, sign_in, at):
    client = sign_in(world.administrator)
    data = {
        "name": world.partnership.name, "place": "Dartford", "municipal_year_starts": "5",
        "agenda_days": "7", "submission_days": "8", "clearance_days": "10",
        "publication_days": "5",
        "read": workflow.version(world.partnership),
    }  # fmt: skip
    assert client.post(at("settings"), data).status_code == 302
    world.partnership.refresh_from_db()
    assert world.partnership.agenda_days == 7
    page = text(client.get(at("history", "settings", world.partnership.pk)))
    assert "Juniper Lane" in page
    assert "<ins>7</ins>" in page
    assert client.post(at("settings"), data).status_code == 409
    page = text(client.post(at("settings"), {**data, "submission_days": "6"}))
    assert "before the agenda goes out: enter 7 or more" in page
    page = text(client.post(at("settings"), {**data, "agenda_days": "0"}))
    assert "must be 1 or more" in page
    assert sign_in(world.kent).get(
        at("history", "settings", world.partnership.pk)
    ).status_code == 403  # fmt: skip


def test_the_history_of_a_record_is_for_whoever_may_see_it(world, sign_in, at, today):
    workflow.renew_seat(world.kent_seat, ends_on=today + 50 * DAY, by=world.officer)
    url = at("history", "seat", world.kent_seat.pk)
    page = text(sign_in(world.scrutiny).get(url))
    assert "Hazel Okafor" in page
    assert "nothing" in page
    assert sign_in(world.stranger).get(url).status_code == 403
    elsewhere = at("history", "seat", world.kent_seat.pk, of="gravesham")
    assert sign_in(world.stranger).get(elsewhere).status_code == 404


@pytest.mark.parametrize(
    ("kind", "key"),
    [("seat", "x"), ("seat", "1"), ("place", "x"), ("user", "1"), ("agency", "x"), ("post", "x")],
)
def test_a_history_of_nothing_is_not_found(world, sign_in, at, kind, key):
    assert sign_in(world.officer).get(at("history", kind, key)).status_code == 404


def test_the_history_of_a_protocol_names_its_parties(world, sign_in, at, today):
    protocol = workflow.set_protocol(
        world.board, title="New", purpose="x", lawful_gateway="y", parties=[world.police],
        starts_on=today, review_on=today + DAY, by=world.officer,
    )  # fmt: skip
    page = text(sign_in(world.kent).get(at("history", "protocol", protocol.pk)))
    assert "<ins>Kent Police</ins>" in page


def test_roles_are_read_with_their_group_and_dates(world, sign_in, at, today):
    """An officer's role on another group, or one that has ended, opens no form."""
    assert world.ocg_seat.role == Role.OFFICER
    assert sign_in(world.ocg).get(at("invite")).status_code == 403
    workflow.seat(
        world.secretariat, person=world.guest, agency=world.council, role=Role.OFFICER,
        starts_on=today + DAY, by=world.officer,
    )  # fmt: skip
    assert sign_in(world.guest).get(at("invite")).status_code == 403
