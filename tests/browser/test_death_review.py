"""A death review from the police's notification to its closed plan, through every role.

Its officer works at a desk, the agency that is asked on a telephone. One review is carried by the
partnership, with an action in another district; one is led by the county, and delivered in both.
"""

import datetime

import pytest
import time_machine

from actions.models import Action
from core.clock import london
from dhr.models import InformationRequest, PlanItem, Recommendation, Review, Stage
from dhr.workflow import arrangements
from documents.models import Publication
from membership.models import Partner, SharingAgreement, Signature
from tests import world as worlds
from tests.browser.axe import Axe
from tests.browser.hands import Thumbs
from tests.dhr.publishing import pdf

pytestmark = pytest.mark.pdf

DAY = datetime.timedelta(days=1)
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 812}
HERE, THERE = "/dartford/death-reviews/", "/gravesham/death-reviews/"
OURS, COUNTYS = f"{HERE}DR-2026-0001/", f"{HERE}DR-2026-0002/"
NAME = "Thistle Canarywharf"

SET_UP = datetime.date(2026, 4, 1)
NOTIFIED = datetime.date(2026, 4, 13)
DECIDED = datetime.date(2026, 5, 5)
ASKED = datetime.date(2026, 5, 19)
ANSWERED = datetime.date(2026, 6, 9)
PLANNED = datetime.date(2026, 9, 1)
DONE = datetime.date(2026, 11, 10)
SENT = datetime.date(2026, 11, 12)
CLEARED = datetime.date(2027, 2, 15)
PUBLISHED = datetime.date(2027, 3, 1)

TABLE = (
    "Date\tWhat happened\tWhat was done\tAgency contacted\tRisk\tReference\n"
    "10/01/2026\tCall to the home\tReferred\tKent County Council\tHigh\tKP-1\n"
    "02/03/2026\tAnna came to the desk\tA plan was made\t\tMedium\tKP-2\n"
)


def at(day, hour=10):
    return time_machine.travel(london(day, datetime.time(hour)), tick=True)


class Worker(Thumbs):
    """Hands that know how optional fields are called, and can choose a file."""

    def type(self, label, words):
        return super().type(self.called(label), words)

    def choose(self, label, words):
        return super().choose(self.called(label), words)

    def called(self, label):
        """The label as it stands there."""
        found = self.page.locator("main").get_by_label(label, exact=True)
        return label if found.count() else f"{label} (optional)"

    def confirms(self):
        """Say again that it is oneself, where that is asked."""
        if self.page.get_by_role("heading", name="Confirm that it is you").count():
            self.looks().type("Password", worlds.PASSWORD).press("Continue")
        return self

    def attach(self, label, words, name="report.pdf"):
        """Choose a file with these words in it."""
        field = self.page.locator("main").get_by_label(label, exact=False).first
        field.set_input_files({"name": name, "mimeType": "application/pdf", "buffer": pdf(words)})
        return self


@pytest.fixture
def partnership(transactional_world):
    """Two partnerships have set up death reviews; on ours sit police, county, a chair."""
    world = transactional_world
    with at(SET_UP):
        panel = arrangements.set_up(world.partnership, by=world.officer).group
        world.reviewers = worlds.agency("Independent Reviewers", "voluntary")
        sign(world.agreement, world.reviewers)
        world.independent = worlds.person("Rowan Ferrer")
        for person, body in (
            (world.independent, world.reviewers), (world.vice, world.police),
            (world.kent, world.county),
        ):  # fmt: skip
            worlds.seat(person, panel, body, starts_on=SET_UP)
        theirs = SharingAgreement.objects.create(
            partnership=world.gravesham, name="Agreement", short_name="K-MISA",
            starts_on=worlds.LONG_AGO, review_on=datetime.date(2099, 4, 1),
        )  # fmt: skip
        sign(theirs, world.gravesham_council)
        Partner.objects.create(
            partnership=world.gravesham, agency=world.gravesham_council, statutory=True,
            starts_on=worlds.LONG_AGO,
        )  # fmt: skip
        arrangements.set_up(world.gravesham, by=world.stranger)
    return world


def sign(agreement, body):
    Signature.objects.create(
        agreement=agreement, agency=body, signed_by_name="Clover Bains", starts_on=worlds.LONG_AGO
    )


