"""Reminding and escalating: each person once for each day of each issue, however often this is called."""

from datetime import datetime

from django.db import connection

from core.guard import workflow
from deadlines.quiet import is_open
from rapid_reviews import emails
from rapid_reviews.choices import IssueLevel, NoticeState
from rapid_reviews.models import IssueNotice, SafeguardingIssue
from rapid_reviews.safeguarding.plan import Notice, plan
from rapid_reviews.workflow.base import note

LOCK = 0x69737375657300  # "issues": two runs at once take turns
ORDER = list(IssueLevel)


@workflow
def chase_issues(*, now: datetime) -> list[Notice]:
    """Send what is due, on any day of the week from the hour on at which mail may go; before it nothing is noted."""
    if not is_open(now, urgent=True):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    rows = SafeguardingIssue.objects.unanswered().select_for_update(of=("self",))
    issues = list(rows.select_related("review__referral__lead", "agency").order_by("pk"))
    notices = plan(now, issues)
    for notice in notices:
        _send(notice, now)
    return notices


def _send(notice: Notice, now: datetime) -> None:
    issue = notice.issue
    about = {"issue": issue, "round": issue.round, "level": notice.level, "address": notice.address, "recorded_at": now}
    rows = [IssueNotice(occurs_on=day, state=NoticeState.SUPERSEDED, **about) for day in notice.outrun]
    rows.append(IssueNotice(occurs_on=notice.occurs_on, state=NoticeState.SENT, **about))
    IssueNotice.objects.bulk_create(rows)
    emails.queue_issue_notice(notice, now=now)
    if ORDER.index(notice.level) > ORDER.index(IssueLevel(issue.level)):
        issue.level = notice.level
        issue.save(update_fields=["level"])
        note(
            "safeguarding_escalated", by=None, review=issue.review, number=issue.number, agency=issue.agency.name,
            level=notice.level.label,
        )  # fmt: skip
