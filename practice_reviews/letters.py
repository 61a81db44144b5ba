"""The letters to national bodies, written from templates and mended by hand; and what no letter may hold."""

import re
from calendar import month_name

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
    """Whether `text` holds a name of a child of the case: the whole of it, or a part that is written as a name.

    A part counts with a capital only ("will" is no Will), and not where a month, a reviewer or the partnership bears
    it too: such a letter could not be written at all.
    """
    if review.referral is None:
        return False
    said = {word.casefold() for word in _words(text) if word[0].isupper()} - _borne_by_others(review)
    running = " ".join(_words(text)).casefold()
    for child in review.referral.children.all():
        for name in [child.name, *re.split(r"[,;]", child.other_names)]:
            parts = [part.casefold() for part in _words(name)]
            if len(parts) > 1 and f" {' '.join(parts)} " in f" {running} ":
                return True
            if said & {part for part in parts if len(part) >= SHORTEST}:
                return True
    return False


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _borne_by_others(review: PracticeReview) -> set[str]:
    people = [f"{one.name} {one.organisation}" for one in review.reviewers.all()]
    others = " ".join([*people, Partnership.current().name, *month_name])
    return {word.casefold() for word in _words(others)}


def check_nameless(review: PracticeReview, text: str) -> None:
    """WorkflowError where the text names a child: letters bear references and pseudonyms. It does not say which."""
    if names_in(review, text):
        raise WorkflowError("The text holds a name, or a part of a name, of a child of the case. Use the pseudonym.")
