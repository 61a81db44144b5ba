"""The same child is suggested, among visible cases only, with reasons and without names."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.utils import timezone

from referrals import names, workflow
from referrals.choices import LinkKind
from referrals.likeness import compare, suggestions
from referrals.models import Child, NameKey, Referral
from tests.referrals.factories import CHILD_NAME, add_person, make_draft, make_referral, wall_off

pytestmark = pytest.mark.django_db

BORN = date(2018, 5, 4)


def child(name, born=BORN, other=""):
    return Child(referral=Referral(), name=name, other_names=other, date_of_birth=born, pseudonym="Child A")


def found(referral, user):
    return suggestions(referral, user, on=timezone.localdate())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Rowan Invented", ["rowan", "invented"]),
        ("O’Neill-Šmith, Zoë", ["oneill", "smith", "zoe"]),
        ("Mrs Anne  MARIE", ["anne", "marie"]),
        ("Baby", ["baby"]),
        ("  ", []),
    ],
)
def test_names_have_a_normal_form(name, words):
    assert names.words_of(name) == words


def test_the_keys_of_a_name():
    kept = names.keys(["Rowan Invented"], BORN)
    assert {"name invented rowan", "born 2018-05-04"} <= kept
    assert names.keys(["Rohan Inventid"], BORN) & kept >= {"born 2018-05-04"}
    assert "born 2018-04-05" in names.sought(["Rowan Invented"], BORN)
    assert names.turned(date(2018, 5, 14)) is None
    assert names.turned(date(2018, 5, 5)) is None
    assert names.all_names("A B", "Ro, A B; Wren\nKit") == ["A B", "Ro b", "Wren b", "Kit b"]
    assert names.all_names("Ro", "Wren Sample, ") == ["Ro", "Wren Sample"]


@pytest.mark.parametrize(
    ("name", "born", "grade", "why"),
    [
        ("Rowan Invented", BORN, "very likely", "the name is the same"),
        ("Invented, Rowan", BORN, "very likely", "the name is the same"),
        ("Rowen Invented", BORN, "very likely", "the names sound the same"),
        ("Rowan Invented", date(2018, 4, 5), "very likely", "day and month of birth are the other way round"),
        ("Rowan Invented", date(2017, 5, 4), "likely", "the date of birth differs by one year"),
        ("Rowan Invented", date(2018, 5, 20), "likely", "the dates of birth are close together"),
        ("Rowan Invented", None, "possible", "the name is the same"),
        ("Wren Invented", BORN, "possible", "part of the name is alike"),
    ],
)
def test_likeness_is_graded_and_says_why(name, born, grade, why):
    suggestion = compare(child(CHILD_NAME), child(name, born))
    assert (suggestion.grade, why in suggestion.why) == (grade, True), suggestion


@pytest.mark.parametrize(
    ("name", "born"), [("Rowan Invented", date(2009, 1, 31)), ("Bo Otherwise", BORN), ("Bo Otherwise", None)]
)
def test_the_unlike_are_not_suggested(name, born):
    assert compare(child(CHILD_NAME), child(name, born)) is None


def test_another_name_counts_as_well():
    assert compare(child("Kit Different", other="Rowan Invented"), child(CHILD_NAME)).grade == "very likely"


def test_a_double_is_suggested_on_both_pages_with_its_reasons_and_no_name(cast, sign_in):
    make_referral(children=[{"name": "Rowen Invented", "other_names": ""}])
    make_referral(children=[{"name": "Bo Otherwise", "other_names": "", "date_of_birth": date(2011, 1, 1)}])
    draft = make_draft(children=[{"other_names": ""}])
    client = sign_in(cast.business_manager)
    checked = BeautifulSoup(client.get(f"/cases/drafts/{draft.key}/check/").content, "html.parser")
    box = checked.select_one(".app-suggestions")
    assert "Child 1 may be the same child as Child A of CSPR-2026-001" in " ".join(box.text.split())
    case = workflow.record_referral(draft=draft, by=cast.business_manager, now=timezone.now())
    for person in (cast.chair, cast.scrutineer):
        shown = sign_in(person).get(f"/cases/{case.reference}/screening/").content.decode()
        box = " ".join(BeautifulSoup(shown, "html.parser").select_one(".app-suggestions").text.split())
        assert "Child A may be the same child as Child A of CSPR-2026-001" in box
        assert "the date of birth is the same; the names sound the same. Very likely" in box
        assert "CSPR-2026-002" not in box
        assert "Rowen" not in shown
        assert ("Link with CSPR-2026-001" in box) == (person == cast.chair)


def test_a_case_behind_a_wall_is_not_suggested(cast, sign_in):
    hidden = make_referral()
    case = make_referral()
    assert [one.referral for one in found(case, cast.walled)] == [hidden]
    wall_off(hidden, cast.walled)
    assert found(case, cast.walled) == []
    assert hidden.reference not in sign_in(cast.walled).get(f"/cases/{case.reference}/screening/").content.decode()
    assert [one.referral for one in found(case, cast.member)] == [hidden]
    assert found(case, cast.outsider) == []


def test_drafts_and_discarded_drafts_are_not_suggested(cast):
    make_draft()
    discarded = make_draft()
    workflow.discard_draft(draft=discarded, by=cast.business_manager, now=timezone.now())
    assert found(make_referral(), cast.business_manager) == []


def test_a_sibling_named_in_one_case_is_found_as_the_child_of_another(cast):
    earlier = make_referral(children=[{"name": "Fern Pretend", "date_of_birth": date(2015, 2, 2)}])
    case = make_referral()
    add_person(case, by=cast.member, role="sibling", name="Fern Pretend", date_of_birth=date(2015, 2, 2))
    (one,) = found(case, cast.member)
    assert (one.referral, one.kind) == (earlier, LinkKind.SIBLING)
    assert one.sentence == "Sibling of Child A may be the same person as Child A"


def test_the_same_parent_suggests_one_household(cast):
    earlier = make_referral(children=[{"name": "Fern Otherwise", "date_of_birth": date(2015, 2, 2)}])
    case = make_referral()
    for one in (earlier, case):
        add_person(one, by=cast.member)
    (one,) = found(case, cast.member)
    assert (one.kind, one.grade) == (LinkKind.HOUSEHOLD, "very likely")


def test_the_best_comes_first_once_for_each_case_and_not_once_linked(cast):
    alike = make_referral(children=[{"name": "Wren Invented", "other_names": ""}])
    same = make_referral(children=[{}, {"name": "Rowen Invented"}])
    case = make_referral()
    assert [one.referral for one in found(case, cast.member)] == [same, alike]
    workflow.link_cases(
        referral=case, other=same, kind=LinkKind.SAME_CHILD, reason="One child.", by=cast.member, now=timezone.now()
    )
    assert [one.referral for one in found(case, cast.member)] == [alike]
    assert [one.referral for one in found(same, cast.member)] == [alike]


def test_the_keys_follow_the_name(cast):
    draft = make_draft()
    one = draft.children.get()
    assert NameKey.objects.filter(child=one, value="name invented rowan").exists()
    workflow.save_child(
        draft=draft, key=one.key, facts={"name": "Ash Pretend", "other_names": ""}, by=cast.business_manager,
        now=timezone.now(),
    )  # fmt: skip
    values = set(NameKey.objects.filter(child=one).values_list("value", flat=True))
    assert "name ash pretend" in values
    assert not any("rowan" in value for value in values)
    workflow.save_child(
        draft=draft, key="5f0c7a52-7c9c-4a57-9d3f-6c7e4d0a7a11", facts={"name": "Bo Pretend"},
        by=cast.business_manager, now=timezone.now(),
    )  # fmt: skip
    workflow.remove_child(draft=draft, key=one.key, by=cast.business_manager, now=timezone.now())
    assert {key.child.name for key in NameKey.objects.select_related("child")} == {"Bo Pretend"}


def test_three_candidates_take_as_many_queries_as_one(cast, django_assert_num_queries):
    one = make_referral(children=[{"name": "Only Invented", "date_of_birth": date(2001, 1, 1)}])
    make_referral(children=[{"name": "Only Invented", "date_of_birth": date(2001, 1, 1)}])
    three = make_referral(children=[{}, {"name": "Sage Invented"}])
    for _ in range(3):
        make_referral()
    cast.member.roles_on(timezone.localdate())
    for case, number in ((one, 1), (three, 3)):
        with django_assert_num_queries(4):
            assert len(found(case, cast.member)) == number


def test_candidates_are_found_by_an_index(cast, db):
    """With sequential reading priced out, the plan goes through the index on the kept form, and nothing else."""
    make_referral()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = NameKey.objects.filter(value__in=["name invented rowan", "born 2018-05-04"]).explain()
    assert "referrals_namekey_value" in plan
