"""What the demonstration's two death reviews show, and to whom."""

from collections import Counter

from django.urls import reverse

from dhr.models import (
    Delay,
    DifferenceCheck,
    InformationRequest,
    KeyEntry,
    Learning,
    MisfitKind,
    Review,
    Stage,
)
from dhr.queries import combined, plans


def look(cast, client):
    """One review is published and its plan watched; for another, agencies are asked."""
    county = Review.objects.get(partnership__slug="kent")
    ours = Review.objects.get(partnership=cast.partnership)
    assert (county.stage, ours.stage) == (Stage.PUBLISHED, Stage.UNDER_WAY)
    a_plan_is_delivered_in_three_partnerships(county)
    one_agency_was_late_and_went_to_the_chair(county)
    accounts_do_not_fit_and_one_misfit_is_settled(ours)
    the_report_is_put_off_for_the_trial(ours)
    the_same_lesson_came_up_again(county, ours)
    each_opens_to_its_own_people_only(cast, client, county, ours)
    the_public_reads_what_was_learned_and_no_name(client)


def a_plan_is_delivered_in_three_partnerships(county):
    rows = [row for block in plans.plan(county) for row in block.rows]
    assert {row.item.partnership.slug for row in rows} == {"kent", "dartford", "sevenoaks"}
    assert Counter(row.state[0] for row in rows) == {
        "Signed off": 3, "Late": 2, "Evidence missing": 1, "In progress": 1,
    }  # fmt: skip
    assert DifferenceCheck.objects.exclude(checked_on=None).count() == 1
    assert [each.feedback for each in county.submissions.all()] == ["cleared", "changes"]


def one_agency_was_late_and_went_to_the_chair(county):
    found = InformationRequest.objects.filter(review=county)
    assert {each.request.status for each in found} == {"accepted"}
    late = found.get(request__escalated_at__isnull=False)
    assert late.sent_on > late.request.first_due_on


def accounts_do_not_fit_and_one_misfit_is_settled(ours):
    found = combined.combined(ours)
    assert {each.kind for each in found.misfits} == set(MisfitKind.values)
    assert len(found.misfits) - len(found.open_misfits) == 1
    assert [each.agency.short_name for each in found.without] == ["Kent CC"]


def the_report_is_put_off_for_the_trial(ours):
    delay = Delay.objects.get()
    assert delay.review == ours
    assert delay.milestone.due_on > delay.milestone.first_due_on
    assert delay.proceeding
    assert delay.home_office_told_on


def the_same_lesson_came_up_again(county, ours):
    [again] = ours.recommendations.all()
    assert again.repeats.review == county


def each_opens_to_its_own_people_only(cast, client, county, ours):
    opens = {}
    for key in ("hazel", "rowan", "sage", "moss", "myrtle", "alder", "aspen", "tamarisk", "laurel"):
        client.force_login(cast.people[key])
        for review in (county, ours):
            if client.get(review.get_absolute_url()).status_code == 200:
                opens.setdefault(review, set()).add(key)
    assert opens == {county: {"tamarisk", "alder", "aspen"}, ours: {"hazel", "alder", "aspen"}}
    client.force_login(cast.people["laurel"])
    part = county.parts.get(partnership__slug="sevenoaks")
    page = client.get(part.get_absolute_url()).content.decode()
    assert "Name one person whom the police ring" in page
    assert "Verity" not in page
    client.logout()


def the_public_reads_what_was_learned_and_no_name(client):
    library = client.get(reverse("dhr:library", args=["dartford"])).content.decode()
    assert {each.title in library for each in Learning.objects.all()} == {True}
    report = Review.objects.get(partnership__slug="kent").published_reports.get().publication
    for address in (report.get_absolute_url(), "/kent/public/", "/dartford/public/search/?q=risk"):
        page = client.get(address).content.decode()
        for entry in KeyEntry.objects.all():
            assert not [name for name in entry.names.split() if name in page and name != "Mrs"]
