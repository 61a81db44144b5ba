"""All three Safeguarding Partners represented; deputies count, conflicted members do not (terms of reference 5)."""

from itertools import product

import pytest

from panel.roles import Role, StatutoryRole
from rapid_reviews.choices import PARTNERS
from rapid_reviews.quorum import Attendee, quorum, representation

LA, ICB, POLICE = PARTNERS
NONE = StatutoryRole.NONE


def member(person, partner, *, conflicted=False, role=Role.MEMBER):
    return Attendee(person, role, partner, is_conflicted=conflicted)


def deputy(person, partner, of, *, conflicted=False, own=NONE):
    """The named deputy of the member with the number `of`, whose agency is `partner`."""
    return Attendee(person, Role.NAMED_DEPUTY, own, conflicted, acts_for=of, acts_for_partner=partner)


# How a partner may be at the table: who sits there (member number n, deputy n + 100), and whether that counts.
WAYS = {
    "member": (lambda n, p: [member(n, p)], True),
    "deputy": (lambda n, p: [deputy(n + 100, p, n)], True),
    "conflicted": (lambda n, p: [member(n, p, conflicted=True)], False),
    "absent": (lambda n, p: [], False),
}
MORE = {
    "deputy of conflicted": (lambda n, p: [member(n, p, conflicted=True), deputy(n + 100, p, n)], True),
    "deputy of conflicted, alone": (lambda n, p: [deputy(n + 100, p, n)], True),
    "both conflicted": (lambda n, p: [member(n, p, conflicted=True), deputy(n + 100, p, n, conflicted=True)], False),
    "member and deputy": (lambda n, p: [deputy(n + 100, p, n), member(n, p)], True),
    "two members": (lambda n, p: [member(n, p), member(n + 50, p)], True),
    "one of two conflicted": (lambda n, p: [member(n, p), member(n + 50, p, conflicted=True)], True),
}


def assert_quorum(ways, ways_of):
    present, counted = [], set()
    for number, (partner, way) in enumerate(zip(PARTNERS, ways, strict=True), start=1):
        seats, counts = ways_of[way]
        present += seats(number, partner)
        counted |= {partner} if counts else set()
    found = quorum(present)
    assert found.is_met == (len(counted) == 3)
    assert set(found.missing) == set(PARTNERS) - counted


@pytest.mark.parametrize("ways", list(product(WAYS, repeat=3)), ids="-".join)
def test_every_combination_of_three_partners(ways):
    assert_quorum(ways, WAYS)


@pytest.mark.parametrize("way", MORE)
def test_every_combination_with_more_people_of_a_partner(way):
    """In each place, beside every combination of the other two."""
    for others in product(WAYS | MORE, repeat=2):
        for place in range(3):
            assert_quorum([*others[:place], way, *others[place:]], WAYS | MORE)


@pytest.mark.parametrize("role", [Role.BUSINESS_MANAGER, Role.INVITED, Role.SCRUTINEER])
def test_people_there_for_another_purpose_do_not_count(role):
    assert quorum([member(n, partner, role=role) for n, partner in enumerate(PARTNERS)]).missing == PARTNERS


def test_a_deputy_whose_member_is_there_counts_for_nobody_not_even_their_own_agency():
    present = [member(1, LA), deputy(2, LA, 1, own=POLICE)]
    assert representation(present) == [LA, NONE]


def test_a_deputy_counts_for_the_members_agency_not_their_own():
    assert representation([deputy(2, LA, 1, own=POLICE)]) == [LA]


def test_one_person_counts_for_one_partner_and_where_it_helps_most():
    """The deputy of two members who are away fills one seat: the one that nobody else fills."""
    of_two = [deputy(9, LA, 1), deputy(9, POLICE, 2)]
    assert quorum([*of_two, member(3, ICB)]).missing == (POLICE,)
    assert quorum([*of_two, member(3, ICB), member(4, LA)]).is_met
    assert quorum([*of_two, member(3, ICB), member(4, POLICE)]).is_met


def test_other_agencies_do_not_help():
    assert not quorum([member(n, NONE) for n in range(3)]).is_met


def test_the_sentence_names_who_is_missing():
    found = quorum([member(1, ICB, role=Role.CHAIR)])
    assert found.sentence == "Not quorate. Not represented: local authority, police."
