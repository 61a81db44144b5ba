"""Immediate safeguarding issues: raised to an agency, answered, accepted or asked again, withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agency_returns.actors import Actor
from agency_returns.workflow.asking import check_address
from core.errors import WorkflowError
from core.guard import workflow
from panel.models import Agency, Partnership, User
from rapid_reviews import emails
from rapid_reviews.choices import IssueLevel, NoticeState
from rapid_reviews.models import ConcernedChild, IssueNotice, RapidReview, SafeguardingAnswer, SafeguardingIssue
from rapid_reviews.safeguarding import links, permissions
from rapid_reviews.states import ISSUES, IssueStatus, Status
from rapid_reviews.workflow.base import local_day, note, words
from referrals.models import Child


@dataclass(frozen=True)
class Concern:
    """What is raised: to whom, about which children (none where nobody is named), and what is wanted by when."""

    agency: Agency
    concern: str
    asked: str
    answer_by: date
    children: Sequence[Child] = ()
    lead_name: str = ""  # empty: the agency's safeguarding lead
    lead_address: str = ""


@workflow
def raise_issue(*, review: RapidReview, concern: Concern, by: User, now: datetime) -> SafeguardingIssue:
    """Raise an issue to an agency and mail its safeguarding lead at once. The same one again, unanswered, is quiet.

    Possible while the review is open and after it was sent; of a withdrawn one nothing new emerges.
    """
    review = RapidReview.objects.select_for_update(of=("self",)).select_related("referral").get(pk=review.pk)
    permissions.check_raise(by, review, on=local_day(now))
    if review.status == Status.WITHDRAWN:
        route = Partnership.current().immediate_risk_route
        raise WorkflowError(f"This rapid review was withdrawn, so no issue can be raised in it. {route}")
    issue = _checked(review, concern, now=now)
    twin = review.safeguarding_issues.unanswered().filter(
        agency=issue.agency, concern=issue.concern, asked=issue.asked, lead_address=issue.lead_address
    )
    found: SafeguardingIssue | None = twin.first()
    if found is not None:
        return found
    issue.number, issue.raised_by = review.safeguarding_issues.count() + 1, by
    issue.save()
    for child in {child.pk: child for child in concern.children}.values():
        ConcernedChild(issue=issue, child=child).save()
    _note("raised", by=by, issue=issue, due=issue.answer_by.isoformat())
    emails.queue_issue_asked(issue, by=by, now=now)
    emails.queue_issue_raised(issue, by=by, now=now)
    return issue


def _checked(review: RapidReview, concern: Concern, *, now: datetime) -> SafeguardingIssue:
    """The row, not saved yet; WorkflowError with a sentence where it may not be."""
    if any(child.referral_id != review.referral_id for child in concern.children):
        raise WorkflowError("This child is not in this case.")
    _check_day(concern.answer_by, now)
    agency = concern.agency
    name = concern.lead_name.strip() or agency.safeguarding_lead
    address = (concern.lead_address.strip() or agency.safeguarding_address).lower()
    if not name or not address:
        raise WorkflowError(f"{agency} has no safeguarding lead. Enter a name and a work e-mail address.")
    check_address(review.referral, address, on=local_day(now))
    return SafeguardingIssue(
        review=review, agency=agency, concern=words(concern.concern, "Say what is of concern."),
        asked=words(concern.asked, "Say what is asked for."), answer_by=concern.answer_by, lead_name=name,
        lead_address=address, raised_at=now, asked_at=now,
    )  # fmt: skip


def _check_day(answer_by: date, now: datetime) -> None:
    if answer_by < local_day(now):
        raise WorkflowError("The day by which you want the answer has passed. Choose a later one.")


@workflow
def answer_issue(
    *, issue: SafeguardingIssue, text: str, is_action_complete: bool, by: Actor, now: datetime
) -> SafeguardingAnswer:
    """What the agency says. The same answer twice is quiet; another one while the chair reads the first is refused.

    A link has been checked by the door through which its reader came in.
    """
    issue = _lock(issue)
    if by.user is not None:
        permissions.check_person(by.user, issue, "answer", on=local_day(now))
    text = words(text, "Write your answer.")
    given: SafeguardingAnswer | None = issue.latest
    if given is not None and issue.status == IssueStatus.ANSWERED:
        if (given.text, given.is_action_complete) == (text, is_action_complete):
            return given
        raise WorkflowError(
            f"{given.answered_as} answered already, and the chair reads that answer. Tell the business manager what "
            "has changed since."
        )
    _move(issue, "answer")
    answer = SafeguardingAnswer(
        issue=issue, round=issue.round, text=text, is_action_complete=is_action_complete, answered_by=by.user,
        answered_as=by.label(issue.agency), answered_at=now,
    )  # fmt: skip
    answer.save()
    done = "The action is complete." if is_action_complete else "The action is not complete yet."
    _note("answered", by=by.user, issue=issue, who=answer.answered_as, done=done)
    emails.queue_issue_answered(issue, about=answer.pk, now=now)
    return answer


@workflow
def accept_answer(*, answer: SafeguardingAnswer, by: User, now: datetime) -> SafeguardingIssue:
    """The chair accepts this answer: the issue is resolved and its links end. Accepted already: quiet."""
    issue = _take(answer.issue, "accept", by=by, now=now)
    if issue.status == IssueStatus.RESOLVED:
        return issue
    _check_newest(issue, answer)
    _move(issue, "accept", resolved_by=by, resolved_at=now)
    links.close(issue, by=by, now=now)
    _note("accepted", by=by, issue=issue)
    return issue


@workflow
def ask_again(
    *, answer: SafeguardingAnswer, reason: str, answer_by: date, by: User, now: datetime
) -> SafeguardingIssue:
    """The answer leaves something open: the agency is asked anew, at once, and the escalation begins anew.

    The chair's reason to send without an answer was about the earlier asking, so it goes; the history keeps it.
    """
    issue = _take(answer.issue, "ask_again", by=by, now=now)
    reason = words(reason, "Say what is still wanted.")
    if issue.status != IssueStatus.ASKED_AGAIN:
        _check_verb(issue, "ask_again")
    given = issue.answers.select_for_update(of=("self",)).get(pk=answer.pk)
    if (given.again_reason, issue.answer_by) == (reason, answer_by) and given.round == issue.round - 1:
        return issue
    _check_day(answer_by, now)
    _check_newest(issue, given)
    _move(
        issue, "ask_again", round=issue.round + 1, asked_at=now, answer_by=answer_by, level=IssueLevel.AGENCY,
        sending_reason="", sending_by=None, sending_at=None,
    )  # fmt: skip
    given.again_reason, given.again_by, given.again_at = reason, by, now
    given.save(update_fields=["again_reason", "again_by", "again_at"])
    _note("asked_again", by=by, issue=issue, due=answer_by.isoformat())
    emails.queue_issue_asked(issue, by=by, now=now)
    return issue


def _check_newest(issue: SafeguardingIssue, answer: SafeguardingAnswer) -> None:
    """Nobody settles an answer that they have not read."""
    ISSUES.check(issue.status, "accept")
    newest = issue.latest
    if newest is None or newest.pk != answer.pk:
        raise WorkflowError(f"{issue.agency} has answered again since you opened the page. Read the newer answer.")


@workflow
def withdraw_issue(*, issue: SafeguardingIssue, reason: str, by: User, now: datetime) -> SafeguardingIssue:
    """Raised in error: the agency is told at once that it need not answer. Withdrawn already: quiet."""
    issue = _take(issue, "withdraw", by=by, now=now)
    if issue.status == IssueStatus.WITHDRAWN:
        return issue
    reason = words(reason, "Say why it was raised in error.")
    _move(issue, "withdraw", withdrawn_by=by, withdrawn_at=now, withdrawal_reason=reason)
    links.close(issue, by=by, now=now)
    _note("withdrawn", by=by, issue=issue, text=reason)
    emails.queue_issue_withdrawn(issue)
    return issue


@workflow
def let_send(*, issue: SafeguardingIssue, reason: str, by: User, now: datetime) -> SafeguardingIssue:
    """The chair says why the review may be sent without an answer to this issue. The agency is chased all the same."""
    issue = _take(issue, "let_send", by=by, now=now)
    reason = words(reason, "Say why the review may be sent without an answer.")
    if issue.sending_reason == reason:
        return issue
    _check_verb(issue, "let_send")
    if issue.sending_reason:
        raise WorkflowError(f"{issue.sending_by} gave a reason already. It stands on the page of the issue.")
    _write(issue, sending_reason=reason, sending_by=by, sending_at=now)
    _note("let_send", by=by, issue=issue, text=reason)
    return issue


@workflow
def readdress(
    *, issue: SafeguardingIssue, lead_name: str, lead_address: str, by: User, now: datetime
) -> SafeguardingIssue:
    """Somebody else answers for the agency: mailed at once, while the links of who was asked before end.

    The day by which the answer is wanted stays. The same person again is quiet.
    """
    issue = _take(issue, "readdress", by=by, now=now)
    name = words(lead_name, "Enter the name of who answers for the agency.")
    address = words(lead_address, "Enter their work e-mail address.").lower()
    if (issue.lead_name, issue.lead_address) == (name, address):
        return issue
    _check_verb(issue, "readdress")
    check_address(issue.review.referral, address, on=local_day(now))
    links.close(issue, by=by, now=now)
    _write(issue, lead_name=name, lead_address=address)
    today: dict[str, Any] = {"level": IssueLevel.AGENCY, "occurs_on": local_day(now), "address": address}
    IssueNotice.objects.get_or_create(  # this letter is today's: the first reminder comes tomorrow
        issue=issue, round=issue.round, **today, defaults={"state": NoticeState.SUPERSEDED, "recorded_at": now}
    )
    _note("readdressed", by=by, issue=issue, lead=name)
    emails.queue_issue_asked(issue, by=by, now=now)
    return issue


def _lock(issue: SafeguardingIssue) -> SafeguardingIssue:
    rows = SafeguardingIssue.objects.select_for_update(of=("self",)).select_related(
        "review__referral", "agency", "sending_by"
    )
    row: SafeguardingIssue = rows.get(pk=issue.pk)
    return row


def _take(issue: SafeguardingIssue, verb: str, *, by: User, now: datetime) -> SafeguardingIssue:
    """The locked row, if `by` may do this in some status."""
    row = _lock(issue)
    permissions.check_person(by, row, verb, on=local_day(now))
    return row


def _check_verb(issue: SafeguardingIssue, verb: str) -> str:
    return ISSUES.check(issue.status, verb).target


def _move(issue: SafeguardingIssue, verb: str, **fields: Any) -> None:
    """Check `verb` against the table, then write the new status with the facts that belong to it."""
    _write(issue, status=_check_verb(issue, verb), **fields)


def _write(issue: SafeguardingIssue, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(issue, name, value)
    issue.save(update_fields=[*fields])


def _note(verb: str, *, by: User | None, issue: SafeguardingIssue, text: str = "", **details: Any) -> None:
    details |= {"number": issue.number, "agency": issue.agency.name}
    note(f"safeguarding_{verb}", by=by, review=issue.review, text=text, **details)
