"""What the business manager should mend about people and agencies: for the front page of the admin site."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from core import attention
from core.attention import Item
from panel.filters import NO_PASSWORD
from panel.models import Agency, Membership, PanelMeeting, User
from panel.roles import HAVE_DEPUTIES, Role, StatutoryRole
from panel.tokens import LIFETIME

ALTERNATE = timedelta(days=62)


def people(now: datetime) -> list[Item]:
    """A Panel that cannot be quorate, invitations that lapsed, members with nobody to act for them."""
    today = timezone.localdate(now)
    running = Membership.objects.running_on(today).filter(user__is_active=True)
    items = [
        Item(f"Nobody is {role.label.lower()} today.", reverse("admin:panel_user_changelist"), urgent=True)
        for role in (Role.CHAIR, Role.BUSINESS_MANAGER)
        if not running.with_role(role).exists()
    ]
    agencies = reverse("admin:panel_agency_changelist")
    there = set(Agency.objects.filter(is_active=True).values_list("statutory_role", flat=True))
    items += [
        Item(f"No agency is marked as the Safeguarding Partner “{role.label}”.", agencies, urgent=True)
        for role in StatutoryRole
        if role != StatutoryRole.NONE and role not in there
    ]
    items += _meetings(today)
    changelist = reverse("admin:panel_user_changelist")
    lapsed = User.objects.filter(NO_PASSWORD, is_active=True, invited_at__lt=now - LIFETIME).count()
    if lapsed:
        items.append(
            Item(f"{lapsed} invited, but the link has expired: send it again.", f"{changelist}?account=lapsed")
        )
    deputies = running.with_role(Role.NAMED_DEPUTY).filter(deputy_for=OuterRef("pk"))
    alone = running.with_role(*HAVE_DEPUTIES).exclude(Exists(deputies)).count()
    if alone:
        items.append(Item(f"{alone} people on the Panel have no named deputy.", f"{changelist}?deputy=none"))
    if settings.MFA_REQUIRED:
        open_door = User.objects.filter(is_active=True, authenticator__isnull=True).exclude(NO_PASSWORD)
        if count := open_door.count():
            items.append(Item(f"{count} have not set up a second step yet.", f"{changelist}?account=one_step"))
    return items


def _meetings(today: date) -> list[Item]:
    """Alternate months (terms of reference, section 3), and what was not said of past ones."""
    url = reverse("panel:meeting-list")
    items = []
    if not PanelMeeting.objects.of_panel().from_day(today).filter(on__lte=today + ALTERNATE).exists():
        items.append(Item("No meeting of the Panel is planned in the next two months.", url, urgent=True))
    unsaid = PanelMeeting.objects.planned().filter(on__lt=today).count()
    if unsaid:
        items.append(Item(f"Was the Panel’s meeting held? {unsaid} planned ones have passed.", url))
    return items


def register() -> None:
    attention.register("People and agencies", people)
