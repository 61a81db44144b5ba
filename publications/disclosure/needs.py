"""What disclosure checks ask of one person, for their home page. Two queries."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from core.needs import Need
from panel.models import User
from panel.permissions import Permission, can
from publications.disclosure.states import CheckStatus, FindingStatus
from publications.models import DisclosureCheck, Publication
from publications.states import Status


def needs(user: User, today: date) -> list[Need]:
    """Findings to mend, acceptances to decide on as second person, files that could not be read."""
    if not user.is_authenticated or not can(user, Permission.PREPARE_PUBLICATION, on=today):
        return []
    planned = Publication.objects.visible_to(user, on=today).filter(status=Status.PLANNED)
    checks = DisclosureCheck.objects.filter(publication__in=planned.values("pk")).order_by("publication_id", "-number")
    last = list(checks.distinct("publication_id").values_list("pk", flat=True))
    proposed = Q(findings__status=FindingStatus.PROPOSED)
    gave = Q(asked_by=user) | Q(document__uploaded_by=user)
    mine = ~Q(findings__proposed_by=user)
    rows = DisclosureCheck.objects.filter(pk__in=last).select_related("publication__practice_review")
    rows = rows.annotate(
        open=Count("findings", filter=Q(findings__status=FindingStatus.OPEN)),
        to_decide=Count("findings", filter=proposed & mine),
        gave=Count("pk", filter=gave),
    )
    return [need for row in rows.order_by("pk") for need in _of(row)]


def _of(check: DisclosureCheck) -> list[Need]:
    review = check.publication.practice_review
    url, due = reverse("publications:disclosure", args=[review.reference]), check.publication.planned_on
    found = []
    if check.status in (CheckStatus.UNREADABLE, CheckStatus.FAILED):
        found.append("Have the report checked for disclosure again: the last check could not be made")
    if check.open:  # type: ignore[attr-defined] # annotated above, as the next
        found.append("Mend or have accepted what the disclosure check found")
    if check.to_decide and not check.gave:  # type: ignore[attr-defined]
        found.append("Accept or refuse findings of the disclosure check, as second person")
    return [Need(what=what, url=url, about=review.reference, due=due) for what in found]
