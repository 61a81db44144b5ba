"""What is found and what is left alone in single sentences; how places are told."""

import pytest

from publications.disclosure.choices import Kind
from publications.disclosure.folding import fold
from publications.disclosure.passages import Leftover, Passage, Reading
from publications.disclosure.patterns import is_nhs_number
from publications.disclosure.scan import scan
from publications.models.disclosure import _listed
from tests.publications.disclosure import corpus

KNOWN = corpus.known()


def found(text: str) -> list[str]:
    return [hit.found for hit in scan([Reading([Passage(text)])], KNOWN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met Zoe’s mother.", ["Zoe"]),
        ("LARKSPUR FINCH came.", ["LARKSPUR FINCH"]),
        ("A Miss Z. L. Finch called.", ["Miss Z. L. Finch"]),
        ("The Makebelieves moved.", ["Makebelieves"]),
        ("We saw Rose-May at home.", ["Rose-May"]),
        ("Grace told the nurse.", ["Grace"]),
        ("We met Mr Brown there.", ["Mr Brown"]),
        ("See file larkspurfinch_2.", ["larkspurfinch"]),
        ("Born 4-5 May 2018.", ["4-5 May 2018"]),
        ("Born on 05/04/2018 (month first).", ["05/04/2018"]),
        ("Born 04MAY2018.", ["04MAY2018"]),
        ("On the twenty-first of June 2018.", []),
        ("On 4 May 2019 a law came.", []),
        ("On 17 September.", []),  # an event of the chronology is known by its whole date
        ("Rang 0300 123 4567 and 0800 1111.", []),
        ("Rang 07700 900982.", ["07700 900982"]),
        ("Number 1234567890.", []),
        ("Number 943 476 5919.", ["943 476 5919"]),
        ("Write to info@agency.example.", []),
        ("At 2 The Green they met.", ["2 The Green"]),
        ("The larch close to the door.", []),
        ("Our hope: a nursery place.", []),
        ("In May 2024 and May 2025.", []),
        ("The Rose Review.", []),
        ("May Day came.", []),
        ("Young people will hope.", []),
    ],
)
def test_sentences(text, expected):
    assert found(text) == expected


def test_nhs_numbers_have_a_check_digit():
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")
    assert not is_nhs_number("1111111111")


def test_broken_lines_are_joined_and_every_letter_knows_its_place():
    folded = fold("The Lark-\nspur and Ælfric Łódź; Smith-\nJones")
    assert folded.plain == "the larkspur and aelfric lodz; smith-jones"
    start = folded.plain.index("larkspur")
    assert folded.text[slice(*folded.span(start, start + 8))] == "Lark-\nspur"


def test_the_same_words_are_one_finding_with_all_its_pages():
    reading = Reading([Passage("Report about Zozo", page=page) for page in (1, 2, 3, 4, 5)])
    (hit,) = scan([reading], KNOWN)
    assert (hit.times, hit.pages) == (5, [1, 2, 3, 4, 5])
    assert _listed("page", hit.pages) == "pages 1, 2, 3 and 2 more"
    assert _listed("page", [4]) == "page 4"


def test_a_finding_keeps_its_fingerprint_when_it_moves_and_not_when_its_words_change():
    def prints(text, page=1):
        return {hit.fingerprint for hit in scan([Reading([Passage(text, page=page)])], KNOWN)}

    first = prints("One day the kind teacher of Zozo rang the school nurse twice.")
    assert (
        prints("Another page. " * 9 + "One day the kind teacher of\nZozo rang the school nurse twice.", page=7) == first
    )
    assert prints("One day the angry father of Zozo never rang.") != first


def test_what_could_not_be_read_is_a_finding():
    reading = Reading([Passage("Nothing.")], [Leftover(Kind.UNREAD, "A page is a picture.", Passage("x").where, 3)])
    (hit,) = scan([reading], KNOWN)
    assert (hit.kind, hit.label, hit.pages) == (Kind.UNREAD, "A page is a picture.", [3])
