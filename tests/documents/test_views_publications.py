"""What everybody reads: the page, its PDF, the list, the search; and that it stays as it was."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from core import registries
from documents import queries, tasks
from documents.models import Content, Publication
from tests.documents import files
from tests.documents.conftest import CANARY


def url(name, *args, partnership="dartford"):
    return reverse(f"documents:{name}", args=[partnership, *args])


def test_a_publication_is_read_without_signing_in(publish):
    made = publish()

    page = Client().get(made.get_absolute_url())

    words = page.content.decode()
    assert page.status_code == 200
    assert "<h2>Apologies</h2>" in words
    assert made.content_id in words
    assert "published by Dartford Community Safety Partnership" in words
    assert words.count("<h1") == 1


def test_its_pdf_is_sent_with_its_own_name_and_may_be_kept(publish):
    made = publish()
    client = Client()

    answer = client.get(url("publication_pdf", made.slug))

    assert answer.content == files.pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="minutes-june.pdf"'
    assert answer["Cache-Control"].startswith("public")
    again = client.get(url("publication_pdf", made.slug), headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_another_partnership_did_not_publish_it(publish):
    made = publish()

    for name in ("publication", "publication_pdf"):
        assert Client().get(url(name, made.slug, partnership="gravesham")).status_code == 404
    assert Client().get(url("publication", "no-such-thing")).status_code == 404


def test_a_correction_and_what_it_corrects_point_at_each_other(publish):
    first = publish()
    second = publish(
        "x", replaces=first, correction_note="Baker, not Barker", title="Minutes again"
    )

    before = Client().get(first.get_absolute_url()).content.decode()
    after = Client().get(second.get_absolute_url()).content.decode()

    assert "This has been corrected.</strong> Baker, not Barker" in before
    assert second.get_absolute_url() in before
    assert "What was corrected:</strong> Baker, not Barker" in after
    assert first.get_absolute_url() in after


def test_the_list_holds_what_is_current(publish):
    assert b"Nothing has been published yet" in Client().get(url("publications")).content

    first = publish()
    publish("other", title="Our strategy")
    publish("x", replaces=first, correction_note="A name", title="Minutes, corrected")

    words = Client().get(url("publications")).content.decode()
    assert "Our strategy" in words
    assert "Minutes, corrected" in words
    assert "Minutes of 17 June" not in words


@pytest.mark.parametrize("count", [1, 30, 3000])
def test_the_list_asks_as_many_queries_for_many(world, publish, count, django_assert_num_queries):
    content = publish().content
    Publication.objects.bulk_create(
        Publication(
            partnership=world.partnership, kind="minutes", slug=f"m-{number}", title="M",
            html="<p>", text="t", content=content, file_name="m.pdf", published_by=world.officer,
        )
        for number in range(count - 1)
    )  # fmt: skip

    with django_assert_num_queries(3):
        assert Client().get(url("publications")).status_code == 200


# ---- search -------------------------------------------------------------------------------------


def found(world, words):
    return list(registries.public.gather(world.partnership, words))


def test_the_public_search_finds_words_and_marks_them_safely(world, publish):
    publish(text="The board heard that burglaries had fallen in Temple Hill & the town.")

    each = found(world, "burglary")[0]

    assert each.title == "Minutes of 17 June 2026"
    assert "Temple Hill &amp; the town" in each.summary
    assert "<mark>burglaries</mark>" in each.summary
    assert found(world, "arson") == []
    assert found(world, '"temple hill" -burglary') == []


def test_titles_count_for_more_than_texts(world, publish):
    publish("one", title="Something else", text="burglary " + "words " * 50)
    publish("two", title="Burglary", text="words")

    assert [each.title for each in found(world, "burglary")] == ["Burglary", "Something else"]


@pytest.mark.parametrize("words", ["'", '"', "a & | b", "\\", "' OR 1=1 --", "():*!<->", "a" * 500])
def test_odd_words_find_nothing_and_break_nothing(world, publish, words):
    publish()

    assert found(world, words) == []


def test_without_words_everything_current_is_listed(world, publish):
    first = publish()
    publish("x", replaces=first, correction_note="A name", title="Corrected")

    assert [each.title for each in found(world, "")] == ["Corrected"]
    assert found(world, "")[0].summary == "What the board decided"


def test_a_forged_mark_is_only_text(world, publish):
    publish(text="\ue000Not found\ue001 burglary")

    summary = found(world, "burglary")[0].summary

    assert summary.count("<mark>") == 1
    assert "<mark>burglary</mark>" in summary


def test_what_is_found_is_escaped():
    headline = "a <b> \ue000<i>\ue001 \ue000& no end"

    assert (
        queries.marked(headline) == "a &lt;b&gt; <mark>&lt;i&gt;</mark> <mark>&amp; no end</mark>"
    )


def test_restricted_words_are_never_searched(world, publish, restricted):
    publish()

    assert found(world, CANARY) == []
    assert CANARY not in str([each.text for each in Publication.objects.all()])


def test_another_partnership_finds_nothing(world, publish):
    publish()

    assert list(registries.public.gather(world.gravesham, "apologies")) == []


# ---- as it was published ------------------------------------------------------------------------


def tamper():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE documents_content DISABLE TRIGGER documents_content_immutable")
        cursor.execute("UPDATE documents_content SET data = 'other'")
        cursor.execute("ALTER TABLE documents_content ENABLE TRIGGER documents_content_immutable")


@pytest.mark.django_db(transaction=True)
def test_what_was_tampered_with_is_found(publish, caplog, capsys):
    made = publish()
    assert tasks.verify_publications() == 0
    call_command("verify_publications")
    assert "1 publications are as they were" in capsys.readouterr().out

    tamper()

    assert list(queries.changed_publications()) == [made]
    assert tasks.verify_publications() == 1
    assert f"publication-changed {made.pk}" in caplog.text
    with pytest.raises(CommandError, match="1 of 1 publications have changed"):
        call_command("verify_publications")
    assert Content.objects.count() == 1
