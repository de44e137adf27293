"""Death reviews in the story: one of the county's is published, for one of Dartford's agencies are
asked.

The law and its months are real; every death, person and word of a review is invented, and told in
the few words that show how the work is done. They stand in ``demo.death_words``.
"""

import datetime

from actions.workflow import requests
from core.dates import months_after
from demo import death_partnerships, death_plan
from demo import death_steps as steps
from demo import death_words as words
from demo.death_partnerships import World
from demo.death_steps import DAY, Told
from demo.partnership import Cast
from demo.telling import on
from dhr.models import DeathKind, InformationKind, MisfitKind, Relation, Review, Step
from dhr.queries import combined
from dhr.workflow import fitting, information, life, milestones, plans
from dhr.workflow.information import add_line

BEGAN = 540  # days before the telling on which the partnerships set death reviews up
ACCOUNTS = {account.body for account in words.VERITY_ACCOUNTS}


def tell(cast: Cast, today: datetime.date) -> None:
    """Both reviews, from the day on which the partnerships laid down how they hold them."""
    world = death_partnerships.begin(cast, today, BEGAN)
    verity = _verity(world)
    death_plan.tell(verity)
    _constance(world)


# ---- the county's, until all information is in --------------------------------------------------


def _verity(world: World) -> Told:
    """Five agencies; one is late, and is taken to the chair."""
    notified = world.ago(520)
    told = Told(world, "kent", notified - 12 * DAY)
    steps.notify(
        told, notified, words.VERITY, words.VERITY_KNOWN, kind=DeathKind.HOMICIDE,
        relation=Relation.FORMER,
    )  # fmt: skip
    steps.decide(told, notified + 20 * DAY, words.VERITY_BECAUSE)
    steps.seat(told, notified + 34 * DAY, ("fern", "olive", "alder"))
    steps.agree(told, notified + 45 * DAY, words.VERITY_TERMS, words.OF_VERITY)
    _verity_informed(told, notified + 46 * DAY)
    return told


def _verity_informed(told: Told, day: datetime.date) -> None:
    with on(day, 11):
        steps.ask(told, sorted(ACCOUNTS))
        steps.ask(told, ("council",), InformationKind.SUMMARY)
        steps.ask(told, ("police",), InformationKind.IMR)
    *in_time, late = words.VERITY_ACCOUNTS
    steps.chronologies(told, day, in_time)
    with on(day + 33 * DAY, 9):
        requests.chase(steps.asked(told, late.body).request, by=told.by)
    _reports(told, day + 27 * DAY)
    with on(day + 40 * DAY, 9):
        waits = steps.asked(told, late.body)
        requests.escalate(waits.request, text=words.LATE_BECAUSE, by=told.by)
    steps.chronologies(told, day, [late])
    _settle_all(told, day + 52 * DAY)


def _reports(told: Told, day: datetime.date) -> None:
    """The summary of the council, sent back once; and the police's own review of their work."""
    council, police = (told.world.cast.people[each] for each in ("alder", "fern"))
    with on(day, 15):
        summary = steps.asked(told, "council", InformationKind.SUMMARY)
        information.save_answer(summary, known=True, text="We knew Verity.", by=council)
        information.send_answer(summary, by=council)
        information.send_report(
            steps.asked(told, "police", InformationKind.IMR), by=police,
            file=steps.report("imr.pdf", "Individual management review", words.IMR,
                              "OFFICIAL-SENSITIVE"),
        )  # fmt: skip
    with on(day + 2 * DAY, 10):
        information.check(
            steps.asked(told, "council", InformationKind.SUMMARY), good=False,
            missing=["lessons"], remark=words.MISSING, by=told.by,
        )  # fmt: skip
        steps.take(told, "police", InformationKind.IMR)
    with on(day + 8 * DAY, 15):
        summary = steps.asked(told, "council", InformationKind.SUMMARY)
        information.save_answer(summary, known=True, text=words.VERITY_SUMMARY, by=council)
        information.send_answer(summary, by=council)
    with on(day + 10 * DAY, 9):
        steps.take(told, "council", InformationKind.SUMMARY)


