"""The PDF of a pack: the numbers on its pages, its bookmarks, tags and what it never holds."""

import datetime
import io
import itertools

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core import pdf
from core.markings import Marking
from meetings.models import ItemKind, Making, PackFile, PackPart, Rendition
from meetings.packs import assemble, sheets
from meetings.packs.letters import width
from meetings.packs.shapes import Book, Entry, PackFailed, Subject
from meetings.workflow import agenda, making, packs, schedule
from tests import pdf_text
from tests.documents import files
from tests.meetings import held as at_hand
from tests.meetings.held import DECEMBER, PLACE, at
from tests.meetings.test_packs import item, withdraw

pytestmark = pytest.mark.pdf

CANARY = "Zwartkop"
TEN = datetime.time(10)


@pytest.fixture(autouse=True)
def november():
    """It is Tuesday 24 November 2026."""
    with at(datetime.date(2026, 11, 24)):
        yield


# ---- papers and books, without a database -------------------------------------------------------


def written(title, text="Words of the paper.", pages=1):
    """A tagged paper of our own making."""
    entry = Entry(1, "A", title, 1, 1, pages)
    lines = [f"{text} " * 3] * pages
    return pdf.render(
        "pdf/pack_text.html", {"entry": entry, "pages": lines, "partnership": {"name": ""}}
    )


def untagged(*boxes, draw=b"", **more):
    """A PDF without tags whose pages have these sizes and turns."""
    with pikepdf.new() as made:
        for box in boxes or [(0, 0, 595, 842)]:
            page = made.add_blank_page()
            page.obj.MediaBox = pikepdf.Array(box)
            page.obj.Contents = made.make_stream(draw)
            for name, value in more.items():
                page.obj[f"/{name}"] = value
        buffer = io.BytesIO()
        made.save(buffer)
    return buffer.getvalue()


def book(*entries, **more):
    subjects = tuple(
        Subject(
            number,
            f"Subject {number}",
            TEN,
            papers=tuple(each for each in entries if each.item == number),
        )
        for number in sorted({entry.item for entry in entries} | {90})
    )
    words = {
        "title": "Board agenda pack, 9 December 2026", "name": "Agenda pack",
        "partnership": "Dartford Community Safety Partnership", "group": "Board",
        "when": "Wednesday 9 December 2026, 10am to noon", "where": "Council Chamber",
        "readers": "Everybody", "sent": "24 November 2026", "marking": "official",
        "subjects": subjects, "entries": entries,
    }  # fmt: skip
    return Book(**words | more)


def put_together(*papers, **more):
    """The pack of these PDFs, one after another."""
    at, entries = 1, []
    for key, data in enumerate(papers):
        with pikepdf.open(io.BytesIO(data)) as opened:
            pages = len(opened.pages)
        entries.append(Entry(key, "ABCDEFGH"[key], f"Title {key}", key + 1, at, pages, **more))
        at += pages
    return assemble.assemble(book(*entries), zip(entries, papers, strict=True))


def labels(made):
    with pikepdf.open(io.BytesIO(made)) as document:
        return [page.label for page in document.pages]


def stamps(made):
    return [text.strip().split("\n")[-1] for text in pdf_text.pages(made)]


def test_own_pages_come_first_in_roman_numbers_and_papers_count_from_1():
    made = put_together(written("One"), written("Two", pages=2))
    assert labels(made) == ["i", "ii", "iii", "1", "2", "3"]
    papers = ["A \u00b7 page 1", "B \u00b7 page 2", "B \u00b7 page 3"]
    assert stamps(made)[2:] == ["iii", *(f"Paper {each}" for each in papers)]


def test_a_supplements_pages_say_so():
    made = put_together(written("One", pages=2), prefix="S1-")
    assert labels(made)[3:] == ["S1-1", "S1-2"]
    assert stamps(made)[3:] == ["Paper A \u00b7 page S1-1", "Paper A \u00b7 page S1-2"]


