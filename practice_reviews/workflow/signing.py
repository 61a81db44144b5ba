"""Each partner's agreement to the last draft, the chair's sign-off, and opening a review again."""

from datetime import date, datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from panel.permissions import Permission
from panel.roles import StatutoryRole
from practice_reviews import permissions
from practice_reviews.models import PartnerAgreement, PracticeReview, SignOff
from practice_reviews.signing import NO_DRAFT, blocking_reasons, last_draft
from practice_reviews.states import TABLE, Status
from practice_reviews.workflow.beside import check_runs, local_day, lock, not_later, note, take, words, write
from rapid_reviews.choices import PARTNERS


def _take(review: PracticeReview, partner: str, *, by: User, now: datetime) -> PracticeReview:
    row = lock(review)
    permissions.check_agree(by, row, partner, on=local_day(now))
    check_runs(row)
    return row


@workflow
def agree(
    *, review: PracticeReview, partner: StatutoryRole, agreed_by: str, agreed_on: date, by: User, now: datetime
) -> PartnerAgreement:
    """One Safeguarding Partner agrees to the last draft. Recorded already for that draft: quiet."""
    partner = StatutoryRole(partner)
    if partner not in PARTNERS:
        raise WorkflowError("Only a Safeguarding Partner agrees.")
    review = _take(review, partner, by=by, now=now)
    draft = last_draft(review)
    if draft is None:
        raise WorkflowError(NO_DRAFT)
    there: PartnerAgreement | None = draft.agreements.standing().filter(partner=partner).first()
    if there is not None:
        return there
    agreed_by = words(agreed_by, "Enter who agreed for the partner.")
    not_later(agreed_on, now, "Nobody can have agreed on a day that has not come yet.")
    if agreed_on < local_day(draft.added_at):
        raise WorkflowError(f"Draft {draft.number} was added after that day. Enter the day on which they agreed to it.")
    made: PartnerAgreement = PartnerAgreement.objects.create(
        review=review, draft=draft, partner=partner, agreed_by=agreed_by, agreed_on=agreed_on, recorded_by=by,
        recorded_at=now,
    )  # fmt: skip
    note("agreed", by=by, review=review, partner=partner.label, number=draft.number)
    return made


@workflow
def withdraw_agreement(*, agreement: PartnerAgreement, reason: str, by: User, now: datetime) -> PartnerAgreement:
    """The partner does not agree after all, or it was recorded by mistake. Withdrawn already: quiet."""
    review = _take(agreement.review, agreement.partner, by=by, now=now)
    row: PartnerAgreement = PartnerAgreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if row.withdrawn_at is not None:
        return row
    reason = words(reason, "Say why the agreement is withdrawn.")
    write(row, withdrawn_reason=reason, withdrawn_by=by, withdrawn_at=now)
    note("agreement_withdrawn", by=by, review=review, partner=row.get_partner_display(), number=row.draft.number)
    return row


@workflow
def sign_off(*, review: PracticeReview, statement: str, by: User, now: datetime) -> PracticeReview:
    """The chair says that the report is final. WorkflowError with every reason why it is not. Signed off: quiet."""
    row = lock(review)
    permissions.check(by, Permission.SIGN_OFF_PRACTICE_REVIEWS, row, on=local_day(now))
    if row.status == Status.SIGNED_OFF:
        return row
    draft, reasons = last_draft(row), blocking_reasons(row)
    if draft is None or reasons:
        raise WorkflowError(" ".join(reasons))
    target = TABLE.check(row.status, "sign_off").target
    statement = words(statement, "Say what you have read and what convinced you.")
    SignOff.objects.create(review=row, draft=draft, statement=statement, signed_by=by, signed_at=now)
    write(row, status=target, signed_off_on=local_day(now))
    note("signed_off", by=by, review=row, number=draft.number)
    return row


@workflow
def reopen(*, review: PracticeReview, reason: str, by: User, now: datetime) -> PracticeReview:
    """Another draft is needed after all. What was signed stays on record, with the reason."""
    row = take(review, by=by, now=now, also_after=True)
    target = TABLE.check(row.status, "reopen").target
    reason = words(reason, "Say why the review is opened again.")
    signed = row.sign_offs.select_for_update().get(reopened_at__isnull=True)
    write(signed, reopened_reason=reason, reopened_by=by, reopened_at=now)
    write(row, status=target, signed_off_on=None)
    note("reopened", by=by, review=row)
    return row
