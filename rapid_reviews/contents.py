"""Everything that one rapid review holds, fetched once, for the page and the stop list alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from deadlines.models import Clock
from panel.roles import StatutoryRole
from rapid_reviews.choices import CIRCUMSTANCES, CRITERIA, PARTNERS, Criterion
from rapid_reviews.models import (
    Attendance,
    CriterionAnswer,
    PartnerDecision,
    RapidReview,
    Recommendation,
    SafeguardingIssue,
)
from rapid_reviews.outline import Group, Part, outline


@dataclass(frozen=True)
class Contents:
    """A snapshot: take it after locking the review, or for one page."""

    review: RapidReview
    groups: Sequence[Group]
    answers: dict[str, CriterionAnswer]
    recommendations: Sequence[Recommendation]
    milestones: Sequence[Clock]
    issues: Sequence[SafeguardingIssue] = ()

    @property
    def parts(self) -> list[Part]:
        return [part for group in self.groups for part in group.parts]

    def part(self, slug: str) -> Part | None:
        return next((part for part in self.parts if part.slug == slug), None)

    @property
    def unanswered(self) -> list[Criterion]:
        return [criterion for criterion in (*CRITERIA, *CIRCUMSTANCES) if criterion not in self.answers]

    @property
    def findings(self) -> list[CriterionAnswer]:
        """The answers there are, in the order of the law."""
        return [self.answers[criterion] for criterion in (*CRITERIA, *CIRCUMSTANCES) if criterion in self.answers]

    @cached_property
    def standing(self) -> Recommendation | None:
        """The recommendation before the partners, or decided by them."""
        return next((r for r in self.recommendations if r.recorded_at and not r.reopened_at), None)

    @cached_property
    def draft(self) -> Recommendation | None:
        return next((r for r in self.recommendations if not r.recorded_at), None)

    @property
    def past(self) -> list[Recommendation]:
        """Reopened recommendations, with their decisions: dissent is kept."""
        return [r for r in self.recommendations if r.reopened_at]

    @cached_property
    def decisions(self) -> dict[StatutoryRole, PartnerDecision | None]:
        """What each of the three partners has decided on the standing recommendation, in order."""
        taken = {d.partner: d for d in self.standing.decisions.all()} if self.standing else {}
        return {partner: taken.get(partner.value) for partner in PARTNERS}


def contents_of(review: RapidReview) -> Contents:
    """Read `review` whole, in a number of queries that does not depend on how much it holds."""
    people = review.recommendations.select_related("ruled_by", "recorded_by", "reopened_by")
    recommendations = people.prefetch_related(
        Prefetch("decisions", PartnerDecision.objects.select_related("decided_by", "agency")),
        Prefetch("attendances", Attendance.objects.select_related("membership__user", "membership__agency")),
    )
    return Contents(
        review=review,
        groups=outline(review.referral.children.all(), review.sections.select_related("updated_by")),
        answers={answer.criterion: answer for answer in review.criterion_answers.select_related("answered_by")},
        recommendations=list(recommendations),
        milestones=list(review.clock.milestone_clocks.select_related("rule").order_by("due_on", "pk")),
        issues=list(review.safeguarding_issues.select_related("review__referral", "agency")),
    )
