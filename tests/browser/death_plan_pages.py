"""The pages of a death review's plan, for the table of every page."""

import datetime

from core import clock
from dhr.models import LearningTheme, PlanFile, Review
from dhr.workflow import plans
from documents.models import Content
from membership.models import Partnership
from tests.browser.death_pages import ELSEWHERE, EMPTY_OFFICER, MEMBER, OFFICER

SAME = "Ask about abuse at each visit, in private"


def names(cast, reference) -> dict[str, object]:
    """What stands in the addresses, by the words of the table below."""
    hazel = cast.people["hazel"]
    review = Review.objects.get(reference=reference)
    themes = LearningTheme.objects.filter(slug="asking")
    told = plans.recommend(review, text=SAME, themes=themes, early=True, by=hazel)
    plans.recommend(review, text=f"{SAME}, and write it down", themes=themes, by=hazel)
    police = add(told, hazel, agency=cast.bodies["police"])
    done = add(told, hazel, agency=cast.bodies["county"])
    plans.complete(done, completed_on=clock.today(), outcome="In use", by=hazel)
    place = Partnership.objects.get(slug=ELSEWHERE)
    there = add(told, hazel, partnership=place, outside="A housing association")
    body = add(told, hazel, outside="College of Policing")
    gone = add(told, hazel, agency=cast.bodies["police"])
    plans.take_off_item(gone, reason="Doubled", by=hazel)
    return {
        "an action": police.pk, "done unshown": done.pk, "an action there": there.pk,
        "of another body": body.pk, "an action taken off": gone.pk,
        "a checked action": checked(told, hazel).pk,
        "plan that came back": came_back(review, hazel).pk,
    }  # fmt: skip


def add(told, by, **more):
    target_on = clock.today() + datetime.timedelta(days=60)
    return plans.add_item(told, text="Put the question on the form", target_on=target_on,
                          milestones="Agreed in spring", by=by, **more)  # fmt: skip


def checked(told, by):
    """One that is signed off, and of which the difference is to be checked."""
    item = add(told, by, outside="Ministry of Justice")
    today = clock.today()
    plans.complete(item, completed_on=today, outcome="Guidance changed", by=by)
    plans.outside_answered(item, outside_said="It is out", outside_said_on=today, by=by)
    return plans.sign_off(item, remark="Read it", by=by)


def came_back(review, by):
    """A file with a row of each kind."""
    fields = [{"name": "text", "label": "Action to take", "was": "Was", "now": "Is", "before": ""}]
    rows = [
        {"kind": kind, "number": "1.1", "where": "row 3", "says": "It says so", "fields": fields}
        for kind in ("problem", "conflict", "changed", "added", "missing")
    ]
    content, _ = Content.objects.get_or_create(sha256="0" * 64, defaults={"data": b"x", "size": 1})
    return PlanFile.objects.create(
        review=review, content=content, file_name="plan.xlsx", differences=rows, by=by
    )


ROWS = [
    ("dhr:lessons", OFFICER),
    ("dhr:lessons", MEMBER, "?words=nothing"),
    ("dhr:review_plan", OFFICER, "death review"),
    ("dhr:review_plan", OFFICER, "closed death"),
    ("dhr:review_plan", MEMBER, "death review", "?view=late"),
    ("dhr:recommendation", OFFICER, "death review", "1"),
    ("dhr:recommendation_add", OFFICER, "death review"),
    ("dhr:recommendation_change", OFFICER, "death review", "1"),
    ("dhr:recommendation_take_off", OFFICER, "death review", "1"),
    ("dhr:item_add", OFFICER, "death review", "1"),
    ("dhr:plan_receive", OFFICER, "death review"),
    ("dhr:plan_back", OFFICER, "death review", "plan that came back"),
    ("dhr:plan_item", OFFICER, "an action"),
    ("dhr:plan_item", OFFICER, "done unshown"),
    ("dhr:plan_item", OFFICER, "a checked action"),
    ("dhr:plan_item", OFFICER, "an action taken off"),
    ("dhr:plan_item", MEMBER, "of another body"),
    ("dhr:plan_item", EMPTY_OFFICER, ELSEWHERE, "an action there"),
    ("dhr:item_complete", EMPTY_OFFICER, ELSEWHERE, "an action there"),
    ("dhr:item_change", OFFICER, "an action"),
    ("dhr:item_move", OFFICER, "an action"),
    ("dhr:item_complete", OFFICER, "an action"),
    ("dhr:item_answered", OFFICER, "of another body"),
    ("dhr:item_sign_off", OFFICER, "an action"),
    ("dhr:item_send_back", OFFICER, "done unshown"),
    ("dhr:item_check", OFFICER, "a checked action"),
    ("dhr:item_take_off", OFFICER, "an action"),
]
DOWNLOADS = {
    "dhr:lessons_csv": "a download",
    "dhr:plan_file": "a download",
    "dhr:item_evidence": "a download",
}