@pytest.fixture
def hands(page, live_server):
    """Whoever sits at the keyboard now, at a desk or with a telephone."""
    axe = Axe()
    axe.enter(page.context)

    def hands(person=None, screen=DESK):
        page.context.clear_cookies()
        page.set_viewport_size(screen)
        found = Worker(page, live_server.url)
        found.axe = axe
        return found.sign_in(person) if person else found

    return hands


# ---- notified, decided, formed ------------------------------------------------------------------


def the_officer_takes_the_notification(hazel):
    hazel.visit(f"{HERE}reviews/").follow("Take a notification").looks()
    hazel.type("Name under which the review is known", "Anna").date(NOTIFIED, "Notified on")
    hazel.choose("Notified by", "Kent Police")
    hazel.type("What is known, without names", "Died at home. Somebody is charged.")
    hazel.type("Pseudonym", "Anna").date(NOTIFIED - 9 * DAY, "Died on")
    hazel.pick("Apparently killed by another person").pick("Former intimate partner")
    hazel.press("Save the notification").sees("DR-2026-0001").sees("13 May 2026").looks()


def it_is_decided_and_told(hazel):
    hazel.visit(f"{OURS}decide/").looks().pick("Hold a review")
    hazel.type("Reasons, without names", "The definition of the Act is met.").date(DECIDED)
    hazel.press("Save the decision").sees("by 5 November").looks()
    for whom in ("Home Office", "Family"):
        hazel.visit(f"{OURS}told/").pick(whom).pick("The decision").date(DECIDED).press("Save")
    hazel.sees("Family")


def a_panel_is_formed(hazel):
    hazel.visit(f"{OURS}panel/").looks().follow("Appoint an independent chair").looks()
    hazel.choose("Who, of the standing panel", "Rowan Ferrer")
    hazel.type("Statement of independence", "No part in the case nor in its agencies")
    hazel.date(ASKED, "From").press("Appoint the chair").sees("Independent chair")
    hazel.follow("Ask somebody of the standing panel").looks().choose("Who?", "Bryony Clarke")
    hazel.pick("Yes: they have no part in it, and know nobody of it").press("Save")
    hazel.sees("Bryony Clarke").follow("Write the terms").looks()
    hazel.type("Terms of reference", "What each agency knew of Anna, and what it did.")
    hazel.date(NOTIFIED - 700 * DAY, "Looks at events from").date(NOTIFIED - 9 * DAY, "To")
    hazel.date(ASKED, "Agreed by the panel on").press("Save the terms").sees("agreed on").looks()
    hazel.visit(f"{OURS}key/").confirms().looks().follow("Add somebody").looks()
    hazel.type("Pseudonym", "Anna").pick("Who died")
    hazel.type("Names and spellings, one on each line", NAME)
    hazel.press("Save the entry").sees(NAME).looks()


def agencies_are_asked(hazel):
    hazel.visit(f"{OURS}information/").looks().follow("Ask agencies for information").looks()
    hazel.pick("Chronology").tick("Kent Police").tick("Kent County Council")
    hazel.date(ANSWERED, "Answer by").press("Ask them").sees("Kent Police").looks()


# ---- what agencies answer -----------------------------------------------------------------------


def the_police_answer_on_a_telephone(linden):
    """On the page of their own, with a table that they paste."""
    asked = InformationRequest.objects.get(agency__name="Kent Police")
    linden.visit(f"{HERE}asked/").looks().follow(asked.request.reference).looks()
    linden.sees_not("Anna").follow("Take over a spreadsheet, or paste").looks()
    linden.type("Or paste the lines here", TABLE).press("Read it").looks()
    linden.press("Take over 2 lines").sees("2 lines, oldest first").looks()
    linden.pick("Yes").press("Save and send the answer").sees("Answered").looks()
    linden.visit(OURS)
    assert "not found" in linden.page.title().lower()


def the_county_answers(bryony):
    asked = InformationRequest.objects.get(agency__name="Kent County Council")
    bryony.visit(f"{HERE}asked/{asked.pk}/").follow("Add a line").looks()
    bryony.date(datetime.date(2026, 3, 20), "Date").type("What happened", "School rang us")
    bryony.press("Save the line").pick("Yes").press("Save and send the answer")


def chronologies_are_checked_and_put_together(hazel):
    for asked in InformationRequest.objects.all():
        hazel.visit(f"{HERE}asked/{asked.pk}/").looks().follow("Check the answer").looks()
        hazel.pick("Yes, take it").press("Save the check")
    hazel.visit(f"{OURS}chronology/").looks()
    hazel.sees("Kent County Council has no record of it within 7 days")
    hazel.follow("Say what was found out", exact=False).looks()
    hazel.type("What was found out?", "The form went to an address that had closed")
    hazel.press("Save").sees("The form went to an address that had closed").looks()


# ---- the plan -----------------------------------------------------------------------------------


def a_plan_is_made(hazel):
    """Two actions, one of them in the other district, which learns no more than its part."""
    hazel.visit(f"{OURS}panel/parts/hand/").looks()
    hazel.choose("Which partnership?", "Gravesham")
    hazel.type("What they need to know, without names", f"A telephone number. {NAME}")
    hazel.press("Hand over the part").sees("name of Anna").sees_not(f"of {NAME}")
    hazel.type("What they need to know, without names", "A telephone number for landlords.")
    hazel.press("Hand over the part").sees("DP-2026-0001")
    recommend(hazel, OURS, "Tell the landlord when a risk is high")
    act(hazel, "Name whom the police ring", "Kent Police")
    hazel.follow("Add an action to recommendation 1").choose("Where is it delivered?", "Gravesham")
    act(hazel, "Name a deputy in the district", "Gravesham", follow=False)
    hazel.visit(f"{OURS}plan/").sees("Name a deputy in the district").looks()


def recommend(hazel, where, text):
    hazel.visit(f"{where}plan/").looks().follow("Add a recommendation").looks()
    hazel.type("What is recommended", text).tick("Sharing information")
    hazel.press("Save the recommendation").sees(text)


def act(hazel, text, agency, follow=True):
    if follow:
        hazel.follow("Add an action to recommendation 1").looks()
    hazel.type("Action to take", text).choose("Lead agency", agency)
    hazel.date(DONE + 30 * DAY, "Target date").press("Save the action").sees(text)


def says_it_is_done(somebody, text):
    """Who leads an action finds it in the register, and nothing there of any review."""
    action = Action.objects.get(text=text)
    somebody.visit(f"/{action.partnership.slug}/actions/{action.reference}/").looks()
    somebody.sees_not("Anna").sees_not("DR-2026")
    somebody.type("What has happened?", "The names are in use")
    somebody.pick("Done. An officer will confirm").attach(
        "A file that shows it", "The names", "names.pdf"
    )
    somebody.press("Save the update").sees("Says done").looks()


def the_other_district_delivers_its_part(clover, text):
    part = PlanItem.objects.get(text=text).part
    clover.visit(f"{THERE}parts/{part.reference}/").looks().sees(text)
    clover.sees_not("Anna").sees_not("Beatrice").sees_not("DR-2026")
    says_it_is_done(clover, text)


def sign_off(hazel, text):
    item = PlanItem.objects.get(text=text)
    hazel.visit(f"{HERE}actions/{item.pk}/").looks().follow("Sign it off").looks()
    hazel.date(DONE, "Completed on").type("What came of it", "Two names are in use")
    hazel.type("What does the sign-off rest on?", "The list of names, and a test call")
    hazel.press("Sign it off").sees("Signed off").looks()


# ---- to the public ------------------------------------------------------------------------------


def the_report_is_sent(hazel):
    hazel.visit(f"{OURS}report/").looks().follow("Write down that it was sent").looks()
    hazel.attach("The overview report, as it was sent", "The report on Anna")
    hazel.press("Write it down").sees("Submission 1").looks()


def and_cleared(hazel, where=OURS):
    hazel.visit(f"{where}report/answer/").looks().pick("Adequate, cleared to publish")
    hazel.date(CLEARED).press("Write down the answer").sees("Adequate, cleared to publish").looks()


def one_makes_it_ready(hazel):
    hazel.visit(f"{OURS}report/prepare/").looks().type("Title", "Domestic homicide review: Anna")
    hazel.type("What the page says", "How agencies worked together, and what they learned.")
    hazel.attach("Overview report for the public", f"The report on {NAME}")
    hazel.press("Make it ready").sees("name of Anna")
    hazel.attach("Overview report for the public", "The report on Anna")
    hazel.press("Make it ready").sees("Somebody else").looks()


def and_another_publishes_it(rowan):
    rowan.visit(f"{OURS}report/").looks().press("Publish it for everybody").sees("Published on")
    rowan.looks()


