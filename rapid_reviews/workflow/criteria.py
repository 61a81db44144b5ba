"""The findings on the four criteria and on the circumstances."""

from collections.abc import Mapping
from datetime import datetime

from core.errors import WorkflowError
from core.guard import workflow
from panel.models import User
from rapid_reviews.choices import CIRCUMSTANCES, Criterion, Finding
from rapid_reviews.models import CriterionAnswer, RapidReview
from rapid_reviews.workflow.base import note, take


@workflow
def answer_criteria(
    *, review: RapidReview, answers: Mapping[Criterion, tuple[Finding, str]], by: User, now: datetime
) -> list[CriterionAnswer]:
    """Write the findings given, each (finding, reason); those not given stay as they are. Returns what changed.

    Each criterion needs a reason whatever the finding; a circumstance does not where it plainly does not apply.
    """
    review, _ = take(review, "answer_criteria", by=by, now=now)
    standing = {answer.criterion: answer for answer in review.criterion_answers.all()}
    changed = []
    for criterion, (finding, given) in answers.items():
        reason = given.strip()
        if not reason and not (criterion in CIRCUMSTANCES and finding == Finding.NOT_MET):
            raise WorkflowError(f"Give the reason for the finding on “{criterion.label}”.")
        answer = standing.get(criterion) or CriterionAnswer(review=review, criterion=criterion)
        if answer.pk and (answer.finding, answer.reason) == (finding, reason):
            continue
        answer.finding, answer.reason, answer.answered_by, answer.answered_at = finding, reason, by, now
        answer.save()
        changed.append(answer)
    if changed:
        note("criteria_answered", by=by, review=review, criteria=", ".join(short(a.criterion) for a in changed))
    return changed


def short(criterion: str) -> str:
    """How the audit trail names a criterion: "(a)", "single-agency"."""
    return f"({criterion})" if len(criterion) == 1 else criterion
