"""Gaps, likely duplicates and contradictions: the list, and dismissing one by hand."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from chronology import workflow
from chronology.choices import FindingKind
from chronology.forms import DismissForm, RestoreForm
from chronology.models import Dismissal, Finding
from chronology.names import People
from chronology.views.rows import page
from chronology.views.timeline import address, beside, people_for
from panel.permissions import Permission
from panel.typed import keeps_typed
from referrals.models import Referral
from referrals.views.base import attempt, case_page, needs

PER_PAGE = 50
DISMISSED = "dismissed"
OPEN = Q(dismissal__isnull=True)
KINDS = {
    "gaps": OPEN & Q(kind=FindingKind.GAP, agency__isnull=True),
    "agency-gaps": OPEN & Q(kind=FindingKind.GAP, agency__isnull=False),
    "duplicates": OPEN & Q(kind=FindingKind.DUPLICATE),
    "contradictions": OPEN & Q(kind__in=[FindingKind.SEEN, FindingKind.DATES]),
    DISMISSED: Q(dismissal__isnull=False),
}


def kind_of(finding: Finding) -> str:
    """Under which of the page's lists the finding stands as long as nobody dismissed it."""
    if finding.kind == FindingKind.GAP:
        return "agency-gaps" if finding.agency_id else "gaps"
    return "duplicates" if finding.kind == FindingKind.DUPLICATE else "contradictions"


@require_GET
@case_page
def findings(request: HttpRequest, referral: Referral) -> HttpResponse:
    """Gaps, likely duplicates and contradictions, in order of time."""
    people, may_switch = people_for(request, referral)
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else "gaps"
    found = Finding.objects.visible_to(request.user).filter(KINDS[kind], referral=referral)
    child = request.GET.get("child", "")
    if child.isdigit() and len(child) < 18:
        found = found.filter(child=int(child))
    start = _offset(request)
    some = list(found.select_related("row", "other", "dismissal__dismissed_by")[start : start + PER_PAGE + 1])
    for one in some:
        one.why = people.computed(one.why)
        if one.dismissal:
            one.dismissal.reason = people.text(one.dismissal.reason)
    context = beside(request, referral, people, may_switch) | {"kind": kind, "children": _children(people, child)}
    context |= {"findings": some[:PER_PAGE], "start": start}
    if len(some) > PER_PAGE:
        context["next"] = address(request, start=start + PER_PAGE)
    return render(request, "chronology/findings.html", context)


def _children(people: People, chosen: str) -> list[dict[str, Any]]:
    return [{"pk": one.pk, "name": people.child(one), "chosen": str(one.pk) == chosen} for one in people.children]


def _offset(request: HttpRequest) -> int:
    start = request.GET.get("start", "")
    return int(start) if start.isdigit() and len(start) < 7 else 0


def _list(referral: Referral, kind: str) -> str:
    return f"{reverse('chronology:findings', args=[referral.reference])}?kind={kind}"


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
@keeps_typed
def dismiss_finding(request: HttpRequest, referral: Referral, identity: str) -> HttpResponse:
    """Why it is none."""
    finding = Finding.objects.visible_to(request.user).filter(referral=referral, identity=identity).first()
    if finding is None or finding.dismissal_id is not None:
        gone = "This finding was dismissed already." if finding else "This finding is not there any more: rows changed."
        messages.info(request, gone)
        return redirect(_list(referral, DISMISSED if finding else "gaps"))
    form = DismissForm(request.POST or None)

    def dismiss() -> None:
        workflow.dismiss_finding(
            referral=referral, identity=identity, reason=form.cleaned_data["reason"], by=request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )  # fmt: skip

    if attempt(form, dismiss):
        messages.success(request, "The finding is dismissed. It comes back when the rows that it rests on change.")
        return redirect(_list(referral, kind_of(finding)))
    back = _list(referral, kind_of(finding))
    return page(request, referral, form, "Dismiss this finding?", lead=finding.why, back=back)


@case_page
@needs(Permission.EDIT_CHRONOLOGY)
def restore_finding(request: HttpRequest, referral: Referral, identity: str) -> HttpResponse:
    """Take a dismissal back, after one look at it."""
    dismissals = Dismissal.objects.visible_to(request.user).select_related("referral")
    dismissal = get_object_or_404(dismissals, referral=referral, identity=identity, restored_at__isnull=True)
    form = RestoreForm(request.POST or None)
    if request.method == "POST":
        workflow.restore_finding(dismissal=dismissal, by=request.user, now=timezone.now())  # type: ignore[arg-type]
        messages.success(request, "The finding is back.")
        return redirect(_list(referral, DISMISSED))
    lead = f"{dismissal.what} Dismissed because: {People(referral, with_names=False).text(dismissal.reason)}"
    return page(request, referral, form, "Restore this finding?", lead=lead, back=_list(referral, DISMISSED))
