"""A whole review, each text a word that says who may meet it, and a name in every field of its key.

``WORD`` stands in what only the review's people may read, ``SHARED`` in what agencies and the board
may (a plan names nobody), ``NAME`` in the key alone.
"""

from types import SimpleNamespace

from core import clock
from dhr.models import About, Feedback, KeyRole, Whom
from dhr.workflow import deciding, information, key, life, milestones, plans
from tests.dhr.agencies import upload as report_file
from tests.dhr.conftest import DAY
from tests.dhr.publishing import clear, prepare, submit, upload
from tests.dhr.test_plan_files import back

WORD, SHARED, NAME = "zorilla", "quokka", "thistlewren"
PLAIN = "What was learned"


def told(running, answerer, world):
    """From the first request for information to a cleared report that waits to be published."""
    by = world.officer
    running.key.all().delete()
    for number, role in enumerate(KeyRole):
        key.add(
            running, pseudonym=f"Person {number} {WORD}", role=role,
            names=f"{NAME.capitalize()} {role}\nMx {NAME}", by=by,
        )  # fmt: skip
    life.add_proceeding(
        running, kind="coroner", starts_on=clock.today(), contact=f"Ask {WORD}",
        effect=f"Wait {WORD}", by=by,
    )  # fmt: skip
    milestones.put_off(
        running.milestones.get(step="report"), due_on=clock.today() + 300 * DAY,
        reason=f"Trial of {WORD}", by=by,
    )  # fmt: skip
    deciding.tell(
        running, whom=Whom.FAMILY, about=About.OTHER, on=clock.today(), how=f"By {WORD}", by=by
    )
    asked = information.ask(running, agency=world.police, kind="imr", questions=f"Of {WORD}", by=by)
    information.send_report(asked, file=report_file(f"A {WORD}"), confirmed=True, by=answerer)
    lines = information.ask(running, agency=world.police, kind="chronology", by=by)
    information.add_line(
        lines, on=clock.today() - 100 * DAY, what=f"Saw {WORD}", who=f"The {WORD}", by=answerer
    )
    information.send_answer(information.save_answer(lines, known=True, by=answerer), by=answerer)
    recommendation = plans.recommend(running, text=f"Recommend {SHARED}", by=by)
    item = plans.add_item(
        recommendation, text=f"Do {SHARED}", agency=world.police, milestones=f"First {SHARED}",
        target_on=clock.today() + DAY, by=by,
    )  # fmt: skip
    outside = plans.add_item(
        recommendation, text=f"Write {SHARED}", outside="Ministry", target_on=clock.today(), by=by
    )
    plans.outside_answered(
        outside, outside_said=f"They said {WORD}", outside_said_on=clock.today(), by=by
    )
    plans.complete(outside, completed_on=clock.today(), outcome=f"Came {WORD}", by=by)
    plans.sign_off(outside, remark=f"On {WORD}", by=by)
    back(running, world)
    clear(submit(running, by), by, Feedback.CHANGES, f"Say more of {WORD}")
    clear(submit(running, by, changes=f"More of {WORD}"), by)
    running.refresh_from_db()
    waiting = prepare(
        running, by, title=f"Report {WORD}", about=f"{PLAIN} {WORD}", report=upload(f"{WORD} read"),
        summary=None,
    )  # fmt: skip
    running.refresh_from_db()
    return SimpleNamespace(
        review=running, asked=asked, lines=lines, recommendation=recommendation, item=item,
        waiting=waiting,
    )  # fmt: skip
