"""The pages of safeguarding issues: for the Panel, for the agency's member, and behind a link with a code."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from access_links.models import AccessCode, AccessLink
from core import attention
from core.needs import collect
from notifications.models import Message
from rapid_reviews import workflow
from rapid_reviews.models import SafeguardingIssue
from rapid_reviews.states import IssueStatus, Status
from tests.agency_returns.factories import enter, give_leads, newest_token
from tests.rapid_reviews.factories import rapid_review_at
from tests.rapid_reviews.issues import ANSWER, CONCERN, answer, issue_at, raise_to
from tests.referrals.factories import CHILD_NAME, SECRET, invite, wall_off

pytestmark = pytest.mark.django_db


def url(name, issue, *more):
    return reverse(f"rapid_reviews:{name}", args=[issue.review.referral.reference, *more])


def text(response):
    return response.content.decode()


def by_link(issue):
    """(browser that has given the code, address of the page)"""
    token = newest_token("safeguarding-asked", issue.lead_address)
    return enter(token, issue.lead_address), reverse("rapid_reviews:issue-link", args=[token])


def test_raised_from_the_workspace(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    give_leads()
    client, today = sign_in(cast.member), timezone.localdate()
    workspace = reverse("rapid_reviews:review-workspace", args=[review.referral.reference])
    raise_url = reverse("rapid_reviews:issue-raise", args=[review.referral.reference])
    assert raise_url in text(client.get(workspace))
    page = text(client.get(raise_url))
    assert "Call 999" in page
    data = {
        "agency": cast.agencies.hospital.pk, "children": [c.pk for c in review.referral.children.all()],
        "concern": CONCERN, "asked": "Visit.", "answer_by_0": today.day, "answer_by_1": today.month,
        "answer_by_2": today.year,
    }  # fmt: skip
    response = client.post(raise_url, data)
    issue = SafeguardingIssue.objects.get()
    assert response.url == issue.get_absolute_url()
    assert client.post(raise_url, data).url == response.url
    assert Message.objects.filter(kind="safeguarding-asked").count() == 1
    assert [str(c.child.name) for c in issue.concerned.all()] == [CHILD_NAME]
    assert "Issue 1, Inventshire Hospital Trust" in text(client.get(workspace))


def test_bad_input_keeps_what_was_typed(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    page = reverse("rapid_reviews:issue-raise", args=[review.referral.reference])
    data = {"agency": cast.agencies.hospital.pk, "concern": CONCERN, "answer_by_0": 1, "answer_by_1": 1,
            "answer_by_2": 2020}  # fmt: skip
    body = text(sign_in(cast.chair).post(page, data))
    for sentence in (
        "Say what you ask the agency to do",
        "cannot be in the past",
        "Inventshire Hospital Trust has no safeguarding lead yet",
        CONCERN,
    ):
        assert sentence in body
    assert not SafeguardingIssue.objects.exists()


def test_pseudonyms_for_who_reads_no_names(cast, sign_in):
    issue = issue_at(IssueStatus.ANSWERED, cast.agencies.schools)
    partner, member = (text(sign_in(p).get(issue.get_absolute_url())) for p in (cast.partner_la, cast.member))
    assert CHILD_NAME in member
    assert "Rowan" not in partner
    assert "is alone with Child A" in partner


def test_a_get_of_the_link_spends_nothing(cast):
    """A mail scanner comes before the person, several times."""
    issue = raise_to(cast.agencies.schools)
    token = newest_token("safeguarding-asked", issue.lead_address)
    page = reverse("rapid_reviews:issue-link", args=[token])
    scanner = Client()
    for _ in range(3):
        assert scanner.get(page, follow=True).status_code == 200
        assert scanner.get(reverse("access_links:link", args=[token])).status_code == 200
    assert not AccessCode.objects.exists()
    assert AccessLink.objects.get().opened_at is None
    assert SECRET not in text(scanner.get(page, follow=True))
    assert enter(token, issue.lead_address).get(page).status_code == 200


def test_answered_by_link_without_an_account(cast):
    issue = raise_to(cast.agencies.schools)
    client, page = by_link(issue)
    body = text(client.get(page))
    assert CHILD_NAME in body
    assert CONCERN in body
    assert text(client.post(page, {"text": "", "complete": ""})).count("Write your answer") >= 1
    data = {"text": ANSWER, "complete": "no"}
    assert client.post(page, data).status_code == 302
    assert client.post(page, data).status_code == 302  # a double click
    given = issue.answers.get()
    assert (given.answered_by, given.is_action_complete) == (None, False)
    after = text(client.get(page))
    assert "there is nothing for you to do now" in after
    assert "Send the answer" not in after


def test_a_second_answer_from_another_window_is_a_sentence_and_stays_typed(cast, sign_in):
    issue = raise_to(cast.agencies.schools)
    client, page = by_link(issue)
    member_page = url("issue-answer", issue, issue.number)
    assert sign_in(cast.member).post(member_page, {"text": ANSWER, "complete": "yes"}).status_code == 302
    body = text(client.post(page, {"text": "Nobody was at home.", "complete": "no"}))
    assert "answered already" in body
    assert "Nobody was at home." in body
    assert issue.answers.get().answered_by == cast.member


def test_the_link_leads_to_that_issue_only(cast):
    issue = raise_to(cast.agencies.schools)
    other = raise_to(cast.agencies.hospital, issue.review, concern="Something about the ward.")
    client, page = by_link(issue)
    assert "Something about the ward." not in text(client.get(page))
    for name, more in (("review-workspace", []), ("issue", [other.number]), ("issue-list", [])):
        assert client.get(url(name, other, *more)).status_code == 302, "the sign-in page"
    token = newest_token("safeguarding-asked", other.lead_address)
    elsewhere = client.get(reverse("rapid_reviews:issue-link", args=[token]))
    assert elsewhere.status_code == 302, "another link wants its own code"
    assert client.get(reverse("agency_returns:link-tasks", args=[page.split("/")[-2]])).status_code == 404


@pytest.mark.parametrize("end", ["accept", "withdraw", "wall"])
def test_the_link_ends(cast, end):
    issue = raise_to(cast.agencies.schools)
    client, page = by_link(issue)
    if end == "accept":
        workflow.accept_answer(answer=answer(issue), by=cast.chair, now=timezone.now())
    elif end == "withdraw":
        workflow.withdraw_issue(issue=issue, reason="Error", by=cast.chair, now=timezone.now())
    else:
        cast.walled.email = issue.lead_address
        cast.walled.save()
        wall_off(issue.review.referral, cast.walled)
    response = client.get(page)
    assert response.status_code == 404
    assert SECRET not in text(response)
    assert client.post(page, {"text": "Too late", "complete": "yes"}).status_code == 404


def test_the_chair_accepts_or_asks_again_on_the_page(cast, sign_in):
    issue = issue_at(IssueStatus.ANSWERED, cast.agencies.schools)
    client, today = sign_in(cast.chair), timezone.localdate() + timedelta(days=1)
    given = issue.latest
    days = {"answer_by_0": today.day, "answer_by_1": today.month, "answer_by_2": today.year}
    again = {"answer": given.pk, "reason": "And at night?"} | days
    assert client.post(url("issue-again", issue, 1), again).status_code == 302
    assert client.post(url("issue-again", issue, 1), again).status_code == 302, "a double click is quiet"
    stale = text(client.post(url("issue-accept", issue, 1), {"answer": given.pk}))
    assert "asked again, so it is not possible to accept" in stale
    second = answer(issue, text="Also at night.")
    assert "answered again since you opened the page" in text(
        client.post(url("issue-accept", issue, 1), {"answer": given.pk})
    )
    for _ in range(2):
        assert client.post(url("issue-accept", issue, 1), {"answer": second.pk}).status_code == 302
    issue.refresh_from_db()
    assert issue.status == IssueStatus.RESOLVED
    page = client.get(url("issue-accept", issue, 1), follow=True)
    assert "This issue is resolved already." in text(page)


def test_reasons_are_asked_for(cast, sign_in):
    issue = raise_to(cast.agencies.schools)
    client = sign_in(cast.chair)
    for name, sentence in (
        ("issue-let-send", "Say why the review may be sent without an answer"),
        ("issue-withdraw", "Say why it was raised in error"),
    ):
        assert sentence in text(client.post(url(name, issue, 1), {"reason": ""}))
        for _ in range(2):
            assert client.post(url(name, issue, 1), {"reason": f"Reason for {name}"}).status_code == 302
        assert f"Reason for {name}" in text(client.get(issue.get_absolute_url()))


def needs_of(user, issue):
    reference, today = issue.review.referral.reference, timezone.localdate()
    return [need.what for need in collect(user, today) if need.about == reference and need.urgent]


def test_home_asks_the_agency_first(cast):
    issue = raise_to(cast.agencies.schools)
    invite(issue.review.referral, cast.contributor)
    for person in (cast.member, cast.deputy, cast.contributor):
        assert needs_of(person, issue) == ["Answer an immediate safeguarding issue"]
    assert collect(cast.member, timezone.localdate())[0].urgent
    for person in (cast.second_member, cast.chair, cast.business_manager, cast.partner_la, cast.scrutineer):
        assert needs_of(person, issue) == [], "not late yet"


def test_home_asks_chair_and_carriers(cast):
    issue = raise_to(cast.agencies.schools, now=timezone.now() - timedelta(days=4))
    late = ["See that a safeguarding issue is answered"]
    for person in (cast.chair, cast.deputy_chair, cast.business_manager):
        assert needs_of(person, issue) == late
    assert needs_of(cast.partner_icb, issue) == []
    workflow.chase_issues(now=timezone.now().replace(hour=12))
    assert needs_of(cast.partner_icb, issue) == late
    answer(issue)
    settle = ["Accept the answer to a safeguarding issue, or ask again"]
    assert [needs_of(p, issue) for p in (cast.chair, cast.deputy_chair)] == [settle, settle]
    assert needs_of(cast.business_manager, issue) == needs_of(cast.member, issue) == []


def test_nothing_for_a_walled_person(cast, sign_in):
    """Neither page nor list, need, attention or mail; the issue is their own agency's, and late."""
    issue = raise_to(cast.agencies.police, now=timezone.now() - timedelta(days=4))
    referral = issue.review.referral
    assert needs_of(cast.walled, issue)
    for person in (cast.walled, cast.chair, cast.partner_police):
        wall_off(referral, person)
    workflow.chase_issues(now=timezone.now().replace(hour=12))
    for person in (cast.walled, cast.chair, cast.partner_police):
        assert needs_of(person, issue) == []
        assert not SafeguardingIssue.objects.visible_to(person).exists()
        assert not Message.objects.filter(
            recipient=person, kind__in=["safeguarding-escalated", "safeguarding-chased"]
        ).exists()
        client = sign_in(person)
        for name, more in (("issue", [1]), ("issue-list", []), ("issue-answer", [1]), ("issue-raise", [])):
            response = client.get(url(name, issue, *more))
            assert response.status_code == 404
            assert SECRET not in text(response)
        items = [i.text for s in attention.collect(timezone.now(), person) for i in s.items]
        assert not any("safeguarding issue" in item for item in items)
    items = [i.text for s in attention.collect(timezone.now(), cast.business_manager) for i in s.items]
    assert any(f"{referral.reference}: safeguarding issue 1 to Police, raised" in item for item in items)


def test_the_case_page_shows_what_is_not_settled(cast, sign_in):
    issue = raise_to(cast.agencies.schools)
    page = reverse("overview:case", args=[issue.review.referral.reference])
    assert issue.get_absolute_url() in text(sign_in(cast.scrutineer).get(page))
    workflow.accept_answer(answer=answer(issue), by=cast.chair, now=timezone.now())
    assert issue.get_absolute_url() not in text(sign_in(cast.scrutineer).get(page))


def test_times_are_edited_in_the_admin_and_one_edition_stays(cast, sign_in):
    client = sign_in(cast.business_manager)
    add = reverse("admin:rapid_reviews_safeguardingtimes_add")
    data = {"answer_within": 1, "chase_every": 1, "chair_after": 2, "partners_after": 1, "source": "Decided",
            "effective_from_0": "1", "effective_from": "2027-01-01"}  # fmt: skip
    assert "not told before the chair" in text(client.post(add, data))
    assert client.post(add, data | {"partners_after": 3}).status_code == 302
    listed = client.get(reverse("admin:rapid_reviews_safeguardingissue_changelist"))
    assert listed.status_code == 200
