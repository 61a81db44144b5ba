"""What changed in each section since one person last looked. Two queries beside the contents, however much there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from panel.models import User
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import Contents
from rapid_reviews.models import Comment, Look
from rapid_reviews.models.structured import Versioned
from rapid_reviews.outline import Part


@dataclass(frozen=True)
class News:
    """Of one section, for one person. `since` is when they last looked; None where they never did."""

    since: datetime | None
    seen: int  # the version that they saw
    is_changed: bool
    new_comments: int
    open_comments: int

    @property
    def word(self) -> str:
        if not self.is_changed:
            return ""
        return "Changed since you last looked" if self.since else "New to you"


def news_of(
    contents: Contents, user: User, *, with_comments: bool, only: Part | None = None
) -> dict[tuple[str, int | None], News]:
    """By Part.place; of all sections, or of one."""
    looks = {look.place: look for look in contents.review.looks.filter(person=user)}
    comments = list(contents.review.comments.all()) if with_comments else []
    parts = [only] if only else contents.parts
    return {part.place: _news(contents, part, looks.get(part.place), comments, user) for part in parts}


def _news(contents: Contents, part: Part, look: Look | None, comments: Iterable[Comment], user: User) -> News:
    since, seen = (look.looked_at, look.version) if look else (None, 0)
    mine = [comment for comment in comments if comment.place == part.place]
    resolved = {comment.pk for comment in mine if comment.is_resolved}
    new = [c for c in mine if c.author_id != user.pk and (since is None or c.written_at > since)]
    return News(
        since=since,
        seen=seen,
        is_changed=any(_is_new(row, since, user) for row in _rows(contents, part)) or part.version > seen,
        new_comments=len([c for c in new if (c.parent_id or c.pk) not in resolved]),
        open_comments=len([c for c in mine if c.parent_id is None and not c.is_resolved]),
    )


def _is_new(row: Versioned, since: datetime | None, user: User) -> bool:
    return row.updated_by_id != user.pk and (since is None or row.updated_at > since)


def _rows(contents: Contents, part: Part) -> list[Versioned]:
    """What the section holds beside its text."""
    if part.key == SectionKey.EPISODES:
        return [episode.analysis for episode in contents.episodes if episode.analysis]
    if part.key == SectionKey.IMMEDIATE_LEARNING:
        return [*contents.learning]
    return [*contents.proceedings] if part.key == SectionKey.PARALLEL else []
