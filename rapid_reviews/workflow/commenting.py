"""What members say to a section. Nothing is deleted: a comment is edited, a thread resolved and reopened."""

from datetime import datetime, timedelta

from core.errors import NotPermitted, WorkflowError
from core.guard import workflow
from panel.models import User
from rapid_reviews.choices import OF_EACH_CHILD, SectionKey
from rapid_reviews.models import Comment, RapidReview
from rapid_reviews.outline import title_of
from rapid_reviews.workflow.base import note, take, words
from referrals.models import Child

TWICE = timedelta(minutes=10)  # the same words again within this time are a double click


@workflow
def add_comment(
    *,
    review: RapidReview,
    key: SectionKey,
    child: Child | None = None,
    text: str,
    parent: Comment | None = None,
    by: User,
    now: datetime,
) -> Comment:
    """Say something to a section, or in reply to a comment on it; a reply to a resolved one is refused."""
    review, _ = take(review, "comment", by=by, now=now)
    text = words(text, "Write the comment.")
    if (key in OF_EACH_CHILD) != (child is not None) or (child and child.referral_id != review.referral_id):
        raise WorkflowError("There is no such section in this rapid review.")
    if parent is not None:
        _check_parent(parent, review, key, child)
    same = review.comments.filter(key=key, child=child, parent=parent, author=by, text=text)
    double: Comment | None = same.filter(written_at__gt=now - TWICE).first()
    if double is not None:
        return double
    comment = Comment(review=review, key=key, child=child, parent=parent, text=text, author=by, written_at=now)
    comment.save()
    note(
        "commented",
        by=by,
        review=review,
        section=title_of(key, child),
        what="replied to a comment" if parent else "commented",
    )
    return comment


def _check_parent(parent: Comment, review: RapidReview, key: SectionKey, child: Child | None) -> None:
    if parent.review_id != review.pk or parent.place != (key.value, child.pk if child else None):
        raise WorkflowError("This comment is on another section.")
    if parent.parent_id is not None:
        raise WorkflowError("Replies go one level deep: reply to the first comment.")
    if parent.is_resolved:
        raise WorkflowError("This comment is resolved. Reopen it to reply.")


def _take(comment: Comment, *, by: User, now: datetime) -> Comment:
    take(comment.review, "comment", by=by, now=now)
    found: Comment = (
        Comment.objects.select_for_update(of=("self",)).select_related("review", "child", "parent").get(pk=comment.pk)
    )
    return found


@workflow
def edit_comment(*, comment: Comment, text: str, by: User, now: datetime) -> Comment:
    """Only its author changes what a comment says; what it said before stays in the history."""
    comment = _take(comment, by=by, now=now)
    if comment.author_id != by.pk:
        raise NotPermitted("Only who wrote a comment may change it.")
    thread = comment.parent or comment
    if thread.is_resolved:
        raise WorkflowError("This comment is resolved. Reopen it to change it.")
    text = words(text, "Write the comment.")
    if text != comment.text:
        comment.text, comment.edited_at = text, now
        comment.save(update_fields=["text", "edited_at"])
        _note("edited", comment, by=by)
    return comment


@workflow
def resolve_comment(*, comment: Comment, by: User, now: datetime) -> Comment:
    """What the comment asks for is done. Resolved already: quiet."""
    comment = _whole(_take(comment, by=by, now=now))
    if not comment.is_resolved:
        comment.resolved_by, comment.resolved_at = by, now
        comment.save(update_fields=["resolved_by", "resolved_at"])
        _note("resolved", comment, by=by)
    return comment


@workflow
def reopen_comment(*, comment: Comment, by: User, now: datetime) -> Comment:
    """It is not done after all. Open: quiet."""
    comment = _whole(_take(comment, by=by, now=now))
    if comment.is_resolved:
        comment.resolved_by, comment.resolved_at = None, None
        comment.save(update_fields=["resolved_by", "resolved_at"])
        _note("reopened", comment, by=by)
    return comment


def _whole(comment: Comment) -> Comment:
    if comment.parent_id is not None:
        raise WorkflowError("A reply is resolved with the comment that it answers.")
    return comment


def _note(what: str, comment: Comment, *, by: User) -> None:
    title = title_of(SectionKey(comment.key), comment.child)
    note("comment_changed", by=by, review=comment.review, section=title, what=what)
