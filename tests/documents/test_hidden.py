"""What hides in files that are to go out: said in words, never refused."""

import io

import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from documents.checks.hidden import UNREADABLE, hidden
from tests.documents import files

PDF = "application/pdf"
DOCX = f"application/vnd.openxmlformats-officedocument.{files.WORD}"
XLSX = f"application/vnd.openxmlformats-officedocument.{files.EXCEL}"
PPTX = f"application/vnd.openxmlformats-officedocument.{files.POWERPOINT}"
ODT = "application/vnd.oasis.opendocument.text"


def pdf(change):
    return hidden(files.pdf(change=change), PDF)


def drawn(text, **more):
    """A page that draws these operators."""

    def change(made):
        made.pages[0].Contents = made.make_stream(text.encode())
        for key, value in more.items():
            made.pages[0].obj[f"/{key}"] = value

    return change


def test_a_plain_pdf_holds_nothing_hidden():
    assert pdf(drawn("BT (seen) Tj ET")) == []


def test_the_names_in_a_pdf_are_said():
    def change(made):
        with made.open_metadata() as more:
            more["dc:creator"] = ["Clover Bains"]
        made.docinfo["/Author"] = "Basil Whitcombe"
        made.docinfo["/Title"] = "Draft for the chair"

    found = " ".join(pdf(change))
    assert "Basil Whitcombe" in found
    assert "Draft for the chair" in found
    assert "Clover Bains" in found


def note(made, **more):
    made.pages[0].Annots = Array([Dictionary(Subtype=Name.Text, Contents="Change this", **more)])


def layered(made, **more):
    layer = made.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    made.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(**{key: Array([layer]) for key in more})
    )


def with_field(made):
    field = made.make_indirect(Dictionary(FT=Name.Tx, T="name", V="Basil"))
    made.Root.AcroForm = Dictionary(Fields=Array([field]))


def unseen_in_a_drawing(made):
    form = made.make_stream(b"BT 3 Tr (unseen) Tj ET")
    form.Type, form.Subtype = Name.XObject, Name.Form
    made.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
    made.pages[0].Contents = made.make_stream(b"/F Do")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda made: note(made), "Holds 1 comment or marks"),
        (lambda made: note(made, T="Basil"), "with the names of who made them"),
        (lambda made: made.attachments.__setitem__("a.txt", b"x"), "1 other file inside it"),
        (lambda made: made.Root.__setitem__("/X", Dictionary(S=Name.JavaScript, JS="x")),
         "Holds a script"),
        (lambda made: layered(made, OFF=1), "1 layer that is switched off"),
        (with_field, "1 form field"),
        (drawn("BT 3 Tr (unseen) Tj ET"), "text that is not shown, on 1 page"),
        (drawn("q BT 3 Tr ET Q BT (seen) Tj ET"), ""),
        (unseen_in_a_drawing, "text that is not shown"),
    ],
)  # fmt: skip
def test_what_hides_in_a_pdf(change, says):
    found = " ".join(pdf(change))
    assert says in found if says else found == ""


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
CORE = (
    '<cp:coreProperties xmlns:cp="http://example.test/cp" xmlns:dc="http://example.test/dc">'
    "<dc:creator>Basil Whitcombe</dc:creator><cp:lastModifiedBy>Clover</cp:lastModifiedBy>"
    "</cp:coreProperties>"
)


@pytest.mark.parametrize(
    ("kind", "more", "body", "says"),
    [
        (files.WORD, {"docProps/core.xml": CORE}, "", "Names its author: Basil Whitcombe"),
        (files.WORD, {"docProps/core.xml": CORE}, "", "Names who last saved it: Clover"),
        (files.WORD, {}, f"<w:document {W}><w:ins/></w:document>", "Holds tracked changes"),
        (files.WORD, {}, f"<w:document {W}><w:vanish/></w:document>", "Holds hidden text"),
        (files.WORD, {}, f'<w:document {W}><w:vanish w:val="0"/></w:document>', ""),
        (files.WORD, {"word/comments.xml": f"<w:comments {W}><w:comment/></w:comments>"}, "",
         "Holds comments"),
        (files.EXCEL, {}, '<workbook><sheets><sheet name="Names" state="hidden"/></sheets>'
         "</workbook>", "Holds a hidden sheet: Names"),
        (files.EXCEL, {"xl/worksheets/sheet1.xml": '<worksheet><row hidden="1"/></worksheet>'}, "",
         "Holds hidden rows or columns"),
        (files.POWERPOINT, {"ppt/slides/slide1.xml": '<sld show="0"/>'}, "",
         "Holds a hidden slide"),
        (files.POWERPOINT, {"ppt/notesSlides/notesSlide1.xml": "<notes/>"}, "",
         "speaker’s notes on 1 slide"),
    ],
)  # fmt: skip
def test_what_hides_in_an_office_file(kind, more, body, says):
    content_type = {files.WORD: DOCX, files.EXCEL: XLSX, files.POWERPOINT: PPTX}[kind]
    found = " ".join(hidden(files.office(kind, more, body=body), content_type))
    assert says in found if says else found == ""


def test_what_hides_in_an_open_document():
    content = (
        '<office:document xmlns:office="http://example.test/o" xmlns:text="http://example.test/t">'
        '<text:changed-region/><office:annotation/><text:section text:display="none"/>'
        "</office:document>"
    )
    meta = "<meta><initial-creator>Basil</initial-creator></meta>"
    made = files.open_document(more={"meta.xml": meta})
    assert "Names its author: Basil" in hidden(made, ODT)
    parts = {"mimetype": ODT, "content.xml": content}
    assert hidden(files.archive(parts), ODT) == [
        "Holds tracked changes", "Holds comments", "Holds hidden text"
    ]  # fmt: skip


def test_a_picture_says_who_took_it():
    exif = Image.Exif()
    exif[315] = "Basil Whitcombe"
    buffer = io.BytesIO()
    Image.new("L", (4, 4)).save(buffer, "JPEG", exif=exif)
    assert hidden(buffer.getvalue(), "image/jpeg") == ["Names the author: Basil Whitcombe"]
    assert hidden(files.picture("PNG"), "image/png") == []


@pytest.mark.parametrize("content_type", [PDF, DOCX, "image/png"])
def test_what_cannot_be_read_is_said_and_never_an_error(content_type):
    assert hidden(b"PK\x03\x04 damaged", content_type) == [UNREADABLE]


def test_plain_text_hides_nothing():
    assert hidden(b"Words", "text/plain; charset=utf-8") == []


def test_a_script_anywhere_in_a_pdf_is_found():
    assert "Holds a script" in hidden(files.pdf_with_nested_script(), PDF)
