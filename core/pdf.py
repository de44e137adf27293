"""PDFs that everybody can read: PDF/UA-1, made by WeasyPrint from a template and ``pdf.css``.

Nothing is fetched but our own static files, and what is written holds no path of this machine.
"""

import gc
import importlib
import io
import logging
import mimetypes
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Operator

# An address that nobody can have: whatever a template names is looked up under it, on this disk.
ASSETS = "https://assets.invalid/"
PRINTED = 4  # the flag of an annotation that also shows on paper


class PDFUnavailable(Exception):
    """This machine has no Pango, which WeasyPrint draws text with."""

    def __init__(self) -> None:
        super().__init__(
            "PDFs need Pango, which is not installed here. On Debian or Ubuntu: "
            "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0"
        )


class Foreign(Exception):
    """The template names a file that is not one of our own static files."""


def render(
    template: str, context: dict[str, Any], *, pictures: dict[str, bytes] | None = None
) -> bytes:
    """The PDF of a template that extends ``pdf/base.html``; it may name these pictures.

    The same template and context give the same bytes. Raises ``PDFUnavailable`` without Pango and
    ``Foreign`` if the template names any other file but our own static ones.
    """
    engine = _engine()
    html = render_to_string(template, context)
    # Most of the time would go to looking through objects that a PDF never lets go of.
    gc.collect()
    gc.freeze()
    try:
        page = engine.HTML(string=html, base_url=ASSETS, url_fetcher=OurFiles(pictures))
        written = page.write_pdf(pdf_variant="pdf/ua-1")
    except engine.urls.FatalURLFetchingError as refused:
        # A BaseException, which would end the process that asked for the PDF.
        raise Foreign(str(refused.__cause__)) from refused
    finally:
        gc.unfreeze()
    return _finished(written)


@cache
def _engine() -> Any:
    """WeasyPrint, imported when the first PDF is made: it takes half a second and needs Pango."""
    for chatty in ("weasyprint.progress", "fontTools", "pikepdf"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        return importlib.import_module("weasyprint")
    except OSError as missing:
        raise PDFUnavailable from missing


class OurFiles:
    """Answers WeasyPrint with our own static files, and refuses every other address.

    ``pictures`` are files that the caller holds, by name.
    """

    _fail_on_errors = True

    def __init__(self, pictures: dict[str, bytes] | None = None) -> None:
        self.pictures = pictures or {}

    def __call__(self, url: str) -> Any:
        """The file of an address under ``ASSETS``. Raises ``ValueError`` for any other."""
        name = url.removeprefix(ASSETS)
        if url.startswith(ASSETS) and name in self.pictures:
            kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
            return _engine().urls.URLFetcherResponse(
                url, self.pictures[name], {"Content-Type": kind}
            )
        path = finders.find(name) if url.startswith(ASSETS) else None
        if not path:
            raise ValueError(f"A PDF may only hold our own files, not {url}")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        headers = {"Content-Type": kind}
        return _engine().urls.URLFetcherResponse(url, _contents(path), headers)


def _contents(path: str) -> bytes:
    return _unpacked(path) if path.endswith(".woff2") else Path(path).read_bytes()


@cache
def _unpacked(path: str) -> bytes:
    """A font as it is drawn with, unpacked once: WeasyPrint would do it again for each document."""
    woff2 = importlib.import_module("fontTools.ttLib.woff2")
    unpacked = io.BytesIO()
    with Path(path).open("rb") as packed:
        woff2.decompress(packed, unpacked)
    return unpacked.getvalue()


# ---- what WeasyPrint leaves undone --------------------------------------------------------------


def _finished(written: bytes) -> bytes:
    """Point the headings of tables, print links, and keep running lines from being read out."""
    with pikepdf.open(io.BytesIO(written)) as document:
        root = document.Root.StructTreeRoot
        reached = {element.objgen for element in _elements(root.K, in_head=False)}
        parents = _parents(root)
        for page in document.pages:
            for annotation in page.get("/Annots", []):
                annotation.F = PRINTED
            _hide_running_lines(document, page, parents, reached)
        finished = io.BytesIO()
        document.save(finished, compress_streams=True, deterministic_id=True)
    return finished.getvalue()


def _elements(node: Any, *, in_head: bool) -> Iterator[Any]:
    """Every element of the structure below a node; headings of tables get their scope."""
    if isinstance(node, Array):
        for child in node:
            yield from _elements(child, in_head=in_head)
    elif isinstance(node, Dictionary):
        if node.is_indirect:
            yield node
        kind = node.get("/S")
        in_head = in_head or kind == Name.THead
        if kind == Name.TH:
            _give_scope(node, Name.Column if in_head else Name.Row)
        if "/K" in node:
            yield from _elements(node.K, in_head=in_head)


def _give_scope(heading: Any, scope: Name) -> None:
    attributes = heading.get("/A")
    if isinstance(attributes, Array):
        attributes = next((each for each in attributes if each.get("/O") == Name.Table), None)
    if isinstance(attributes, Dictionary):
        attributes.Scope = scope
    else:
        heading.A = Dictionary(O=Name.Table, Scope=scope)


def _parents(root: Any) -> dict[int, Any]:
    """The structure's elements by page: for each page, its elements by the number of the mark."""
    numbers = root.ParentTree.Nums
    return {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}


def _hide_running_lines(document: Any, page: Any, parents: Any, reached: Any) -> None:
    """Mark what stands in a page's margins as decoration: nobody needs it read out on each page."""
    elements = parents.get(int(page.get("/StructParents", -1)))
    if elements is None:
        return
    running = {
        number
        for number, element in enumerate(elements)
        if not (isinstance(element, Dictionary) and element.objgen in reached)
    }
    if running:
        instructions = [_decorative(each, running) for each in pikepdf.parse_content_stream(page)]
        page.Contents = document.make_stream(pikepdf.unparse_content_stream(instructions))


def _decorative(instruction: Any, running: set[int]) -> Any:
    """The instruction, or if it begins a running line, one that begins decoration."""
    if str(instruction.operator) != "BDC":
        return instruction
    properties = instruction.operands[1]
    if not isinstance(properties, Dictionary) or int(properties.get("/MCID", -1)) not in running:
        return instruction
    artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
    return ContentStreamInstruction(artifact, Operator("BDC"))
