"""A case review on a telephone: from a neighbour's first page to the published figures.

Each does their own part at the keyboard, at 375 pixels, on the days on which it would be done.
"""

import csv
import datetime

import pytest
import time_machine

from actions.models import Action
from core import clock
from core.clock import london
from membership.models import Role, Signature
from notices.workflow.carriers import Kept
from tests import world as worlds
from tests.browser.axe import Axe
from tests.browser.hands import Thumbs
from triggers import links
from triggers.models import Application, BodyKind, InformationRequest, Recommendation, Review
from triggers.workflow import information, postbox, procedures, settings

pytestmark = pytest.mark.pdf

DAY = datetime.timedelta(days=1)
TELEPHONE = {"width": 375, "height": 812}
HERE = "/dartford/case-reviews/"
SET_UP = datetime.date(2026, 6, 1)
APPLIED = datetime.date(2026, 10, 5)
NEXT_DAY = datetime.date(2026, 10, 6)
ANSWERED = datetime.date(2026, 10, 14)
DECIDED = datetime.date(2026, 10, 21)
PANEL = datetime.date(2026, 11, 5)
ACCEPTED = datetime.date(2026, 11, 16)
DONE = datetime.date(2027, 1, 18)
PUBLISHED = datetime.date(2027, 4, 12)


def at(day, hour=10):
    return time_machine.travel(london(day, datetime.time(hour)), tick=True)


@pytest.fixture
def partnership(transactional_world):
    """Reviews are set up, with a landlord who was co-opted, and people who may be asked."""
    world = transactional_world
    with at(SET_UP):
        procedure = procedures.set_up(world.partnership, by=world.officer)
        world.homes = worlds.agency("Riverbank Homes", "housing")
        Signature.objects.create(
            agreement=world.agreement, agency=world.homes, signed_by_name="Willow Arkwright",
            starts_on=SET_UP,
        )  # fmt: skip
        settings.add_body(
            world.partnership, agency=world.homes, kind=BodyKind.HOUSING, starts_on=SET_UP,
            by=world.officer,
        )  # fmt: skip
        world.willow = worlds.person("Willow Arkwright")
        for person, agency in (
            (world.willow, world.homes), (world.vice, world.police), (world.kent, world.county),
        ):  # fmt: skip
            worlds.seat(person, procedure.group, agency, Role.MEMBER, starts_on=SET_UP)
    return world


@pytest.fixture
def hands(page, live_server):
    """Whoever uses the telephone now, signed in or not."""
    page.set_viewport_size(TELEPHONE)
    axe = Axe()
    axe.enter(page.context)

    def hands(person=None):
        page.context.clear_cookies()
        found = Thumbs(page, live_server.url)
        found.axe = axe
        return found.sign_in(person) if person else found

    return hands


day_of = datetime.date.fromisoformat

# ---- applying -----------------------------------------------------------------------------------

REPORTS = [  # when it happened, when it was reported
    ("Threats in the stairwell", "2026-09-12", "2026-09-13", "Kent Police"),
    ("Music until three", "2026-08-03", "2026-08-05", "Riverbank Homes"),
    ("The bins were set alight", "2026-07-02", "2026-07-10", "Riverbank Homes"),
    ("Shouting in the yard", "2026-07-01", "2026-08-20", "Kent Police"),
]


def a_neighbour_begins(cedar):
    """Until they have to stop; what they keep is the private link."""
    cedar.visit(f"{HERE}apply/").looks().press("Start now").heading("Your application").looks()
    cedar.follow("About you").heading("Who has the trouble happened to?").looks()
    cedar.pick("Someone I know").save().heading("What is your name?")
    cedar.type("Your name", "Cedar Maddox").save()
    cedar.type("What is the name of the person you ask for?", "Betony Vale").save()
    cedar.type("How do you know them?", "Neighbour").save()
    cedar.heading("Have they agreed that you ask for them?").looks()
    cedar.pick("Yes").type("How they told you, or why you could not ask", "In her kitchen")
    cedar.date(APPLIED).save().heading("What is the safest way to reach you?")
    cedar.follow("Save and come back later").heading("What you told us is saved").looks()
    return cedar.page.locator(".app-private-link").inner_text()


