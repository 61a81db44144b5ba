"""What an agency does with a draft: comments, or "no comments". By link or signed in."""

from datetime import datetime

from agency_returns.actors import Actor
from core.errors import WorkflowError
from core.guard import workflow
from documents import content, storage
from documents.models import Document
from documents.states import Status as DocumentStatus
from practice_reviews import permissions
from practice_reviews.emails import drafts as emails
from practice_reviews.marking import marked
from practice_reviews.models import DraftComment, FactCheck
from practice_reviews.states import CHECKS, AnswerStatus, CheckStatus, DraftStatus
from practice_reviews.workflow.beside import check_runs, local_day, lock, move, note, words, write

OVER = "The round of this draft is closed, so nothing more is asked of your agency. Thank you."
NOT_SENT = (CheckStatus.ASKED, CheckStatus.STARTED)


def _take(check: FactCheck, *, by: Actor, now: datetime) -> FactCheck:
    """The locked check while its round is open. A link was checked by the door through which its reader came in."""
    review = lock(check.draft.review)
    rows = FactCheck.objects.select_for_update(of=("self",)).select_related("draft__document", "agency")
    row: FactCheck = rows.get(pk=check.pk)
    row.draft.review = review
    if by.user is not None:
        permissions.check_answer(by.user, row, on=local_day(now))
    check_runs(review)
    if row.draft.status != DraftStatus.OUT or row.status == CheckStatus.CLOSED:
        raise WorkflowError(OVER)
    return row


def _note(verb: str, row: FactCheck, by: Actor) -> None:
    note(f"check_{verb}", by=by, review=row.draft.review, agency=row.agency.name, number=row.draft.number)


def _facts(page: str, paragraph: str, says: str, should_say: str, why: str) -> dict[str, str]:
    if not page.strip() and not paragraph.strip():
        raise WorkflowError("Say where: a page, a paragraph, or both.")
    return {
        "page": page.strip(),
        "paragraph": paragraph.strip(),
        "says": says.strip(),
        "should_say": words(should_say, "Say what the draft should say there."),
        "why": words(why, "Say why, and how it is known."),
    }


@workflow
def add_comment(
    *, check: FactCheck, page: str = "", paragraph: str = "", says: str = "", should_say: str, why: str, by: Actor,
    now: datetime,
) -> DraftComment:  # fmt: skip
    """Keep a comment; it goes to the Panel when the agency sends all of them. The same twice is quiet."""
    row = _take(check, by=by, now=now)
    facts = _facts(page, paragraph, says, should_say, why)
    there: DraftComment | None = row.comments.live().filter(**facts).first()
    if there is not None:
        return there
    move(row, CHECKS, "write")
    comment: DraftComment = DraftComment.objects.create(
        check_row=row, written_label=by.label(row.agency), written_at=now, **facts
    )
    _note("commented", row, by)
    return comment


def _comment(comment: DraftComment, row: FactCheck) -> DraftComment:
    found: DraftComment = DraftComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if row.status not in NOT_SENT:
        raise WorkflowError("Your comments were sent. Take them back to change one.")
    found.check_row = row
    return found


@workflow
def change_comment(
    *, comment: DraftComment, page: str = "", paragraph: str = "", says: str = "", should_say: str, why: str,
    by: Actor, now: datetime,
) -> DraftComment:  # fmt: skip
    """Put a comment right before it is sent. The row history has what it was."""
    row = _take(comment.check_row, by=by, now=now)
    found = _comment(comment, row)
    if found.removed_at is not None:
        raise WorkflowError("This comment was taken out meanwhile.")
    facts = _facts(page, paragraph, says, should_say, why)
    write(found, written_label=by.label(row.agency), written_at=now, **facts)
    _note("comment_changed", row, by)
    return found


@workflow
def remove_comment(*, comment: DraftComment, by: Actor, now: datetime) -> DraftComment:
    """Take a comment out before it is sent. Taken out already: quiet."""
    row = _take(comment.check_row, by=by, now=now)
    found = _comment(comment, row)
    if found.removed_at is None:
        write(found, removed_label=by.label(row.agency), removed_at=now)
        _note("comment_removed", row, by)
    return found


@workflow
def send(*, check: FactCheck, by: Actor, now: datetime) -> FactCheck:
    """Send every comment to the Panel. Sent already: quiet."""
    row = _take(check, by=by, now=now)
    if row.status == CheckStatus.COMMENTED:
        return row
    CHECKS.check(row.status, "send")
    if not row.comments.live().exists():
        raise WorkflowError("There is no comment to send. Say that you have none instead.")
    move(row, CHECKS, "send", answered_label=by.label(row.agency), answered_at=now)
    emails.queue_arrived(row, now=now)
    _note("sent", row, by)
    return row


@workflow
def say_no_comments(*, check: FactCheck, by: Actor, now: datetime) -> FactCheck:
    """The facts are right as far as the agency knows. Said already: quiet."""
    row = _take(check, by=by, now=now)
    if row.status == CheckStatus.NO_COMMENTS:
        return row
    if row.status in NOT_SENT and row.comments.live().exists():
        raise WorkflowError("You have written comments. Send them, or take them out first.")
    move(row, CHECKS, "say_no_comments", answered_label=by.label(row.agency), answered_at=now)
    emails.queue_arrived(row, now=now)
    _note("no_comments", row, by)
    return row


@workflow
def take_back(*, check: FactCheck, by: Actor, now: datetime) -> FactCheck:
    """Go on writing, while none of the comments has an answer. Taken back already: quiet."""
    row = _take(check, by=by, now=now)
    if row.status == CheckStatus.STARTED:
        return row
    if row.comments.live().exclude(answer=AnswerStatus.OPEN).exists():
        raise WorkflowError("The Panel has begun to answer your comments, so they stay as you sent them.")
    move(row, CHECKS, "take_back", answered_label="", answered_at=None)
    _note("taken_back", row, by)
    return row


@workflow
def open_file(*, check: FactCheck, by: Actor, now: datetime) -> bytes:
    """The draft, marked on each page for its reader; that it was read is kept first."""
    if by.user is not None:
        permissions.check_answer(by.user, check, on=local_day(now))
    document: Document = check.draft.document
    if document.status != DocumentStatus.AVAILABLE:
        raise content.FileRefused("This file cannot be downloaded: the virus scan has not let it pass.")
    with storage.open_file(document.key) as file:
        data = file.read()
    _note("read", check, by)
    words_on_it = f"Draft {check.draft.number} of {check.draft.review.reference} for {check.agency.name}"
    return marked(data, document.content_type, words_on_it)
