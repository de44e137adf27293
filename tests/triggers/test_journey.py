"""The journey of who applies, page by page, as a browser without script takes it."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from core import clock
from notices.workflow import ticking
from tests.triggers.conftest import add_report, body_of, fill_in
from triggers import links
from triggers.models import (
    ApplicantMessage,
    Application,
    Channel,
    Complaint,
    Consent,
    EqualityAnswers,
    Knock,
    LinkWish,
    Stage,
)
from triggers.workflow import answering, applying, limits, wishes

START = "/dartford/case-reviews/apply/"
DAY = datetime.timedelta(days=1)


def date_of(name, day):
    """The three boxes of a date."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


class Hands:
    """Somebody with a browser: opens pages, sends forms, follows where they lead."""

    def __init__(self, client=None):
        self.client = client or Client(REMOTE_ADDR="192.0.2.7")
        self.at = ""
        self.page = ""

    def open(self, url):
        answer = self.client.get(url)
        assert answer.status_code == 200, (url, answer.status_code)
        self.at, self.page = url, answer.content.decode()
        return self

    def send(self, data, url=""):
        """Send a form. Where it leads is opened; where it is wrong, the page stays."""
        answer = self.client.post(url or self.at, data)
        if answer.status_code == 302:
            return self.open(answer["Location"])
        assert answer.status_code == 200, answer.status_code
        self.page = answer.content.decode()
        return self

    def heading(self):
        return " ".join(re.sub("<[^>]+>", "", re.search("<h1.*?</h1>", self.page, re.S)[0]).split())


@pytest.fixture
def hands(procedure):
    return Hands()


def begun(hands):
    """A draft that was begun on the start page."""
    hands.open(START).send({})
    return Application.objects.latest("begun_at")


def test_a_victim_from_the_first_page_to_the_reference(world, hands):
    today = clock.today()
    application = begun(hands)
    home = links.path(application)
    assert hands.at == home
    assert "Not started" in hands.page
    assert "Cannot start yet" in hands.page

    hands.open(f"{home}question/who/").send({"on_behalf": "self"})
    assert hands.heading() == "What is your name?"
    hands.send({"name": "Fern Aldous"}).send({"way": "email"})
    assert hands.heading() == "What email address is safe?"
    hands.send({"email": "fern@example.test"}).send({"times": "Before noon", "never": ""})
    hands.send({"language": "", "access_needs": "Large print"})
    assert hands.heading() == "Where is the trouble?"
    hands.send({"place": "14 Invented Row", "postcode": "da11aa"})
    assert hands.at == home
    assert hands.page.count("Done") == 1

    hands.open(f"{home}question/trouble/").send({"topics": ["noise", "threats"]})
    assert hands.heading() == "Tell us what happened"
    police = body_of(world.police)
    for number in range(3):
        happened = today - (20 + 30 * number) * DAY
        hands.send({"another": "yes"})
        hands.send({"what": f"Threats in the stairwell, time {number}"})
        assert hands.heading() == "When did it happen?"
        hands.send(date_of("happened_on", happened)).send({"where": ""})
        hands.send({"whom": police.pk})
        assert f"Report {number + 1} of {number + 1}" in hands.page
        hands.send(date_of("reported_on", happened + DAY))
        hands.send({"report_reference": "46/1234"}).send({"response": "Nothing"})
    assert hands.heading() == "You have told us about 3 reports"
    assert "all three count" in hands.page
    assert "Told Kent Police the next day" in hands.page
    hands.send({"another": "no"})

    hands.open(f"{home}question/feelings/").send({"feels": ["afraid"]}).send({"harm": "Badly"})
    hands.send({"vulnerable": ["health"]}).send({"hate": []})
    assert hands.heading() == "Are you in danger now?"
    hands.send({"unsafe_now": "no"}).send({"wishes": "That it stops"})
    hands.send({"voice": "in_writing"})
    assert hands.page.count("Done") == 3

    hands.open(f"{home}check/")
    assert "DA1 1AA" in hands.page
    hands.send({})
    assert "Tick that what you have told us is true" in hands.page
    hands.send({"true": "on"})
    assert hands.heading() == "We have your application"
    application.refresh_from_db()
    assert application.reference in hands.page
    assert application.stage == Stage.RECEIVED
    assert (application.topics, application.impact.unsafe_now) == (["noise", "threats"], False)
    hands.open(home)
    assert "We are looking at whether there must be a review" in hands.page


