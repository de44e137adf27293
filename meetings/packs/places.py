"""Links and bookmarks: places in a PDF by the pages themselves, not by names that get lost."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, OutlineItem, Page, Pdf, String

from meetings.packs.shapes import PLACES, Book
from meetings.packs.tags import BROKEN, drop, listed, numbers_of

# What a page may carry that is no part of what it shows: who made it and with what, for one.
CARRIED = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified", "/B", "/AA")


def prepare(source: Pdf) -> None:
    """Make a paper's pages fit to stand elsewhere, before they are copied."""
    names = None
    for page in source.pages:
        for key in CARRIED:
            drop(page.obj, key)
        links = [each for each in listed(page.obj.get("/Annots")) if isinstance(each, Dictionary)]
        for link in links:
            named = _named(link)
            if named is not None:
                names = dict(named_places(source)) if names is None else names
                _settle(link, names.get(named))


def _named(link: Any) -> bytes | None:
    """The name of the place that a link leads to, if it leads to one by name."""
    action = link.get("/A")
    place = link.get("/Dest")
    if place is None and isinstance(action, Dictionary) and action.get("/S") == Name.GoTo:
        place = action.get("/D")
    if isinstance(place, Name):
        return str(place)[1:].encode()
    return bytes(place) if isinstance(place, String) else None


def _settle(link: Any, place: Any) -> None:
    drop(link, "/A")
    drop(link, "/Dest")
    if isinstance(place, Dictionary):
        place = place.get("/D")
    if isinstance(place, Array):
        link.Dest = place


def named_places(source: Pdf) -> Iterator[tuple[bytes, Any]]:
    """Every place in a PDF that has a name."""
    try:
        older = source.Root.get("/Dests")
        if isinstance(older, Dictionary):
            yield from ((name[1:].encode(), place) for name, place in older.items())
        names = source.Root.get("/Names")
        if isinstance(names, Dictionary):
            for name, place in numbers_of(names.get("/Dests"), "/Names"):
                yield bytes(name), place
    except BROKEN:
        return


def lead(front: list[Page], firsts: dict[int, Page]) -> None:
    """Let the links of the first pages lead to the papers themselves."""
    for page in front:
        for link in listed(page.obj.get("/Annots")):
            action = link.get("/A")
            address = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
            if address.startswith(PLACES):
                target = firsts[int(address.removeprefix(PLACES))]
                del link.A
                link.Dest = Array([target.obj, Name.Fit])


def number(pdf: Pdf, book: Book, front: int) -> None:
    """Say how the pages are numbered: i, ii and iii first, then as printed on the papers."""
    ranges: list[Any] = [0, Dictionary(S=Name.r)]
    at, expected = front, None
    for entry in book.present:
        if entry.first_page != expected:
            style = Dictionary(S=Name.D, St=entry.first_page)
            if entry.prefix:
                style.P = entry.prefix
            ranges += [at, style]
        at, expected = at + entry.pages, entry.first_page + entry.pages
    pdf.Root.PageLabels = Dictionary(Nums=Array(ranges))


def bookmark(pdf: Pdf, book: Book, front: int, agenda: int) -> None:
    """A bookmark for each item and, under it, for each of its papers."""
    starts, at = {}, front
    for entry in book.present:
        starts[entry.key] = at
        at += entry.pages
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem(book.title, 0))
        outline.root.append(OutlineItem("Agenda", agenda))
        for subject in book.subjects:
            papers = [entry for entry in subject.papers if not entry.withdrawn]
            first = min((starts[entry.key] for entry in papers), default=agenda)
            item = OutlineItem(subject.called, first)
            for entry in papers:
                item.children.append(OutlineItem(entry.called, starts[entry.key]))
            outline.root.append(item)


def layers(pdf: Pdf, source: Pdf) -> None:
    """Keep hidden what a paper keeps on a layer that is switched off."""
    theirs = source.Root.get("/OCProperties")
    if not isinstance(theirs, Dictionary) or "/OCGs" not in theirs:
        return
    if not theirs.is_indirect:
        theirs = source.make_indirect(theirs)
    copied = pdf.copy_foreign(theirs)
    settings = copied.get("/D") or Dictionary()
    off = listed(settings.get("/OFF"))
    if settings.get("/BaseState") == Name.OFF:
        shown = {each.objgen for each in listed(settings.get("/ON"))}
        off = [each for each in copied.OCGs if each.objgen not in shown]
    if "/OCProperties" not in pdf.Root:
        pdf.Root.OCProperties = Dictionary(
            OCGs=Array(), D=Dictionary(Name="Layers", Order=Array(), OFF=Array())
        )
    ours = pdf.Root.OCProperties
    ours.OCGs.extend(copied.OCGs)
    ours.D.OFF.extend(off)
