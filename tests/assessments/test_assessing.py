"""A Strategic Assessment from its beginning to its adoption."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments import content, scoring
from assessments.figures_of import PUBLIC, RESTRICTED, figures_of
from assessments.models import Assessment, Section
from assessments.queries import assessing as asking
from assessments.workflow import assessing, contributing
from audit.models import Entry
from core import clock
from core.permissions import Refused
from core.workflow import Wrong
from notices.models import Notice
from tests.assessments import writing

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def one_day():
    with clock.told_at(clock.london(TODAY, datetime.time(10))):
        yield


# ---- beginning ----------------------------------------------------------------------------------


def test_it_begins_with_the_sections_that_the_regulations_ask_for(world):
    assessment = writing.begun(world)

    assert assessment.title == "Strategic Assessment, October 2024 to September 2025"
    assert assessment.ends_on == datetime.date(2025, 10, 1)
    keys = list(assessment.sections.order_by("position").values_list("key", flat=True))
    assert keys == [kind.key for kind in content.KINDS]


@pytest.mark.parametrize(
    ("starts_on", "says"),
    [
        (datetime.date(2024, 10, 2), "first day of a month"),
        (datetime.date(2027, 1, 1), "has begun"),
    ],
)
def test_it_begins_on_the_first_of_a_month_that_has_begun(world, starts_on, says):
    with pytest.raises(ValidationError, match=says):
        assessing.begin(world.partnership, starts_on=starts_on, by=world.officer)


def test_the_same_months_are_assessed_once(world):
    writing.begun(world)

    with pytest.raises(ValidationError, match="already"):
        writing.begun(world)


def test_only_officers_begin_and_write(world):
    with pytest.raises(Refused):
        assessing.begin(world.partnership, starts_on=writing.STARTS, by=world.kent)
    assessment = writing.begun(world)
    for somebody in (world.kent, world.chair, world.stranger, world.guest):
        with pytest.raises(Refused):
            writing.write(assessment, "Words", by=somebody)


# ---- writing ------------------------------------------------------------------------------------


def test_what_is_written_is_kept_with_what_figures_said_then(world):
    writing.crime(world)
    assessment = writing.begun(world)

    saved = writing.write(assessment, "  Why it is so.\r\n", key="acquisitive", by=world.officer)

    assert saved.text == "Why it is so."
    assert [each["rule"] for each in saved.drafted] == ["type"]
    assert saved.history.count() == 2


def test_whoever_saves_second_gets_both_texts(world):
    assessment = writing.begun(world)
    found = writing.section(assessment)
    writing.write(assessment, "First", by=world.officer)

    with pytest.raises(assessing.Conflict) as clash:
        assessing.write_section(found, text="Second", version=found.version, by=world.officer)

    assert clash.value.current.text == "First"


def test_a_text_may_be_too_long(world):
    assessment = writing.begun(world)

    with pytest.raises(ValidationError, match="20,000 characters"):
        writing.write(assessment, "x" * 20_001, by=world.officer)


def test_an_empty_section_is_not_done(world):
    assessment = writing.begun(world)

    with pytest.raises(Wrong, match="nothing in this section"):
        assessing.mark_done(writing.section(assessment, "county"), by=world.officer)


def test_a_section_is_done_and_opened_again(world):
    assessment = writing.begun(world)
    writing.write(assessment, "Words", by=world.officer)
    done = assessing.mark_done(writing.section(assessment), by=world.officer)

    assert done.done_by == world.officer
    with pytest.raises(Wrong, match="already"):
        assessing.mark_done(done, by=world.officer)
    assert assessing.mark_undone(done, by=world.officer).done_at is None
    with pytest.raises(Wrong, match="not marked"):
        assessing.mark_undone(done, by=world.officer)


# ---- figures ------------------------------------------------------------------------------------


def test_figures_follow_what_is_held_until_they_are_fixed(world):
    writing.crime(world)
    assessment = writing.ready(world)
    before = figures_of(assessment, RESTRICTED)
    adopted = assessing.adopt(assessment, decision=writing.decision(world), by=world.officer)

    writing.crime(world, first=datetime.date(2024, 12, 1), last=datetime.date(2024, 12, 1), n=41)

    assert figures_of(Assessment.objects.get(pk=adopted.pk), RESTRICTED) == before
    assert before["total"] == 9 * 2 * (40 + 41)
    assert before["by_type"] == {"Burglary": 9 * 81, "Drugs": 9 * 81}
    assert before["period"]["missing"] == ["2024-10", "2024-11", "2024-12"]
    assert adopted.months_missing == ["2024-10", "2024-11", "2024-12"]
    assert len(adopted.sources) == 9
    assert adopted.sources[0]["name"] == "2025-01-kent-street.csv"


def test_restricted_and_small_figures_are_not_among_the_public_ones(world):
    writing.indicator(world, "open-one", writing.FEW)
    writing.indicator(world, "secret-one", writing.MANY, marking="sensitive")
    adopted = writing.adopted(world)

    public, restricted = (figures_of(adopted, each) for each in (PUBLIC, RESTRICTED))

    assert set(restricted["indicators"]) == {"open-one", "secret-one"}
    assert set(public["indicators"]) == {"open-one"}
    assert {cell["value"] for cell in public["indicators"]["open-one"]["cells"]} == {None}
    assert str(writing.MANY) not in str(public)


def test_figures_ask_the_same_of_the_database_however_much_is_held(world):
    assessment = writing.begun(world)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            figures_of(assessment, RESTRICTED)
        return len(queries)

    writing.crime(world, last=writing.JANUARY)
    asked()
    one = asked()
    writing.crime(world, first=datetime.date(2025, 2, 1), n=41)

    assert asked() == one


def test_the_public_figures_are_read_without_the_restricted_ones(world, django_assert_num_queries):
    adopted = Assessment.objects.defer("figures").get(pk=writing.adopted(world).pk)

    with django_assert_num_queries(1) as asked:
        figures_of(adopted, PUBLIC)

    assert "restricted" not in asked.captured_queries[0]["sql"]


# ---- evidence, consultation, scores -------------------------------------------------------------


def offer(world, assessment, by, **more):
    words = {"agency": world.police, "text": "We see it", "source": "Files", "marking": "official"}
    return contributing.offer_evidence(assessment, **{**words, **more}, by=by)


def test_partners_send_in_what_they_know_and_are_answered(world):
    assessment = writing.begun(world)
    sent = offer(world, assessment, world.vice)

    assert Notice.objects.get(kind="assessment-evidence").recipient == world.officer
    answered = contributing.answer_evidence(
        sent, state="set_aside", answer="Not of this year", by=world.officer
    )
    assert answered.answered_by == world.officer
    assert Notice.objects.get(kind="assessment-evidence-answered").recipient == world.vice


def test_evidence_is_for_an_agency_of_ones_own(world):
    assessment = writing.begun(world)

    with pytest.raises(ValidationError, match="for which you sit"):
        offer(world, assessment, world.watch)
    for somebody in (world.scrutiny, world.stranger, world.guest):
        with pytest.raises(Refused):
            offer(world, assessment, somebody)


def test_what_is_not_used_is_said_why(world):
    sent = offer(world, writing.begun(world), world.vice)

    with pytest.raises(ValidationError, match="Say why"):
        contributing.answer_evidence(sent, state="set_aside", answer=" ", by=world.officer)
    with pytest.raises(ValidationError, match="whether it was used"):
        contributing.answer_evidence(sent, state="offered", answer="", by=world.officer)
    with pytest.raises(Refused):
        contributing.answer_evidence(sent, state="used", answer="", by=world.vice)


def test_a_consultation_lies_in_the_past_and_runs_forward(world):
    assessment = writing.begun(world)
    words = {"title": "Survey", "method": "Online", "finding": "Streets", "by": world.officer}

    with pytest.raises(ValidationError, match="before it begins"):
        contributing.add_finding(
            assessment, starts_on=TODAY, ends_on=TODAY - datetime.timedelta(days=1), **words
        )
    with pytest.raises(ValidationError, match="in the past"):
        contributing.add_finding(
            assessment, starts_on=TODAY, ends_on=TODAY + datetime.timedelta(days=1), **words
        )


TWOS = dict.fromkeys(scoring.KEYS, 2)


def test_scores_rank_threats_and_show_how(world):
    assessment = writing.begun(world)
    for name, scores in (("Knives", TWOS | {"physical": 4}), ("Noise", TWOS), ("Litter", TWOS)):
        contributing.score(assessment, name=name, scores=scores, by=world.officer)

    ranked = scoring.ranked(assessment.scores.values("name", "scores"), assessment.weights)

    assert [(each.rank, each.name) for each in ranked] == [
        (1, "Knives"), (2, "Litter"), (2, "Noise"),
    ]  # fmt: skip
    assert ranked[0].working == "3 × 4 + 3 × 2 + 1 × 2 + 2 × 2 + 2 × 2 + 1 × 2 + 1 × 2 = 32 of 52"
    assert ranked[0].total == sum(part.points for part in ranked[0].parts)


def test_weights_change_the_ranking(world):
    assessment = writing.begun(world)
    none = dict.fromkeys(scoring.KEYS, 0)

    weighed = contributing.weigh(assessment, weights=none | {"likelihood": 5}, by=world.officer)

    assert scoring.weights_of(weighed.weights)["likelihood"] == 5
    with pytest.raises(Wrong, match="must weigh something"):
        contributing.weigh(assessment, weights=none, by=world.officer)
    with pytest.raises(ValidationError, match="from 0 to 5"):
        contributing.weigh(assessment, weights=none | {"likelihood": 6}, by=world.officer)


def test_a_score_is_from_0_to_4_and_a_threat_scored_once(world):
    assessment = writing.begun(world)
    contributing.score(assessment, name="Knives", scores=TWOS, by=world.officer)

    with pytest.raises(ValidationError, match="already"):
        contributing.score(assessment, name="Knives", scores=TWOS, by=world.officer)
    with pytest.raises(ValidationError) as wrong:
        contributing.score(
            assessment, name="Noise", scores=TWOS | {"capacity": 5}, by=world.officer
        )
    assert set(wrong.value.message_dict) == {"score_capacity"}


# ---- before the board, adopted ------------------------------------------------------------------


def test_the_text_stands_while_it_is_before_the_board(world):
    assessment = writing.ready(world)

    with pytest.raises(Wrong, match="before the board"):
        writing.write(assessment, "Other words", by=world.officer)
    with pytest.raises(Wrong, match="before the board"):
        offer(world, assessment, world.vice)
    taken = assessing.take_back(assessment, by=world.officer)
    assert writing.write(taken, "Other words", by=world.officer).text == "Other words"


def test_it_is_adopted_by_a_decision_of_the_board(world):
    assessment = writing.ready(world)
    coming = writing.decision(world, item=writing.meeting(world))

    with pytest.raises(ValidationError, match="made at a meeting"):
        assessing.adopt(assessment, decision=coming, by=world.officer)
    adopted = assessing.adopt(assessment, decision=writing.decision(world), by=world.officer)

    assert adopted.frozen_by == world.officer
    assert set(Notice.objects.filter(kind="assessment-adopted").values_list(
        "recipient__name", flat=True)) >= {world.chair.name, world.kent.name}  # fmt: skip
    with pytest.raises(Wrong, match="has adopted it"):
        assessing.take_back(adopted, by=world.officer)


def test_no_decision_adopts_figures_of_months_that_were_still_to_come(world):
    """The board cannot have decided on an assessment before its twelve months were over."""
    assessment = writing.ready(world)
    before = writing.meeting(world, on=datetime.date(2025, 9, 30), status="held")
    decision = writing.decision(world, item=before)

    with pytest.raises(ValidationError, match="before the twelve months were over"):
        assessing.adopt(assessment, decision=decision, by=world.officer)
    assert decision not in asking.decisions(world.officer, assessment)


def test_a_draft_is_not_adopted(world):
    with pytest.raises(Wrong, match="being drafted"):
        assessing.adopt(writing.finished(world), decision=writing.decision(world), by=world.officer)


def test_the_record_tells_of_steps_and_not_of_what_is_restricted(world):
    writing.adopted(world)

    told = " ".join(f"{each.verb} {each.subject} {each.detail}" for each in Entry.objects.all())
    assert "wrote a section of" in told
    assert writing.SECRET not in told
    assert not Notice.objects.filter(text__contains=writing.SECRET).exists()


def test_the_open_part_of_a_text_is_made_by_the_database(world):
    assessment = writing.begun(world)
    writing.write(assessment, "Open [[closed]] open", by=world.officer)

    assert Section.objects.get(assessment=assessment, key="violence").open_text == (
        "Open [passage withheld] open"
    )
