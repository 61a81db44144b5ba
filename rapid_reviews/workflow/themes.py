"""The practice themes of a review."""

from collections.abc import Iterable
from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from rapid_reviews.models import RapidReview, ReviewTheme, Theme
from rapid_reviews.workflow.base import note, take


@workflow
def set_themes(*, review: RapidReview, themes: Iterable[Theme], by: User, now: datetime) -> None:
    """Make `themes` the themes of the review; what is the same already is quiet.

    A theme that is no longer in use stays where it is, and cannot be added.
    """
    review, _ = take(review, "answer_criteria", by=by, now=now)
    wanted = {theme.pk: theme for theme in themes}
    there = {row.theme_id: row for row in review.review_themes.select_related("theme")}
    added = [theme for pk, theme in wanted.items() if pk not in there]
    removed = [row for pk, row in there.items() if pk not in wanted]
    retired = [theme.name for theme in added if not theme.is_active]
    if retired:
        raise WorkflowError(f"“{retired[0]}” is no longer in use. Choose another theme.")
    for theme in added:
        ReviewTheme(review=review, theme=theme, added_by=by, added_at=now).save()
    for row in removed:
        row.delete()
    if added or removed:
        names = ", ".join(sorted(theme.name for theme in wanted.values())) or "none"
        note("themes_chosen", by=by, review=review, themes=names)
