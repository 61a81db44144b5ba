"""What became of each comment: accepted, in part, or not, with the reason."""

from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from practice_reviews.emails import drafts as emails
from practice_reviews.models import DraftComment
from practice_reviews.states import ANSWERS, SENT, AnswerStatus, CheckStatus, DraftStatus
from practice_reviews.workflow.beside import note, words, write
from practice_reviews.workflow.drafts import take_check

VERBS = {
    AnswerStatus.ACCEPTED: "accept",
    AnswerStatus.PARTLY: "accept_in_part",
    AnswerStatus.REFUSED: "refuse",
}


@workflow
def answer_comment(
    *, comment: DraftComment, answer: AnswerStatus, reason: str = "", by: User, now: datetime
) -> DraftComment:
    """Answer a comment that was sent, or answer it anew. The same answer again is quiet.

    With the last answer the agency is told, and reads all of them by its link.
    """
    answer = AnswerStatus(answer)
    if answer not in VERBS:
        raise WorkflowError("Choose accepted, accepted in part, or not accepted.")
    row = take_check(comment.check_row, by=by, now=now)
    found: DraftComment = DraftComment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    if found.removed_at is not None or row.status not in SENT:
        raise WorkflowError("This comment was not sent, or was taken back. It is answered once it is sent.")
    if row.draft.status == DraftStatus.WITHDRAWN:
        raise WorkflowError("This draft was withdrawn, so its comments need no answer.")
    reason = reason.strip()
    if answer != AnswerStatus.ACCEPTED:
        reason = words(reason, "Say why it is not accepted, or which part.")
    if (found.answer, found.answer_reason) == (answer, reason):
        return found
    was_open = found.answer == AnswerStatus.OPEN
    target = ANSWERS.check(found.answer, VERBS[answer]).target
    write(found, answer=target, answer_reason=reason, answered_by=by, answered_at=now)
    note(
        "comment_answered", by=by, review=row.draft.review, number=row.draft.number, agency=row.agency.name,
        answer=answer.label.lower(),
    )  # fmt: skip
    is_last = was_open and not row.comments.unanswered().exists()
    if is_last and row.status == CheckStatus.COMMENTED:  # the links of who was closed unanswered have ended
        emails.queue_answered(row, by=by, now=now)
    return found