def test_where_a_paper_was_withdrawn_the_numbers_go_on():
    first, gone, last = (
        Entry(0, "A", "One", 1, 1, 1),
        Entry(1, "B", "", 2, 2, 4, withdrawn=True),
        Entry(2, "C", "Three", 3, 6, 2),
    )
    papers = [(first, written("One")), (last, written("Three", pages=2))]
    made = assemble.assemble(book(first, gone, last), papers)
    assert labels(made) == ["i", "ii", "iii", "1", "6", "7"]
    contents = pdf_text.pages(made)[1]
    assert "Paper B: withdrawn" in contents
    assert "2 to 5" not in contents


def test_a_pack_of_our_own_papers_is_accessible_to_the_standard():
    import page

    made = put_together(written("One"), written("Two", pages=3))
    report = page.validate_pdf_bytes(made, profile="ua1")
    assert report.is_compliant, list(report.failures)


def test_a_pack_claims_nothing_for_papers_without_tags_but_their_words_are_read():
    made = put_together(written("One"), untagged(draw=b"BT ET"))
    with pikepdf.open(io.BytesIO(made)) as document:
        with document.open_metadata() as about:
            assert "pdfuaid:part" not in about
        last = document.pages[-1]
        assert pikepdf.unparse_content_stream(pikepdf.parse_content_stream(last)).startswith(
            b"/P <<"
        )
        parents = document.Root.StructTreeRoot.ParentTree.Nums
        numbers = {int(parents[at]): parents[at + 1] for at in range(0, len(parents), 2)}
        paragraph = numbers[int(last.obj.StructParents)][0]
        assert (paragraph.S, paragraph.Pg.objgen) == ("/P", last.obj.objgen)


def test_every_page_finds_its_own_elements():
    made = put_together(written("One", pages=2), written("Two", pages=2))
    with pikepdf.open(io.BytesIO(made)) as document:
        parents = document.Root.StructTreeRoot.ParentTree.Nums
        numbers = [int(parents[at]) for at in range(0, len(parents), 2)]
        assert numbers == sorted(set(numbers))
        found = {int(parents[at]): parents[at + 1] for at in range(0, len(parents), 2)}
        for page in document.pages:
            for element in found[int(page.obj.StructParents)]:
                if "/Pg" in element:
                    assert element.Pg.objgen == page.obj.objgen
        kinds = [str(part.T) for part in document.Root.StructTreeRoot.K[0].K]
    assert kinds[1:] == ["Paper A: Title 0", "Paper B: Title 1"]


BOXES = {
    "a page": ((0, 0, 595, 842), {}),
    "a wide page": ((0, 0, 842, 595), {}),
    "turned once": ((0, 0, 595, 842), {"Rotate": 90}),
    "turned twice": ((0, 0, 595, 842), {"Rotate": 180}),
    "turned thrice": ((10, 20, 605, 862), {"Rotate": 270}),
    "turned back": ((0, 0, 595, 842), {"Rotate": -90}),
    "moved": ((-300, 100, 295, 942), {}),
    "upside down box": ((595, 842, 0, 0), {}),
    "cut": ((0, 0, 1000, 1000), {"CropBox": pikepdf.Array([100, 200, 500, 700])}),
    "tiny": ((0, 0, 60, 40), {}),
    "larger unit": ((0, 0, 200, 300), {"UserUnit": 4}),
}


@pytest.mark.parametrize("case", BOXES)
def test_the_number_stands_in_the_lower_right_corner_as_it_is_seen(case):
    box, more = BOXES[case]
    made = put_together(untagged(box, **more))
    with pikepdf.open(io.BytesIO(made)) as document:
        page = document.pages[-1]
        assert [float(each) for each in page.obj.MediaBox] == [float(each) for each in box]
        x, y, size = seen(page)
        wide, high = shown(page)
    text = width("Paper A \u00b7 page 1", size)
    assert wide / 2 - text < x
    assert x + text <= wide
    assert 0 < y < min(high / 2, 30)


