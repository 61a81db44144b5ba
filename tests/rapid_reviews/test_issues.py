"""Safeguarding issues: told at once and nameless, answered, asked again; and what keeps a review from being sent."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from access_links.models import AccessLink
from agency_returns.actors import member
from audit.models import Event
from core.errors import WorkflowError
from notifications.models import Message
from rapid_reviews import readiness, workflow
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview, SafeguardingIssue
from rapid_reviews.states import IssueStatus, Status
from tests.rapid_reviews.factories import rapid_review_at, send, write_sections
from tests.rapid_reviews.issues import ANSWER, again, answer, issue_at, lead_of, raise_to
from tests.referrals.factories import CHILD_NAME, SECRET, invite, wall_off

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 21, 23, 30, tzinfo=ZoneInfo("Europe/London"))  # a Saturday


def mails(kind):
    return Message.objects.filter(kind=f"safeguarding-{kind}").order_by("pk")


def test_the_agency_is_told_at_once_and_nobody_is_named(cast, settings):
    settings.MAIL_HOURS = "08:00-18:00"
    issue = raise_to(cast.agencies.schools, now=NIGHT)
    mail = mails("asked").get()
    assert mail.address == "lea.schools@agency.example"
    assert mail.not_before <= mail.created_at, "a child may be at risk: no quiet hours"
    assert mail.woken_at is not None
    assert issue.review.referral.reference in mail.subject
    assert "22 November 2026" in mail.text
    for other in Message.objects.filter(kind__startswith="safeguarding-"):
        assert not any(name in other.subject + other.text for name in (SECRET, CHILD_NAME, "Rowan"))
    assert {m.recipient for m in mails("raised")} == {cast.chair}  # lead and business manager: who raised it


def test_raised_twice_by_a_double_click_is_one(cast):
    issue = raise_to(cast.agencies.schools, now=NIGHT)
    assert raise_to(cast.agencies.schools, issue.review, now=NIGHT) == issue
    other = raise_to(cast.agencies.schools, issue.review, now=NIGHT, asked="Something else.")
    assert (other.number, mails("asked").count()) == (2, 2)


@pytest.mark.parametrize(
    ("over", "sentence"),
    [
        ({"concern": " "}, "Say what is of concern"),
        ({"asked": ""}, "Say what is asked for"),
        ({"answer_by": NIGHT.date() - timedelta(days=1)}, "has passed"),
    ],
)
def test_what_is_missing_is_said(cast, over, sentence):
    with pytest.raises(WorkflowError, match=sentence):
        raise_to(cast.agencies.schools, now=NIGHT, **over)


def test_without_a_safeguarding_lead_somebody_is_named(cast):
    review = rapid_review_at(Status.OPENED, now=NIGHT)
    facts = {"agency": cast.agencies.icb, "concern": "A", "asked": "B", "answer_by": NIGHT.date()}
    with pytest.raises(WorkflowError, match="no safeguarding lead"):
        workflow.raise_issue(review=review, concern=workflow.Concern(**facts), by=cast.chair, now=NIGHT)
    to = {"lead_name": "Len Invented", "lead_address": "Len@Agency.example"}
    issue = workflow.raise_issue(review=review, concern=workflow.Concern(**facts, **to), by=cast.chair, now=NIGHT)
    assert mails("asked").get().address == issue.lead_address == "len@agency.example"


def test_no_letter_goes_through_a_wall(cast):
    review = rapid_review_at(Status.OPENED, now=NIGHT)
    wall_off(review.referral, cast.walled, now=NIGHT)
    with pytest.raises(WorkflowError, match="conflict of interest"):
        raise_to(cast.agencies.police, review, now=NIGHT, lead_name="Wyn", lead_address=cast.walled.email)
    assert not mails("asked").exists()


def test_a_child_of_another_case_is_refused(cast):
    review, other = rapid_review_at(Status.OPENED, now=NIGHT), rapid_review_at(Status.OPENED, now=NIGHT)
    with pytest.raises(WorkflowError, match="not in this case"):
        raise_to(cast.agencies.schools, review, now=NIGHT, children=list(other.referral.children.all()))


def test_answered_tells_those_who_carry_the_review(cast):
    issue = raise_to(cast.agencies.schools, now=NIGHT)
    given = answer(issue, now=NIGHT)
    assert given.answered_as == "Lea Schools, Inventshire Schools Service"
    assert {m.recipient for m in mails("answered")} == {cast.chair, cast.business_manager}
    event = Event.objects.about(issue.review.referral.reference).get(verb="rapid_review.safeguarding_answered")
    assert event.sentence == f"{given.answered_as} answered safeguarding issue 1. The action is complete."


def test_the_same_answer_twice_is_quiet_and_another_one_is_a_sentence(cast):
    """The lead by link in one browser, a member signed in in another."""
    issue = raise_to(cast.agencies.schools, now=NIGHT)
    given = answer(issue, now=NIGHT)
    assert answer(issue, now=NIGHT, by=member(cast.member)) == given
    with pytest.raises(WorkflowError, match="Lea Schools, Inventshire Schools Service answered already"):
        answer(issue, now=NIGHT, by=member(cast.member), text="Nobody went.")
    assert (issue.answers.get().text, mails("answered").count()) == (ANSWER, 2)


def test_accepted_ends_the_links_and_is_quiet_the_second_time(cast):
    given = answer(raise_to(cast.agencies.schools, now=NIGHT), now=NIGHT)
    issue = workflow.accept_answer(answer=given, by=cast.chair, now=NIGHT)
    assert workflow.accept_answer(answer=given, by=cast.deputy_chair, now=NIGHT).resolved_by == cast.chair
    assert not AccessLink.objects.usable(NIGHT).filter(subject=issue.subject).exists()


def test_asked_again_begins_anew_and_keeps_the_answer(cast):
    issue = raise_to(cast.agencies.schools, now=NIGHT)
    given = answer(issue, now=NIGHT)
    issue = again(given, now=NIGHT)
    assert again(given, now=NIGHT, by=cast.deputy_chair) == issue
    assert (issue.round, issue.status, mails("asked").count()) == (2, IssueStatus.ASKED_AGAIN, 2)
    with pytest.raises(WorkflowError):  # the other chair, in another tab, with other words
        again(given, now=NIGHT, reason="Something else.")
    second = answer(issue, now=NIGHT, text="Seen at night too.")
    assert [a.text for a in issue.answers.all()] == [ANSWER, "Seen at night too."]
    with pytest.raises(WorkflowError, match="answered again since you opened the page"):
        workflow.accept_answer(answer=given, by=cast.chair, now=NIGHT)
    assert workflow.accept_answer(answer=second, by=cast.chair, now=NIGHT).status == IssueStatus.RESOLVED


def test_raised_in_error_is_told_at_once_and_twice_is_quiet(cast):
    issue = raise_to(cast.agencies.schools, now=NIGHT)
    workflow.withdraw_issue(issue=issue, reason=f"{SECRET} was elsewhere.", by=cast.business_manager, now=NIGHT)
    workflow.withdraw_issue(issue=issue, reason="Again", by=cast.chair, now=NIGHT)
    mail = mails("withdrawn").get()
    assert mail.not_before <= mail.created_at
    assert SECRET not in mail.text
    assert not AccessLink.objects.usable(NIGHT).filter(subject=issue.subject).exists()


def test_sent_to_somebody_else_at_once_and_twice_is_quiet(cast):
    issue = raise_to(cast.agencies.schools, now=NIGHT)
    to = {"lead_name": "Len Invented", "lead_address": "Len@Agency.example", "by": cast.business_manager, "now": NIGHT}
    for _ in range(2):
        moved = workflow.readdress(issue=issue, **to)
    assert (moved.lead_address, moved.answer_by, mails("asked").count()) == ("len@agency.example", issue.answer_by, 2)
    links = AccessLink.objects.usable(NIGHT).filter(subject=issue.subject)
    assert [link.address for link in links] == ["len@agency.example"]
    wall_off(issue.review.referral, cast.walled, now=NIGHT)
    with pytest.raises(WorkflowError, match="conflict of interest"):
        workflow.readdress(issue=issue, **to | {"lead_address": cast.walled.email})
    answer(issue, now=NIGHT)
    with pytest.raises(WorkflowError, match="is answered, so it is not possible"):
        workflow.readdress(issue=issue, **to | {"lead_name": "Lin Invented"})


def test_accepting_and_withdrawing_at_once_is_a_sentence(cast):
    given = answer(raise_to(cast.agencies.schools, now=NIGHT), now=NIGHT)
    workflow.withdraw_issue(issue=given.issue, reason="Error", by=cast.business_manager, now=NIGHT)
    with pytest.raises(WorkflowError, match="withdrawn, raised in error, so it is not possible"):
        workflow.accept_answer(answer=given, by=cast.chair, now=NIGHT)


def blockers(review):
    return readiness.before_sending(contents_of(RapidReview.objects.get(pk=review.pk)))


def test_an_unanswered_issue_keeps_the_review_from_being_sent(cast, sign_in):
    review = rapid_review_at(Status.DECIDED, now=NIGHT)
    write_sections(review, now=NIGHT)
    issue = raise_to(cast.agencies.schools, review, now=NIGHT)
    (blocker,) = blockers(review)
    assert blocker.text == (
        "the safeguarding issue raised to Inventshire Schools Service on 21 November 2026 is not answered"
    )
    assert sign_in(cast.chair).get(blocker.url).status_code == 200
    with pytest.raises(WorkflowError, match="is not answered"):
        send(review, by=cast.chair, now=NIGHT)
    answer(issue, now=NIGHT)
    assert blockers(review) == []
    assert send(review, by=cast.chair, now=NIGHT).status == Status.SENT


def test_the_chair_may_let_it_be_sent_with_a_reason(cast, sign_in):
    review = rapid_review_at(Status.DECIDED, now=NIGHT)
    write_sections(review, now=NIGHT)
    issue = raise_to(cast.agencies.schools, review, now=NIGHT)
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.let_send(issue=issue, reason=" ", by=cast.chair, now=NIGHT)
    reason = "The child is in hospital and safe; the agency answers on Monday."
    workflow.let_send(issue=issue, reason=reason, by=cast.chair, now=NIGHT)
    workflow.let_send(issue=issue, reason=reason, by=cast.deputy_chair, now=NIGHT)
    with pytest.raises(WorkflowError, match="Cora Example gave a reason already"):
        workflow.let_send(issue=issue, reason="Another one.", by=cast.deputy_chair, now=NIGHT)
    assert blockers(review) == []
    told = Event.objects.about(review.referral.reference).get(verb="rapid_review.safeguarding_let_send")
    assert (told.actor, reason in told.sentence) == (cast.chair, True)
    assert reason in sign_in(cast.scrutineer).get(issue.get_absolute_url()).content.decode()
    assert SafeguardingIssue.objects.unanswered().get() == issue, "it is still chased"
    given = answer(issue, now=NIGHT)
    again(given, now=NIGHT)
    assert len(blockers(review)) == 1, "the reason was about the earlier asking"


@pytest.mark.parametrize("status", [Status.SENT, Status.WITHDRAWN])
def test_an_issue_outlives_its_review(cast, status):
    review = rapid_review_at(Status.DECIDED, now=NIGHT)
    issue = raise_to(cast.agencies.schools, review, now=NIGHT)
    if status == Status.SENT:
        write_sections(review, now=NIGHT)
        workflow.let_send(issue=issue, reason="Safe.", by=cast.chair, now=NIGHT)
        send(review, by=cast.chair, now=NIGHT)
    else:
        workflow.withdraw(review=review, reason="Not met.", by=cast.chair, now=NIGHT)
    assert len(workflow.chase_issues(now=NIGHT + timedelta(hours=12))) == 1
    given = answer(issue, now=NIGHT + timedelta(days=1))
    assert workflow.accept_answer(answer=given, by=cast.chair, now=NIGHT + timedelta(days=2)).resolved_at


def test_the_reader_of_another_agency_is_not_told_whose_it_is(cast, sign_in):
    issue = issue_at(IssueStatus.RAISED, cast.agencies.schools)
    for person in (cast.invited, cast.contributor):
        invite(issue.review.referral, person)
    for page in ("rapid_reviews:review-workspace", "overview:case", "rapid_reviews:issue-list"):
        url = reverse(page, args=[issue.review.referral.reference])
        hospital, schools = (sign_in(who).get(url).content.decode() for who in (cast.invited, cast.contributor))
        assert issue.get_absolute_url() not in hospital
        assert issue.get_absolute_url() in schools
    assert sign_in(cast.invited).get(issue.get_absolute_url()).status_code == 404
    assert lead_of(issue).name not in hospital
