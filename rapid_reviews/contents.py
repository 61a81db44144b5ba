"""Everything that one rapid review holds, fetched once, for the page and the stop list alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from deadlines.models import Clock
from panel.roles import StatutoryRole
from rapid_reviews.choices import (
    CIRCUMSTANCES,
    CRITERIA,
    NATIONAL,
    NATIONAL_CRITERIA,
    PARTNERS,
    Criterion,
    Finding,
    Outcome,
)
from rapid_reviews.episodes import Episode, episodes_of
from rapid_reviews.models import (
    AskedAgency,
    Attendance,
    Circulation,
    CirculationAnswer,
    CriterionAnswer,
    Dissent,
    Evidence,
    EvidenceLink,
    PartnerDecision,
    PartnersResolution,
    Proceeding,
    RapidReview,
    Recommendation,
    RecommendedAudience,
    SafeguardingIssue,
    SharedLearning,
    Theme,
)
from rapid_reviews.outline import Group, Part, outline

SEAT = ("membership__user", "membership__agency", "membership__deputy_for__agency")


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

    @cached_property
    def episodes(self) -> list[Episode]:
        """The key practice episodes of the chronology, each with its analysis if there is one. Two queries."""
        return episodes_of(self.review)

    @cached_property
    def learning(self) -> list[SharedLearning]:
        """Immediate learning and how each piece of it is shared. One query."""
        return list(self.review.sharedlearnings.filter(removed_at=None).select_related("updated_by"))

    @cached_property
    def proceedings(self) -> list[Proceeding]:
        """Parallel proceedings. One query."""
        return list(self.review.proceedings.filter(removed_at=None).select_related("updated_by"))

    @property
    def needs_national(self) -> bool:
        """Whether regulation 3 must be answered: national importance is seen, or a national review recommended."""
        view = self.answers.get(Criterion.NATIONAL_IMPORTANCE)
        recommended = self.draft or self.standing
        return bool(view and view.finding == Finding.MET) or bool(
            recommended and recommended.outcome == Outcome.NATIONAL
        )

    @property
    def needed(self) -> tuple[Criterion, ...]:
        """What needs a finding before the Panel recommends."""
        return (*CRITERIA, *CIRCUMSTANCES, *(NATIONAL_CRITERIA if self.needs_national else ()))

    @property
    def unanswered(self) -> list[Criterion]:
        return [criterion for criterion in self.needed if criterion not in self.answers]

    @property
    def answered_of(self) -> str:
        """For the task list: "5 of 8"."""
        return f"{len(self.needed) - len(self.unanswered)} of {len(self.needed)}"

    @property
    def findings(self) -> list[CriterionAnswer]:
        """The answers there are, in the order of the law: local criteria, circumstances, national review."""
        order = (*CRITERIA, *CIRCUMSTANCES, *NATIONAL)
        return [self.answers[criterion] for criterion in order if criterion in self.answers]

    @cached_property
    def evidence(self) -> dict[str, list[Evidence]]:
        """Criterion → its evidence by number. Whoever shows it asks rapid_reviews.evidence what the reader may see.

        One query, and none where nobody asks.
        """
        links = EvidenceLink.objects.filter(evidence__review=self.review).select_related(
            "evidence__row__agency", "evidence__agency_return__request__agency", "evidence__document__kind"
        )
        found: dict[str, list[Evidence]] = {}
        for link in links.order_by("evidence__number"):
            found.setdefault(link.criterion, []).append(link.evidence)
        return found

    @cached_property
    def themes(self) -> list[Theme]:
        """The practice themes of the review. One query, and none where nobody asks."""
        return list(Theme.objects.filter(review_themes__review=self.review).order_by("name"))

    @cached_property
    def standing(self) -> Recommendation | None:
        """The recommendation before the partners, or decided by them."""
        return next((r for r in self.recommendations if r.recorded_at and not r.reopened_at), None)

    @cached_property
    def draft(self) -> Recommendation | None:
        return next((r for r in self.recommendations if not r.recorded_at), None)

    @property
    def circulation(self) -> Circulation | None:
        """The one that runs, or by which the draft is to be recorded."""
        rows = self.draft.circulations.all() if self.draft else []
        return next((row for row in rows if row.ended_by is None), None)

    @property
    def resolution(self) -> PartnersResolution | None:
        """What the lead partners agreed on the standing recommendation, where the three differed."""
        return getattr(self.standing, "resolution", None)

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
    people = review.recommendations.select_related(
        "ruled_by", "recorded_by", "reopened_by", "meeting", "resolution__recorded_by"
    )
    recommendations = people.prefetch_related(
        Prefetch("decisions", PartnerDecision.objects.select_related("decided_by", "agency")),
        Prefetch("attendances", Attendance.objects.select_related("membership__user", "membership__agency")),
        "enquiries",
        Prefetch("audiences", RecommendedAudience.objects.select_related("audience")),
        Prefetch("asked_agencies", AskedAgency.objects.select_related("agency")),
        Prefetch("dissents", Dissent.objects.select_related("membership__user", "membership__agency")),
        Prefetch("circulations", Circulation.objects.select_related("opened_by", "ended_by")),
        Prefetch("circulations__answers", CirculationAnswer.objects.select_related("handed_to__user", *SEAT)),
    )
    return Contents(
        review=review,
        groups=outline(
            review.referral.children.all(),
            review.sections.select_related("updated_by"),
            review.assignments.select_related("owner"),
        ),
        answers={answer.criterion: answer for answer in review.criterion_answers.select_related("answered_by")},
        recommendations=list(recommendations),
        milestones=list(review.clock.milestone_clocks.select_related("rule").order_by("due_on", "pk")),
        issues=list(review.safeguarding_issues.select_related("review__referral", "agency")),
    )
