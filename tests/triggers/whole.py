"""A whole case, told by the verbs from a first click to its close, each text a word of its own.

Every word begins alike, so that one search finds any of them, wherever it has got to.
"""

import datetime
from types import SimpleNamespace

import time_machine
from django.core.files.base import ContentFile

import documents.workflow.notes
from actions import workflow as actions
from core import clock
from core.markings import Marking
from core.working_days import add_working_days
from documents.workflow import papers, sharing
from meetings.workflow import agenda, minutes
from membership.models import Role, Seat
from tests import world as worlds
from triggers.models import Channel, Clock, LetterKind, LetterState, RelevantBody, Way
from triggers.queries import merged
from triggers.workflow import (
    answering,
    appeals,
    applying,
    casework,
    clocks,
    dossiers,
    fitting,
    holding,
    information,
    letters,
    listing,
    messages,
    panels,
    postbox,
    seating,
    threshold,
    wishes,
)

WORD = "zorilla"
DAY = datetime.timedelta(days=1)


class Canaries:
    """Makes words; ``said`` tells for what each was made."""

    def __init__(self):
        self.said = {}

    def __call__(self, what):
        letters_of = "".join(chr(ord("a") + int(digit)) for digit in f"{len(self.said):03d}")
        word = f"{WORD.capitalize()}{letters_of}"
        self.said[word] = what
        return word


def told(world, *, papers_too=True):
    """The case, closed; with ``papers_too`` its letters, papers, minutes and dossiers are made."""
    story = Story(world, papers_too)
    story.apply()
    story.work()
    story.bodies()
    story.decide()
    story.panel()
    story.outcome()
    story.close()
    story.case.refresh_from_db()
    return story


