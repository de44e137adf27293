"""A death review is need-to-know, and the names of its key are known to nobody but who keeps it.

Every text of a whole review is one of three words (``tests.dhr.whole``): for its people alone, for
agencies too, and the names of the key. The walk asks every address that takes a GET.
"""

import logging

import hypothesis
import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from hypothesis import strategies as st

from audit.models import Entry
from core import clock
from dhr.workflow import information, learning, life, plans, publishing, reporting, rules
from membership.models import Role
from notices.models import Notice, SentMail
from tests import world as worlds
from tests.attacks import walking
from tests.attacks.walking import get, signed_in, words_of
from tests.dhr.conftest import (  # noqa: F401 - fixtures
    answerer,
    arrangement,
    independent,
    review,
    running,
    take_notification,
)
from tests.dhr.publishing import upload
from tests.dhr.whole import NAME, SHARED, WORD, told
from tests.world import PASSWORD

# Another officer of the same secretariat; the asked agency's person; the chair of another review.
OFF = ("colleague", "answerer", "other_panel", "chair", "scrutiny", "administrator")
# What the other rooms keep about it; elsewhere a page takes nothing that leads to a review.
ABOUT_IT = ("dhr:", "actions:", "documents:", "meetings:")


@pytest.fixture
def story(running, answerer, world):  # noqa: F811 - the fixtures
    """A whole review whose report is cleared and not published yet."""
    rules.load()
    return told(running, answerer, world)


@pytest.fixture
def people(story, answerer, world):  # noqa: F811 - the fixtures
    """Everybody who does not sit on it."""
    colleague = worlds.person("Linnet Farrow")
    worlds.seat(colleague, world.secretariat, world.council, Role.OFFICER)
    other = take_notification(world, pseudonym="Beatrice")
    panel = worlds.person("Mallow Trent")
    worlds.seat(panel, other.group, world.county, Role.CHAIR)
    return {
        "colleague": colleague, "answerer": answerer, "other_panel": panel,
        **{name: getattr(world, name) for name in OFF if hasattr(world, name)},
    }  # fmt: skip


def choices(story):
    """What may stand in an address: everything that has to do with the review."""
    review = story.review  # noqa: F811
    requests = [each.request.reference for each in (story.asked, story.lines)]
    document = review.submissions.first().document
    keys = [
        review.pk, document.pk, story.asked.pk, story.lines.pk, story.recommendation.pk,
        story.item.pk,
    ]  # fmt: skip
    by_kind = {
        "uuid": keys, "int": [review.key.first().pk, story.lines.lines.get().pk, 1],
        "slug": [review.reference, review.group.slug, "report"],
    }  # fmt: skip
    by_name = {
        "partnership": ["dartford"],
        "reference": [review.reference, story.item.action.reference, requests[0]],
        "kind": ["report", "csv", "xlsx", "pdf"],
    }  # fmt: skip
    return lambda kind, name: by_name.get(name) or by_kind.get(kind, [review.reference])


def urls_of(story):
    """Every page without a part in its address, whatever may lead to the review, and searches."""
    found = walking.addresses(
        choices(story), lambda name, parts: len(parts) == 1 or name.startswith(ABOUT_IT),
        lambda name: walking.MOST if name.startswith("dhr:") else 3,
    )  # fmt: skip
    searches = [
        f"{reverse(name, args=['dartford'])}?q={word}"
        for name in ("dashboards:public_search", "actions:list", "dhr:lessons")
        for word in ("saw", "recommend", "report")
    ]
    return [*dict.fromkeys(url for _, url in found), *searches]


def leaked(response, story, url):
    """Words of the review in an answer, and its reference unless that was asked for."""
    words = words_of(response).replace(url, "")
    found = {word for word in (WORD, NAME) if word in words.lower()}
    return found | ({story.review.reference} if story.review.reference in words else set())


def may_be_known(story, name, url):
    """What is meant for people off the review, where they meet it.

    An agency reads what it was asked, for which review by its reference, and what it wrote itself.
    Who takes notifications asks for an emergency reading by the reference that was in the address.
    """
    asked = reverse("dhr:asked", args=["dartford"])
    requests = reverse("actions:requests", args=["dartford"])
    if name == "answerer" and url.startswith((asked, requests)):
        own = any(str(each.pk) in url for each in (story.asked, story.lines))
        return {story.review.reference, *([WORD] if own else [])}
    if name in {"colleague", "chair"} and "/emergency-reading/ask/" in url:
        return {story.review.reference}
    return set()


