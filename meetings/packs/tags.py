"""The tags of a whole pack: what each paper says of its own structure, under one root.

A paper without tags is read in the order in which its pages are drawn, each page as one paragraph:
a reader with a screen reader gets its words, though not its headings.
"""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf, String

PARAGRAPH = "/P <</MCID 0>>"
BROKEN = (AttributeError, KeyError, TypeError, ValueError, RuntimeError, pikepdf.PdfError)


class Tags:
    """The structure of the PDF that is being put together."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array())
        )
        self.parents: list[tuple[int, Any]] = []
        self.names: list[tuple[bytes, Any]] = []
        self.adopted = 0
        self.next = 0

    def part(self, title: str, language: str = "") -> Any:
        """A part of the document: the first pages, or one paper."""
        part = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Part, P=self.document, T=title, K=Array())
        )
        if language:
            part.Lang = language
        self.document.K.append(part)
        return part

    def adopt(self, source: Pdf, pages: list[Page], part: Any) -> bool:
        """Take over the structure of a PDF whose pages have been copied; whether it had one."""
        tree = source.Root.get("/StructTreeRoot")
        if not isinstance(tree, Dictionary) or "/K" not in tree:
            return False
        if not tree.is_indirect:
            tree = source.make_indirect(tree)
        self.adopted += 1
        kept = self.next, len(self.parents), len(self.names)
        try:
            copied = self.pdf.copy_foreign(tree)
            self._take(copied, pages, part)
        except BROKEN:
            self.next = kept[0]
            del self.parents[kept[1] :], self.names[kept[2] :]
            part.K = Array()
            for page in pages:
                drop(page.obj, "/StructParents")
            return False
        return True

    def _take(self, tree: Any, pages: list[Page], part: Any) -> None:
        offset = self.next
        numbers = list(numbers_of(tree.get("/ParentTree"), "/Nums"))
        most = max([int(number) for number, _ in numbers], default=-1)
        self.next = offset + most + 1
        self.parents += [(int(number) + offset, element) for number, element in numbers]
        _renumber(pages, offset, most)
        kids = [each for each in listed(tree.K) if isinstance(each, Dictionary)]
        _Walk(self, tree).over(kids)
        for kid in kids:
            kid.P = part
            if kid.get("/S") == Name.Document:
                kid.S = Name.Sect
            part.K.append(kid)

    def read_as_drawn(self, page: Page, part: Any) -> None:
        """An untagged page becomes one paragraph; its content is to be marked as ``PARAGRAPH``."""
        paragraph = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.P, P=part, Pg=page.obj, K=0)
        )
        part.K.append(paragraph)
        page.obj.StructParents = self.next
        self.parents.append((self.next, Array([paragraph])))
        self.next += 1

    def finish(self) -> None:
        """Hang the structure into the PDF."""
        numbers: list[Any] = []
        for number, element in sorted(self.parents, key=lambda each: each[0]):
            numbers += [number, element]
        self.root.K = Array([self.document])
        self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbers)))
        self.root.ParentTreeNextKey = self.next
        if self.names:
            names = Array()
            for name, element in sorted(self.names, key=lambda each: each[0]):
                names.extend([String(name), element])
            first, last = names[0], names[len(names) - 2]
            leaf = Dictionary(Limits=Array([first, last]), Names=names)
            kids = Array([self.pdf.make_indirect(leaf)])
            self.root.IDTree = self.pdf.make_indirect(Dictionary(Kids=kids))
        self.pdf.Root.StructTreeRoot = self.root
        self.pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Walk:
    """Over the elements of one paper: its own kinds, classes and names become those of the pack."""

    def __init__(self, tags: Tags, tree: Any) -> None:
        self.tags = tags
        self.roles = tree.get("/RoleMap") or Dictionary()
        self.classes = tree.get("/ClassMap") or Dictionary()
        self.mark = f"{tags.adopted}-".encode()

    def over(self, kids: list[Any]) -> None:
        waiting, seen = list(kids), set()
        while waiting:
            element = waiting.pop()
            if element.is_indirect:
                if element.objgen in seen:
                    continue
                seen.add(element.objgen)
            self._settle(element)
            kids = [kid for kid in listed(element.get("/K")) if isinstance(kid, Dictionary)]
            # What has a kind is an element; what has none leads to a drawing or to a link.
            waiting.extend(kid for kid in kids if "/S" in kid)

    def _settle(self, element: Any) -> None:
        kind, steps = element.get("/S"), 0
        while kind is not None and str(kind) in self.roles and steps < 10:
            kind, steps = self.roles[str(kind)], steps + 1
        element.S = kind
        attributes = [each for each in listed(element.get("/A")) if isinstance(each, Dictionary)]
        for name in listed(element.get("/C")):
            if isinstance(name, Name) and str(name) in self.classes:
                attributes += listed(self.classes[str(name)])
        if "/C" in element:
            del element.C
            element.A = Array(attributes)
        for each in attributes:
            if isinstance(each, Dictionary) and "/Headers" in each:
                each.Headers = Array([String(self.mark + bytes(one)) for one in each.Headers])
        if "/ID" in element:
            name = self.mark + bytes(element.ID)
            element.ID = String(name)
            self.tags.names.append((name, element))


def drop(holder: Any, key: str) -> None:
    """Take a key out of a dictionary, if it is there."""
    if key in holder:
        del holder[key]


def listed(value: Any) -> list[Any]:
    """What may be one thing or an array of them, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def numbers_of(node: Any, leaves: str) -> Iterator[tuple[Any, Any]]:
    """The pairs of a number tree or of a name tree."""
    waiting, seen = [node], 0
    while waiting and seen < 100_000:
        node, seen = waiting.pop(), seen + 1
        if not isinstance(node, Dictionary):
            continue
        pairs = node.get(leaves)
        if isinstance(pairs, Array):
            for at in range(0, len(pairs) - 1, 2):
                yield pairs[at], pairs[at + 1]
        waiting.extend(listed(node.get("/Kids")))


def _renumber(pages: list[Page], offset: int, most: int) -> None:
    """Shift the numbers by which pages, links and drawings find their elements."""
    done: set[Any] = set()
    for page in pages:
        for holder in _holders(page.obj):
            if holder.is_indirect:
                if holder.objgen in done:
                    continue
                done.add(holder.objgen)
            for key in ("/StructParents", "/StructParent"):
                if key in holder:
                    number = int(holder[key])
                    if 0 <= number <= most:
                        holder[key] = number + offset
                    else:
                        del holder[key]


def _holders(page: Any) -> Iterator[Any]:
    yield page
    yield from (each for each in listed(page.get("/Annots")) if isinstance(each, Dictionary))
    waiting, depth = [page.get("/Resources")], 0
    while waiting and depth < 1000:
        resources, depth = waiting.pop(), depth + 1
        drawings = resources.get("/XObject") if isinstance(resources, Dictionary) else None
        for drawing in drawings.values() if isinstance(drawings, Dictionary) else ():
            if isinstance(drawing, pikepdf.Stream):
                yield drawing
                if "/Resources" in drawing:
                    waiting.append(drawing.get("/Resources"))
