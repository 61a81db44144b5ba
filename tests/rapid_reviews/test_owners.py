"""Who writes which section: given by the leaders or the case's lead, told by one mail, found at home."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from notifications.models import Message
from rapid_reviews import workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview
from rapid_reviews.needs import needs
from rapid_reviews.permissions import verbs_for
from rapid_reviews.states import Status
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
FACTS, NATIONAL = (SectionKey.FACTS.value, None), (SectionKey.NATIONAL.value, None)
KIND = "rapid-review-assigned"


def assign(review, owners, by, now=NOW):
    return workflow.assign_sections(review=review, owners=owners, by=by, now=now)


def test_sections_are_given_and_taken_away(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    changed = assign(review, {FACTS: cast.member, NATIONAL: None}, cast.chair)
    assert [part.title for part in changed] == ["Facts and context"]
    assert contents_of(review).part("facts").owner == cast.member
    sentence = Event.objects.about(review.referral.reference).get(verb="rapid_review.sections_assigned").sentence
    assert sentence == "Cora Example said who writes what. Facts and context: Mel Sample."
    assign(review, {FACTS: None}, cast.chair)
    assert contents_of(review).part("facts").owner is None
    assert assign(review, {FACTS: None}, cast.chair) == []
    with pytest.raises(WorkflowError, match="no such section"):
        assign(review, {("safeguarding", None): cast.member}, cast.chair)


def test_one_nameless_mail_a_day_however_many_sections(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    assign(review, {FACTS: cast.member, NATIONAL: cast.chair}, cast.chair)
    assign(review, {NATIONAL: cast.member}, cast.chair, NOW + timedelta(hours=1))
    mails = Message.objects.filter(kind=KIND)
    assert [mail.recipient for mail in mails] == [cast.member]  # who gives a section to themselves is not told
    assert "Rowan" not in mails[0].text + mails[0].subject
    assert review.referral.reference in mails[0].subject
    assign(review, {FACTS: None}, cast.chair, NOW + timedelta(days=1))
    assign(review, {FACTS: cast.member}, cast.chair, NOW + timedelta(days=1))
    assert Message.objects.filter(kind=KIND).count() == 2


@pytest.mark.parametrize("who", ["walled", "partner_la", "invited", "outsider"])
def test_only_members_who_see_the_case_are_given_a_section(cast, who):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    wall_off(review.referral, cast.walled, now=NOW)
    with pytest.raises(WorkflowError, match="cannot write in this rapid review"):
        assign(review, {FACTS: getattr(cast, who)}, cast.chair)
    assert Message.objects.filter(kind=KIND).count() == 0


def test_the_lead_may_give_sections_where_other_members_may_not(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW, lead=cast.member)
    assert review.referral.lead == cast.member
    assert assign(review, {FACTS: cast.second_member}, cast.member)
    assert "assign_sections" in verbs_for(cast.member, review, on=NOW.date())
    assert "assign_sections" not in verbs_for(cast.second_member, review, on=NOW.date())
    with pytest.raises(NotPermitted):
        assign(review, {FACTS: None}, cast.second_member)
    wall_off(review.referral, cast.member, now=NOW)  # the named deputy leads now
    review = RapidReview.objects.get(pk=review.pk)
    assert "assign_sections" in verbs_for(cast.deputy, review, on=NOW.date())
    assert "assign_sections" not in verbs_for(cast.member, review, on=NOW.date())


def test_home_asks_until_it_is_complete_and_never_behind_a_wall(cast):
    review = rapid_review_at(Status.GATHERING, now=NOW)
    assign(review, {FACTS: cast.member, NATIONAL: cast.member}, cast.chair)
    facts = {"review": review, "key": SectionKey.FACTS, "text": "All", "by": cast.member, "now": NOW}
    workflow.save_section(version=0, is_ready=True, **facts)
    asked = needs(cast.member, NOW.date())
    assert [need.what for need in asked] == ["Write “National importance”"]
    assert asked[0].url.endswith("/sections/national-importance/")
    wall_off(review.referral, cast.member, now=NOW)
    assert needs(cast.member, NOW.date()) == []


@pytest.mark.parametrize("size", [1, 3])
def test_home_takes_the_same_queries(cast, django_assert_num_queries, size):
    for _ in range(size):
        review = rapid_review_at(Status.GATHERING, now=NOW)
        assign(review, {part.place: cast.member for part in contents_of(review).parts[:size]}, cast.chair)
        workflow.add_comment(review=review, key=SectionKey.FACTS, text="So?", by=cast.chair, now=NOW)
    cast.member.memberships_on(NOW.date())
    with django_assert_num_queries(5):
        assert len(needs(cast.member, NOW.date())) == size * size


def test_the_page_offers_members_without_a_wall_and_keeps_what_is_chosen(cast, sign_in):
    review = rapid_review_at(Status.GATHERING)
    wall_off(review.referral, cast.walled)
    client = sign_in(cast.chair)
    page = reverse("rapid_reviews:owners-edit", args=[review.referral.reference])
    text = client.get(page).content.decode()
    assert "Mel Sample (Schools)" in text
    assert "Wyn Sample" not in text
    chosen = {"facts": cast.member.pk, "national-importance": cast.chair.pk}
    assert client.post(page, chosen).status_code == 302
    owners = {part.slug: part.owner for part in contents_of(review).parts if part.owner}
    assert owners == {"facts": cast.member, "national-importance": cast.chair}
    assert client.post(page, {"facts": cast.walled.pk}).status_code == 200
    workspace = client.get(reverse("rapid_reviews:review-workspace", args=[review.referral.reference]))
    assert "Owner: Mel Sample" in workspace.content.decode()
    member = sign_in(cast.member).get(workspace.request["PATH_INFO"]).content.decode()
    assert "Say who writes which section" not in member