def test_a_neighbour_for_somebody_else(world, hands):
    application = begun(hands)
    home = links.path(application)

    hands.open(f"{home}question/who/").send({"on_behalf": "known"}).send({"name": "Ash"})
    assert hands.heading() == "What is the name of the person you ask for?"
    hands.send({"name": "Ivy Marsh"}).send({"relation": "Her neighbour"})
    assert hands.heading() == "Have they agreed that you ask for them?"
    hands.send({"agreed": "yes", "how": "She told me"})
    assert "Enter the day they told you" in hands.page
    hands.send({"agreed": "yes", "how": "She told me", **date_of("said_on", clock.today())})
    hands.send({"way": "telephone"}).send({"telephone": "12"})
    assert "Enter a phone number, like" in hands.page
    hands.send({"telephone": "01632 960 001", "messages_are_safe": "on"})
    hands.send({"times": "", "never": ""})
    assert hands.heading() == "May we reach them too?"
    hands.send({"way": "other"})
    assert hands.heading() == "Do they need any help to take part?"

    speaker = application.parties.get(kind="applicant")
    victim = application.parties.get(kind="victim")
    assert (speaker.name, speaker.relation, speaker.telephone) == (
        "Ash", "Her neighbour", "01632 960 001",
    )  # fmt: skip
    assert (victim.name, victim.way) == ("Ivy Marsh", "other")
    assert application.consents.get().given is True


def test_consent_that_could_not_be_asked_is_told_apart_from_a_refusal(hands):
    application = begun(hands)
    answering.keep(application, answers={"application": {"on_behalf": "known"}})
    page = f"{links.path(application)}question/agreed/"

    hands.open(page).send({"agreed": "not_asked", "how": "She is in hospital"})
    assert Consent.objects.get().given is None
    hands.open(page)
    assert "She is in hospital" in hands.page
    hands.send({"agreed": "no", "how": "By letter", **date_of("said_on", clock.today())})
    assert Consent.objects.get().given is False


class TestMistakes:
    def test_what_is_right_on_a_page_is_kept_though_something_else_is_wrong(self, hands):
        application = begun(hands)

        hands.open(f"{links.path(application)}question/place/")
        hands.send({"place": "14 Invented Row", "postcode": "not one"})

        assert "Enter a full postcode" in hands.page
        assert application.impact.place == "14 Invented Row"
        assert application.impact.postcode == ""

    def test_a_mistake_does_not_take_away_what_was_answered_before(self, application):
        hands = Hands().open(f"{links.path(application)}question/name/")
        hands.send({"name": ""})

        assert "Enter your name" in hands.page
        assert application.parties.get().name == "Fern Aldous"

    @pytest.mark.parametrize(
        ("slug", "field", "days", "says"),
        [
            ("when", "happened_on", 1, "The day it happened must be today or in the past"),
            ("reported", "reported_on", 1, "The date you reported it must be today or in the past"),
            ("reported", "reported_on", -400, "You cannot have reported it before it happened"),
            ("when", "happened_on", -1, "the day you reported it"),
        ],
    )
    def test_dates_that_cannot_be(self, application, slug, field, days, says):
        before = list(Complaint.objects.values("happened_on", "reported_on"))
        hands = Hands().open(f"{links.path(application)}reports/1/{slug}/")

        hands.send(date_of(field, clock.today() + days * DAY))

        assert says in hands.page
        assert f'href="#id_{field}_0"' in hands.page
        assert list(Complaint.objects.values("happened_on", "reported_on")) == before

    def test_an_unsure_day_and_nobody_told(self, world, hands):
        application = begun(hands)
        answering.add_complaint(application)
        page = f"{links.path(application)}reports/1/"
        hands.open(f"{page}what/").send({"what": "Shouting"}).send({})
        assert "tick that you are not sure" in hands.page
        hands.send({"unsure": "on"}).send({"where": ""}).send({"whom": "nobody"})

        assert hands.heading() == "You have told us about 1 report"
        complaint = Complaint.objects.get()
        assert (complaint.told_nobody, complaint.day_is_sure) == (True, False)
        assert "once you have told the police" in hands.page

    def test_somebody_else_must_be_named(self, application):
        hands = Hands().open(f"{links.path(application)}reports/1/told/")
        hands.send({"whom": "other"})
        assert "Enter who you told" in hands.page
        hands.send({"whom": "other", "other_body": "My landlady"})
        complaint = Complaint.objects.get(number=1)
        assert (complaint.body, complaint.other_body) == (None, "My landlady")

    @pytest.mark.parametrize("slug", ["nothing", "reports", "who"])
    def test_questions_that_are_not_asked(self, client, application, slug):
        home = links.path(application)
        for page in (f"{home}reports/1/{slug}/", f"{home}question/{slug}x/"):
            assert client.get(page).status_code == 404
        assert client.get(f"{home}reports/99/what/").status_code == 404

    def test_danger_says_whom_to_call(self, application):
        hands = Hands().open(f"{links.path(application)}question/danger/")
        hands.send({"unsafe_now": "yes"})
        assert "Call 999 now" in hands.page
        application.impact.refresh_from_db()
        assert application.impact.unsafe_now is True

    def test_a_page_of_the_draft_leads_to_the_case_once_it_was_sent(self, client, case):
        home = links.path(case)
        for page in ("question/name/", "reports/", "check/", "delete/", "link/", "danger/"):
            answer = client.get(home + page)
            assert (answer.status_code, answer["Location"]) == (302, home)
        answer = client.post(f"{home}question/name/", {"name": "Somebody else"})
        assert answer.status_code == 302
        assert case.parties.get().name == "Fern Aldous"

    def test_and_the_other_way_round(self, client, application):
        home = links.path(application)
        for page in ("done/", "write/", "withdraw/", "consent/", "incidents/"):
            answer = client.get(home + page)
            assert (answer.status_code, answer["Location"]) == (302, home)