def shown(page):
    """How wide and high the reader sees the page, in points."""
    unit = float(page.obj.get("/UserUnit", 1))
    box = [float(each) for each in page.cropbox]
    wide, high = abs(box[2] - box[0]) * unit, abs(box[3] - box[1]) * unit
    return (high, wide) if int(page.obj.get("/Rotate", 0)) % 180 else (wide, high)


def seen(page):
    """Where the last text begins as the reader sees it, from the lower left, and its size."""
    matrix = place = None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "cm":
            matrix = pikepdf.Matrix(*[float(each) for each in operands])
        elif str(operator) == "Tf":
            size = float(operands[1])
        elif str(operator) == "Tm":
            place = float(operands[4]), float(operands[5])
    unit = float(page.obj.get("/UserUnit", 1))
    x, y = matrix.transform(place)
    box = [float(each) for each in page.cropbox]
    left, right = sorted((box[0], box[2]))
    low, high = sorted((box[1], box[3]))
    turned = int(page.obj.get("/Rotate", 0)) % 360
    x, y = {
        0: (x - left, y - low), 90: (y - low, right - x), 180: (right - x, high - y),
        270: (high - y, x - left),
    }[turned]  # fmt: skip
    return x * unit, y * unit, size


def test_a_page_that_leaves_its_drawing_moved_is_numbered_where_it_should_be():
    made = put_together(untagged((0, 0, 595, 842), draw=b"q 3 0 0 3 50 50 cm q 0.1 0 0 0.1 0 0 cm"))
    with pikepdf.open(io.BytesIO(made)) as document:
        depth = lowest = 0
        for _, operator in pikepdf.parse_content_stream(document.pages[-1]):
            depth += {"q": 1, "Q": -1}.get(str(operator), 0)
            lowest = min(depth, lowest)
        assert (depth, lowest) == (0, 0)


def test_restricted_papers_are_marked_on_each_page():
    made = put_together(written("One", pages=2), restricted=True)
    for text in pdf_text.pages(made)[3:]:
        assert "OFFICIAL-SENSITIVE" in text


def test_bookmarks_lead_to_items_and_papers():
    made = put_together(written("One", pages=2), written("Two"))
    with pikepdf.open(io.BytesIO(made)) as document, document.open_outline() as outline:
        pages = [page.obj.objgen for page in document.pages]
        found = [
            (each.title, pages.index(each.destination[0].objgen),
             [(child.title, pages.index(child.destination[0].objgen)) for child in each.children])
            for each in outline.root
        ]  # fmt: skip
    assert found == [
        ("Board agenda pack, 9 December 2026", 0, []),
        ("Agenda", 2, []),
        ("1. Subject 1", 3, [("Paper A: Title 0", 3)]),
        ("2. Subject 2", 5, [("Paper B: Title 1", 5)]),
        ("90. Subject 90", 2, []),
    ]


def test_contents_and_agenda_lead_to_the_papers_themselves():
    made = put_together(written("One", pages=2), written("Two"))
    with pikepdf.open(io.BytesIO(made)) as document:
        pages = [page.obj.objgen for page in document.pages]
        links = [
            [pages.index(each.Dest[0].objgen) for each in page.obj.get("/Annots", [])]
            for page in document.pages
        ]
        assert b"page.invalid" not in made
    assert links[:3] == [[], [3, 5], [3, 5]]


def test_named_places_in_a_paper_still_lead_somewhere():
    with pikepdf.new() as source:
        for _ in range(2):
            source.add_blank_page()
        there = pikepdf.Array([source.pages[1].obj, pikepdf.Name.Fit])
        source.Root.Names = pikepdf.Dictionary(
            Dests=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("end"), there]))
        )
        source.pages[0].obj.Annots = pikepdf.Array([
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link,
                               Rect=pikepdf.Array([0, 0, 9, 9]), Dest=pikepdf.String(name))
            for name in ("end", "nowhere")
        ])  # fmt: skip
        buffer = io.BytesIO()
        source.save(buffer)
    made = put_together(written("One"), buffer.getvalue())
    with pikepdf.open(io.BytesIO(made)) as document:
        good, bad = document.pages[4].obj.Annots
        assert good.Dest[0].objgen == document.pages[5].obj.objgen
        assert "/Dest" not in bad


