"""The link by which an agency's safeguarding lead confirms one cascade without an account."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from access_links import workflow as access
from access_links.models import AccessLink
from access_links.purposes import Purpose
from learning.models import Cascade
from learning.states import CascadeStatus

CONFIRM = "learning-cascade"
LIFETIME = timedelta(days=120)


def cascade_of(link: AccessLink) -> Cascade | None:
    rows = Cascade.objects.select_related("product__message", "product__audience", "agency")
    return rows.filter(pk=int(link.subject.rpartition(":")[2])).first()


def wanted(link: AccessLink) -> bool:
    """Whether there is anything left to say, by the mailbox that still answers for the agency."""
    cascade = cascade_of(link)
    if cascade is None or cascade.status != CascadeStatus.ASKED:
        return False
    return cascade.agency.safeguarding_address.lower() == link.address


def issue(cascade: Cascade, *, by: object, now: datetime) -> str:
    """A new link in the form in which it stands in the mail."""
    _, token = access.issue(
        purpose=CONFIRM, subject=cascade.subject, address=cascade.agency.safeguarding_address,
        reference=cascade.product.message.reference, expires_at=now + LIFETIME, now=now, by=by,
    )  # fmt: skip
    return f"{settings.SITE_URL}{reverse('access_links:link', args=[token])}"


def purpose() -> Purpose:
    return Purpose(
        code=CONFIRM, title="Confirm that learning was passed on", wanted=wanted,
        home=lambda token: reverse("learning:link-confirm", args=[token]),
    )  # fmt: skip