class TestReports:
    def test_remove_asks_first(self, application):
        hands = Hands().open(f"{links.path(application)}reports/2/remove/")
        assert application.complaints.count() == 3
        hands.send({})
        assert hands.heading() == "You have told us about 2 reports"
        assert not Complaint.history.exists()

    def test_four_hundred_are_paged_and_asked_for_at_once(
        self, world, application, client, django_assert_max_num_queries
    ):
        for number in range(397):
            add_report(application, body_of(world.police), happened=number % 150 + 1, reported=1)
        with django_assert_max_num_queries(20):
            page = client.get(f"{links.path(application)}reports/").content.decode()
        assert "You have told us about 400 reports" in page
        assert page.count("<dt") == 50

        with django_assert_max_num_queries(30):
            page = client.get(f"{links.path(application)}check/").content.decode()
        assert "See 380 more" in page

    def test_too_few_and_none_are_said_kindly(self, world, application, client):
        for number in (1, 2):
            answering.keep_complaint(
                application, number=number, values={"body": None, "other_body": "My sister"}
            )
        page = client.get(f"{links.path(application)}reports/").content.decode()
        assert "one counts" in page
        assert "You can still ask" in page


class TestStartPage:
    def test_it_says_when_a_review_must_be_held(self, client, procedure):
        page = " ".join(client.get(START).content.decode().split())
        assert "reported three times in the last six months" in page
        assert "within a month of what happened" in page
        assert "This used to be called the Community Trigger" in page

    def test_a_partnership_may_ask_for_fewer(self, client, procedure):
        procedure.complaints_needed = 1
        procedure.save()
        assert "it was reported once in the last six months" in client.get(START).content.decode()

    def test_closed_or_not_laid_down_it_says_how_else(self, client, world):
        assert "You cannot ask here online" in client.get(START).content.decode()
        assert client.post(START).status_code == 200
        assert not Application.objects.exists()

    def test_a_machine_that_fills_in_everything_begins_nothing(self, client, procedure):
        assert client.post(START, {"website": "https://example.test"}).status_code == 429
        assert not Application.objects.exists()

    def test_a_flood_from_one_address_stops_and_others_go_on(self, procedure):
        flood = Client(REMOTE_ADDR="192.0.2.66")
        answers = [flood.post(START).status_code for _ in range(limits.LIMITS["apply"].one + 2)]
        assert answers == [302] * limits.LIMITS["apply"].one + [429] * 2
        assert "in an hour" in flood.post(START).content.decode()
        assert Client(REMOTE_ADDR="192.0.2.67").post(START).status_code == 302

    def test_of_an_address_nothing_readable_is_kept_and_that_for_a_day(self, procedure):
        Client(REMOTE_ADDR="192.0.2.66").post(START)
        assert Knock.objects.count() == 2
        assert not any("192" in each.key for each in Knock.objects.all())

        ticking.tick(clock.now() + datetime.timedelta(hours=24))
        assert not Knock.objects.exists()

    def test_no_more_than_so_many_in_all(self, procedure, monkeypatch):
        monkeypatch.setitem(limits.LIMITS, "apply", limits.Limit(one=5, everybody=3))
        answers = [
            Client(REMOTE_ADDR=f"192.0.2.{number}").post(START).status_code for number in range(5)
        ]
        assert answers == [302] * 3 + [429] * 2


