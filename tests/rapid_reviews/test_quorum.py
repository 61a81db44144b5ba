"""All three Safeguarding Partners represented; deputies count, conflicted members do not (terms of reference 5)."""

from itertools import product

import pytest

from panel.roles import Role, StatutoryRole
from rapid_reviews.choices import PARTNERS
from rapid_reviews.quorum import Attendee, quorum

WAYS = {  # how a partner may be at the table, and whether that counts
    "member": (Role.MEMBER, False, True),
    "deputy": (Role.NAMED_DEPUTY, False, True),
    "conflicted": (Role.MEMBER, True, False),
    "absent": None,
}


@pytest.mark.parametrize("ways", list(product(WAYS, repeat=3)), ids="-".join)
def test_every_combination_of_three_partners(ways):
    present, counted = [], []
    for partner, way in zip(PARTNERS, ways, strict=True):
        if WAYS[way] is not None:
            role, is_conflicted, counts = WAYS[way]
            present.append(Attendee(role, partner, is_conflicted))
            counted += [partner] if counts else []
    found = quorum(present)
    assert found.is_met == (len(counted) == 3)
    assert set(found.missing) == set(PARTNERS) - set(counted)


@pytest.mark.parametrize("role", [Role.BUSINESS_MANAGER, Role.INVITED, Role.SCRUTINEER])
def test_people_there_for_another_purpose_do_not_count(role):
    present = [Attendee(role, partner, False) for partner in PARTNERS]
    assert quorum(present).missing == PARTNERS


def test_a_second_member_counts_where_the_first_is_conflicted():
    present = [Attendee(Role.MEMBER, partner, False) for partner in PARTNERS]
    present.append(Attendee(Role.MEMBER, StatutoryRole.POLICE, True))
    assert quorum(present).is_met


def test_other_agencies_do_not_help():
    assert not quorum([Attendee(Role.MEMBER, StatutoryRole.NONE, False)] * 3).is_met


def test_the_sentence_names_who_is_missing():
    found = quorum([Attendee(Role.CHAIR, StatutoryRole.ICB, False)])
    assert found.sentence == "Not quorate. Not represented: local authority, police."
