"""Names in running text, however they are written (a leaf).

A single word is found by a table of all words of all names. From there the name grows over its neighbours: other words
of the same person, initials, titles. What is spelt slightly otherwise is compared by rapidfuzz.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import jellyfish
from rapidfuzz.distance import DamerauLevenshtein

from publications.disclosure.choices import Kind
from publications.disclosure.folding import Folded, Word, fold, words_in
from publications.disclosure.known import Known, Match, Person
from publications.disclosure.ordinary import ACRONYMS, NO_NAMES, NOT_BEFORE, PARTICLES, PERSON_VERBS, TITLES

LONG, VERY_LONG = 5, 8  # letters from which one, from which two wrong letters are looked past
GAP = re.compile(r"[ .,'/_-]{0,3}")
ALL_SIGNS = re.compile(r"(?<!\w)(?:\w[ .]){3,}\w(?!\w)")
WHOSE = {Kind.CHILD: 3, Kind.FAMILY: 2, Kind.PRACTITIONER: 1}
FAMILY_NAME = "Family name of several people"


@dataclass(frozen=True)
class Part:
    """A word of somebody's name. `is_given`: not the family name."""

    person: int
    is_given: bool


@dataclass(frozen=True)
class Run:
    """Neighbouring words that are one name: from which to which word, of whom, by how many whole words."""

    first: int
    last: int
    people: frozenset[int]
    whole: int