def test_what_a_paper_hides_on_a_layer_stays_hidden():
    with pikepdf.new() as source:
        source.add_blank_page()
        layer = source.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Notes"))
        source.Root.OCProperties = pikepdf.Dictionary(
            OCGs=pikepdf.Array([layer]), D=pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        )
        buffer = io.BytesIO()
        source.save(buffer)
    made = put_together(buffer.getvalue())
    with pikepdf.open(io.BytesIO(made)) as document:
        assert [str(each.Name) for each in document.Root.OCProperties.D.OFF] == ["Notes"]


def test_nothing_of_who_made_the_papers_is_carried_over():
    def name_somebody(document):
        document.docinfo["/Author"] = CANARY
        document.pages[0].obj.Metadata = document.make_stream(CANARY.encode())
        document.pages[0].obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(By=CANARY))

    made = put_together(files.pdf(1, name_somebody))
    with pikepdf.open(io.BytesIO(made)) as document:
        assert str(document.docinfo.Author) == "Dartford Community Safety Partnership"
    assert CANARY not in everything(made)


def everything(made):
    """All that is in a PDF, its streams unpacked."""
    with pikepdf.open(io.BytesIO(made)) as document:
        buffer = io.BytesIO()
        document.save(
            buffer, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
    words = "\n".join(pdf_text.pages(made))
    return buffer.getvalue().decode("latin-1") + words


def test_a_paper_with_other_pages_than_were_counted_is_not_put_in():
    entry = Entry(0, "A", "One", 1, 1, 2)
    with pytest.raises(PackFailed, match="another number of pages"):
        assemble.assemble(book(entry), [(entry, files.pdf(3))])
    with pytest.raises(PackFailed, match="damaged"):
        assemble.assemble(book(entry), [(entry, b"%PDF-1.7 and then nothing")])


def test_the_same_papers_give_the_same_bytes():
    papers = [written("One"), untagged((0, 0, 595, 842))]
    assert put_together(*papers) == put_together(*papers)


# ---- papers that are no PDFs --------------------------------------------------------------------

TEXTS = {
    "short": "A line.\n",
    "long lines": "Many words in one line go on and on. " * 400,
    "one endless word": "W" * 9000,
    "emoji and right to left": "\U0001f600 שלום \u202e hello\n" * 120,
    "empty lines": "\n" * 300 + "end",
    "tabs and form feeds": "a\tb\fc\n" * 100,
}
TABLES = {
    "narrow": "Ward,Count\n" + "".join(f"Ward {n},{n}\n" for n in range(200)),
    "long cells": "Ward,What\n"
    + "".join(f"Ward {n},{'many words ' * (n % 40)}\n" for n in range(60)),
    "eight columns": ",".join("abcdefgh") + "\n" + (",".join(["W" * 30] * 8) + "\n") * 40,
    "no table": "a,b\n1,2,3\n",
    "a page in one cell": "a,b\n" + f'1,"{"many words " * 900}"\n',
}


@pytest.mark.parametrize(("kind", "name"), [
    *(("text/plain; charset=utf-8", each) for each in TEXTS),
    *(("text/csv; charset=utf-8", each) for each in TABLES),
])  # fmt: skip
def test_text_takes_as_many_pages_as_were_counted(kind, name):
    data = (TEXTS | TABLES)[name].encode()
    counted = sheets.count(kind, data, None)
    entry = Entry(0, "A", "Title of " * 12, 1, 1, counted)
    made = sheets.as_pdf(entry, kind, data, address="https://example.test/")
    assert len(pdf_text.pages(made)) == counted


def test_every_row_of_a_table_is_there_and_has_its_headings():
    made = sheets.as_pdf(
        Entry(0, "A", "Counts", 1, 1, 7), "text/csv; charset=utf-8", TABLES["narrow"].encode(),
        address="",
    )  # fmt: skip
    pages = pdf_text.pages(made)
    assert all("Ward\nCount" in text for text in pages)
    words = "\n".join(pages)
    assert all(f"Ward {number}\n{number}\n" in words for number in range(200))


def test_pictures_and_office_files_have_a_page_that_says_what_they_are():
    picture = sheets.as_pdf(
        Entry(0, "A", "Map of patrols", 1, 1, 1), "image/png", files.picture("PNG"), address=""
    )
    with pikepdf.open(io.BytesIO(picture)) as document:
        assert len(document.pages) == 1
        described = [str(each.Alt) for each in document.objects if _is_figure(each)]
    assert described == ["Map of patrols"]
    sheet = sheets.as_pdf(
        Entry(0, "A", "Plan", 1, 1, 1), "application/vnd.openxmlformats-officedocument."
        "wordprocessingml.document", b"", address="https://example.test/dartford/x/",
    )  # fmt: skip
    words = pdf_text.pages(sheet)[0]
    assert "This paper is a Word document. It is not printed here." in words
    assert "https://example.test/dartford/x/" in words


def _is_figure(thing):
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"


# ---- packs of a meeting -------------------------------------------------------------------------


@pytest.fixture
def sent(world):
    """A published agenda with a canary in every restricted place."""
    meeting = schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)
    agenda.add_item(
        meeting, title=f"{CANARY} item", marking=Marking.SENSITIVE, minutes_allowed=5,
        note=f"{CANARY} note", lead_words=f"{CANARY} lead", by=world.officer,
    )  # fmt: skip
    for kind, title, more in [
        (ItemKind.FUNDING, "Bids for members", {}),
        (ItemKind.HORIZON, "Law for all", {"public": True}),
        (ItemKind.PERFORMANCE, f"{CANARY} hidden", {"marking": Marking.SENSITIVE}),
        (ItemKind.CASE_REVIEWS, f"{CANARY} reviews", {"marking": Marking.SENSITIVE}),
    ]:
        agenda.add_paper(
            item(meeting, kind), title=title, **{"marking": Marking.OFFICIAL} | more,
            file=SimpleUploadedFile(f"{title}.pdf", written(title, f"Words of {title}.")),
            by=world.officer,
        )  # fmt: skip
    return agenda.publish(meeting, by=world.officer)