class Story:
    """Told in chapters. ``say`` makes the words."""

    def __init__(self, world, papers_too):
        self.world, self.papers_too, self.say = world, papers_too, Canaries()
        self.officer = world.officer
        self.people = SimpleNamespace()

    def apply(self):
        say = self.say
        draft = applying.begin(self.world.partnership, channel=Channel.ONLINE)
        answering.keep(draft, answers={"application": {"on_behalf": "known"}})
        body = RelevantBody.objects.get(agency=self.world.police)
        for number in range(3):
            self.report(draft, body, number)
        answering.keep(draft, answers={
            "application": {"on_behalf": "known", "topics": ["noise"]},
            "speaker": self.party("applicant") | {"way": "email"},
            "victim": self.party("victim") | {"way": "post"},
            "consent": {"given": True, "how": say("consent how"), "said_on": clock.today()},
            "impact": {
                "place": say("place"), "postcode": "ZX9 9QQ", "harm": say("harm"),
                "vulnerability": say("vulnerability"), "wishes": say("wishes"),
                "voice": "advocate", "advocate": say("advocate"), "feels": ["afraid"],
                "vulnerable": ["alone"], "hate": ["race"],
            },
        })  # fmt: skip
        self.case = applying.submit(draft)
        self.group = self.case.group

    def party(self, who):
        say = self.say
        names = (
            "name", "organisation", "relation", "address", "way_detail", "times", "never",
            "language", "access_needs",
        )  # fmt: skip
        texts = {name: f"{say(f'{who} {name}')}" for name in names}
        email = f"{say(f'{who} email').lower()}@example.test"
        return texts | {"email": email, "postcode": "ZX9 9QR", "telephone": "01632 960977"}

    def report(self, draft, body, number):
        say, today = self.say, clock.today()
        made = answering.add_complaint(draft)
        named = {"body": body} if number else {"other_body": say("other body")}
        answering.keep_complaint(draft, number=made.number, values={
            "what": say("what happened"), "where": say("where"),
            "happened_on": today - (20 + 30 * number) * DAY,
            "reported_on": today - (19 + 30 * number) * DAY,
            "report_reference": say("report reference"), "response": say("response"), **named,
        })  # fmt: skip

    def work(self):
        say, case, by = self.say, self.case, self.officer
        wishes.wish(case, email=f"{say('wish').lower()}@example.test")
        clocks.stop(case, ["acknowledge"], because=say("stopped"), on=clock.today(), by=by)
        message = messages.write(case, kind="question", text=say("message"))
        messages.deal_with(message, remark=say("message remark"), by=by)
        casework.record_consent(case, given=True, how=say("consent again"), by=by)
        casework.write_note(case, text=say("note"), by=by)
        casework.mark_complained_of(case, applies=True, reason=say("who applies"), by=by)
        other = applying.begin(self.world.partnership, channel=Channel.ONLINE)
        self.other = other
        self.neighbour(other)
        victim = case.parties.get(kind="victim")
        casework.change_contact(
            victim, checked_on=clock.today(), how=say("checked how"), way=Way.POST,
            address=say("new address"), by=by,
        )  # fmt: skip
        correction = listing.correct(case, text=say("correction"))
        listing.answer_correction(correction, taken=True, remark=say("correction remark"), by=by)
        added = listing.add_complaint(
            case, what=say("added incident"), happened_on=clock.today() - 5 * DAY, by=by
        )
        listing.remove_complaint(added, reason=say("why taken off"), by=by)
        self.colleague()
        hold = holding.put_hold(case, reason=say("hold"), by=by)
        holding.lift_hold(hold, because=say("hold lifted"), by=by)
        panel = Clock.objects.get(application=case, stage="panel")
        clocks.put_off(panel, due_on=panel.due_on + 30 * DAY, reason=say("delay"), by=by)
        sharing.record_sharing(
            self.world.partnership, on=clock.today(), what=say("what was shared"),
            shared_by=self.world.council, shared_with=self.world.police, group=self.group,
            lawful_gateway=say("gateway"), reason=say("why shared"), recipient=say("recipient"),
            by=by,
        )  # fmt: skip

    def neighbour(self, draft):
        """Another case, whose own words are ordinary, linked with a word of this one."""
        from tests.triggers.conftest import fill_in

        fill_in(draft, self.world, reports=1)
        self.other = applying.submit(draft)
        casework.link_cases(self.case, self.other, why=self.say("link"), by=self.officer)

    def colleague(self):
        someone = worlds.person("Aspen Rowe")
        held = worlds.seat(someone, self.world.secretariat, self.world.council, Role.OFFICER)
        seat = seating.put_on_case(self.case, held=held, reason=self.say("put on"), by=self.officer)
        seating.take_off_case(self.case, seat=seat, reason=self.say("taken off"), by=self.officer)
        self.people.colleague = someone

    def bodies(self):
        say, case = self.say, self.case
        panel = case.group.reports_to
        police = worlds.person("Cedar Whitlock")
        worlds.seat(police, panel, self.world.police)
        self.people.police = police
        asked = information.ask(
            case, agency=self.world.police, questions=say("questions"), by=self.officer
        )
        report = case.complaints.get(number=2)
        information.say_report(
            asked, complaint=report, held=True, reported_on=report.reported_on - DAY,
            done=say("line done"), source_reference=say("line reference"), by=police,
        )  # fmt: skip
        gone = information.add_entry(
            asked, on=clock.today() - 90 * DAY, what=say("removed line"), done="", by=police
        )
        information.remove_entry(gone, by=police)
        information.add_entry(
            asked, on=clock.today() - 100 * DAY, what=say("line"), done="",
            reported_on=clock.today() - 100 * DAY, by=police,
        )  # fmt: skip
        texts = {name: say(name) for name in ("summary", "risk", "offers", "withheld")}
        information.save_answer(asked, known=True, by=police, **texts)
        information.send_answer(asked, by=police)
        self.asked = asked
        misfit = merged.timeline(case, self.officer).misfits[0]
        fitting.settle(
            case, kind=misfit.kind, key=misfit.key, settled=say("settled"), by=self.officer
        )

    def decide(self):
        texts = {name: self.say(name) for name in ("persistence", "harm weighed", "response")}
        threshold.decide(
            self.case, met=True, review=True, reason=self.say("reason"), basis="weighed",
            persistence=texts["persistence"], harm=texts["harm weighed"],
            response=texts["response"], by=self.officer,
        )  # fmt: skip
        self.case.refresh_from_db()
        self.letter(LetterKind.ACKNOWLEDGEMENT, party="applicant")
        self.letter(LetterKind.OTHER, party="victim")

    def letter(self, kind, **more):
        letter = letters.draft(self.case, kind, by=self.officer, **more)
        letter = letters.change(
            letter, heading=self.say("letter heading"), body=self.say("letter body"),
            by=self.officer,
        )  # fmt: skip
        if not self.papers_too:
            return
        letter = letters.ready(letter, by=self.officer)
        if letter.state == LetterState.WAITING:
            postbox.send_waiting(clock.now(), durable=False)
        else:
            letters.told(letter, how=self.say("told how"), by=self.officer)
        self.case.refresh_from_db()

    def panel(self):
        say, case, by = self.say, self.case, self.officer
        standing = case.group.reports_to
        seats = {}
        for name, who, agency in (
            ("chair", "Rowan Ferrer", self.signed("Kent Fire and Rescue", "fire")),
            ("member", "Larch Penrose", self.world.council),
            ("busy", "Teasel Quinn", self.world.county),
        ):
            seats[name] = worlds.seat(worlds.person(who), standing, agency)
        panels.ask_onto_panel(
            case, held=seats["chair"], role=Role.CHAIR, free=True, said=say("free"), by=by
        )
        panels.ask_onto_panel(case, held=seats["member"], free=True, by=by)
        panels.ask_onto_panel(case, held=seats["busy"], free=False, said=say("not free"), by=by)
        self.people.member = seats["member"].person
        self.people.chair, self.people.busy = seats["chair"].person, seats["busy"].person
        day = add_working_days(clock.today(), 1)
        review = panels.set_meeting(
            case, on=day, starts_at=datetime.time(14), ends_at=datetime.time(16),
            venue=say("venue"), meant=True, by=by,
        )  # fmt: skip
        panels.record_voice(
            case, how="advocate", words=say("voice"), spoken_by=say("spoken by"), by=by
        )
        if self.papers_too:
            paper = panels.make_pack(case, by=by)
            documents.workflow.notes.write_note(paper.document, text=say("own note"), by=by)
            papers.add_document(
                self.group, title=say("paper title"), marking=Marking.SENSITIVE,
                handling_note=say("handling"), by=by,
                file=ContentFile(say("paper text").encode(), f"{say('file name')}.txt"),
            )  # fmt: skip
        self.sit(review.meeting, day)
        panels.add_finding(case, text=say("finding"), agency=self.world.police, by=by)
        gone = panels.add_finding(case, text=say("removed finding"), by=by)
        panels.remove_finding(gone, by=by)
        for agency in (self.world.police, self.world.county):
            panels.recommend(
                case, agency=agency, text=say("recommended"), why=say("why recommended"), by=by
            )
        panels.hold(review, on=clock.today(), by=by)
        panels.finish(review, summary=say("summary"), by=by)
        case.refresh_from_db()

    def signed(self, name, slug):
        from membership.models import Signature

        agency = worlds.agency(name, slug)
        Signature.objects.create(
            agreement=self.world.agreement, agency=agency, signed_by_name="Clover Bains",
            starts_on=worlds.LONG_AGO,
        )  # fmt: skip
        return agency

    def sit(self, meeting, day):
        """The agenda, the minutes and what was decided."""
        say, by = self.say, self.officer
        item = agenda.add_item(
            meeting, title=say("item"), marking=Marking.SENSITIVE, minutes_allowed=5, by=by
        )
        gone = agenda.add_item(
            meeting, title=say("removed item"), marking=Marking.SENSITIVE, minutes_allowed=5, by=by
        )
        agenda.remove_item(gone, by=by)
        meeting = agenda.publish(meeting, by=by)
        moment = datetime.datetime.combine(day, datetime.time(14), tzinfo=datetime.UTC)
        with time_machine.travel(moment, tick=False):
            meeting = minutes.open(meeting, chaired_by=self.people.chair, by=by)
            item = meeting.items.get(pk=item.pk)
            item = minutes.write(item, text=say("minute"), version=item.version, by=by)
            minutes.decide(item, text=say("decision"), marking=Marking.SENSITIVE, by=by)
            action = minutes.make_action(
                item, text=say("minuted action"), owner=self.world.council, post=None,
                due_on=day + 7 * DAY, marking=Marking.SENSITIVE, by=by,
            )  # fmt: skip
            actions.update(action, text=say("update"), status="says_done", by=by)
            actions.confirm_done(action, by=by)

    def outcome(self):
        say, case = self.say, self.case
        self.letter(LetterKind.OUTCOME, party="applicant")
        first, second = case.recommendations.order_by("number")
        accepted = panels.respond(
            first, accepted=True, due_on=clock.today() + 10 * DAY, by=self.people.police
        )
        panels.respond(second, accepted=False, reason=say("declined"), by=self.people.busy)
        actions.move_due_date(
            accepted.action, due_on=clock.today() + 30 * DAY, reason=say("moved"), by=self.officer
        )
        actions.update(
            accepted.action, text=say("told of action"), status="says_done", by=self.world.vice
        )
        actions.confirm_done(accepted.action, by=self.officer)
        self.action = accepted.action

    def close(self):
        say, case, by = self.say, self.case, self.officer
        if not self.papers_too:
            self.group.application.refresh_from_db()
            type(case).objects.filter(pk=case.pk).update(stage="monitoring")
        appeal = appeals.appeal(
            case, kind="review", text=say("appeal"), made_on=clock.today(), by=by
        )
        appeals.send_on(appeal, heard_by=say("heard by"), by=by)
        appeals.decide(appeal, outcome="not_upheld", found=say("found"), by=by)
        case.refresh_from_db()
        casework.close(case, note=say("learned"), by=by)
        if self.papers_too:
            dossiers.ask(case, redacted=True, names=say("left out name"), by=by)


def everybody(world, story):
    """Who knows nothing of the case, by name, and ``None`` for nobody signed in."""
    seated = set(Seat.objects.filter(group=story.group).values_list("person", flat=True))
    people = {
        name: who for name, who in vars(world).items()
        if hasattr(who, "email") and hasattr(who, "is_active")
    }  # fmt: skip
    return {name: who for name, who in people.items() if who.pk not in seated} | {"nobody": None}
