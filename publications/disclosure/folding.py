"""Text as it is compared: small letters, no diacritics, broken words joined; each letter knows its place (a leaf)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

SKIPPED = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphens and what takes no room
DASHES = "‐‑‒–—―−"
APOSTROPHES = "’‘‛`´ʼ＇"
PLAIN = str.maketrans("łøđðħı", "loddhi") | {ord("æ"): "ae", ord("œ"): "oe", ord("þ"): "th"}
BROKEN = re.compile(rf"(?<=[^\W\d_])[-‐‑{SKIPPED}][ \t]*\r?\n[ \t]*(?=[^\W\d_])")  # "Row-" at the end of a line, "an"
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
BEFORE_START = " '\"“”„([{•·*-_0123456789)"  # may stand between the end of a sentence and the next word
ENDS = ".!?:;\n|"


@dataclass(frozen=True)
class Word:
    """A word in folded text: `start` and `end` count there. `text` is without the s of a possessive."""

    text: str
    start: int
    end: int
    is_capital: bool
    is_upper: bool
    is_possessive: bool


@dataclass(frozen=True)
class Folded:
    """`plain` is what is compared; `origin[i]` is the place in `text` from which the character i came."""

    text: str
    plain: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of `text` that the folded ones came from."""
        return self.origin[start], self.origin[end - 1] + 1

    @cached_property
    def words(self) -> list[Word]:
        return [self._word(found) for found in WORD.finditer(self.plain)]

    def _word(self, found: re.Match[str]) -> Word:
        start, end, text = found.start(), found.end(), found[0]
        possessive = text.endswith("'s")
        if possessive:
            text, end = text[:-2], end - 2
        letters = [self.text[self.origin[i]] for i in range(start, end) if self.plain[i] != "'"]
        upper = len(letters) > 1 and all(letter.isupper() for letter in letters)
        return Word(text.replace("'", ""), start, end, letters[0].isupper(), upper, possessive)

    def begins_sentence(self, word: Word) -> bool:
        """Whether a capital letter says nothing here."""
        before = self.plain[: word.start].rstrip(BEFORE_START)
        return not before or before[-1] in ENDS or self._after_blank_line(word)

    def _after_blank_line(self, word: Word) -> bool:
        at = self.origin[word.start]
        return bool(re.search(r"\n[ \t]*\n[^\w]*$", self.text[max(0, at - 20) : at]))


def fold(text: str) -> Folded:
    """Never raises. A word that a hyphen breaks over two lines becomes one, but "Smith-⏎Jones" keeps its hyphen."""
    broken = {found.start(): found for found in BROKEN.finditer(text)}
    plain: list[str] = []
    origin: list[int] = []
    at = 0
    while at < len(text):
        if at in broken:
            end = broken[at].end()
            made, step = ("-" if text[end].isupper() and not text[at - 1].isupper() else ""), end - at
        else:
            made, step = _character(text[at]), 1
        if not (made == " " and plain and plain[-1] == " "):
            plain.extend(made)
            origin.extend([at] * len(made))
        at += step
    return Folded(text, "".join(plain), tuple(origin))


def _character(sign: str) -> str:
    if sign in SKIPPED:
        return ""
    if sign.isspace():
        return " "
    if sign in DASHES:
        return "-"
    if sign in APOSTROPHES:
        return "'"
    letters = unicodedata.normalize("NFKD", sign.casefold().translate(PLAIN))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words_in(text: str) -> list[str]:
    """The folded words of a short text, hyphens parting them."""
    return [word.text for word in fold(text).words]