def test_no_page_or_file_shows_anybody_off_the_review_a_word_of_it(story, people, capsys):
    urls, shown = urls_of(story), []
    logging.disable(logging.ERROR)
    for name in OFF:
        client = signed_in(people[name])
        for url in urls:
            if found := leaked(get(client, url), story, url) - may_be_known(story, name, url):
                shown.append(f"{name} at {url}: {sorted(found)}")
    logging.disable(logging.NOTSET)

    with capsys.disabled():
        print(f"\n{len(urls)} addresses asked by {len(OFF)} people")
    assert not shown, "\n".join(shown)


def test_the_names_of_the_key_are_on_its_own_pages_and_on_no_other(story, world):
    seen = {}
    for who in (world.officer, world.kent):
        client = signed_in(who)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        found = walking.addresses(
            choices(story), lambda name, _: name.startswith("dhr:"), lambda name: 1
        )
        for name, url in found:
            if NAME in words_of(get(client, url)).lower():
                seen.setdefault(who, set()).add(name)

    assert seen == {world.officer: {"dhr:review_key", "dhr:key_change"}}


def test_no_table_holds_a_name_that_can_be_read(story):
    """Neither the key itself, which is sealed, nor a notice, a mail, the record or an index."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*) FROM {name} t WHERE t::text ~* %s", [NAME])  # noqa: S608
            if cursor.fetchone()[0]:
                found.append(table)

    assert found == []


def test_no_notice_no_mail_and_no_record_holds_a_word(story, caplog):
    told_people = " ".join(f"{each.text} {each.because}" for each in Notice.objects.all())
    mails = " ".join(f"{each.subject} {each.text}" for each in SentMail.objects.all())
    sent = " ".join(f"{each.subject} {each.body}" for each in mail.outbox)
    record = " ".join(f"{each.subject} {each.detail}" for each in Entry.objects.all())

    for word in (WORD, SHARED, NAME):
        assert word not in f"{told_people} {mails} {sent} {record} {caplog.text}".lower()


# ---- texts that leave ---------------------------------------------------------------------------

SPELLINGS = st.builds(
    lambda change, before, after: f"{before} {change(NAME)}{after}",
    st.sampled_from([str.upper, str.title, lambda word: f"{word[:5]}\u00ad{word[5:]}",
                     lambda word: f"{word[:7]}-\n{word[7:]}", lambda word: f"({word})",
                     lambda word: word.replace("e", "é"), lambda word: f"Mx_{word}"]),
    st.sampled_from(["Ask", "The sister of", "1.", "“"]),
    st.sampled_from(["", ".", "’s flat", " again", ", and"]),
)  # fmt: skip


def leaving(story, world):
    """Every verb by which a text leaves the panel, with the text that it would send."""
    by, day = world.officer, clock.today()
    partnership = world.partnership
    lesson = {"kind": "lesson", "title": "Ask", "happened": "Seen", "practice": "Ask"}
    public = {"title": "Report", "about": "About", "report": upload()}
    publishing.put_away(story.waiting, because="Again", by=by)
    return {
        "asked": lambda text: information.ask(
            story.review, agency=world.county, kind="summary", questions=text, by=by
        ),
        "recommended": lambda text: plans.recommend(story.review, text=text, by=by),
        "action": lambda text: plans.add_item(
            story.recommendation, text=text, agency=world.police, target_on=day, by=by
        ),
        "milestones": lambda text: plans.add_item(
            story.recommendation, text="Do", milestones=text, agency=world.police, target_on=day,
            by=by,
        ),
        "part": lambda text: life.hand_part(
            story.review, world.gravesham, purpose=text, by=by
        ),
        "lesson": lambda text: learning.write(partnership, **(lesson | {"happened": text}), by=by),
        "page": lambda text: publishing.prepare(story.review, **(public | {"about": text}), by=by),
        "title": lambda text: publishing.prepare(story.review, **(public | {"title": text}), by=by),
        "progress": lambda text: reporting.put_on_agenda(
            partnership, item=None, says=text, by=by
        ),
    }  # fmt: skip


def test_no_text_that_leaves_the_panel_holds_a_name_however_it_is_written(story, world):
    verbs = leaving(story, world)

    @hypothesis.settings(
        max_examples=30, deadline=None, suppress_health_check=list(hypothesis.HealthCheck)
    )
    @hypothesis.given(text=SPELLINGS, verb=st.sampled_from(sorted(verbs)))
    def refused(text, verb):
        with pytest.raises(ValidationError) as wrong:
            verbs[verb](text)
        said = str(wrong.value.message_dict).lower()
        assert NAME not in said

    refused()
