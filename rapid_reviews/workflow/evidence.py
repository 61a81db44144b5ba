"""Evidence of the findings: linked and taken away while the findings may still be written."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from agency_returns.models import AgencyReturn
from chronology.models import Row
from core.errors import NotPermitted
from core.guard import workflow
from documents.models import Document
from panel.models import User
from rapid_reviews import evidence as sources
from rapid_reviews.choices import Criterion
from rapid_reviews.models import Evidence, EvidenceLink, RapidReview
from rapid_reviews.workflow.base import local_day, note, take
from rapid_reviews.workflow.criteria import short

Thing = Row | AgencyReturn | Document
FIELDS = {Row: "row", AgencyReturn: "agency_return", Document: "document"}


@workflow
def link_evidence(
    *, review: RapidReview, criterion: Criterion, things: Iterable[Thing], by: User, now: datetime
) -> list[EvidenceLink]:
    """Link rows, returns or documents of this case to a criterion; linked before is quiet. Returns the new links.

    NotPermitted where one of them is not of this case, or not for `by` to see.
    """
    review, _ = take(review, "answer_criteria", by=by, now=now)
    criterion, things = Criterion(criterion), list(things)
    _check(review, things, by, now)
    links = []
    for thing in things:
        evidence = _evidence(review, thing, by=by, now=now)
        link, is_new = EvidenceLink.objects.get_or_create(
            evidence=evidence, criterion=criterion, defaults={"linked_by": by, "linked_at": now}
        )
        links += [link] if is_new else []
    if links:
        labels = ", ".join(link.evidence.label for link in links)
        note("evidence_linked", by=by, review=review, criterion=short(criterion), evidence=labels)
    return links


@workflow
def unlink_evidence(*, review: RapidReview, criterion: Criterion, evidence: Evidence, by: User, now: datetime) -> None:
    """Take a piece of evidence away from a criterion; it keeps its number. Taken away before is quiet."""
    review, _ = take(review, "answer_criteria", by=by, now=now)
    criterion = Criterion(criterion)
    links = EvidenceLink.objects.filter(evidence=evidence, evidence__review=review, criterion=criterion)
    if links.delete()[0]:
        note("evidence_unlinked", by=by, review=review, criterion=short(criterion), evidence=evidence.label)


def _check(review: RapidReview, things: list[Thing], by: User, now: datetime) -> None:
    for model in FIELDS:
        wanted = {thing.pk for thing in things if isinstance(thing, model)}
        seen = sources.choosable(model, review.referral, by, on=local_day(now)) if wanted else None
        if seen is not None and seen.filter(pk__in=wanted).count() != len(wanted):
            raise NotPermitted("Evidence is taken from this case, and from what you may see of it.")


def _evidence(review: RapidReview, thing: Thing, *, by: User, now: datetime) -> Evidence:
    """The piece that stands for `thing`: the one there is, or the next number. The review's row is locked."""
    field = next(name for model, name in FIELDS.items() if isinstance(thing, model))
    found: Evidence | None = Evidence.objects.filter(review=review, **{field: thing}).first()
    if found is not None:
        return found
    last = Evidence.objects.filter(review=review).aggregate(last=Max("number"))["last"] or 0
    made = Evidence(review=review, number=last + 1, added_by=by, added_at=now, **{field: thing})
    made.save()
    return made
