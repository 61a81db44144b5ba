"""The letters to national bodies, written from templates and mended by hand; and what no letter may hold."""

import re
from datetime import date

from django.template.loader import render_to_string

from core.errors import WorkflowError
from panel.models import Partnership
from practice_reviews.choices import Body
from practice_reviews.models import DelayNotice, PracticeReview, Reviewer

SHORTEST = 3  # letters of a name below which every text would hold it


def told_of_review(review: PracticeReview, body: Body, reviewers: list[Reviewer]) -> str:
    """The first draft of the letter that there is a review and who does it."""
    return _written("told_of_review", review, body, reviewers=reviewers)


def told_of_delay(review: PracticeReview, body: Body, notice: DelayNotice) -> str:
    return _written("told_of_delay", review, body, notice=notice)


def _written(template: str, review: PracticeReview, body: Body, **context: object) -> str:
    about = {"review": review, "body": body.label, "partnership": Partnership.current()}
    return render_to_string(f"practice_reviews/letters/{template}.txt", about | context).strip()


def names_in(review: PracticeReview, text: str) -> bool:
    """Whether `text` holds a name, or a part of a name, of a child of the case."""
    if review.referral is None:
        return False
    names = " ".join(f"{child.name} {child.other_names}" for child in review.referral.children.all())
    parts = {part.casefold() for part in re.findall(r"[^\W\d_]+", names) if len(part) >= SHORTEST}
    return bool(parts & {word.casefold() for word in re.findall(r"[^\W\d_]+", text)})


def check_nameless(review: PracticeReview, text: str) -> None:
    """WorkflowError where the text names a child: letters bear references and pseudonyms. It does not say which."""
    if names_in(review, text):
        raise WorkflowError("The text holds a name, or a part of a name, of a child of the case. Use the pseudonym.")


def spoken(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
