from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from core.errors import NotPermitted
from panel.permissions import Permission
from referrals import permissions, sheet
from referrals.models import Referral, SheetPart
from referrals.views.base import case_page


@case_page
def notification_sheet(request: HttpRequest, referral: Referral) -> HttpResponse:
    """All that the national notification form asks, with names, in its order, to be copied. Kept as a read."""
    if not permissions.can(request.user, Permission.SEE_NAMES, referral, on=timezone.localdate()):
        raise NotPermitted("This sheet holds the names of children. You are not allowed to see them.")
    parts = list(SheetPart.objects.filter(is_active=True))
    unconfirmed = [part for part in parts if part.checked_on is None]
    context = {"referral": referral, "case_tab": "notification", "parts": sheet.filled(referral, parts)}
    context["unconfirmed"] = unconfirmed
    context["checked_on"] = None if unconfirmed else min((part.checked_on for part in parts), default=None)
    return render(request, "referrals/sheet.html", context)
