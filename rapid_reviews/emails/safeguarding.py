"""Letters about immediate safeguarding issues: nameless, without a word of what is of concern. One function each.

What goes to the agency leaves at once, at any hour: a child may be at risk, and quiet hours are for comfort. So do the
escalations to chair and partners, which the sweep makes from the opening hour on, on any day of the week. Letters to
the agency carry a link that lets their reader in, so the admin site does not show their text.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from core.letters import Letter
from notifications.workflow import queue
from panel.models import Partnership, User
from rapid_reviews.emails.base import carriers, queue_to
from rapid_reviews.models import SafeguardingIssue
from rapid_reviews.safeguarding import links
from rapid_reviews.safeguarding.plan import Notice
from referrals.emails import case_letter

ASKED = "safeguarding-asked"
CHASED = "safeguarding-chased"
NOT_NEEDED = "safeguarding-withdrawn"
ESCALATED = "safeguarding-escalated"
RAISED = "safeguarding-raised"
ANSWERED = "safeguarding-answered"

LEAD = "The agency’s safeguarding lead"
CARRIERS = "Lead, business manager and chair"
CATALOGUE = (
    (RAISED, "A safeguarding issue was raised", CARRIERS, "When it is raised, without who raised it"),
    (ANSWERED, "A safeguarding issue was answered", CARRIERS, "When the agency has answered"),
    (ESCALATED, "A safeguarding issue without an answer", "The chair, then the Safeguarding Partners",
     "After the answer date, by the times in the admin site; on any day of the week"),
    (NOT_NEEDED, "A safeguarding issue was raised in error", LEAD, "At once, when it is withdrawn"),
)  # fmt: skip
SECRET = (
    (
        ASKED,
        "An immediate safeguarding issue",
        LEAD,
        "At once, at any hour, when it is raised, redirected or asked again",
    ),
    (CHASED, "A safeguarding issue awaits an answer", LEAD, "Every calendar day until it is answered"),
)


def _letter(kind: str, issue: SafeguardingIssue, subject: str, **context: Any) -> Letter:
    return case_letter(
        kind,
        reference=issue.review.referral.reference,
        subject=subject,
        template=f"emails/rapid_reviews/{kind.replace('-', '_')}.txt",
        path=issue.get_absolute_url(),
        issue=issue,
        partnership=Partnership.current(),
        **context,
    )


def _to_lead(letter: Letter, issue: SafeguardingIssue, key: str) -> None:
    """To the work address; to the account that has it, if there is one, so that a later wall stops the letter."""
    user = User.objects.filter(email__iexact=issue.lead_address, is_active=True).first()
    where = {"to": user} if user else {"address": issue.lead_address}
    queue(letter, key=f"{letter.kind}:{issue.pk}:{key}", **where)


def queue_issue_asked(issue: SafeguardingIssue, *, by: User, now: datetime) -> None:
    url = links.url_for(issue, by=by, now=now)
    subject = f"immediate safeguarding issue, answer wanted by {issue.answer_by:%-d %B}"
    who = sha256(issue.lead_address.encode()).hexdigest()[:16]  # an address may be longer than a key
    _to_lead(_letter(ASKED, issue, subject, url=url), issue, f"{issue.round}:{who}:{now.isoformat()}")


def queue_issue_withdrawn(issue: SafeguardingIssue) -> None:
    _to_lead(_letter(NOT_NEEDED, issue, "safeguarding issue withdrawn, no answer needed"), issue, "withdrawn")


def queue_issue_raised(issue: SafeguardingIssue, *, by: User, now: datetime) -> None:
    """To those who carry the review, so that nobody learns of it by the escalation."""
    written = _letter(RAISED, issue, f"safeguarding issue raised to {issue.agency.short_name}")
    queue_to(written, [person for person in carriers(issue.review, now) if person != by], about=issue.pk, now=now)


def queue_issue_answered(issue: SafeguardingIssue, *, about: int, now: datetime) -> None:
    written = _letter(ANSWERED, issue, f"{issue.agency.short_name} answered a safeguarding issue")
    queue_to(written, carriers(issue.review, now), about=about, now=now)


def queue_issue_notice(notice: Notice, *, now: datetime) -> None:
    """One reminder or escalation, under the key of its row in the ledger."""
    issue, key = notice.issue, f"{notice.issue.round}:{notice.level}:{notice.occurs_on}"
    if notice.user is None:
        url = links.url_for(issue, by=None, now=now)
        _to_lead(_letter(CHASED, issue, "safeguarding issue still awaits your answer", url=url), issue, key)
        return
    letter = _letter(ESCALATED, issue, f"no answer from {issue.agency.short_name} to a safeguarding issue")
    queue(letter, key=f"{ESCALATED}:{issue.pk}:{key}:{notice.user.pk}", to=notice.user)