class TestPrivacy:
    def test_two_drafts_are_apart(self, world, application):
        other = applying.begin(world.partnership, channel=Channel.ONLINE)
        page = Client().get(f"{links.path(other)}check/").content.decode()
        assert "Fern" not in page
        Client().post(f"{links.path(other)}question/name/", {"name": "Ash"})
        assert application.parties.get().name == "Fern Aldous"

    def test_every_page_of_the_link_is_kept_by_nobody_and_tells_nobody(self, client, application):
        home = links.path(application)
        for page in ("", "question/name/", "reports/", "reports/1/what/", "check/", "link/"):
            answer = client.get(home + page)
            assert answer["Cache-Control"] == "no-store"
            assert answer["Referrer-Policy"] == "strict-origin"
            assert "noindex" in answer["X-Robots-Tag"]
            text = answer.content.decode()
            assert "Exit this page" in text
            assert "Fern" not in re.search("<title>.*?</title>", text, re.S)[0]
            assert "sessionid" not in answer.cookies
            assert set(answer.cookies) <= {"csrf", "__Host-csrf"}

    def test_a_signed_in_reader_of_a_case_is_on_record(self, world, sign_in, case):
        from audit.models import ReadEntry

        sign_in(world.officer).get(links.path(case))
        assert ReadEntry.objects.filter(group_id=str(case.group_id)).count() == 1

    def test_deleting_leaves_nothing(self, application):
        home = links.path(application)
        Hands().open(f"{home}delete/").send({})
        assert not Application.objects.exists()
        assert Client().get(home).status_code == 404


def link_mails():
    """What was sent besides the notices of people who work here."""
    return [each for each in mail.outbox if each.subject == wishes.SUBJECT]


class TestLinkByEmail:
    def test_a_draft_sends_its_link_to_the_address_given(self, application):
        hands = Hands().open(f"{links.path(application)}link/")
        assert links.link(application) in hands.page
        hands.send({"email": "safe@example.test"})
        assert "within a few minutes" in hands.page
        assert mail.outbox == []

        ticking.tick(clock.now())
        [sent] = link_mails()
        assert (sent.to, sent.subject) == (["safe@example.test"], "The link you asked for")
        assert links.link(application) in sent.body
        for word in ("review", "Fern", "Community Safety", "anti-social", "police"):
            assert word not in sent.body
        assert not LinkWish.objects.exists()

    def test_a_lost_link_goes_to_the_safe_address_only(self, case):
        said = {"right": None, "wrong": None}
        for which, email in (("right", "FERN@example.test"), ("wrong", "other@example.test")):
            hands = Hands().open(reverse("triggers:lost_link", args=["dartford"]))
            hands.send({"reference": case.reference.lower(), "email": email})
            said[which] = re.sub('value="[^"]*"', "", hands.page)
        assert said["right"] == said["wrong"]

        ticking.tick(clock.now())
        assert [each.to for each in link_mails()] == [["FERN@example.test"]]

    def test_not_where_email_is_not_the_safe_way(self, case):
        party = case.parties.get()
        party.way = "telephone"
        party.save()
        hands = Hands().open(reverse("triggers:lost_link", args=["dartford"]))
        hands.send({"reference": case.reference, "email": "fern@example.test"})
        ticking.tick(clock.now())
        assert link_mails() == []

    def test_a_mail_server_that_is_down_is_tried_again_for_a_day(self, application, settings):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
        Hands().open(f"{links.path(application)}link/").send({"email": "safe@example.test"})
        ticking.tick(clock.now())
        assert LinkWish.objects.count() == 1
        ticking.tick(clock.now() + 2 * DAY)
        assert not LinkWish.objects.exists()


class TestEquality:
    def test_answers_are_apart_and_without_a_day(self, case):
        hands = Hands().open(reverse("triggers:equality", args=["dartford"]))
        hands.send({"age_band": "25_34", "sex": "not_say"})
        assert hands.heading() == "Thank you"

        kept = EqualityAnswers.objects.get()
        assert (kept.age_band, kept.sex, kept.religion) == ("25_34", "not_say", "")
        assert kept.quarter_starts_on.day == 1
        fields = {each.name: each for each in EqualityAnswers._meta.get_fields()}
        relations = [name for name, each in fields.items() if each.is_relation]
        moments = [name for name, each in fields.items() if "Date" in each.get_internal_type()]
        assert (relations, moments) == (["partnership"], ["quarter_starts_on"])

    def test_nothing_is_kept_of_no_answer(self, procedure):
        Hands().open(reverse("triggers:equality", args=["dartford"])).send({})
        assert not EqualityAnswers.objects.exists()


