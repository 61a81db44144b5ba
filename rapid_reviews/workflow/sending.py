"""Sent to the national Panel: the statutory clock stops, and the wait for the reply begins.

The report that was sent is kept as a document of the case. Sent again after a disagreement, the clock stays as it was
judged: by the first sending.
"""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from agency_returns.workflow import close_for
from core.errors import WorkflowError
from core.guard import workflow
from deadlines.workflow import complete_clock, start_clock
from documents.models import Document
from documents.workflow import store
from panel.models import User
from panel.permissions import Permission, can
from rapid_reviews import emails, readiness
from rapid_reviews.choices import Naming
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview, ReviewReport, Submission
from rapid_reviews.report.assemble import fingerprint
from rapid_reviews.states import Status
from rapid_reviews.workflow.base import local_day, move, note, take, words
from rapid_reviews.workflow.leaving import let_go
from rapid_reviews.workflow.reports import data_of
from referrals import workflow as cases
from referrals.documents import key_of
from referrals.permissions import can_see_names

REPLY_RULE = "national-panel-reply"
KIND = "rapid-review"  # of document
Kept = tuple[Document, Document | None, Naming]


@dataclass(frozen=True)
class Sent:
    """The report that went: one made here, or a document of the case (say, one finished in Word)."""

    made: ReviewReport | None = None
    document: Document | None = None
    naming: Naming | None = None  # of a document; a report made here knows its own


@workflow
def record_sending(
    *,
    review: RapidReview,
    on: date,
    sender: User,
    address: str,
    report: Sent,
    by: User,
    now: datetime,
    late_reason: str = "",
    told: str = "",
) -> RapidReview:
    """The rapid review went to the national Panel on the day `on`. Late, it needs the reason and who was told."""
    review, done = take(review, "record_sending", by=by, now=now, done=Status.SENT)
    if done:
        return review
    _check_sending(review, on, sender, today=local_day(now))
    is_first = review.sent_on is None
    is_late = is_first and on > review.clock.due_on
    if is_late and not (late_reason.strip() and told.strip()):
        raise WorkflowError("It was sent late: say why, and who was told.")
    address = words(address, "Say to which address it was sent.")
    kept = _kept(review, report, by=by, now=now)  # before the clock stops: the report tells of milestones as they stood
    if is_first:
        complete_clock(clock=review.clock, on=on, by=by, now=now, late_reason=late_reason.strip(), told=told.strip())
    submission = _submission(review, kept, on=on, sender=sender, address=address, by=by, now=now)
    first = {"sent_on": on, "sent_by": sender} if is_first else {}
    move(review, Status.SENT, reply_clock=submission.reply_clock, **first)
    cases.finish_rapid_review(referral=review.referral, by=by, now=now)
    close_for(referral=review.referral, now=now)
    let_go(review, by=by, now=now)
    note(
        "sent", by=by, review=review, on=on.isoformat(), sender=str(sender), late=" It was late." if is_late else "",
        document=submission.report.name, again="" if is_first else " again",
    )  # fmt: skip
    review.reports.all().delete()  # drafts have done their work; what was sent is a document of the case
    emails.queue_sent(review, submission, now=now)
    return review


def _submission(
    review: RapidReview, kept: Kept, *, on: date, sender: User, address: str, by: User, now: datetime
) -> Submission:
    report, editable, naming = kept
    if review.decided_on is None:
        raise WorkflowError("Nothing is sent before the three Safeguarding Partners have decided.")
    reply = start_clock(code=REPLY_RULE, trigger_on=on, label=review.referral.reference, by=by, now=now)
    submission = Submission(
        review=review, number=review.submissions.count() + 1, recommendation=review.recommendations.standing().get(),
        outcome=review.outcome, decided_on=review.decided_on, report=report, editable=editable, naming=naming,
        sent_on=on, sent_by=sender, address=address, recorded_by=by, recorded_at=now, reply_clock=reply,
    )  # fmt: skip
    submission.save(force_insert=True)
    return submission


def _kept(review: RapidReview, sent: Sent, *, by: User, now: datetime) -> Kept:
    """The document that was sent, the same as a Word file, and how people stand in it."""
    if sent.made is not None:
        made = _checked(review, sent.made, by=by, now=now)
        naming = Naming(made.naming)
        return _stored(made, "pdf", by=by, now=now), _stored(made, "docx", by=by, now=now), naming
    if sent.document is None or sent.naming is None:
        raise WorkflowError("Choose the report that was sent, and say whether it names people.")
    found: Document | None = Document.objects.of(key_of(review.referral)).current().downloadable().filter(
        pk=sent.document.pk
    ).first()  # fmt: skip
    if found is None:
        raise WorkflowError("This document is not among those of the case that are in use. Choose another.")
    return found, None, sent.naming


def _checked(review: RapidReview, made: ReviewReport, *, by: User, now: datetime) -> ReviewReport:
    """The report, if it may be sent: ready, no draft, and nothing has changed since it was made."""
    report: ReviewReport | None = review.reports.select_for_update().filter(pk=made.pk).first()
    if report is None or not report.is_ready or report.is_draft:
        raise WorkflowError("This report is not ready to be sent. Make it, read it, and choose it here.")
    if report.naming == Naming.FULL and not can_see_names(by, review.referral, on=local_day(now)):
        raise WorkflowError("You are not allowed to see names, so you cannot send the report with names.")
    if report.fingerprint != fingerprint(data_of(review, Naming(report.naming), now=now)):
        raise WorkflowError("The review has changed since this report was made. Make it again, and read it again.")
    return report


def _stored(report: ReviewReport, form: str, *, by: User, now: datetime) -> Document:
    file = BytesIO(report.bytes_of(form))
    file.name = f"{report.name}.{form}"
    return store(
        owner_key=key_of(report.review.referral), reference=report.review.referral.reference, file=file, kind=KIND,
        description=f"Rapid review report as sent, {report.get_naming_display().lower()}", by=by, now=now, is_ours=True,
    )  # fmt: skip


def _check_sending(review: RapidReview, on: date, sender: User, *, today: date) -> None:
    blockers = readiness.before_sending(contents_of(review))
    if blockers:
        raise WorkflowError(f"It cannot be sent yet because {readiness.sentence(blockers)}.")
    if not can(sender, Permission.SEND_RAPID_REVIEW, on=on):
        raise WorkflowError(f"{sender} may not send a rapid review.")
    if on > today:
        raise WorkflowError("It cannot have been sent on a day that has not come yet.")
    if review.decided_on is not None and on < review.decided_on:
        raise WorkflowError("Nothing is sent before the three Safeguarding Partners have decided.")
