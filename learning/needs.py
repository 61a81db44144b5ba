"""What learning asks of one person, for their home page, and of the installation. A fixed number of queries."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from core.attention import Item
from core.needs import Need
from learning.models import Cascade, ImpactCheck, KeyMessage, LearningPoint, OtherReview, Product, Reader
from learning.models.base import sees_all
from learning.states import MessageStatus, PointStatus, ProductStatus, ReadingStatus
from panel.models import User
from panel.permissions import Permission, can

SOON = timedelta(days=14)


def needs(user: User, today: date) -> list[Need]:
    """To read; to confirm for one's agency; to agree, decide, issue and look at."""
    if not user.is_authenticated:
        return []
    found = [*_to_confirm(user, today)]
    if sees_all(user, today):
        found += _to_read(user)
    if can(user, Permission.MANAGE_LEARNING, on=today):
        found += [*_points(user, today), *_messages(), *_with_a_day(today)]
    return found


def _to_read(user: User) -> Iterable[Need]:
    rows = Reader.objects.waiting().filter(user=user).select_related("review")
    return [
        Need(
            what="Read a review of others and say what it means here", url=row.review.get_absolute_url(),
            about=row.review.reference, due=row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def _to_confirm(user: User, today: date) -> Iterable[Need]:
    rows = Cascade.objects.of_seats(user, today).waiting().select_related("product__message", "agency")
    return [
        Need(
            what=f"Confirm that learning was passed on in {row.agency.short_name}",
            url=reverse("learning:mine-confirm", args=[row.pk]), about=row.product.message.reference, due=row.due_on,
        )
        for row in rows
    ]  # fmt: skip


def _points(user: User, today: date) -> Iterable[Need]:
    """One line: the list has them."""
    count = LearningPoint.objects.visible_to(user, on=today).filter(status=PointStatus.PROPOSED).count()
    url = f"{reverse('learning:point-list')}?status=proposed"
    return [Need(what="Agree or set aside proposed learning points", url=url, note=f"{count} wait.")] if count else []


def _messages() -> Iterable[Need]:
    read = OtherReview.objects.filter(status=ReadingStatus.READ)
    found = [
        Need(what="Decide on a review that was read", url=row.get_absolute_url(), about=row.reference) for row in read
    ]
    waiting = KeyMessage.objects.filter(status=MessageStatus.RECOMMENDED)
    return found + [
        Need(
            what="Record what the Executive Group says to a key message", url=row.get_absolute_url(),
            about=row.reference,
        )
        for row in waiting
    ]  # fmt: skip


def _with_a_day(today: date) -> Iterable[Need]:
    products = Product.objects.filter(status=ProductStatus.PLANNED, message__status=MessageStatus.AGREED)
    found = [
        Need(
            what=f"Issue a product: {row.get_kind_display()}", url=row.get_absolute_url(), about=row.message.reference,
            due=row.due_on,
        )
        for row in products.filter(due_on__lte=today + SOON).select_related("message")
    ]  # fmt: skip
    checks = ImpactCheck.objects.waiting().filter(due_on__lte=today + SOON).select_related("message")
    return found + [
        Need(
            what=f"Look at the impact after {row.months} months", about=row.message.reference, due=row.due_on,
            url=reverse("learning:impact", args=[row.message.reference, row.months]),
        )
        for row in checks
    ]  # fmt: skip


def attention(now: datetime, user: Any = None) -> list[Item]:
    """For the cockpit: what is late, and agencies to which nobody can be written. It belongs to no case."""
    today = timezone.localdate(now)
    if user is None or not sees_all(user, today):
        return []
    reading = Reader.objects.waiting().filter(due_on__lt=today).count()
    cascades = Cascade.objects.waiting().filter(due_on__lt=today).count()
    mute = Cascade.objects.waiting().filter(agency__safeguarding_address="").count()
    impact = ImpactCheck.objects.waiting().filter(due_on__lt=today).count()
    reviews, messages = reverse("learning:review-list"), reverse("learning:message-list")
    lines = [
        (reading, "reading of a review is late.", "readings of reviews are late.", reviews),
        (cascades, "agency has not confirmed in time.", "agencies have not confirmed in time.", messages),
        (mute, "agency asked has no safeguarding lead.", "agencies asked have no safeguarding lead.", messages),
        (impact, "impact check is late.", "impact checks are late.", messages),
    ]
    return [Item(f"{count} {one if count == 1 else more}", url) for count, one, more, url in lines if count]