class TestTaking:
    def test_an_officer_goes_through_the_same_pages(self, world, procedure, sign_in):
        hands = Hands(sign_in(world.officer))
        hands.open(reverse("triggers:take", args=["dartford"])).send({"channel": "telephone"})
        draft = Application.objects.get()
        assert (draft.channel, draft.taken_by) == ("telephone", world.officer)
        assert "You are writing this down for somebody" in hands.page
        hands.open(reverse("triggers:take", args=["dartford"]))
        assert links.path(draft) in hands.page

        fill_in(draft, world, reports=1)
        hands.open(f"{links.path(draft)}check/").send({"true": "on"})
        assert hands.heading() == "We have your application"

    def test_no_other_officer_sees_the_draft(self, world, procedure, sign_in):
        from membership.models import Role
        from tests import world as worlds

        colleague = worlds.person("Moss Ferrier")
        worlds.seat(colleague, world.secretariat, world.council, Role.OFFICER)
        draft = applying.begin(world.partnership, channel=Channel.TELEPHONE, by=world.officer)
        page = Hands(sign_in(colleague)).open(reverse("triggers:take", args=["dartford"])).page
        assert links.path(draft) not in page


class TestAfterwards:
    def test_write_to_the_officers(self, world, case):
        hands = Hands().open(f"{links.path(case)}write/")
        hands.send({"kind": "contact", "text": "My new number is 01632 960 002"})
        assert "We have your message" in hands.page
        assert ApplicantMessage.objects.get().kind == "contact"
        assert case.parties.get().telephone == ""

    def test_withdraw(self, case):
        hands = Hands().open(f"{links.path(case)}withdraw/").send({"reason": ""})
        assert "You have withdrawn your application" in hands.page
        case.refresh_from_db()
        assert case.stage == Stage.WITHDRAWN
        answer = Client().get(f"{links.path(case)}write/")
        assert answer.status_code == 200
        again = Client().post(f"{links.path(case)}withdraw/", {"reason": ""})
        assert "closed already" in again.content.decode()

    def test_consent_refused_later(self, world, procedure):
        draft = applying.begin(world.partnership, channel=Channel.ONLINE)
        fill_in(draft, world, reports=1)
        answering.keep(draft, answers={"application": {"on_behalf": "known"}})
        answering.keep(draft, answers={"victim": {"name": "Ivy"}, "consent": {
            "given": True, "how": "By telephone", "said_on": clock.today(),
        }})  # fmt: skip
        case = applying.submit(draft)

        hands = Hands().open(links.path(case))
        assert "Say that they no longer agree" in hands.page
        hands.open(f"{links.path(case)}consent/").send({"how": "She told me today"})
        assert [each.given for each in case.consents.all()] == [False, True]
        assert "Say that they no longer agree" not in hands.page

    def test_a_delay_stands_beside_the_first_date_with_its_reason(self, world, case):
        from triggers.workflow import clocks

        clock_of = case.clocks.get(stage="panel")
        later = clock_of.first_due_on + 7 * DAY
        clocks.put_off(clock_of, due_on=later, reason="A member was ill", by=world.officer)
        page = Hands().open(links.path(case)).page
        assert "A member was ill" in page
        assert f"{clock_of.first_due_on.day} " in page
        assert "now" in page

    def test_the_list_is_checked_and_agreed(self, world, case):
        from triggers.workflow import listing

        assert Client().get(f"{links.path(case)}incidents/").status_code == 404
        case = listing.send_list(case, by=world.officer)
        hands = Hands().open(f"{links.path(case)}incidents/")
        hands.send({"complaint": "", "text": "One is missing"})
        assert "We have your correction" in hands.page
        hands.open(f"{links.path(case)}incidents/")
        assert "One is missing" in hands.page
        hands.send({"right": "yes"})
        case.refresh_from_db()
        assert case.list_agreed_on == clock.today()


def test_how_to_reach_them_is_not_asked_before_the_way(hands):
    home = links.path(begun(hands))

    hands.send({}, f"{home}question/contact/")

    assert hands.heading() == "What is the safest way to reach you?"
