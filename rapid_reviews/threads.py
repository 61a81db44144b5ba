"""The comments on one section as they are read: each with its replies."""

from dataclasses import dataclass, field

from rapid_reviews.models import Comment, RapidReview
from rapid_reviews.outline import Part


@dataclass(frozen=True)
class Thread:
    comment: Comment
    replies: list[Comment] = field(default_factory=list)


def threads_of(review: RapidReview, part: Part) -> list[Thread]:
    """Open ones first, each in the order of time. One query."""
    comments = review.comments.filter(key=part.key, child=part.child).select_related("author", "resolved_by")
    threads: dict[int, Thread] = {}
    for comment in comments:
        if comment.parent_id is None:
            threads[comment.pk] = Thread(comment)
        else:
            threads[comment.parent_id].replies.append(comment)
    return sorted(threads.values(), key=lambda thread: thread.comment.is_resolved)