class Names:
    """Finds the people of `known`. `lowercase`: the words that the text has in small letters somewhere, which are
    words and no misspelt names."""

    def __init__(self, known: Known, lowercase: frozenset[str] = frozenset()) -> None:
        self.people, self.ordinary, self.lowercase = known.people, known.ordinary, lowercase
        self._parts: dict[str, set[Part]] = defaultdict(set)
        self._initials: dict[str, set[int]] = defaultdict(set)
        self._both: dict[str, tuple[int, str]] = {}  # "rowaninvented", for file names and addresses; "ri"
        self._pairs: dict[str, int] = {}
        for number, person in enumerate(self.people):
            for name in person.names:
                self._learn(number, name, known.short_forms)
        self._fuzzy = [word for word in self._parts if len(word) >= LONG and word not in self.ordinary]
        self._near: dict[str, str] = {}

    def _learn(self, number: int, name: str, short_forms: dict[str, frozenset[str]]) -> None:
        chunks = [words_in(chunk) for chunk in name.replace("-", "- ").split()]
        family = self._family(name)
        words = [word for chunk in chunks for word in chunk if word not in TITLES and word not in NO_NAMES]
        given = [word for word in words if word not in family] or ([] if family else words)
        for word in given:
            for form in {word, *short_forms.get(word, ())}:
                self._parts[form].add(Part(number, True))
                self._initials[form[0]].add(number)
        for word in family:
            self._parts[word].add(Part(number, False))
            self._initials[word[0]].add(number)
        if given and family:
            self._join(number, given, family, short_forms)
        for one, other in pairwise(words):  # Anne-Marie is Annemarie too, Smith-Jones Smithjones
            if (one in family) == (other in family):
                self._parts[one + other].add(Part(number, one not in family))

    def _family(self, name: str) -> list[str]:
        """The words of the family name: all that the last chunk holds. None where there is one word only."""
        chunks = [chunk for chunk in name.replace(" - ", "-").split() if words_in(chunk)]
        plain = [word for word in words_in(" ".join(chunks)) if word not in TITLES and word not in NO_NAMES]
        if len(plain) < 2:
            return plain if name.casefold().split()[0].strip(".") in TITLES else []
        return [word for word in words_in(chunks[-1]) if word not in NO_NAMES]

    def _join(self, number: int, given: list[str], family: list[str], short: dict[str, frozenset[str]]) -> None:
        surname = "".join(family)
        for form in {given[0], *short.get(given[0], ())}:
            self._both.setdefault(form + surname, (number, "joined"))
            self._both.setdefault(surname + form, (number, "joined"))
            if len(surname) >= LONG:
                self._both.setdefault(form[0] + surname, (number, "joined"))
        self._pairs.setdefault(given[0][0] + family[0][0], number)
        if len(given) > 1:
            self._pairs.setdefault(given[0][0] + given[1][0] + family[0][0], number)

    def find(self, folded: Folded) -> list[Match]:
        words, found = folded.words, []
        at = 0
        while at < len(words):
            run = self._run(folded, words, at)
            if run is None:
                at += 1
                continue
            if self._is_name(folded, words, run):
                found.append(self._match(folded, words, run))
            at = run.last + 1
        return [*found, *self._misspelt(folded, found), *self._squeezed(folded), *self._spelt_out(folded)]

    def _of(self, word: Word) -> tuple[set[Part], bool]:
        """Whose word it is, and whether only with its last letter s taken off: the Larkspurs, the Larkspurs' house."""
        if word.text in PARTICLES:
            return set(), False
        if word.text in self._parts:
            return self._parts[word.text], False
        if word.text.endswith("s") and len(word.text) > 3 and word.is_capital:
            return self._parts.get(word.text[:-1], set()), True
        return set(), False

    def _run(self, folded: Folded, words: list[Word], at: int) -> Run | None:
        """The longest name that begins with the word `at`: whole words of one person, and initials beside them."""
        people: frozenset[int] | None = None
        last, whole, step = at, 0, at
        while step < len(words) and (step == at or _near(folded, words[step - 1], words[step])):
            mine, took = self._step(folded, words, step)
            both = mine if people is None else people & mine
            if not both:
                break
            people, whole = both, whole + (1 if took != 0 else 0)
            last, step = step + max(took, 1) - 1, step + max(took, 1)
        if people is None or (whole == 0 and last == at):
            return None
        return Run(at, last, people, whole) if whole or self._are_initials(folded, words, at, last) else None

    def _step(self, folded: Folded, words: list[Word], step: int) -> tuple[frozenset[int], int]:
        """Whose name goes on at `step`, and over how many words; 0 of them for an initial."""
        word = words[step]
        if len(word.text) == 1:
            joined = self._joined(folded, words, step)
            if joined:
                return joined, 2
            return (frozenset(self._initials.get(word.text, ())) if word.is_capital else frozenset()), 0
        parts, _ = self._of(word)
        if parts:
            return frozenset(part.person for part in parts), 1
        return self._joined(folded, words, step), 2

    def _joined(self, folded: Folded, words: list[Word], step: int) -> frozenset[int]:
        """A name written in two: O Neill, Anne Marie, Mc Donald."""
        if step + 1 >= len(words) or not _near(folded, words[step], words[step + 1]):
            return frozenset()
        parts = self._parts.get(words[step].text + words[step + 1].text, set())
        return frozenset(part.person for part in parts)

    def _are_initials(self, folded: Folded, words: list[Word], first: int, last: int) -> bool:
        """J. S. or J S, both capital: a given and a family name's, in this order."""
        letters = "".join(word.text for word in words[first : last + 1])
        person = self._pairs.get(letters)
        if person is None or any(not word.is_capital for word in words[first : last + 1]):
            return False
        end = words[last].end
        after = folded.plain[end : end + 1]
        return after == "." or folded.plain[words[first].end] in ". "

    def _is_name(self, folded: Folded, words: list[Word], run: Run) -> bool:
        """Two words of one person are a name. One alone must not be an ordinary word."""
        word = words[run.first]
        if run.last > run.first:
            return self._is_whole(words, run)
        parts, is_cut = self._of(word)
        text = word.text[:-1] if is_cut else word.text
        if text in self.ordinary:
            return not is_cut and self._is_name_here(folded, words, run.first)
        if not word.is_capital and run.first and words[run.first - 1].text in NOT_BEFORE:
            return False  # "the finch": a bird
        if len(text) <= 2:
            return word.is_capital and not word.is_upper
        if len(text) == 3 or is_cut:
            return word.is_capital and not (word.is_upper and text in ACRONYMS)
        return bool(parts)

    def _is_whole(self, words: list[Word], run: Run) -> bool:
        """Several words: in small letters only where one of them is no ordinary word."""
        row = words[run.first : run.last + 1]
        if all(word.is_capital for word in row):
            return True
        return any(word.text not in self.ordinary for word in row if len(word.text) > 1)

    def _is_name_here(self, folded: Folded, words: list[Word], at: int) -> bool:
        """May, Will, Rose: a name only with a capital that nothing else explains."""
        word = words[at]
        before = words[at - 1] if at and _near(folded, words[at - 1], word) else None
        after = words[at + 1] if at + 1 < len(words) and _near(folded, word, words[at + 1]) else None
        if not word.is_capital or word.is_upper:
            return False
        if before and before.text in TITLES:
            return True
        if (after and after.is_capital) or _beside_number(folded, word):
            return False  # May Day, Rose Review, Hope House, Summer 2024: somebody or something else
        if folded.begins_sentence(word):
            return word.is_possessive or self._acts(word, after)
        if before and before.text in NOT_BEFORE:
            return False
        return not before or not before.is_capital or folded.begins_sentence(before) or before.text in PERSON_VERBS

    def _acts(self, word: Word, after: Word | None) -> bool:
        """ "Rose told the nurse". A family name alone begins no sentence, and "May was …" is about the month."""
        is_given = any(part.is_given for part in self._parts[word.text])
        return is_given and word.text != "may" and after is not None and after.text in PERSON_VERBS

    def _match(self, folded: Folded, words: list[Word], run: Run) -> Match:
        first = run.first
        while first and words[first - 1].text in TITLES and _near(folded, words[first - 1], words[first]):
            first -= 1
        return self._told(words[first].start, words[run.last].end, run.people, weight=10 + run.last - run.first)

    def _told(self, start: int, end: int, numbers: Iterable[int], *, weight: int) -> Match:
        people = [self.people[number] for number in sorted(numbers)]
        best = max(people, key=lambda person: WHOSE.get(person.kind, 0))
        same = [person for person in people if person.kind == best.kind]
        label = best.label if len(same) == 1 else FAMILY_NAME
        return Match(start, end, best.kind, label, "; ".join(dict.fromkeys(p.names[0] for p in same)), weight)

    def _misspelt(self, folded: Folded, found: list[Match]) -> Iterator[Match]:
        """Capitalised words that are nearly a name and are no word of this text in small letters."""
        for word in folded.words:
            if not word.is_capital or len(word.text) < LONG or word.text in self._parts or word.text in TITLES:
                continue
            if word.text in self.lowercase or word.text in self.ordinary:
                continue
            name = self.near(word.text)
            beside = any(abs(word.start - m.end) <= 2 or abs(m.start - word.end) <= 2 for m in found)
            if name and (beside or not folded.begins_sentence(word) or _sounds_like(word.text, name)):
                people = {part.person for part in self._parts[name]}
                yield self._told(word.start, word.end, people, weight=5)

    def near(self, word: str) -> str:
        """The name that `word` may be a slip of; empty where there is none."""
        if word not in self._near:
            best, least = "", 3
            for name in self._fuzzy:
                far = DamerauLevenshtein.distance(word, name, score_cutoff=2)
                most = 2 if min(len(word), len(name)) >= VERY_LONG else 1
                if far <= most and far < least:
                    best, least = name, far
            self._near[word] = best
        return self._near[word]

    def _squeezed(self, folded: Folded) -> Iterator[Match]:
        """rowaninvented_v2, r.invented@…, and RI in capitals that are no common abbreviation."""
        for word in folded.words:
            if word.is_upper and 2 <= len(word.text) <= 3 and word.text not in ACRONYMS:
                number = self._pairs.get(word.text)
                if number is not None and self.people[number].kind != Kind.PRACTITIONER:
                    yield self._told(word.start, word.end, [number], weight=1)
            if len(word.text) > LONG and word.text not in self._parts:
                owners = [n for joined, (n, _) in self._both.items() if len(joined) > LONG and joined in word.text]
                if owners:
                    yield self._told(word.start, word.end, owners[:1], weight=8)

    def _spelt_out(self, folded: Folded) -> Iterator[Match]:
        """R o w a n, as headings are spaced."""
        for found in ALL_SIGNS.finditer(folded.plain):
            parts = self._parts.get(re.sub(r"[ .]", "", found[0]))
            if parts:
                yield self._told(found.start(), found.end(), {part.person for part in parts}, weight=9)