def _settle_all(told: Told, day: datetime.date) -> None:
    """The panel has looked into everything that did not fit."""
    with on(day, 16):
        for each in combined.combined(told.fresh()).misfits:
            fitting.settle(
                told.review, kind=each.kind, key=each.key, settled=words.SETTLED,
                by=told.world.cast.people["aspen"],
            )  # fmt: skip


# ---- Dartford's, for which information is being asked -------------------------------------------


def _constance(world: World) -> Review:
    """Chronologies that do not fit, an agency that is late, and a date put off for the trial."""
    notified = world.ago(82)
    told = Told(world, "dartford", notified - 9 * DAY)
    steps.notify(
        told, notified, words.CONSTANCE, words.CONSTANCE_KNOWN, kind=DeathKind.HOMICIDE,
        relation=Relation.RELATIVE,
    )  # fmt: skip
    with on(notified + 2 * DAY, 9):
        steps.ask(told, ("police", "icb", "council"), InformationKind.SECURE)
    _secured(told, notified + 5 * DAY)
    steps.decide(told, notified + 24 * DAY, words.CONSTANCE_BECAUSE)
    steps.seat(told, notified + 36 * DAY, ("fern", "heather"))
    steps.agree(told, notified + 43 * DAY, words.CONSTANCE_TERMS, words.OF_CONSTANCE)
    with on(notified + 44 * DAY, 11):
        steps.ask(told, ("police", "icb", "council", "county"))
    steps.chronologies(told, notified + 44 * DAY, words.CONSTANCE_ACCOUNTS[:2])
    _last_account(told, notified + 62 * DAY)
    _put_off(told, notified + 66 * DAY)
    _one_settled(told, notified + 70 * DAY)
    _lesson_again(told, world.ago(6))
    return told.fresh()


def _secured(told: Told, day: datetime.date) -> None:
    with on(day, 16):
        for body in ("police", "icb", "council"):
            found = steps.asked(told, body, InformationKind.SECURE)
            by = told.world.cast.people[told.answers(body)]
            information.save_answer(found, known=True, secured_on=day, by=by)
            information.send_answer(found, by=by)
            steps.take(told, body, InformationKind.SECURE)


def _last_account(told: Told, day: datetime.date) -> None:
    """The council's, with a line from before the dates of the review; it waits to be checked."""
    account = words.CONSTANCE_ACCOUNTS[2]
    early = words.OUTSIDE_SCOPE
    with on(day, 14):
        add_line(
            steps.asked(told, account.body), on=told.died_on - early.before * DAY,
            what=early.what, by=told.world.cast.people[told.answers(account.body)],
        )  # fmt: skip
        steps.send_lines(told, account)


def _put_off(told: Told, day: datetime.date) -> None:
    """The report waits for the trial; the Home Office was told of the later date."""
    with on(day, 10):
        trial = life.add_proceeding(
            told.fresh(), kind="criminal", starts_on=day - 40 * DAY, effect=words.TRIAL,
            contact="The senior investigating officer", expected_on=day + 160 * DAY, by=told.by,
        )  # fmt: skip
        report = told.review.milestones.get(step=Step.REPORT)
        milestones.put_off(
            report, due_on=months_after(report.first_due_on, 4), reason=words.DELAYED,
            proceeding=trial, home_office_told_on=day, by=told.by,
        )  # fmt: skip


def _one_settled(told: Told, day: datetime.date) -> None:
    """One contradiction is understood; the others wait for the panel."""
    with on(day, 11):
        found = combined.combined(told.fresh()).misfits
        same = [each for each in found if each.kind == MisfitKind.DATE][-1]
        fitting.settle(
            told.review, kind=same.kind, key=same.key, settled=words.SAME_VISIT, by=told.by
        )


def _lesson_again(told: Told, day: datetime.date) -> None:
    """Early learning, which somebody who sits on both reviews knows from the other one."""
    alder = told.world.cast.people["alder"]
    advised = words.REPEATED
    with on(day, 15):
        before = death_plan.recommended(words.VERITY_ADVICE[1])
        made = plans.recommend(
            told.fresh(), text=advised.text, scope=advised.scope, early=True,
            themes=death_plan.themes(advised), repeats=before, by=alder,
        )  # fmt: skip
        for item in advised.items:
            death_plan.add(told, made, item, by=alder)