def and_comes_back(cedar, link):
    """By the link, on another day of theirs; nothing is lost."""
    cedar.page.goto(cedar.address + link[link.index("/dartford") :])
    cedar.heading("Your application").follow("About you")
    for _ in range(5):
        cedar.save()
    cedar.pick("Email").save().type("Email address", "cedar@example.test").save()
    cedar.type("Times that are safe (optional)", "Before 3pm").save()
    cedar.pick("Only through me").save().heading("Do they need any help to take part?")
    cedar.save().type("Address or street (optional)", "14 Invented Court").save()
    cedar.heading("Your application").sees("1 of 4 parts is done")


def and_tells_what_happened(cedar):
    cedar.follow("What happened").tick("Noise").tick("Threats or harassment").save()
    cedar.press("Add the first report")
    for number, (what, happened, reported, body) in enumerate(REPORTS, 1):
        cedar.type("What happened?", what).save()
        cedar.date(day_of(happened)).save().save().heading("Who did you tell?")
        cedar.pick(body).save().date(day_of(reported)).save()
        cedar.type("Were you given a reference number?", f"46/{number}").save()
        cedar.type("What did they do about it?", "They said they would ring").save()
        cedar.heading(f"You have told us about {number} report").looks()
        cedar.pick("No" if number == len(REPORTS) else "Yes").press("Continue")
    cedar.heading("Your application").sees("2 of 4 parts are done")


def and_sends_it(cedar):
    cedar.follow("How it affects them").tick("Afraid").save()
    cedar.type("How does it affect them?", "She does not use the stairs after dark").save()
    cedar.tick("Age: very young or old").save().save().heading("Are they in danger now?").looks()
    cedar.pick("No").save().type("What do they want to happen?", "That it stops").save()
    cedar.pick("Yes, in writing").save().heading("Your application")
    cedar.follow("Check and send").heading("Check what you have told us").looks()
    cedar.tick("What I have told you is true, as far as I know").press("Send my application")
    cedar.heading("We have your application").sees("CR-2026-0001").looks()


# ---- officers and bodies ------------------------------------------------------------------------

CASE = f"{HERE}CR-2026-0001/"


def the_officer_takes_it_up(hazel):
    """The case, its letter, and what the bodies are asked."""
    hazel.visit(f"{HERE}cases/").sees("CR-2026-0001").looks().follow("CR-2026-0001")
    hazel.sees("3 of 4 complaints count. The threshold is met").looks()
    hazel.sees_not("Betony Vale").sees_not("Invented Court")
    a_letter_goes(hazel, "We have your application")
    hazel.visit(f"{CASE}information/").follow("Ask bodies for information").looks()
    hazel.press("Ask them").sees("Kent Police").sees("Riverbank Homes").looks()


def a_letter_goes(hazel, name):
    """A letter that is due: begun with our words, looked at, and sent."""
    hazel.visit(f"{CASE}letters/").looks().follow(name).press("Write the letter").looks()
    hazel.press("Save the words").follow("Check it and let it go").looks().press("Send it by email")
    assert postbox.send_waiting(clock.now(), Kept()) == 1


def a_body_answers(somebody, agency, number):
    """On the page of its own: one report is held, one line more, and the whole in sum."""
    asked = InformationRequest.objects.get(agency=agency)
    report = asked.application.complaints.get(number=number)
    somebody.visit(f"{HERE}cases/").follow(f"{agency}: request", exact=False)
    somebody.looks().sees("Betony Vale")
    somebody.visit(f"{HERE}information/{asked.pk}/reports/{number}/").pick("Yes")
    somebody.date(report.reported_on + DAY).type("What you did about it", "Rang back")
    somebody.press("Save").follow("Add a line").date(report.reported_on + 2 * DAY)
    somebody.type("What was recorded", f"{agency} went there").press("Save the line").looks()
    somebody.pick("Yes").type("What you did, in sum", "We rang once and went there once")
    somebody.type("The risk as you see it", "Medium")
    somebody.type("What you can do from here", "A named person")
    somebody.press("Save and send the answer").sees("Riverbank" if number == 2 else "Kent Police")
    somebody.looks()


