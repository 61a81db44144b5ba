"""Numbers, addresses and references in running text: by their shape, and as far as they are known (a leaf)."""

import re
from collections.abc import Callable, Iterator

from publications.disclosure.choices import Kind
from publications.disclosure.folding import Folded, fold
from publications.disclosure.known import Fact, Match

POSTCODE = re.compile(r"(?<![a-z\d])([a-z]{1,2}\d[a-z\d]?) ?-?(\d[a-z]{2})(?![a-z\d])")
PHONE = re.compile(r"(?<![\d/.-])(?:\+ ?44 ?(?:\(0\) ?)?|0044 ?|\(?0)\d(?:[ ().-]{0,2}\d){7,9}(?![\d/])")
NHS = re.compile(r"(?<![\d+/.-])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\d/]|-\d)")
UPN = re.compile(r"(?<![a-z\d])[a-hj-np-rt-z]\d{11}[a-hj-np-rt-z\d](?![a-z\d])")
NATIONAL_INSURANCE = re.compile(r"(?<![a-z\d])[a-ceghj-pr-tw-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[a-d](?![a-z\d])")
EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
STREETS = (
    "road|street|lane|avenue|close|drive|crescent|way|place|gardens|grove|court|terrace|square|hill|row|mews|walk|"
    "rise|green|park|parade|croft|house|rd|st|ave|cl|dr|cres"
)
ADDRESS = re.compile(rf"(?<![\w.])(?:flat \d+[a-z]?,? )?(\d{{1,4}}[a-z]?),? ((?:[a-z']+ ){{1,3}}(?:{STREETS}))(?!\w)")
REFERENCE = re.compile(
    r"\b(?:crime|police|incident|log|occurrence|urn|case|reference|ref)\b[ a-z.:#-]{0,24}?(?<![\w/])"
    r"((?:[a-z]{1,4}[/-]?)?\d{2,}[a-z]{0,3}(?:[/-][a-z\d]+)+|[a-z]{0,4}\d{5,}[a-z\d/-]*)"
)
# Public lines, whoever they belong to: freephone, non-geographic and short numbers.
PUBLIC_PHONES = ("0800", "0808", "030", "033", "034", "0116")
# Mailboxes of an office, not of a person.
OFFICES = re.compile(
    r"^(info|enquir|contact|office|admin|safeguard|lscp|sscp|partnership|media|press|comms|communications|help|"
    r"foi|mail|team|report|cspr|national|dataprotection|support)[\w.-]*@"
)
STREET = re.compile(rf"(?:(\d{{1,4}}[a-z]?),? )?((?:[a-z']+ ){{1,3}}(?:{STREETS}))(?!\w)")
EVERYWHERE = {"high", "the", "church", "station", "main", "park", "mill", "school", "london", "a", "a public"}
KNOWN, UNKNOWN = 30, 20  # weights: an e-mail address is more than the name in it
SHORTEST_REFERENCE = 4  # fewer characters are a number like any other


def digits_of(text: str) -> str:
    """The digits of a telephone number in its national form: "+44 (0)7700 900123" → "07700900123"."""
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", text))
    if digits.startswith("0044"):
        digits = digits[4:]
    elif digits.startswith("44") and len(digits) > 10:
        digits = digits[2:]
    return digits if digits.startswith("0") else f"0{digits}"


def is_nhs_number(digits: str) -> bool:
    """Ten digits whose last is the check digit, modulus 11 (NHS Data Dictionary, NHS NUMBER)."""
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9]) and check != 10


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())


def extracted(text: str, label: str) -> Iterator[Fact]:
    """The facts that stand in free text of the case, such as a telephone number in what is known of a person.

    >>> [fact.value for fact in extracted("Rang 01632 960123 from 7 Larch Close, ZZ99 3WZ.", "x")]
    ['zz99 3wz', '01632 960123', '7 larch close']
    """
    folded = fold(text)
    for kind, shape in (
        (Kind.POSTCODE, POSTCODE),
        (Kind.PHONE, PHONE),
        (Kind.EMAIL, EMAIL),
        (Kind.NUMBER, UPN),
        (Kind.NUMBER, NATIONAL_INSURANCE),
        (Kind.ADDRESS, ADDRESS),
    ):
        for found in shape.finditer(folded.plain):
            if kind != Kind.ADDRESS or _looks_like_address(folded, found):
                yield Fact(kind, label, found[0].strip())
    for found in NHS.finditer(folded.plain):
        if is_nhs_number(re.sub(r"\D", "", found[0])):
            yield Fact(Kind.NUMBER, label, found[0])
    for found in REFERENCE.finditer(folded.plain):
        yield Fact(Kind.REFERENCE, label, found[1])


