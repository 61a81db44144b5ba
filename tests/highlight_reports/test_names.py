from datetime import date

import pytest

from highlight_reports.names import KnownNames, known_names
from referrals.states import Status
from tests.referrals.factories import referral_at

KNOWN = KnownNames(frozenset({"rowan", "o'neil", "smith", "jones", "may", "bo"}), frozenset({date(2018, 5, 4)}))


@pytest.mark.parametrize(
    "text",
    [
        "Rowan was seen alone.",
        "ROWAN was seen alone.",
        "the family of rowan smith",
        "It concerns Smith-Jones.",
        "It concerns O’Neil.",
        "It concerns O'NÉIL.",
        "Bo was seen.",
        "When May arrived, nobody was in.",
        "born on 4 May 2018",
        "born on 4th May 2018",
        "born 04/05/2018",
        "born 4.5.18",
        "born 4-5-2018",
        "born 2018-05-04",
        "born 4 MAY 18",
        "born May 4 2018",
        "(Rowan)",
        "Rowan's school",
        "Rowan’s school",
    ],
)
def test_finds(text):
    assert KNOWN.are_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Child A in CSPR-2026-014 was seen alone.",
        "The rowan tree in the yard.",
        "In May 2026 there were three.",
        "On 12 May there were three.",
        "On 12th May there were three.",
        "They may answer late.",
        "Rowanberry",
        "born on 14 May 2018",
        "4 May 2019",
        "paragraph 14.5.180",
    ],
)
def test_does_not_find(text):
    assert not KNOWN.are_in(text)


def test_knows_every_child_on_record_or_in_a_draft(cast):
    referral_at(Status.RECORDED, children=[{"name": "Baby of Zora Quill", "other_names": "Zo, Q"}])
    referral_at(Status.DRAFT, children=[{"name": "Fen Marrow", "date_of_birth": date(2020, 2, 29)}])
    known = known_names()
    assert {"zora", "quill", "zo", "fen", "marrow"} <= known.words
    assert known.words.isdisjoint({"baby", "of", "q"})
    assert date(2020, 2, 29) in known.dates
    assert not known.are_in("The baby of the family")
