"""The structure tree of a tagged PDF: what each thing on a page is, for screen readers and for extraction.

reportlab writes no tags, so the tree is added here to the document that its canvas keeps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFString


@dataclass(slots=True, eq=False)
class Element:
    """One node of the tree, named as the PDF standard names its kinds: Sect, H1, P, Table, TD, Figure…"""

    kind: str
    alternative: str = ""
    """What a figure shows, in words."""
    scope: str = ""
    """Column or Row, for a TH."""
    children: list[Element | tuple[int, int]] = field(default_factory=list)
    """Elements, and pieces of page content: page index and number of the piece on that page."""

    def child(self, kind: str, alternative: str = "", scope: str = "") -> Element:
        """Add an element at the end and return it."""
        element = Element(kind, alternative, scope)
        self.children.append(element)
        return element


def add_structure_tree(document: Any, root: Element, elements_on_pages: list[list[Element]]) -> None:
    """Write the tree into a reportlab document whose pages are all finished.

    `elements_on_pages` holds, for each page, the element of each of its numbered pieces.
    """
    names: dict[int, str] = {}

    def reference(element: Element) -> Any:
        return PDFObjectReference(names.setdefault(id(element), f"element{len(names)}"))

    def kid(child: Element | tuple[int, int]) -> Any:
        if isinstance(child, Element):
            return reference(child)
        page, number = child
        return PDFDictionary(
            {"Type": PDFName("MCR"), "Pg": PDFObjectReference(f"Page{page + 1}"), "MCID": number}
        )

    def write(element: Element, parent: Any) -> None:
        own = reference(element)
        entries = {
            "Type": PDFName("StructElem"),
            "S": PDFName(element.kind),
            "P": parent,
            "K": PDFArray([kid(child) for child in element.children]),
        }
        if element.alternative:
            entries["Alt"] = PDFString(element.alternative)
        if element.scope:
            entries["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName(element.scope)})
        document.Reference(PDFDictionary(entries), own.name)
        for child in element.children:
            if isinstance(child, Element):
                write(child, own)

    tree_reference = PDFObjectReference("structureTree")
    write(root, tree_reference)
    numbers: list[Any] = []
    for index, elements in enumerate(elements_on_pages):
        numbers += [index, PDFArray([reference(element) for element in elements])]
        page = document.Pages.pages[index]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = index
        page.Tabs = PDFName("S")
    tree = {
        "Type": PDFName("StructTreeRoot"),
        "K": reference(root),
        "ParentTree": PDFDictionary({"Nums": PDFArray(numbers)}),
        "ParentTreeNextKey": len(elements_on_pages),
    }
    document.Reference(PDFDictionary(tree), tree_reference.name)
    document.Catalog.StructTreeRoot = tree_reference
    document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})