def bytes_of(rendition, number=0):
    file = PackFile.objects.get(pack__number=number, rendition=rendition)
    assert file.state == Making.READY, file.problem
    return bytes(file.content.data)


def test_no_canary_is_in_a_pack_for_others(world, sent):
    assert making.make_waiting() == 3
    for rendition in ("public", "partner"):
        assert CANARY not in everything(bytes_of(rendition))
    assert "SENSITIVE" not in everything(bytes_of("public"))
    full = everything(bytes_of("restricted"))
    for words in ("hidden", "reviews", "item", "note", "lead"):
        assert f"{CANARY} {words}" in full
    assert "members" not in everything(bytes_of("public"))
    names = PackFile.objects.values_list("file_name", flat=True)
    assert not any(CANARY.lower() in name.lower() for name in names)


def test_every_rendition_counts_alike_and_without_a_gap(world, sent):
    making.make_waiting()
    found = {each: labels(bytes_of(each)) for each in Rendition.values}
    assert found["public"] == ["i", "ii", "iii", "1"]
    assert found["partner"] == ["i", "ii", "iii", "1", "2"]
    assert found["restricted"][-4:] == ["1", "2", "3", "4"]


def test_what_was_sent_is_not_touched_by_a_supplement(world, sent):
    making.make_waiting()
    before = bytes_of("partner")
    agenda.add_paper(
        item(sent, ItemKind.STRATEGY), title="Late one", marking=Marking.OFFICIAL,
        file=ContentFile(written("Late one", pages=2), "late.pdf"), by=world.officer,
    )  # fmt: skip
    packs.send_supplement(sent, by=world.officer)
    assert making.make_waiting() == 1
    assert bytes_of("partner") == before
    late = bytes_of("partner", 1)
    assert labels(late)[-2:] == ["S1-1", "S1-2"]
    assert stamps(late)[-1] == "Paper E \u00b7 page S1-2"
    assert "Late one" not in everything(before)


