"""Names of schools and settings in running text (a leaf)."""

import re

from publications.disclosure.choices import Kind
from publications.disclosure.folding import Folded, words_in
from publications.disclosure.known import Fact, Match

_WORDS = """
    school primary secondary infant infants junior juniors nursery preschool pre academy college sixth form high grammar
    community special church of england c e ce rc catholic roman free trust centre childrens playgroup and the for girls
    boys st saint saints
"""
GENERIC = frozenset(_WORDS.split())
AFTER = "(?: (?:" + "|".join(sorted(GENERIC - {"the", "of", "and"}, key=len, reverse=True)) + r"))"


class Schools:
    """A school is found by the words that are its own, with some of those that all schools have."""

    def __init__(self, facts: list[Fact], ordinary: frozenset[str]) -> None:
        self._shapes = [
            (shape, fact)
            for fact in facts
            if fact.kind == Kind.SCHOOL
            for shape in [_shape(words_in(fact.value), ordinary)]
            if shape is not None
        ]

    def find(self, folded: Folded) -> list[Match]:
        return [
            Match(found.start(), found.end(), fact.kind, fact.label, fact.value, 25)
            for shape, fact in self._shapes
            for found in shape.finditer(folded.plain)
        ]


def _shape(words: list[str], ordinary: frozenset[str]) -> re.Pattern[str] | None:
    """ "Hope Primary School" needs one of the words after it, "Larkspur Primary School" is known by the first alone."""
    own = [word for word in words if word not in GENERIC]
    saint = r"(?:(?:st|saint)\.? )" if "st" in words or "saint" in words else ""
    if not own:
        return None
    name = r"[ '-]{1,2}".join(map(re.escape, own))
    is_plain = len(own) == 1 and (own[0] in ordinary or len(own[0]) < 4)
    after = AFTER + ("+" if is_plain and not saint else "*")
    return re.compile(rf"(?<!\w){saint}{name}(?:'?s)?{after}(?!\w)")
