"""Invited representatives: invited in one step, that one case only, and nothing after the review has ended."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from core.needs import collect
from notifications.models import Message
from panel.models import Membership, User
from panel.roles import Role
from rapid_reviews import workflow
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from referrals import workflow as cases
from referrals.models import CaseInvitation, Referral
from tests.cast import make_member
from tests.documents.conftest import folder  # noqa: F401 - a storage folder of its own for each test here too
from tests.documents.factories import store
from tests.rapid_reviews.factories import rapid_review_at, send, write_sections
from tests.referrals.factories import SECRET, invite, wall_off

pytestmark = pytest.mark.django_db


def facts(cast, **over):
    return {
        "name": "Nia Invented", "email": "Nia.Invented@Hospital.example", "agency": cast.agencies.hospital,
        "purpose": "To bring the ward’s view.", "until_on": timezone.localdate() + timedelta(days=30),
    } | over  # fmt: skip


def invite_new(cast, review, *, by=None, **over):
    return cases.invite_new(
        referral=review.referral, **facts(cast, **over), by=by or cast.business_manager, now=timezone.now()
    )


def test_one_step_makes_account_role_and_invitation(cast):
    """By the chair too, who may not change the configuration."""
    review = rapid_review_at(Status.DRAFTING)
    invitation = invite_new(cast, review, by=cast.chair)
    person = invitation.person
    assert (person.email, person.has_usable_password()) == ("nia.invented@hospital.example", False)
    seat = person.memberships.get()
    assert (seat.role, seat.agency) == (Role.INVITED, cast.agencies.hospital)
    kinds = Message.objects.filter(recipient=person).values_list("kind", flat=True)
    assert sorted(kinds) == ["account-invitation", "case-invitation"]
    assert invite_new(cast, review, by=cast.chair) == invitation, "a double click is quiet"
    assert User.objects.filter(email=person.email).count() == Membership.objects.filter(user=person).count() == 1
    assert Referral.objects.visible_to(User.objects.get(pk=person.pk)).get() == review.referral


def test_all_or_nothing(cast):
    review = rapid_review_at(Status.DRAFTING)
    with pytest.raises(WorkflowError, match="cannot end before it starts"):
        invite_new(cast, review, until_on=timezone.localdate() - timedelta(days=1))
    assert not User.objects.filter(name="Nia Invented").exists()


def test_who_is_there_already(cast):
    review = rapid_review_at(Status.DRAFTING)
    assert invite_new(cast, review, email=cast.contributor.email, name="Kit").person == cast.contributor
    assert cast.contributor.memberships.count() == 1
    invite_new(cast, review, email=cast.outsider.email)
    assert cast.outsider.memberships.get().role == Role.INVITED
    with pytest.raises(WorkflowError, match="has a role on or beside the Panel already"):
        invite_new(cast, review, email=cast.member.email)
    cast.invited.is_active = False
    cast.invited.save()
    with pytest.raises(WorkflowError, match="is not active"):
        invite_new(cast, review, email=cast.invited.email)
    with pytest.raises(WorkflowError, match="is invited already"):
        invite_new(cast, review, email=cast.contributor.email, purpose="For something else.")


@pytest.mark.parametrize("person", ["member", "deputy", "partner_la", "scrutineer", "invited", "outsider"])
def test_who_may_not_invite(cast, person):
    review = rapid_review_at(Status.DRAFTING)
    with pytest.raises(NotPermitted):
        invite_new(cast, review, by=getattr(cast, person))
    assert not User.objects.filter(name="Nia Invented").exists()


def test_a_walled_chair_invites_nobody(cast):
    review = rapid_review_at(Status.DRAFTING)
    wall_off(review.referral, cast.chair)
    with pytest.raises(NotPermitted):
        invite_new(cast, review, by=cast.chair)


def test_invited_on_the_page(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    client, day = sign_in(cast.business_manager), timezone.localdate() + timedelta(days=30)
    page = reverse("rapid_reviews:representative-invite", args=[review.referral.reference])
    workspace = reverse("rapid_reviews:review-workspace", args=[review.referral.reference])
    assert page in client.get(workspace).content.decode()
    assert page not in sign_in(cast.member).get(workspace).content.decode()
    data = {"name": "Nia Invented", "email": "nia@hospital.example", "purpose": "Ward",
            "until_on_0": day.day, "until_on_1": day.month, "until_on_2": day.year}  # fmt: skip
    bad = client.post(page, data).content.decode()
    assert "Select the agency" in bad
    assert "nia@hospital.example" in bad
    for _ in range(2):
        response = client.post(page, data | {"agency": cast.agencies.hospital.pk}, follow=True)
        assert "Nia Invented is invited" in response.content.decode()
    assert CaseInvitation.objects.count() == 1
    assert "Nia Invented, Hospital, until" in client.get(workspace).content.decode()


def addresses(review, document):
    """Lists and direct addresses of the invited case, each with what must not be there of another one."""
    reference = review.referral.reference
    for name, kwargs in (
        ("overview:case", {}),
        ("rapid_reviews:review-workspace", {}),
        ("rapid_reviews:section-edit", {"slug": "facts"}),
        ("rapid_reviews:criteria-edit", {}),
        ("rapid_reviews:issue-list", {}),
        ("referrals:referral-detail", {}),
        ("referrals:referral-history", {}),
        ("referrals:document-list", {}),
        ("referrals:document-detail", {"key": document.key}),
        ("chronology:timeline", {}),
        ("agency_returns:case", {}),
    ):
        yield reverse(name, kwargs={"reference": reference} | kwargs)


LISTS = ("overview:home", "referrals:referral-list", "agency_returns:board")


def test_they_see_that_one_case_and_change_nothing(cast, sign_in):
    mine, other = rapid_review_at(Status.DRAFTING), rapid_review_at(Status.DRAFTING)
    documents = [store(review.referral) for review in (mine, other)]
    for review in (mine, other):
        write_sections(review)
    invite(mine.referral, cast.invited)
    client = sign_in(cast.invited)
    for url in addresses(mine, documents[0]):
        assert client.get(url).status_code == 200, url
    for url in addresses(other, documents[1]):
        response = client.get(url)
        assert response.status_code == 404, url
        assert SECRET not in response.content.decode()
    for name in LISTS:
        body = client.get(reverse(name)).content.decode()
        assert other.referral.reference not in body
    listed = reverse("referrals:referral-list")
    assert mine.referral.reference in client.get(listed).content.decode()
    for query in (other.referral.reference, "Rowan"):
        found = client.get(listed, {"q": query, "search": query}).content.decode()
        assert f"/{other.referral.reference}/" not in found
    assert client.get(reverse("overview:board")).status_code == 404
    section = reverse("rapid_reviews:section-edit", args=[mine.referral.reference, "facts"])
    assert client.post(section, {"text": "Mine", "version": "1"}).status_code == 403
    for name in ("review-withdraw", "review-send", "issue-raise", "representative-list", "representative-invite"):
        url = reverse(f"rapid_reviews:{name}", args=[mine.referral.reference])
        assert client.post(url, {"reason": "x"}).status_code == 403
    assert {need.about for need in collect(cast.invited, timezone.localdate())} <= {mine.referral.reference}


@pytest.mark.parametrize("end", [Status.SENT, Status.WITHDRAWN])
def test_nothing_after_the_review_has_ended(cast, sign_in, end):
    """Whatever the date of the invitation; those that were to begin later too. Told by mail, kept in the history."""
    now = timezone.now()
    review, going_on = rapid_review_at(Status.DECIDED), rapid_review_at(Status.DRAFTING)
    document = store(review.referral)
    write_sections(review)
    for one in (review, going_on):
        invite(one.referral, cast.invited)
    cases.invite(
        referral=review.referral, person=cast.contributor, purpose="Later", by=cast.chair, now=now,
        from_on=timezone.localdate() + timedelta(days=5), until_on=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    client = sign_in(cast.invited)
    assert all(client.get(url).status_code == 200 for url in addresses(review, document))
    if end == Status.SENT:
        send(review, by=cast.business_manager, now=now)
    else:
        workflow.withdraw(review=review, reason="Not met.", by=cast.business_manager, now=now)
    for url in addresses(review, document):
        response = client.get(url)
        assert response.status_code == 404, url
        assert SECRET not in response.content.decode()
    for name in LISTS:
        assert review.referral.reference not in client.get(reverse(name)).content.decode()
    assert not RapidReview.objects.visible_to(cast.invited).filter(pk=review.pk).exists()
    assert RapidReview.objects.visible_to(cast.invited).get() == going_on
    mails = Message.objects.filter(kind="case-invitation-ended")
    assert {mail.recipient for mail in mails} == {cast.invited, cast.contributor}
    assert all(SECRET not in mail.text and "Rowan" not in mail.text for mail in mails)
    events = Event.objects.about(review.referral.reference).filter(verb="referral.invitation_ended")
    assert {event.sentence for event in events} == {
        f"The invitation of {person} ended with the review." for person in ("Ira Invented", "Kit Invented")
    }
    assert cases.end_invitations(referral=review.referral, by=cast.chair, now=now) == [], "twice is quiet"


def test_the_end_is_no_letter_through_a_wall(cast):
    review = rapid_review_at(Status.DRAFTING)
    invite(review.referral, cast.invited)
    wall_off(review.referral, cast.invited)
    workflow.withdraw(review=review, reason="Not met.", by=cast.chair, now=timezone.now())
    assert not Message.objects.filter(kind="case-invitation-ended").exists()
    assert CaseInvitation.objects.get().withdrawn_on == timezone.localdate()


@pytest.mark.parametrize("end", [Status.SENT, Status.WITHDRAWN])
def test_an_account_with_nothing_left_is_switched_off(cast, sign_in, end):
    """Who has another invitation or another role keeps it; who is signed in is out at once."""
    now = timezone.now()
    review, going_on = rapid_review_at(Status.DECIDED), rapid_review_at(Status.DRAFTING)
    write_sections(review)
    for person in (cast.invited, cast.contributor):
        invite(review.referral, person)
    invite(going_on.referral, cast.contributor)
    coming = make_member("Uma Invented", Role.INVITED, cast.agencies.hospital)
    invite(review.referral, coming)
    Membership.objects.create(
        user=coming, role=Role.MEMBER, agency=cast.agencies.icb, from_date=timezone.localdate() + timedelta(days=9)
    )
    client = sign_in(cast.invited)
    if end == Status.SENT:
        send(review, by=cast.business_manager, now=now)
    else:
        workflow.withdraw(review=review, reason="Not met.", by=cast.business_manager, now=now)
    active = {person.pk: person.is_active for person in User.objects.all()}
    assert [active[person.pk] for person in (cast.invited, cast.contributor, coming)] == [False, True, True]
    assert client.get(reverse("overview:home")).status_code == 302
    event = Event.objects.get(verb="rapid_review.representative_switched_off")
    assert (event.reference, event.details["person"]) == (review.referral.reference, cast.invited.name)
    assert Message.objects.filter(recipient=cast.invited, kind="case-invitation-ended").exists()
