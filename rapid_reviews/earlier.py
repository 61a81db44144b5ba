"""Earlier cases with the same practice themes: what criterion (b), recurrent themes, is weighed against."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from rapid_reviews.choices import Criterion
from rapid_reviews.contents import Contents
from rapid_reviews.models import CriterionAnswer, RapidReview, ReviewTheme

MOST = 25


@dataclass(frozen=True)
class Earlier:
    """One earlier case. `finding` is its finding on criterion (b), where there is one."""

    reference: str
    opened_on: date
    outcome: str
    themes: list[str]
    finding: str


@dataclass(frozen=True)
class EarlierCases:
    """The newest of them, and how many more there are."""

    cases: list[Earlier]
    more: int


def earlier_cases(contents: Contents, user: Any) -> EarlierCases:
    """Reviews opened before this one that share a theme with it, of cases that exist for `user`.

    A walled one is neither shown nor counted. Three queries, beside the review's own themes.
    """
    themes = contents.themes
    if not themes:
        return EarlierCases([], 0)
    review = contents.review
    shared = ReviewTheme.objects.filter(theme__in=themes).exclude(review=review)
    found = RapidReview.objects.visible_to(user).filter(opened_at__lt=review.opened_at, pk__in=shared.values("review"))
    reviews = list(found.select_related("referral").order_by("-opened_at", "-pk"))
    shown = reviews[:MOST]
    names: dict[int, list[str]] = {}
    for one in shared.filter(review__in=shown).select_related("theme").order_by("theme__name"):
        names.setdefault(one.review_id, []).append(one.theme.name)
    answers = CriterionAnswer.objects.filter(review__in=shown, criterion=Criterion.THEMES)
    findings = {answer.review_id: answer.finding_label for answer in answers}
    cases = [
        Earlier(
            reference=one.referral.reference,
            opened_on=timezone.localdate(one.opened_at),
            outcome=one.get_outcome_display() if one.outcome else one.get_status_display(),
            themes=names[one.pk],
            finding=findings.get(one.pk, "No finding"),
        )
        for one in shown
    ]
    return EarlierCases(cases, len(reviews) - len(shown))