def _is_capital(folded: Folded, one: re.Match[str]) -> bool:
    """ "Larch Close", not "the larch close to the door"."""
    return folded.text[folded.origin[one.start()]].isupper()


def _looks_like_address(folded: Folded, found: re.Match[str]) -> bool:
    """The words after the number are capitalised, so that "2 weeks on the green" is none."""
    words = [word for word in folded.words if found.start(2) <= word.start < found.end(2)]
    return bool(words) and all(word.is_capital for word in words)


class Patterns:
    """Finds shapes; what is known says whose it is."""

    def __init__(self, facts: list[Fact]) -> None:
        self._known: dict[tuple[Kind, str], Fact] = {}
        self._texts: list[tuple[re.Pattern[str], Fact]] = []
        for fact in facts:
            self._known.setdefault((fact.kind, self._key(fact.kind, fact.value)), fact)
            if fact.kind in (Kind.ADDRESS, Kind.REFERENCE):
                self._texts += [(shape, fact) for shape in _shapes(fact)]

    def _key(self, kind: Kind, text: str) -> str:
        return digits_of(text) if kind == Kind.PHONE else squeezed(text)

    def find(self, folded: Folded) -> list[Match]:
        plain = folded.plain
        found = [
            *self._of(Kind.POSTCODE, POSTCODE, folded),
            *self._of(Kind.EMAIL, EMAIL, folded, unless=lambda text: bool(OFFICES.match(text))),
            *self._of(Kind.PHONE, PHONE, folded, unless=lambda text: digits_of(text).startswith(PUBLIC_PHONES)),
            *self._of(Kind.NUMBER, NHS, folded, unless=lambda text: not is_nhs_number(re.sub(r"\D", "", text))),
            *self._of(Kind.NUMBER, UPN, folded),
            *self._of(Kind.NUMBER, NATIONAL_INSURANCE, folded),
        ]
        for one in ADDRESS.finditer(plain):
            if _looks_like_address(folded, one):
                found.append(self._match(Kind.ADDRESS, one, "An address that the case does not know"))
        for shape, fact in self._texts:
            found += [
                Match(one.start(), one.end(), fact.kind, fact.label, fact.value, KNOWN)
                for one in shape.finditer(plain)
                if fact.kind != Kind.ADDRESS or any(map(str.isdigit, one[0])) or _is_capital(folded, one)
            ]
        return found

    def _of(
        self, kind: Kind, shape: re.Pattern[str], folded: Folded, unless: Callable[[str], bool] = lambda text: False
    ) -> Iterator[Match]:
        for one in shape.finditer(folded.plain):
            fact = self._known.get((kind, self._key(kind, one[0])))
            if fact or not unless(one[0]):
                yield self._match(kind, one, f"{kind.label} that the case does not know")

    def _match(self, kind: Kind, one: re.Match[str], unknown: str) -> Match:
        fact = self._known.get((kind, self._key(kind, one[0])))
        if fact:
            return Match(one.start(), one.end(), kind, fact.label, fact.value, KNOWN)
        return Match(one.start(), one.end(), kind, unknown, "", UNKNOWN)


def _shapes(fact: Fact) -> Iterator[re.Pattern[str]]:
    """A known address: its house and street, and the street alone. A reference: with any separators."""
    plain = fold(fact.value).plain.strip()
    if fact.kind == Kind.REFERENCE:
        parts = re.findall(r"[a-z]+|\d+", plain)
        if len("".join(parts)) > SHORTEST_REFERENCE:
            yield re.compile(rf"(?<![a-z\d]){r'[ ./_-]{0,2}'.join(map(re.escape, parts))}(?![a-z\d])")
        return
    streets = list(STREET.finditer(plain))
    for one in streets:
        words = one[2].split()
        name, street, number = " ".join(words[:-1]), _street(words[-1]), one[1]
        if number:
            yield re.compile(rf"(?<!\w){re.escape(number)},? {re.escape(name)} {street}(?!\w)")
        if name not in EVERYWHERE:
            yield re.compile(rf"(?<!\w){re.escape(name)} {street}(?!\w)")
    first = plain.split(",")[0].strip()
    if not streets and " " in first:
        yield re.compile(rf"(?<!\w){re.escape(first)}(?!\w)")


def _street(word: str) -> str:
    """ "close" is written "cl." too."""
    short = {"road": "rd", "street": "st", "avenue": "ave?", "close": "cl", "drive": "dr", "crescent": "cres",
             "lane": "la?n", "gardens": "gdns"}  # fmt: skip
    long = {"rd": "road", "st": "street", "ave": "avenue", "cl": "close", "dr": "drive", "cres": "crescent"}
    other = short.get(word) or long.get(word)
    return rf"(?:{word}|{other})\.?" if other else word
