"""Evidence and themes of two invented reviews, and a copy that may stand in redacted bundles."""

from datetime import datetime

from agency_returns.models import AgencyReturn
from chronology.models import Row
from demo.days import Days
from demo.people import Cast
from documents.models import Document
from rapid_reviews import workflow
from rapid_reviews.choices import Criterion, Finding
from rapid_reviews.models import RapidReview, Theme
from referrals.documents import key_of
from referrals.models import Referral

THEMES = {
    "drafting": ("Information sharing", "Missed appointments", "Voice of the child"),
    "late": ("Information sharing", "Missed appointments"),
}
FINDINGS = {
    Criterion.IMPROVEMENTS: (Finding.MET, "Missed appointments were recorded and not followed up, as in another case."),
    Criterion.WORKING_TOGETHER: (Finding.NOT_CLEAR, "Two agencies tell one visit differently; this is being asked."),
    Criterion.NATIONAL_IMPORTANCE: (Finding.NOT_MET, "The learning is local."),
}


def add(story: str, case: Referral, cast: Cast, days: Days) -> None:
    """Themes, a few findings and what they rest on, for the stories in THEMES."""
    review = RapidReview.objects.filter(referral=case).first()
    if review is None or story not in THEMES:
        return
    by, now = cast.business_manager, days.now
    themes = Theme.objects.filter(name__in=THEMES[story])
    workflow.set_themes(review=review, themes=themes, by=by, now=now)
    workflow.answer_criteria(review=review, answers=FINDINGS, by=by, now=now)
    _link(review, cast, now)


def _link(review: RapidReview, cast: Cast, now: datetime) -> None:
    by, case = cast.business_manager, review.referral
    rows = list(Row.objects.filter(referral=case).merged().in_order()[:40:13])
    returns = list(AgencyReturn.objects.filter(request__referral=case, signed_at__isnull=False)[:1])
    papers = list(Document.objects.of(key_of(case)).current().order_by("number")[:2])
    for criterion, things in (
        (Criterion.IMPROVEMENTS, [*rows[:2], *returns, *papers[:1]]),
        (Criterion.WORKING_TOGETHER, [*rows[1:3], *papers[1:]]),
    ):
        workflow.link_evidence(review=review, criterion=criterion, things=things, by=by, now=now)
    for paper in papers[:1]:
        reason = "Every page read: it names nobody."
        workflow.mark_safe_copy(review=review, document=paper, reason=reason, by=by, now=now)
