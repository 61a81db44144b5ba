"""A draft from the file to the end of its round: prepared, with the agencies, closed or withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from core.errors import WorkflowError
from core.guard import workflow
from documents.states import Status as DocumentStatus
from documents.uploads import INFECTED
from documents.workflow import store
from panel.models import Agency, User
from practice_reviews.documents import KIND, new_key
from practice_reviews.emails import drafts as emails
from practice_reviews.links import drafts as links
from practice_reviews.models import Draft, DraftComment, FactCheck, PracticeReview
from practice_reviews.states import CHECKS, DRAFTS, TABLE, UNANSWERED, CheckStatus, DraftStatus
from practice_reviews.workflow.beside import local_day, move, note, take, words, write


@workflow
def add_draft(*, review: PracticeReview, file: Any, changes: str = "", by: User, now: datetime) -> Draft:
    """Keep the next version of the report. WorkflowError, with a sentence, for a file that is not kept.

    From the second one on, `changes` says what changed since the one before.
    """
    review = take(review, by=by, now=now)
    last = review.drafts.order_by("-number").first()
    number = last.number + 1 if last else 1
    changes = words(changes, f"Say what changed since draft {number - 1}.") if last else ""
    key = new_key(review, number)
    document = store(
        owner_key=key, reference=review.case_reference, file=file, kind=KIND, by=by, now=now,
        description=f"{review.reference}, draft {number}",
    )  # fmt: skip
    if document.status == DocumentStatus.REFUSED:
        raise WorkflowError(INFECTED)
    draft: Draft = Draft.objects.create(
        review=review, number=number, owner_key=key, document=document, changes=changes, added_by=by, added_at=now
    )
    note("draft_added", by=by, review=review, number=number)
    return draft


def take_draft(draft: Draft, *, by: User, now: datetime) -> Draft:
    """The locked draft of the locked review, for who manages it."""
    review = take(draft.review, by=by, now=now)
    row: Draft = Draft.objects.select_for_update(of=("self",)).select_related("document").get(pk=draft.pk)
    row.review = review
    return row


def why_not(agency: Agency, walled: set[str]) -> str:
    """What stands in the way of asking an agency; empty where nothing does."""
    if not agency.safeguarding_lead or not agency.safeguarding_address:
        return "No safeguarding lead is known"
    if agency.safeguarding_address.lower() in walled:
        return "The safeguarding lead has a conflict of interest in this case"
    return ""


def can_be_asked(review: PracticeReview, agencies: Sequence[Agency], now: datetime) -> list[tuple[Agency, str]]:
    """Each agency with what stands in the way of asking it. One query."""
    walled = links.walled_addresses(review, local_day(now))
    return [(agency, why_not(agency, walled)) for agency in agencies]


@workflow
def circulate(*, draft: Draft, agencies: Sequence[Agency], due_on: date, by: User, now: datetime) -> list[FactCheck]:
    """Send the draft to these agencies, each to its safeguarding lead by link, for comments by `due_on`.

    The review is then a draft with the agencies. Refused while an earlier draft is out or has unanswered comments.
    """
    draft = take_draft(draft, by=by, now=now)
    review = draft.review
    TABLE.check(review.status, "circulate_draft")
    _check_earlier(draft)
    if not agencies:
        raise WorkflowError("Choose at least one agency.")
    if due_on <= local_day(now):
        raise WorkflowError("Choose a day for the comments that lies ahead.")
    for agency, reason in can_be_asked(review, agencies, now):
        if reason:
            raise WorkflowError(f"{agency} cannot be asked: {reason[0].lower()}{reason[1:]}.")
    move(draft, DRAFTS, "circulate", due_on=due_on, circulated_by=by, circulated_at=now)
    write(review, status=TABLE.check(review.status, "circulate_draft").target)
    made = [_ask(draft, agency, by=by, now=now) for agency in dict.fromkeys(agencies)]
    note("draft_circulated", by=by, review=review, number=draft.number, count=len(made), due=f"{due_on:%-d %B %Y}")
    return made


def _check_earlier(draft: Draft) -> None:
    if draft.review.drafts.filter(status=DraftStatus.OUT).exclude(pk=draft.pk).exists():
        raise WorkflowError("An earlier draft is still with the agencies. Close its round first.")
    left = DraftComment.objects.unanswered().filter(check_row__draft__review=draft.review).count()
    if left:
        raise WorkflowError(
            f"{left} comment{' has' if left == 1 else 's have'} no answer yet. "
            "Answer each before the next draft goes out."
        )
    if draft.review.drafts.standing().filter(number__gt=draft.number).exists():
        raise WorkflowError("There is a newer draft. Send that one.")


def _ask(draft: Draft, agency: Agency, *, by: User, now: datetime) -> FactCheck:
    row: FactCheck = FactCheck.objects.create(
        draft=draft, agency=agency, lead_name=agency.safeguarding_lead,
        lead_address=agency.safeguarding_address.lower(), asked_at=now,
    )  # fmt: skip
    emails.queue_out(row, by=by, now=now)
    return row


@workflow
def extend(*, draft: Draft, due_on: date, by: User, now: datetime) -> Draft:
    """Another day for the comments; who has not answered is told by a new link."""
    draft = take_draft(draft, by=by, now=now)
    if due_on <= local_day(now):
        raise WorkflowError("Choose a day for the comments that lies ahead.")
    if draft.due_on == due_on and draft.status == DraftStatus.OUT:
        return draft
    move(draft, DRAFTS, "extend", due_on=due_on)
    for row in draft.checks.filter(status__in=UNANSWERED).select_related("agency"):
        row.draft = draft
        emails.queue_moved(row, by=by, now=now)
    note("draft_extended", by=by, review=draft.review, number=draft.number, due=f"{due_on:%-d %B %Y}")
    return draft


@workflow
def close_round(*, draft: Draft, by: User, now: datetime) -> Draft:
    """No more comments. Who has not answered is closed unanswered; what they had written still gets its answer."""
    draft = take_draft(draft, by=by, now=now)
    if draft.status == DraftStatus.CLOSED:
        return draft
    move(draft, DRAFTS, "close_round", closed_by=by, closed_at=now)
    _close_checks(draft, by=by, now=now)
    note("draft_closed", by=by, review=draft.review, number=draft.number)
    return draft


def _close_checks(draft: Draft, *, by: User, now: datetime) -> None:
    for row in draft.checks.filter(status__in=UNANSWERED).select_related("agency"):
        row.draft = draft
        _close(row, by=by, now=now)


def _close(row: FactCheck, *, by: User, now: datetime) -> None:
    move(row, CHECKS, "close")
    links.close(row, by=by, now=now)
    note("check_closed", by=by, review=row.draft.review, number=row.draft.number, agency=row.agency.name)


@workflow
def withdraw(*, draft: Draft, reason: str, by: User, now: datetime) -> Draft:
    """It was not meant to be read: every link to it ends, and its comments need no answer. Withdrawn already: quiet."""
    draft = take_draft(draft, by=by, now=now)
    if draft.status == DraftStatus.WITHDRAWN:
        return draft
    reason = words(reason, "Say why the draft is withdrawn.")
    move(draft, DRAFTS, "withdraw", withdrawn_by=by, withdrawn_at=now, withdrawn_reason=reason)
    _close_checks(draft, by=by, now=now)
    for row in draft.checks.exclude(status=CheckStatus.CLOSED):
        links.close(row, by=by, now=now)
    note("draft_withdrawn", by=by, review=draft.review, number=draft.number)
    return draft


def take_check(row: FactCheck, *, by: User, now: datetime) -> FactCheck:
    """The locked check of the locked review, for who manages it."""
    draft = take_draft(row.draft, by=by, now=now)
    found: FactCheck = FactCheck.objects.select_for_update(of=("self",)).select_related("agency").get(pk=row.pk)
    found.draft = draft
    return found


@workflow
def ask_again(*, check: FactCheck, by: User, now: datetime) -> FactCheck:
    """Send the safeguarding lead of today a new link; where the lead has changed, the old one's links end."""
    row = take_check(check, by=by, now=now)
    if not row.is_waiting:
        raise WorkflowError("This agency has answered, or its round is closed, so it is not asked again.")
    reason = why_not(row.agency, links.walled_addresses(row.draft.review, local_day(now)))
    if reason:
        raise WorkflowError(f"{reason}, so no link was sent.")
    address = row.agency.safeguarding_address.lower()
    if address != row.lead_address:
        links.close(row, by=by, now=now)
    write(row, lead_name=row.agency.safeguarding_lead, lead_address=address)
    emails.queue_out(row, by=by, now=now)
    note("check_asked_again", by=by, review=row.draft.review, number=row.draft.number, agency=row.agency.name)
    return row


@workflow
def close_check(*, check: FactCheck, by: User, now: datetime) -> FactCheck:
    """One agency is not waited for any longer. Closed already: quiet."""
    row = take_check(check, by=by, now=now)
    if row.status != CheckStatus.CLOSED:
        _close(row, by=by, now=now)
    return row
