"""What returns ask of one person, for their home page. A fixed number of queries."""

from datetime import date

from django.urls import reverse
from django.utils import timezone

from agency_returns.models import InformationRequest, ReturnFile
from agency_returns.permissions import ANSWER
from agency_returns.states import ENDED, UNANSWERED
from core.needs import Need
from documents.models import Document
from documents.states import Status as DocumentStatus
from panel.models import User
from panel.permissions import Permission, can
from referrals.models import Referral
from referrals.states import Status as CaseStatus


def needs(user: User, today: date) -> list[Need]:
    """To answer for one's own agency; for who asks: late returns, and cases under review of which nobody was asked."""
    if not user.is_authenticated:
        return []
    return [*_to_answer(user, today), *_late(user, today), *_to_ask(user, today), *_refused(user, today)]


def _to_answer(user: User, today: date) -> list[Need]:
    agencies = [m.agency_id for m in user.memberships_on(today) if m.role in ANSWER]
    if not agencies:
        return []
    mine = InformationRequest.objects.visible_to(user, on=today).filter(agency__in=agencies, status__in=UNANSWERED)
    rows = mine.exclude(referral__status__in=ENDED).select_related("referral", "agency")
    return [
        Need(
            what=f"Answer for {row.agency.short_name}",
            url=reverse("agency_returns:mine-tasks", args=[row.pk]),
            about=row.referral.reference,
            due=row.due_on,
            note="Colleagues without an account may answer by their link; whoever comes first begins.",
        )
        for row in rows
    ]


def _late(user: User, today: date) -> list[Need]:
    if not can(user, Permission.ASK_AGENCIES, on=today):
        return []
    late: dict[int, list[InformationRequest]] = {}
    rows = InformationRequest.objects.visible_to(user, on=today).late_on(today).exclude(referral__status__in=ENDED)
    for row in rows.select_related("referral", "agency"):
        late.setdefault(row.referral_id, []).append(row)
    return [
        Need(
            what="See to the late returns",
            url=reverse("agency_returns:case", args=[rows[0].referral.reference]),
            about=rows[0].referral.reference,
            due=min(row.due_on for row in rows),
            note=f"Late: {', '.join(row.agency.short_name for row in rows)}.",
        )
        for rows in late.values()
    ]


def _to_ask(user: User, today: date) -> list[Need]:
    if not can(user, Permission.ASK_AGENCIES, on=today):
        return []
    cases = (
        Referral.objects.visible_to(user, on=today)
        .filter(status=CaseStatus.UNDER_REVIEW, information_requests=None, involved_agencies__isnull=False)
        .distinct()
        .order_by("recorded_at")
    )
    return [
        Need(
            what="Ask the agencies for their returns",
            url=reverse("agency_returns:ask", args=[case.reference]),
            about=case.reference,
            note=f"Recorded on {timezone.localdate(case.recorded_at):%-d %B}." if case.recorded_at else "",
        )
        for case in cases
    ]


def _refused(user: User, today: date) -> list[Need]:
    """Files that the virus scan refused, for those who manage documents, until they have withdrawn the entry."""
    if not can(user, Permission.DISPOSE_OF_DOCUMENTS, on=today):
        return []
    refused = Document.objects.filter(status=DocumentStatus.REFUSED)
    rows = ReturnFile.objects.visible_to(user, on=today).filter(document__in=refused)
    return [
        Need(
            what=f"Tell {row.version.request.agency.short_name} that the virus scan refused its file",
            url=reverse("referrals:document-detail", args=[row.document.reference, row.document.key]),
            about=row.document.reference,
        )
        for row in rows.select_related("document", "version__request__agency")
    ]
