"""Files of every kind, good and bad, made here: nothing of them is kept in the checkout."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

WORD = "wordprocessingml.document"
EXCEL = "spreadsheetml.sheet"
POWERPOINT = "presentationml.presentation"
MAIN = {WORD: "word/document.xml", EXCEL: "xl/workbook.xml", POWERPOINT: "ppt/presentation.xml"}
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(pages: int = 1, change=None, **save) -> bytes:
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page()
        if change:
            change(made)
        buffer = io.BytesIO()
        save.setdefault("deterministic_id", "encryption" not in save)
        made.save(buffer, **save)
    return buffer.getvalue()


def locked_pdf(user: str = "") -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="owner", user=user))


def pdf_with(key: str, value) -> bytes:
    def change(made):
        made.Root[key] = made.make_indirect(value)

    return pdf(change=change)


def pdf_doing(kind: str, **more) -> bytes:
    """A PDF that does something when it is opened."""
    entries = {"/S": pikepdf.Name(f"/{kind}"), **{f"/{name}": each for name, each in more.items()}}
    return pdf_with("/OpenAction", pikepdf.Dictionary(entries))


def pdf_with_enclosure() -> bytes:
    return pdf(change=lambda made: made.attachments.__setitem__("a.txt", b"hello"))


def pdf_with_nested_script() -> bytes:
    """A script in a dictionary inside an array inside an annotation."""

    def change(made):
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Next=pikepdf.Array([script]))
        made.pages[0].Annots = pikepdf.Array([note])

    return pdf(change=change)


def pdf_bomb() -> bytes:
    """An object stream of a few hundred kilobytes that unpacks to 400 megabytes."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b" " * 1_000_000) for _ in range(400)) + packer.flush()
    head = b"%PDF-1.5\n"
    entries = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>" % len(packed)
    stream = b"1 0 obj\n" + entries + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    table = struct.pack(">BIB", 0, 0, 0) + struct.pack(">BIB", 1, len(head), 0)
    table += struct.pack(">BIB", 2, 1, 0)
    start = len(head) + len(stream)
    table += struct.pack(">BIB", 1, start, 0)
    reference = b"3 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 2 0 R/Length %d>>\nstream\n" % len(
        table
    )
    tail = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % start
    return head + stream + reference + table + tail


def archive(parts: dict, *, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", how) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def office(
    kind: str = WORD, more: dict | None = None, *, main_type: str = "", body: str = ""
) -> bytes:
    main_type = main_type or f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{MAIN[kind]}" ContentType="{main_type}"/></Types>'
    )
    return archive(
        {
            "[Content_Types].xml": types,
            "_rels/.rels": links(),
            MAIN[kind]: body or "<document><body>Highlights and risks</body></document>",
            **(more or {}),
        }
    )


def links(*targets: tuple[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{number}" Type="http://example.test/{kind}" Target="{target}" '
        'TargetMode="External"/>'
        for number, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="http://example.test/relationships">{each}</Relationships>'


def open_document(kind: str = "text", more: dict | None = None, manifest: str = "") -> bytes:
    return archive(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "META-INF/manifest.xml": manifest or "<manifest><file-entry/></manifest>",
            "content.xml": "<office><body>Highlights</body></office>",
            **(more or {}),
        }
    )


def locked_zip(content: bytes) -> bytes:
    """The same archive, saying of every part that it needs a password."""
    made = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(signature)
        while at >= 0:
            made[at + offset] |= 1
            at = made.find(signature, at + 4)
    return bytes(made)


def picture(kind: str = "PNG", size=(20, 10)) -> bytes:
    buffer = io.BytesIO()
    Image.new("1" if kind == "PNG" else "L", size).save(buffer, kind)
    return buffer.getvalue()


def pixel_flood(width: int = 60_000, height: int = 60_000) -> bytes:
    """A picture that says it is enormous; there is nothing in it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content
            + struct.pack(">I", zlib.crc32(name + content))
        )  # fmt: skip

    packed = zlib.compress(b"\x00" * 100)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )
