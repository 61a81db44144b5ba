"""Parts of one PDF put together: pages, what a screen reader follows (the structure tree), and bookmarks.

A plain merge keeps the pages and loses the tags. Each part here is PDF/UA-1 by WeasyPrint, of one shape: a tree with
one Document element and a parent tree that is one array; so the parts' elements become elements of the first one's.
"""

import io
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Name, OutlineItem, Pdf


def merged(cover: bytes, parts: Iterable[tuple[str, bytes]]) -> tuple[bytes, int]:
    """`cover`, then the parts, each with its bookmark: the bytes and how many pages they have.

    Title, language and metadata are the cover's. Each part's PDF is read and let go before the next one is.
    """
    with Pdf.open(io.BytesIO(cover)) as whole:
        marks = []
        for title, content in parts:
            marks.append((title, len(whole.pages)))
            with Pdf.open(io.BytesIO(content)) as part:
                _append(whole, part)
        with whole.open_outline() as outline:
            outline.root.extend(OutlineItem(title, page) for title, page in marks)
        out = io.BytesIO()
        whole.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue(), len(whole.pages)


def _append(whole: Pdf, part: Pdf) -> None:
    """Pages first: what refers to them in the tree is then copied as a reference and not as another page."""
    root = whole.Root.StructTreeRoot
    numbers = root.ParentTree.Nums
    offset = int(numbers[-2]) + 1 if len(numbers) else 0
    for page in part.pages:
        _shift(page.obj, "/StructParents", offset)
        for note in page.obj.get("/Annots", Array()):
            _shift(note, "/StructParent", offset)
    whole.pages.extend(part.pages)
    copied = whole.copy_foreign(part.Root.StructTreeRoot)
    document = root.K[0]
    for element in copied.K[0].K:
        element.P = document
        document.K.append(element)
    theirs = copied.ParentTree.Nums
    for place in range(0, len(theirs), 2):
        numbers.append(int(theirs[place]) + offset)
        numbers.append(theirs[place + 1])


def _shift(thing: Any, key: str, offset: int) -> None:
    if key in thing:
        thing[Name(key)] = int(thing[key]) + offset
