"""Break-glass: the business manager's deputy, 24 hours, the chair at once, the review, and never past a wall."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core import attention, needs
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from notifications.models import Message
from panel.models import User
from panel.permissions import GRANTS, Permission
from panel.roles import Role
from referrals import workflow
from referrals.models import EmergencyAccess, Referral
from referrals.states import EMERGENCIES, EmergencyStatus
from referrals.workflow.emergencies import NO_SUCH_CASE
from tests.cast import make_member
from tests.referrals.factories import CHILD_NAME, SECRET, make_draft, make_referral, wall_off

pytestmark = pytest.mark.django_db

S = EmergencyStatus
PEOPLE = {
    Role.BUSINESS_MANAGER: "business_manager", Role.CHAIR: "chair", Role.DEPUTY_CHAIR: "deputy_chair",
    Role.MEMBER: "member", Role.NAMED_DEPUTY: "deputy", Role.SAFEGUARDING_PARTNER: "partner_la",
    Role.SCRUTINEER: "scrutineer", Role.INVITED: "invited",
}  # fmt: skip


@pytest.fixture
def stand_by(cast):
    return make_member("Em Sample", Role.DEPUTY_MANAGER, cast.agencies.council)


@pytest.fixture
def case(cast):
    return make_referral()


def open_(case, person, *, now=None, reason="The chair cannot be reached."):
    reference = getattr(case, "reference", case)
    return workflow.break_glass(reference=reference, reason=reason, by=person, now=now or timezone.now())


def review(access, by, accepted=True, reason="It was right."):
    return workflow.review_emergency(access=access, accepted=accepted, reason=reason, by=by, now=timezone.now())


def sees(person, case):
    person = User.objects.get(pk=person.pk)
    found = Referral.objects.visible_to(person).filter(pk=case.pk).exists()
    assert found == Referral.objects.get(pk=case.pk).may_be_seen_by(person)
    return found


def test_closed_until_it_is_opened_and_only_that_case(case, stand_by):
    other = make_referral()
    assert not sees(stand_by, case)
    access = open_(case, stand_by)
    assert access.until_at - access.opened_at == timedelta(hours=24)
    assert sees(stand_by, case)
    assert not sees(stand_by, other)
    assert open_(case, stand_by) == access
    assert EmergencyAccess.objects.count() == 1


@pytest.mark.parametrize("hours", [23, 24])
def test_it_is_over_after_24_hours(case, stand_by, hours):
    open_(case, stand_by, now=timezone.now() - timedelta(hours=hours))
    assert sees(stand_by, case) == (hours < 24)


@pytest.mark.parametrize("role", PEOPLE)
def test_nobody_else_may_break_the_glass(cast, case, role):
    assert GRANTS[Permission.BREAK_GLASS] == {Role.DEPUTY_MANAGER}
    with pytest.raises(NotPermitted):
        open_(case, getattr(cast, PEOPLE[role]))


def test_never_past_a_wall_and_in_the_words_for_no_case(case, stand_by, sign_in):
    wall_off(case, stand_by)
    for reference in (case.reference, "CSPR-2026-999"):
        with pytest.raises(WorkflowError, match="no case with this reference") as caught:
            open_(reference, stand_by)
        assert str(caught.value) == NO_SUCH_CASE
    assert not EmergencyAccess.objects.exists()
    client, url = sign_in(stand_by), reverse("referrals:emergency-open")
    pages = [
        client.post(url, {"reference": reference, "reason": "Now."}).content.decode().replace(reference, "R")
        for reference in (case.reference, "CSPR-2026-999")
    ]
    pages = [re.sub(r'(nonce|value)="[^"]*"', "", page) for page in pages]  # tokens
    assert NO_SUCH_CASE in pages[0]
    assert [NO_SUCH_CASE in page for page in pages] == [True, True]
    assert pages[0] == pages[1]


def test_a_wall_that_goes_up_closes_an_open_emergency(case, stand_by):
    open_(case, stand_by)
    wall_off(case, stand_by)
    assert not sees(stand_by, case)


def test_a_draft_is_not_opened(cast, stand_by):
    make_draft()
    with pytest.raises(WorkflowError, match="no case"):
        open_("", stand_by)


def test_a_reason_is_needed(case, stand_by):
    with pytest.raises(WorkflowError, match="what the emergency is"):
        open_(case, stand_by, reason=" ")


@pytest.mark.parametrize("chair_is_conflicted", [False, True])
def test_the_chair_is_told_at_once_at_any_hour(cast, case, stand_by, settings, chair_is_conflicted):
    settings.MAIL_HOURS = "08:00-08:01"
    if chair_is_conflicted:
        wall_off(case, cast.chair)
    now = timezone.now()
    open_(case, stand_by, now=now)
    mail = Message.objects.get(kind="case-emergency-access")
    assert mail.recipient == (cast.deputy_chair if chair_is_conflicted else cast.chair)
    assert mail.not_before <= timezone.now()
    for word in (SECRET, CHILD_NAME, "cannot be reached"):
        assert word not in mail.subject + mail.text


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("verb", ["accept", "not_accept"])
def test_a_verb_leads_where_the_table_says_or_nowhere(cast, case, stand_by, status, verb):
    access = open_(case, stand_by)
    if status != S.OPENED:
        review(access, cast.chair, accepted=status == S.ACCEPTED)
    row = EMERGENCIES.find(status, verb)
    quiet = (verb, status) in {("accept", S.ACCEPTED), ("not_accept", S.NOT_ACCEPTED)}
    if row is None and not quiet:
        with pytest.raises(InvalidTransition):
            review(access, cast.chair, accepted=verb == "accept")
    else:
        review(access, cast.chair, accepted=verb == "accept")
    access.refresh_from_db()
    assert access.status == (row.target if row else status)
    assert sees(stand_by, case) == (access.status != S.NOT_ACCEPTED)


@pytest.mark.parametrize("role", PEOPLE)
def test_only_the_chair_reviews(cast, case, stand_by, role):
    access = open_(case, stand_by)
    if role == Role.CHAIR:
        assert review(access, cast.chair).status == S.ACCEPTED
    else:  # the deputy chair only where the chair has a conflict
        with pytest.raises(NotPermitted):
            review(access, getattr(cast, PEOPLE[role]))


def test_the_deputy_chair_reviews_where_the_chair_is_conflicted(cast, case, stand_by):
    access = open_(case, stand_by)
    wall_off(case, cast.chair)
    assert review(access, cast.deputy_chair).reviewed_by == cast.deputy_chair


def test_not_accepted_needs_a_reason(cast, case, stand_by):
    with pytest.raises(WorkflowError, match="not accepted"):
        review(open_(case, stand_by), cast.chair, accepted=False, reason="")


def test_it_stands_where_people_look_until_it_is_reviewed(cast, case, stand_by):
    access = open_(case, stand_by)

    def seen(user):
        sections = attention.collect(timezone.now(), user)
        return [item.text for section in sections if section.title == "Walls" for item in section.items]

    today = timezone.localdate()
    assert seen(cast.business_manager) == [
        f"{case.reference}: the case was opened in an emergency; waits for {cast.chair}."
    ]
    assert "Review an emergency access" in [need.what for need in needs.collect(cast.chair, today)]
    assert "Review an emergency access" not in [need.what for need in needs.collect(cast.deputy_chair, today)]
    review(access, cast.chair)
    assert seen(cast.business_manager) == []
    verbs = Event.objects.about(case.reference).values_list("verb", flat=True)
    assert {"referral.emergency_opened", "referral.emergency_accepted"} <= set(verbs)


def test_the_pages(cast, case, stand_by, sign_in):
    client = sign_in(stand_by)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert reverse("referrals:emergency-open") in client.get(reverse("overview:home")).content.decode()
    bad = client.post(reverse("referrals:emergency-open"), {"reference": case.reference, "reason": ""})
    assert "Say what the emergency is" in bad.content.decode()
    data = {"reference": case.reference.lower(), "reason": "Now."}
    opened = client.post(reverse("referrals:emergency-open"), data, follow=True)
    assert "You opened this case in an emergency" in opened.content.decode()
    detail = client.get(reverse("referrals:referral-detail", args=[case.reference])).content.decode()
    assert CHILD_NAME in detail
    assert "You opened this case in an emergency" in detail
    for name in ("referral-access", "referral-withdraw", "referral-notified"):
        assert client.get(reverse(f"referrals:{name}", args=[case.reference])).status_code == 403
    access = EmergencyAccess.objects.get()
    url = reverse("referrals:emergency-review", args=[case.reference, access.pk])
    chair = sign_in(cast.chair)
    assert "Now." in chair.get(url).content.decode()
    wrong = chair.post(url, {"accepted": "no", "reason": ""}).content.decode()
    assert "Say why the emergency access is not accepted" in wrong
    assert chair.post(url, {"accepted": "no", "reason": "The chair was there."}).status_code == 302
    assert client.get(case.get_absolute_url()).status_code == 404
    assert Event.objects.about(case.reference).filter(verb="case.read", actor=stand_by).exists()
