"""The family contact log: what is still owed, and who reads what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import WorkflowError
from practice_reviews import family as log
from practice_reviews.choices import ContactKind, FamilyStep
from practice_reviews.needs.beside import needs
from practice_reviews.states import DraftStatus, Involvement
from practice_reviews.workflow import family
from tests.cast import sign_in
from tests.practice_reviews.factories_beside import case_review, draft_at, learning_review
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
SAID = f"{SECRET} wants the school to know."


def add(review, cast, **over):
    facts = {"name": f"{SECRET} Kin", "pseudonym": "Aunt of Child A"} | over
    return family.add_member(review=review, by=cast.business_manager, now=NOW, **facts)


def record(member, kind, cast, text=SAID, on=TODAY):
    return family.record_contact(member=member, kind=kind, on=on, text=text, by=cast.business_manager, now=NOW)


def still_owed(member):
    member.refresh_from_db()
    return log.line_of(member).owed


def test_what_is_owed_from_the_invitation_to_the_draft(cast):
    review = learning_review()
    member = add(review, cast)
    assert still_owed(member) == [FamilyStep.INVITE]
    record(member, ContactKind.INVITE, cast)
    assert still_owed(member) == [FamilyStep.ANSWER]
    record(member, ContactKind.ACCEPT, cast)
    assert still_owed(member) == [FamilyStep.VIEWS]
    record(member, ContactKind.VIEWS, cast)
    assert still_owed(member) == []
    draft_at(DraftStatus.CLOSED, review=review)
    assert still_owed(member) == [FamilyStep.DRAFT]
    family.leave_out(member=member, step=FamilyStep.DRAFT, reason="Abroad.", by=cast.chair, now=NOW)
    assert still_owed(member) == []
    assert [one.text for one in log.line_of(member).left_out] == ["Abroad."]


@pytest.mark.parametrize(
    ("status", "is_signed_off", "owed"),
    [
        (Involvement.DECLINED, False, []),
        (Involvement.DECLINED, True, [FamilyStep.PUBLICATION]),
        (Involvement.INVITED, True, [FamilyStep.ANSWER, FamilyStep.PUBLICATION]),
        (Involvement.SET_ASIDE, True, []),
        (Involvement.ACCEPTED, True, [FamilyStep.VIEWS, FamilyStep.DRAFT, FamilyStep.PUBLICATION]),
    ],
)
def test_publication_is_told_to_everybody_who_was_invited(status, is_signed_off, owed):
    assert log.owed(status, set(), set(), has_draft=True, is_signed_off=is_signed_off) == owed


def test_what_the_log_refuses(cast):
    review, other = case_review(), case_review()
    child = other.referral.children.get()
    for facts, sentence in (
        ({"child": child, "name": ""}, "does not belong"),
        ({"name": ""}, "Choose one person"),
        ({"pseudonym": " "}, "how everybody may read"),
    ):
        with pytest.raises(WorkflowError, match=sentence):
            add(review, cast, **facts)
    member = add(review, cast)
    assert add(review, cast) == member
    with pytest.raises(WorkflowError, match="has that pseudonym"):
        add(review, cast, name="Other Pretend")
    record(member, ContactKind.INVITE, cast)
    with pytest.raises(WorkflowError, match="why they declined"):
        record(member, ContactKind.DECLINE, cast, text=" ")
    with pytest.raises(WorkflowError, match="has not come yet"):
        record(member, ContactKind.NOTE, cast, on=TODAY + timedelta(days=1))
    assert record(member, ContactKind.NOTE, cast) == record(member, ContactKind.NOTE, cast)
    assert member.contacts.count() == 2


def test_names_and_what_was_said_are_for_those_who_may_see_names(cast):
    review = case_review()
    child = review.referral.children.get()
    member = family.add_member(review=review, child=child, reach=f"By {SECRET}", by=cast.business_manager, now=NOW)
    record(member, ContactKind.INVITE, cast)
    pages = [
        reverse("practice_reviews:family", args=[review.reference]),
        reverse("practice_reviews:family-member", args=[review.reference, member.key]),
    ]
    for page in pages:
        with_names = sign_in(cast.member).get(page).content.decode()
        assert CHILD_NAME in with_names
        for person in (cast.partner_la, cast.scrutineer):
            shown = sign_in(person).get(page).content.decode()
            assert "Child A" in shown
            assert CHILD_NAME not in shown
            assert SECRET not in shown
    assert SAID in sign_in(cast.member).get(pages[1]).content.decode()


def test_the_log_page_asks_for_everybody_of_the_case_and_keeps_what_was_typed(cast):
    review = case_review()
    browser = sign_in(cast.business_manager)
    page = reverse("practice_reviews:family", args=[review.reference])
    assert "Not on the log yet: Child A" in browser.get(page).content.decode()
    add_page = reverse("practice_reviews:family-add", args=[review.reference])
    refused = browser.post(add_page, {"who": "else", "name": "Ada Pretend"}).content.decode()
    assert "Enter how everybody may read of them" in refused
    assert 'value="Ada Pretend"' in refused
    child = review.referral.children.get()
    assert browser.post(add_page, {"who": f"child-{child.key}"}).status_code == 302
    assert "Not on the log yet: Child A" not in browser.get(page).content.decode()
    member = review.family.get()
    contact = reverse("practice_reviews:family-contact", args=[review.reference, member.key, "invite"])
    day = {"on_0": TODAY.day, "on_1": TODAY.month, "on_2": TODAY.year}
    assert browser.post(contact, day).status_code == 302
    member.refresh_from_db()
    assert member.status == Involvement.INVITED


def test_what_is_owed_stands_on_the_home_page_behind_the_wall_it_does_not(cast):
    review = case_review()
    add(review, cast)
    about = [one.what for one in needs(cast.chair, TODAY) if one.about == review.reference]
    assert about == ["Do what is still owed to the family"]
    wall_off(review.referral, cast.chair)
    assert not [one for one in needs(cast.chair, TODAY) if one.about == review.reference]


def test_the_next_step_is_the_one_that_stands_out(cast):
    review = learning_review()
    member, shown = add(review, cast), []
    page = reverse("practice_reviews:family-member", args=[review.reference, member.key])
    for kind in (None, ContactKind.INVITE, ContactKind.ACCEPT, ContactKind.VIEWS):
        if kind:
            record(member, kind, cast)
        steps = sign_in(cast.chair).get(page).context["steps"]
        shown.append([slug for slug, _, is_next in steps if is_next])
    assert shown == [["invite"], ["accept"], ["views"], []]
