"""What the sections given to one person ask of them, for their home page. Three queries."""

from collections import Counter
from datetime import date

from django.urls import reverse

from core.needs import Need
from panel.models import User
from panel.permissions import Permission, can
from rapid_reviews.choices import SectionKey
from rapid_reviews.models import Assignment, Comment, RapidReview, Section
from rapid_reviews.outline import Part
from rapid_reviews.states import OPEN

Place = tuple[int, str, int | None]


def sections_of(user: User, today: date) -> list[Need]:
    """Sections to write, until they are complete or ready for review; comments by others, until they are resolved."""
    if not can(user, Permission.EDIT_RAPID_REVIEW, on=today):
        return []
    reviews = RapidReview.objects.visible_to(user, on=today).filter(status__in=OPEN)
    mine = list(
        Assignment.objects.filter(owner=user, review__in=reviews.values("pk"))
        .select_related("review__referral", "review__clock", "child")
        .order_by("review__clock__due_on", "pk")
    )
    behind = {assignment.review_id for assignment in mine}
    sections = {_place(one): one for one in Section.objects.filter(review__in=behind)}
    waiting = Comment.objects.filter(review__in=behind, parent=None, resolved_at=None).exclude(author=user)
    comments = Counter(_place(one) for one in waiting)
    found: list[Need] = []
    for assignment in mine:
        place = _place(assignment)
        part = Part(SectionKey(assignment.key), assignment.child, sections.get(place), user)
        if not (part.is_complete or part.is_ready):
            found.append(_need(assignment, part, f"Write “{part.title}”", ""))
        if comments[place]:
            word = "comment" if comments[place] == 1 else "comments"
            found.append(_need(assignment, part, f"Answer {comments[place]} {word} on “{part.title}”", "#comments"))
    return found


def _place(row: Assignment | Section | Comment) -> Place:
    return row.review_id, row.key, row.child_id


def _need(assignment: Assignment, part: Part, what: str, anchor: str) -> Need:
    review = assignment.review
    reference = review.referral.reference
    url = reverse("rapid_reviews:section-edit", kwargs={"reference": reference, "slug": part.slug})
    return Need(what=what, url=f"{url}{anchor}", about=reference, due=review.clock.due_on, note="Your section")
