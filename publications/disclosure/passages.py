"""Text with the place where it stands: what the readers of files give and the finders take (a leaf)."""

from dataclasses import dataclass, field

from publications.disclosure.choices import Kind, Where


@dataclass(frozen=True)
class Mark:
    """The characters `start` to `end` of a passage stand in a place of their own, such as a tracked deletion."""

    start: int
    end: int
    where: Where


@dataclass(frozen=True)
class Passage:
    """A run of text that is read together: a paragraph, a page of a PDF, a property.

    `page` and `paragraph` count from 1; None where the file does not say. `only_marked`: the text between the marks is
    read elsewhere already, so that only what touches a mark is found here.
    """

    text: str
    where: Where = Where.BODY
    page: int | None = None
    paragraph: int | None = None
    marks: tuple[Mark, ...] = ()
    only_marked: bool = False
    label: str = ""  # which property, whose comment: a word of ours, never text from the file

    def place_of(self, start: int, end: int) -> Where | None:
        """Where the characters stand; None where they are read elsewhere."""
        for mark in self.marks:
            if start < mark.end and end > mark.start:
                return mark.where
        return None if self.only_marked else self.where


@dataclass(frozen=True)
class Leftover:
    """Something in the file that should not be there whatever it says, or that could not be read."""

    kind: Kind
    text: str
    where: Where
    page: int | None = None


@dataclass
class Reading:
    """All that one file says. `pages` is 0 where its format knows none; `notes` are sentences for the result page."""

    passages: list[Passage] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pages: int = 0
    people: list[str] = field(default_factory=list)  # authors, commentators: names that stand in properties

    def add(self, text: str, where: Where, **place: object) -> None:
        """A passage, unless it is empty."""
        if text.strip():
            self.passages.append(Passage(text, where, **place))  # type: ignore[arg-type]