def everybody_reads_it(somebody):
    public = Publication.objects.get()
    somebody.visit(public.get_absolute_url()).looks().sees("what they learned")
    somebody.sees_not("DR-2026").sees_not(NAME)


def the_board_sees_numbers(sage):
    sage.visit(f"{HERE}oversight/").looks().sees("Kent Police").sees_not("DR-2026")
    sage.visit(OURS)
    assert "not found" in sage.page.title().lower()


def it_is_closed(hazel):
    hazel.visit(f"{OURS}close/").looks().press("Close the review").sees("Closed").looks()
    assert Review.objects.get(reference="DR-2026-0001").stage == Stage.CLOSED


# ---- the county's -------------------------------------------------------------------------------


def a_review_of_the_countys_is_taken_down(hazel):
    hazel.visit(f"{HERE}notify/").type("Name under which the review is known", "Beatrice")
    hazel.date(NOTIFIED, "Notified on").type("Pseudonym", "Beatrice")
    hazel.pick("Apparent suicide, where abuse gives concern").pick("Another partnership")
    hazel.type("The other partnership", "Kent Community Safety Partnership")
    hazel.press("Save the notification").sees("Kent Community Safety Partnership").looks()


def its_actions_are_planned_in_two_districts(hazel):
    hazel.visit(f"{COUNTYS}decide/").pick("Hold a review").date(DECIDED)
    hazel.type("Reasons, without names", "As the county wrote.").press("Save the decision")
    recommend(hazel, COUNTYS, "Ask again, and alone")
    act(hazel, "Put the question on the form", "Kent Police")
    hazel.visit(f"{COUNTYS}panel/parts/hand/").choose("Which partnership?", "Gravesham")
    hazel.type("What they need to know, without names", "A question for every form.")
    hazel.press("Hand over the part").sees("DP-2026-0002")
    hazel.visit(f"{COUNTYS}plan/").follow("Add an action to recommendation 1")
    hazel.choose("Where is it delivered?", "Gravesham")
    act(hazel, "Put it on the district's form", "Gravesham", follow=False)


def and_its_report_stands_elsewhere(hazel):
    hazel.visit(f"{COUNTYS}report/submit/").date(SENT).press("Write it down")
    and_cleared(hazel, COUNTYS)
    hazel.follow("Write down where it stands").looks()
    hazel.type("Address of the page", "https://www.example.gov.uk/report")
    hazel.press("Write it down").sees("Where Kent Community Safety Partnership published it")
    hazel.looks().visit(f"{COUNTYS}close/").press("Close the review").sees("Closed")


def test_from_the_notification_to_the_closed_plan(partnership, hands):
    world = partnership
    with at(NOTIFIED):
        the_officer_takes_the_notification(hands(world.officer))
        a_review_of_the_countys_is_taken_down(hands(world.officer))
    with at(DECIDED):
        it_is_decided_and_told(hands(world.officer))
    with at(ASKED):
        a_panel_is_formed(hands(world.officer))
        agencies_are_asked(hands(world.officer))
    with at(ANSWERED):
        the_police_answer_on_a_telephone(hands(world.vice, TELEPHONE))
        the_county_answers(hands(world.kent))
        chronologies_are_checked_and_put_together(hands(world.officer))
    with at(PLANNED):
        a_plan_is_made(hands(world.officer))
        its_actions_are_planned_in_two_districts(hands(world.officer))
    with at(DONE):
        says_it_is_done(hands(world.vice, TELEPHONE), "Name whom the police ring")
        says_it_is_done(hands(world.vice), "Put the question on the form")
        for text in ("Name a deputy in the district", "Put it on the district's form"):
            the_other_district_delivers_its_part(hands(world.stranger), text)
    with at(SENT):
        for item in PlanItem.objects.all():
            sign_off(hands(world.officer), item.text)
        the_report_is_sent(hands(world.officer))
    with at(CLEARED):
        and_cleared(hands(world.officer))
    with at(PUBLISHED):
        one_makes_it_ready(hands(world.officer))
        and_another_publishes_it(hands(world.independent))
        everybody_reads_it(hands())
        the_board_sees_numbers(hands(world.chair))
        it_is_closed(hands(world.officer))
        and_its_report_stands_elsewhere(hands(world.officer))
    assert Recommendation.objects.count() == 2