def _beside_number(folded: Folded, word: Word) -> bool:
    """May 2024, 3 May, Summer 2024."""
    after, before = folded.plain[word.end : word.end + 6], folded.plain[max(0, word.start - 12) : word.start]
    return bool(re.match(r"[ ,]*\d", after) or re.search(r"\d(?:st|nd|rd|th)?(?: of)?[ ,]*$", before))


def _near(folded: Folded, one: Word, other: Word) -> bool:
    end = one.end + (2 if one.is_possessive else 0)
    return GAP.fullmatch(folded.plain[end : other.start]) is not None


def _sounds_like(one: str, other: str) -> bool:
    return bool(jellyfish.metaphone(one) == jellyfish.metaphone(other))


def names_from(texts: Iterable[str]) -> list[str]:
    """Names in lists that people typed, such as "PC Ann Sample, health visitor J. Invented": with a title or initial,
    or two capitalised words that are no words for what somebody does."""
    found = []
    for text in texts:
        for chunk in re.split(r"[,;/\n()]| and | with |&", text):
            name = _name_in(chunk.strip())
            if name:
                found.append(name)
    return list(dict.fromkeys(found))


def _name_in(chunk: str) -> str:
    folded = fold(chunk)
    kept: list[str] = []
    titled = False
    for word in folded.words:
        if word.text in TITLES:
            titled = True
        elif word.is_capital and not word.is_upper and word.text not in NO_NAMES:
            start, end = folded.span(word.start, word.end)
            kept.append(chunk[start:end])
        elif len(word.text) == 1 and word.is_capital:
            kept.append(word.text.upper())
        elif kept:
            break
    if titled and kept:
        return " ".join(["Mx", *kept]) if len(kept) == 1 else " ".join(kept)
    return " ".join(kept) if len(kept) > 1 else ""


__all__ = ["Names", "Person", "names_from"]