def the_officer_decides(hazel):
    """Both answers do not fit the list, so the applicant checks it; the threshold is met."""
    hazel.visit(f"{CASE}timeline/").sees("the applicant says").looks()
    hazel.visit(CASE).pick("Threshold met: hold a review")
    hazel.type("Reason, in words the applicant will read", "Three of your reports count.")
    hazel.press("Record the decision").sees("Panel to hold")
    a_letter_goes(hazel, "There will be a review")
    a_letter_goes(hazel, "The list of incidents to check")


def the_neighbour_corrects_the_list(cedar, link):
    """By the private link, where the letters can be read too."""
    cedar.visit(link).heading("Your case, CR-2026-0001").sees("There will be a review").looks()
    cedar.follow("There will be a review").looks()
    cedar.visit(link).follow("Check the list of what happened").looks()
    cedar.type("What is wrong or missing?", "The music was on a Sunday")
    cedar.press("Send this correction").sees("We have your correction")
    cedar.visit(f"{link}incidents/").press("The list is right").sees("the list is right")


def the_panel_is_formed(hazel):
    """An independent chair and a member, a day, and the pack."""
    hazel.visit(f"{CASE}incidents/").follow("Answer", exact=False).looks()
    hazel.pick("The list stays; the panel reads it as the applicant’s words")
    hazel.type("Why, in words the applicant will read", "The panel reads what you wrote")
    hazel.press("Save the answer")
    for name, role in (("Bryony Clarke", "Chair: nobody"), ("Linden Shah", "Member")):
        hazel.visit(f"{CASE}panel/ask/").looks().marks(name).marks(role)
        hazel.marks("Yes, they have no part in it").press("Save").sees(name)
    hazel.follow("Set the panel’s meeting").date(PANEL).type("Starts", "10am").type("Ends", "noon")
    hazel.type("Where", "Room 2").press("Set the meeting").sees("5 November 2026").looks()
    a_letter_goes(hazel, "The panel, and how to take part")
    hazel.visit(f"{CASE}panel/").press("Make the pack").sees("Paper A")
    meeting = Review.objects.get().meeting
    hazel.visit(meeting.get_absolute_url()).looks().follow("Check and publish").looks()
    hazel.press("Publish the agenda").sees("Agenda published")


def the_panel_sits(hazel, bryony):
    """Its chair reads the pack; the officer writes down what was said, found and recommended."""
    bryony.visit(f"{CASE}timeline/").sees("Riverbank Homes").looks()
    bryony.visit(f"{CASE}panel/").sees("Paper A").looks()
    meeting = Review.objects.get().meeting
    officer = hazel().visit(f"{meeting.get_absolute_url()}open/").press("Open the meeting")
    findings = meeting.items.get(title="Findings").number
    officer.visit(f"{meeting.get_absolute_url()}minutes/{findings}/").looks()
    officer.type("Minutes", "All three were agreed.").press("Save").sees("All three were agreed.")
    officer.visit(f"{CASE}panel/voice/").looks()
    officer.pick("They wrote").date(PANEL).type("What did they say?", "I want to use the stairs")
    officer.press("Save").follow("Say that the panel was held").date(PANEL).press("Save")
    officer.follow("Add a finding").type("What did the panel find?", "Nobody told the others")
    officer.press("Save the finding").follow("Add a recommendation").looks()
    officer.choose("To which body?", "Riverbank Homes")
    officer.type("What does the panel recommend?", "Lock the bin store, and look after it")
    officer.press("Save the recommendation").follow("Finish the review")
    officer.type("What did the panel conclude, in sum?", "Each did something, alone.")
    officer.press("Finish the review").sees("Outcome to send").looks()
    a_letter_goes(officer, "What the panel decided")


