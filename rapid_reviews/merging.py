"""Two people's texts over one that both began from: what each changed, and both put together (pure).

Lines, which in our boxes are paragraphs, are merged; only where both changed the same one, both stand between marks.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

OPEN, CLOSE = "⟦", "⟧"
END = f"{OPEN} End {CLOSE}"
SAME, ADDED, REMOVED = "same", "added", "removed"
MOST_WORDS = 3000  # beyond it two paragraphs are shown whole, one after the other
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, came or went."""

    kind: str
    text: str


@dataclass(frozen=True)
class Merged:
    """`text` holds everything that either wrote; `conflicts` counts the places where both changed the same lines."""

    text: str
    conflicts: int


@dataclass(frozen=True)
class _Hunk:
    """`lines` take the place of the base's lines from `start` to before `end`."""

    start: int
    end: int
    lines: tuple[str, ...]
    is_mine: bool


def has_marks(text: str) -> bool:
    """Whether a place where both wrote has not been put together yet."""
    return any(line.startswith(OPEN) and line.endswith(CLOSE) for line in text.splitlines())


def merge(base: str, mine: str, theirs: str, *, their_name: str) -> Merged:
    """Both changes together. Where they touch the same lines, both texts stand there, between marks."""
    if mine == theirs:
        return Merged(mine, 0)
    lines = _lines(base)
    hunks = sorted(
        [*_hunks(lines, _lines(mine), is_mine=True), *_hunks(lines, _lines(theirs), is_mine=False)],
        key=lambda hunk: (hunk.start, hunk.end),
    )
    out: list[str] = []
    place = conflicts = 0
    for region in _regions(hunks):
        start, end = min(h.start for h in region), max(h.end for h in region)
        out += lines[place:start]
        texts = [_applied(lines, start, end, [h for h in region if h.is_mine is side]) for side in (True, False)]
        if len({h.is_mine for h in region}) == 1:
            out += texts[0] if region[0].is_mine else texts[1]
        elif texts[0] == texts[1]:
            out += texts[0]
        else:
            conflicts += 1
            out += [f"{OPEN} {their_name} wrote {CLOSE}", *texts[1], f"{OPEN} You wrote {CLOSE}", *texts[0], END]
        place = end
    return Merged("\n".join(out + lines[place:]), conflicts)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _hunks(base: Sequence[str], other: Sequence[str], *, is_mine: bool) -> Iterator[_Hunk]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, base, other, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Hunk(i1, i2, tuple(other[j1:j2]), is_mine)


def _regions(hunks: Iterable[_Hunk]) -> Iterator[list[_Hunk]]:
    """Hunks that touch the same lines, together; neighbours that do not stay apart."""
    region: list[_Hunk] = []
    for hunk in hunks:
        if region and not _overlaps(region, hunk):
            yield region
            region = []
        region.append(hunk)
    if region:
        yield region


def _overlaps(region: Sequence[_Hunk], hunk: _Hunk) -> bool:
    end = max(h.end for h in region)
    both_insert_here = any(h.start == h.end == hunk.start == hunk.end for h in region)
    return hunk.start < end or both_insert_here


def _applied(base: Sequence[str], start: int, end: int, hunks: Sequence[_Hunk]) -> list[str]:
    """The base's lines from `start` to `end` as one side has them."""
    out: list[str] = []
    for hunk in hunks:
        out += [*base[start : hunk.start], *hunk.lines]
        start = hunk.end
    return out + list(base[start:end])


def changes(old: str, new: str) -> list[Piece]:
    """What came and what went between two texts, by the word inside a changed paragraph."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        gone, come = "".join(before[i1:i2]), "".join(after[j1:j2])
        pieces += [Piece(SAME, gone)] if tag == "equal" else _by_word(gone, come)
    return list(_joined(pieces))


def _by_word(gone: str, come: str) -> list[Piece]:
    old, new = WORDS.findall(gone), WORDS.findall(come)
    if not gone or not come or max(len(old), len(new)) > MOST_WORDS:
        return [Piece(REMOVED, gone), Piece(ADDED, come)]
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[i1:i2])))
        else:
            pieces += [Piece(REMOVED, "".join(old[i1:i2])), Piece(ADDED, "".join(new[j1:j2]))]
    return pieces


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.kind == piece.kind:
            last = Piece(last.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
