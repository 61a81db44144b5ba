"""Putting two people's texts together: nothing that either wrote may be missing, whatever they did."""

import random

import pytest

from rapid_reviews.merging import changes, has_marks, merge

BASE = "One.\nTwo.\nThree.\nFour."


def merged(base, mine, theirs):
    both = merge(base, mine, theirs, their_name="Sol Sample")
    return both.text, both.conflicts


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ("One!\nTwo.\nThree.\nFour.", "One.\nTwo.\nThree.\nFour!", "One!\nTwo.\nThree.\nFour!"),
        ("One.\nTwo!\nThree.\nFour.", "One.\nTwo.\nThree!\nFour.", "One.\nTwo!\nThree!\nFour."),  # neighbours
        (BASE, "One.\nTwo and a half.\nThree.\nFour.", "One.\nTwo and a half.\nThree.\nFour."),
        ("One.\nThree.\nFour.", BASE + "\nFive.", "One.\nThree.\nFour.\nFive."),
        ("Nought.\n" + BASE, BASE + "\nFive.", "Nought.\n" + BASE + "\nFive."),
        ("One.\nTwo.\nNew.\nThree.\nFour.", "One.\nTwo!\nThree.\nFour.", "One.\nTwo!\nNew.\nThree.\nFour."),
        ("Both.", "Both.", "Both."),
        (BASE, BASE, BASE),
        ("", BASE, ""),
    ],
)
def test_what_touches_different_paragraphs_fits_together(mine, theirs, expected):
    assert merged(BASE, mine, theirs) == (expected, 0)


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        (BASE, "One.\nTwo, mine.\nThree.\nFour.", "One.\nTwo, theirs.\nThree.\nFour."),
        ("", "Mine, from nothing.", "Theirs, from nothing."),
        (BASE, BASE + "\nMine at the end.", BASE + "\nTheirs at the end."),
        (BASE, "", "One.\nTwo, theirs.\nThree.\nFour."),  # I emptied what they changed
    ],
)
def test_what_touches_the_same_paragraph_stands_there_twice_between_marks(base, mine, theirs):
    text, conflicts = merged(base, mine, theirs)
    assert conflicts == 1
    assert has_marks(text)
    assert "⟦ Sol Sample wrote ⟧" in text
    for line in {*mine.splitlines(), *theirs.splitlines()}:
        assert line in text


def test_nothing_that_either_added_is_ever_missing():
    """A thousand pairs of edits at random, the same ones each time."""
    rng = random.Random(8104)
    for number in range(1000):
        base = [f"Line {n}" for n in range(rng.randrange(6))]
        sides = []
        for who in ("mine", "theirs"):
            side = [line for line in base if rng.random() > 0.2]
            for n in range(rng.randrange(4)):
                side.insert(rng.randrange(len(side) + 1), f"{who} {number} {n}")
            sides.append(side)
        text, conflicts = merged("\n".join(base), *("\n".join(side) for side in sides))
        lines = text.splitlines()
        for side in sides:
            assert [line for line in side if line not in base and line not in lines] == []
        kept = [line for line in base if all(line in side for side in sides)]
        assert [line for line in kept if line not in lines] == []
        assert has_marks(text) == bool(conflicts)


def test_marks_are_whole_lines():
    assert not has_marks("He wrote ⟦ You wrote ⟧ in a sentence.")
    assert has_marks("Before\n⟦ End ⟧\nAfter")


def test_changes_are_told_by_the_word():
    pieces = changes("The child was seen.\nLast.", "The child was not seen.\nLast.")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "The child was "),
        ("added", "not "),
        ("same", "seen.\nLast."),
    ]
    assert changes("", "") == []


@pytest.mark.parametrize(
    ("old", "new"), [("a b c", "a x c"), ("", "all new\ntext"), ("gone\n", ""), ("a\nb\n", "b\nc")]
)
def test_changes_hold_both_texts_whole(old, new):
    pieces = changes(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "added") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "removed") == new