def the_landlord_accepts(willow):
    asked = Recommendation.objects.get()
    willow.visit(f"{HERE}recommendations/{asked.pk}/").looks().sees_not("Betony Vale")
    willow.pick("Yes, we will do it").date(DONE + 30 * DAY).press("Send the answer")
    willow.sees("Accepted").looks()


def and_it_is_done(willow, hazel):
    """In the one register: the landlord says so, and the officer confirms it."""
    action = Action.objects.get(text__startswith="Lock the bin store")
    willow.visit(f"/dartford/actions/{action.reference}/").looks()
    willow.type("What has happened?", "A new lock is fitted")
    willow.pick("Done. An officer will confirm").press("Save the update")
    officer = hazel().visit(f"/dartford/actions/{action.reference}/")
    officer.press("Confirm that it is done").sees("Done").looks()
    officer.visit(f"{CASE}close/").looks().type(
        "What was learned (optional)", "Ask the landlord first"
    )
    officer.press("Close the case").sees("Closed").looks()


def the_year_is_published(hazel):
    hazel.visit(f"{HERE}overview/").looks().follow("Check and publish 2026-27").looks()
    hazel.tick("I have checked these figures. Everybody can read them once they are published.")
    hazel.press("Publish these figures").sees("2026-27")


def everybody_reads_the_figures(somebody):
    """Signed out, as a page and as data."""
    somebody.visit("/dartford/public/case-reviews/").looks().sees("2026-27")
    with somebody.page.expect_download() as download:
        somebody.page.get_by_role("link", name="CSV", exact=False).first.click()
    with download.value.path().open(encoding="utf-8-sig") as made:
        rows = list(csv.reader(made))[1:]
    assert [tuple(row[:5]) for row in rows] == [("2026-27", "1", "0", "1", "1")]


def test_from_a_neighbour_to_the_published_figures(partnership, hands):
    world = partnership
    with at(APPLIED):
        cedar = hands()
        link = a_neighbour_begins(cedar)
        cedar.visit("/dartford/public/")
        and_comes_back(cedar, link)
        and_tells_what_happened(cedar)
        and_sends_it(cedar)
        link = links.path(Application.objects.get())
    with at(NEXT_DAY):
        the_officer_takes_it_up(hands(world.officer))
    with at(ANSWERED):
        a_body_answers(hands(world.vice), world.police, 1)
        a_body_answers(hands(world.willow), world.homes, 2)
    with at(DECIDED):
        the_officer_decides(hands(world.officer))
        the_neighbour_corrects_the_list(hands(), link)
        the_panel_is_formed(hands(world.officer))
    with at(PANEL):
        the_panel_sits(lambda: hands(world.officer), hands(world.kent))
    with at(ACCEPTED):
        the_landlord_accepts(hands(world.willow))
    with at(DONE):
        and_it_is_done(hands(world.willow), lambda: hands(world.officer))
    with at(PUBLISHED):
        the_year_is_published(hands(world.officer))
        everybody_reads_the_figures(hands())


# ---- without a script ---------------------------------------------------------------------------


@pytest.fixture
def without_script(browser, live_server):
    """The same in a browser that runs no script."""
    context = browser.new_context(
        java_script_enabled=False, viewport=TELEPHONE, locale="en-GB", timezone_id="Europe/London"
    )
    page = context.new_page()

    def hands(person=None):
        context.clear_cookies()
        found = Unhurried(page, live_server.url)
        return found.sign_in(person) if person else found

    yield hands
    context.close()


class Unhurried(Thumbs):
    """No script runs, so axe cannot look: that it can all be done is what is shown."""

    def looks(self):
        return self


def test_applying_and_a_bodys_answer_need_no_script(partnership, without_script):
    world = partnership
    with at(APPLIED):
        cedar = without_script()
        link = a_neighbour_begins(cedar)
        and_comes_back(cedar, link)
        and_tells_what_happened(cedar)
        and_sends_it(cedar)
        information.ask(Application.objects.get(), agency=world.police, by=world.officer)
    with at(NEXT_DAY):
        a_body_answers(without_script(world.vice), world.police, 1)
