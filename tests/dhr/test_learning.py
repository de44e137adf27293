"""The learning library: written by one, read by another, published, taken off; it names nobody."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core import registries
from core.permissions import Refused
from core.workflow import Wrong
from dhr.models import KeyEntry, KeyRole, Learning, LearningTheme
from dhr.queries import learning as queries
from dhr.workflow import learning as workflow
from dhr.workflow import plans
from notices.models import Notice
from tests.dhr.conftest import NAMES, take_notification

TOLD = {
    "kind": "lesson", "title": "Ask when somebody is alone",
    "happened": "Questions were asked with others in the room.", "matters": "Nobody could answer.",
    "practice": "Ask alone, each time.", "where_to_read": "",
}  # fmt: skip


def write(world, by=None, **more):
    return workflow.write(world.partnership, **(TOLD | more), by=by or world.officer)


@pytest.fixture
def written(running, world):
    """A lesson that the officer wrote; kent of the standing panel reads it."""
    return write(world, themes=LearningTheme.objects.filter(slug="asking"))


@pytest.fixture
def published(written, world):
    """The same, read and published."""
    workflow.check(written, by=world.kent)
    return workflow.publish(written, by=world.officer)


def test_nothing_is_published_before_somebody_else_has_read_it(written, world):
    with pytest.raises(Wrong, match="Somebody else than the writer"):
        workflow.publish(written, by=world.officer)
    with pytest.raises(Wrong, match="you wrote it"):
        workflow.check(written, by=world.officer)
    with pytest.raises(Refused):
        workflow.check(written, by=world.chair)

    workflow.check(written, by=world.kent)

    written.refresh_from_db()
    assert queries.state(written).says == "Read"
    assert Notice.objects.filter(recipient=world.officer, kind="death-learning-checked").exists()


def test_a_change_must_be_read_again_by_somebody_else_than_who_changed_it(written, world):
    workflow.check(written, by=world.kent)
    changed = workflow.change(written, **(TOLD | {"practice": "Ask twice."}), by=world.kent)

    assert changed.checked_by is None
    with pytest.raises(Wrong, match="you wrote it"):
        workflow.check(changed, by=world.kent)
    workflow.check(changed, by=world.officer)


@pytest.mark.parametrize("field", ["title", "happened", "matters", "practice", "where_to_read"])
def test_a_name_of_any_review_is_refused_beside_the_text(running, world, field):
    other = take_notification(world, pseudonym="Beatrice")
    KeyEntry.objects.create(
        review=other, pseudonym="B", role=KeyRole.DIED, names="Oriole Vantongeren"
    )
    for name in (NAMES.splitlines()[1], "VANTONGEREN"):
        with pytest.raises(ValidationError) as refused:
            write(world, **{field: f"Of {name}"})
        [said] = refused.value.message_dict[field]
        assert "name that is in the key" in said
        assert name.split()[-1].lower() not in said.lower()


def test_it_does_not_say_which_review_it_comes_from(running, world):
    source = plans.recommend(running, text="Ask alone", by=world.officer)

    for says in (f"See {running.reference}", "What Anna was asked"):
        with pytest.raises(ValidationError, match="which review it comes from"):
            write(world, happened=says, comes_from=[source])
    with pytest.raises(ValidationError, match="reviews that you sit on"):
        write(world, comes_from=[source], by=_of_panel(running, world))


def _of_panel(running, world):
    """Somebody of the standing panel who does not sit on the review."""
    return running.group.reports_to.seats.get(person__name="Teasel Quinn").person


def test_only_who_sits_on_the_review_sees_where_it_comes_from(running, world, client):
    source = plans.recommend(running, text="Ask alone", by=world.officer)
    made = write(world, comes_from=[source])
    shown = {}
    for name, person in (("on", world.officer), ("off", _of_panel(running, world))):
        client.force_login(person)
        shown[name] = client.get(made.get_absolute_url()).content.decode()

    assert running.reference in shown["on"]
    assert running.reference not in shown["off"]
    assert made.title in shown["off"]


def test_a_name_that_came_into_a_key_since_stops_it(written, running, world):
    workflow.check(written, by=world.kent)
    running.key.create(pseudonym="Friend", role=KeyRole.FAMILY, names="Questions Oakes")

    with pytest.raises(Wrong, match="in a key by now"):
        workflow.publish(written, by=world.officer)


@pytest.mark.pdf
def test_everybody_reads_it_by_theme_in_search_and_feed_and_as_a_pdf(published, world):
    public = Client()
    library = reverse("dhr:library", args=["dartford"])
    url = published.publication.get_absolute_url()

    assert url in public.get(library).content.decode()
    assert url in public.get(f"{library}?theme=asking").content.decode()
    page = public.get(url).content.decode()
    assert "Ask alone, each time." in page
    assert "DR-" not in page
    found = registries.public.gather(world.partnership, "questions", None)
    assert url in {each.url for each in found}
    assert url in public.get(reverse("dashboards:feed", args=["dartford"])).content.decode()
    file = reverse("documents:publication_pdf", args=["dartford", published.publication.slug])
    with pikepdf.open(io.BytesIO(b"".join(public.get(file)))) as made:
        assert made.Root.MarkInfo.Marked


@pytest.mark.pdf
def test_taken_off_it_is_gone_from_every_list_and_its_page_says_so(published, world):
    url = published.publication.get_absolute_url()
    with pytest.raises(ValidationError, match="why it is taken off"):
        workflow.withdraw(published, because=" ", by=world.officer)

    workflow.withdraw(published, because="Too close to a death", by=world.officer)

    public = Client()
    answer = public.get(url)
    assert answer.status_code == 410
    assert "Too close" not in answer.content.decode()
    for name in ("dhr:library", "dashboards:feed", "documents:publications"):
        assert url not in public.get(reverse(name, args=["dartford"])).content.decode(), name
    found = public.get(reverse("dashboards:public_search", args=["dartford"]) + "?q=questions")
    assert url not in found.content.decode()
    with pytest.raises(Wrong, match="already"):
        workflow.withdraw(published, because="Again", by=world.officer)


def test_what_was_never_published_can_be_thrown_away(written, world):
    workflow.put_away(written, by=world.officer)
    assert not Learning.objects.exists()


@pytest.mark.pdf
def test_what_is_published_is_neither_changed_nor_thrown_away(published, world):
    for verb, more in ((workflow.change, TOLD), (workflow.put_away, {})):
        with pytest.raises(Wrong, match="published"):
            verb(published, **more, by=world.officer)


def test_the_pages_take_a_lesson_from_writing_to_reading(running, world, client):
    client.force_login(world.officer)
    write_url = reverse("dhr:learning_write", args=["dartford"])
    refused = client.post(write_url, TOLD | {"practice": NAMES})
    assert "name that is in the key" in refused.content.decode()
    assert refused.status_code == 200
    client.post(write_url, TOLD)
    made = Learning.objects.get()
    client.force_login(world.kent)
    assert (
        made.title in client.get(reverse("dhr:learning_list", args=["dartford"])).content.decode()
    )
    client.post(reverse("dhr:learning_check", args=["dartford", made.pk]))
    made.refresh_from_db()
    assert made.checked_by == world.kent
    client.force_login(world.chair)
    assert client.get(made.get_absolute_url()).status_code == 404