def test_who_withdrew_gets_none_of_the_items_papers(world, sent, sign_in):
    making.make_waiting()
    withdraw(world, item(sent, ItemKind.FUNDING))
    address = reverse("meetings:pack_file", args=["dartford", sent.slug, 0, "partner"])
    own = sign_in(world.kent).get(address).content
    assert "Bids for members" not in everything(own)
    assert "Paper B: withdrawn" in "\n".join(pdf_text.pages(own))
    assert labels(own) == ["i", "ii", "iii", "1"]
    assert "Bids for members" in everything(sign_in(world.vice).get(address).content)


def test_a_restricted_paper_since_is_withdrawn_from_the_others(world, sent):
    making.make_waiting()
    shown = item(sent, ItemKind.FUNDING)
    agenda.change_item(
        shown, title=f"{CANARY} now", marking=Marking.SENSITIVE, minutes_allowed=5,
        by=world.officer,
    )  # fmt: skip
    assert making.make_waiting() == 2
    text = everything(bytes_of("partner"))
    assert CANARY not in text
    assert "Bids for members" not in text
    assert labels(bytes_of("partner")) == ["i", "ii", "iii", "1"]


def test_sixty_papers_of_ten_pages(world, sign_in, monkeypatch):
    meeting = schedule.schedule(world.board, on=DECEMBER, **PLACE, by=world.officer)
    items = itertools.cycle(meeting.items.filter(marking=Marking.OFFICIAL))
    paper = written("Ten pages", pages=10)
    for number in range(60):
        thing = next(items)
        thing.meeting = meeting
        data = paper + f"\n% {number}".encode()
        agenda.add_paper(
            thing, title=f"Report {number}", marking=Marking.OFFICIAL,
            file=ContentFile(data, "ten.pdf"), public=number % 3 == 0, by=world.officer,
        )  # fmt: skip
    sent = agenda.publish(meeting, by=world.officer)
    PackFile.objects.exclude(rendition="partner").delete()
    told = []
    tell = making._tell
    monkeypatch.setattr(
        making, "_tell", lambda file, *, done: (told.append(done), tell(file, done=done))
    )
    assert making.make_waiting() == 1
    assert told == list(range(10, 610, 10))
    made = bytes_of("partner")
    assert labels(made)[-600:] == [str(number) for number in range(1, 601)]
    shown = sign_in(world.kent).get(reverse("meetings:pack", args=["dartford", sent.slug]))
    printed = stamps(made)[-600:]
    for line in shown.context["packs"][0].lines:
        entry = line.entry
        first = entry.first_page
        for number in range(first, first + entry.pages):
            assert printed[number - 1] == f"{entry.name} \u00b7 page {number}"
    with pikepdf.open(io.BytesIO(made)) as document, document.open_outline() as outline:
        at = {page.obj.objgen: page.label for page in document.pages}
        marks = {
            child.title: at[child.destination[0].objgen]
            for each in outline.root for child in each.children
        }  # fmt: skip
    parts = PackPart.objects.all()
    assert marks == {f"Paper {p.letter}: {p.title}": str(p.first_page) for p in parts}


def test_without_pango_the_file_says_what_to_install(world, sent, monkeypatch):
    def missing(*args, **more):
        raise pdf.PDFUnavailable

    monkeypatch.setattr(pdf, "render", missing)
    making.make_waiting()
    assert "Pango" in PackFile.objects.get(rendition="public").problem


def test_the_held_meetings_packs_stay(world):
    meeting = at_hand.held(world, DECEMBER)
    assert meeting.packs.count() == 1
