"""How a message reaches its audiences: products, agencies that cascade them, who attended."""

from datetime import date
from typing import Any, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.guard import GuardedModel, GuardedQuerySet
from learning.choices import ProductKind
from learning.models.base import OfTheWholePartnershipQuerySet, author, person, sees_all
from learning.models.messages import KeyMessage
from learning.states import CascadeStatus, ProductStatus
from panel.models import Agency
from panel.roles import PANEL_ROLES, Role
from rapid_reviews.models import Audience
from referrals.models.base import both_or_neither

ANSWER = PANEL_ROLES | {Role.INVITED}


@pghistory.track()
class Product(GuardedModel):
    """One line of the dissemination plan of an agreed message."""

    message = models.ForeignKey(KeyMessage, on_delete=models.PROTECT, related_name="products")
    status = models.CharField(max_length=10, choices=ProductStatus, default=ProductStatus.PLANNED, db_index=True)
    kind = models.CharField(max_length=12, choices=ProductKind)
    title = models.CharField(max_length=200)
    audience = models.ForeignKey(Audience, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("to be issued by")
    link = models.URLField("where it is found", max_length=500, blank=True)
    planned_by = author()
    planned_at = models.DateTimeField()
    issued_by = person()
    issued_on = models.DateField(null=True, blank=True)
    cancelled_by = person()
    cancelled_on = models.DateField(null=True, blank=True)
    cancelled_reason = models.TextField(blank=True)

    objects = OfTheWholePartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="learning_product_has_a_title"),
            models.CheckConstraint(
                condition=Q(status=ProductStatus.ISSUED, issued_by__isnull=False, issued_on__isnull=False)
                | ~Q(status=ProductStatus.ISSUED) & Q(issued_by__isnull=True, issued_on__isnull=True),
                name="learning_product_issued_who_when",
            ),
            models.CheckConstraint(
                condition=Q(status=ProductStatus.CANCELLED, cancelled_by__isnull=False, cancelled_on__isnull=False)
                & ~Q(cancelled_reason="")
                | ~Q(status=ProductStatus.CANCELLED)
                & Q(cancelled_by__isnull=True, cancelled_on__isnull=True, cancelled_reason=""),
                name="learning_product_cancelled_who_when_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.message})"

    def get_absolute_url(self) -> str:
        return reverse("learning:product", args=[self.message.reference, self.pk])

    def is_late_on(self, day: date) -> bool:
        return self.status == ProductStatus.PLANNED and self.due_on < day


class CascadeQuerySet(GuardedQuerySet):
    def visible_to(self, user: Any, *, on: date | None = None) -> Self:
        """Whoever sees learning sees all; an agency's people see what their agency is asked."""
        day = on or timezone.localdate()
        if sees_all(user, day):
            return self.all()
        return self.of_seats(user, day)

    def of_seats(self, user: Any, day: date) -> Self:
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(agency__in=[seat.agency_id for seat in user.memberships_on(day) if seat.role in ANSWER])

    def waiting(self) -> Self:
        return self.filter(status=CascadeStatus.ASKED)


@pghistory.track()
class Cascade(GuardedModel):
    """One agency asked to pass a product on, and its answer: how, and how many people it reached."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="cascades")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cascades")
    status = models.CharField(max_length=10, choices=CascadeStatus, default=CascadeStatus.ASKED, db_index=True)
    due_on = models.DateField("to be confirmed by")
    asked_by = author()
    asked_at = models.DateTimeField()
    reminded_on = models.DateField(null=True, blank=True)
    people = models.PositiveIntegerField("people reached", null=True, blank=True)
    how = models.TextField("how it was passed on", blank=True)
    confirmed_by = person()
    confirmed_label = models.CharField("confirmed by", max_length=300, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    withdrawn_by = person()
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = CascadeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["agency__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "agency"], condition=~Q(status=CascadeStatus.WITHDRAWN),
                name="learning_cascade_once",
            ),
            models.CheckConstraint(
                condition=Q(status=CascadeStatus.CONFIRMED, confirmed_on__isnull=False, people__isnull=False)
                & ~Q(confirmed_label="") & ~Q(how="")
                | ~Q(status=CascadeStatus.CONFIRMED)
                & Q(confirmed_on__isnull=True, people__isnull=True, confirmed_label="", how="",
                    confirmed_by__isnull=True),
                name="learning_cascade_confirmed_who_when_how",
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_by", "withdrawn_on"), name="learning_cascade_withdrawn_who_when"
            ),
            models.CheckConstraint(
                condition=Q(status=CascadeStatus.WITHDRAWN, withdrawn_on__isnull=False)
                | ~Q(status=CascadeStatus.WITHDRAWN) & Q(withdrawn_on__isnull=True),
                name="learning_cascade_withdrawn_is_withdrawn",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.agency}, {self.product}"

    @property
    def subject(self) -> str:
        """The key of its links: see access_links."""
        return f"learning-cascade:{self.pk}"

    def is_late_on(self, day: date) -> bool:
        return self.status == CascadeStatus.ASKED and self.due_on < day


@pghistory.track()
class Attendance(GuardedModel):
    """How many people of an agency came to a webinar or training on a day."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="attendances")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    people = models.PositiveIntegerField()
    recorded_by = author()
    recorded_at = models.DateTimeField()

    objects = OfTheWholePartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["held_on", "agency__name"]
        constraints = [
            models.UniqueConstraint(fields=["product", "agency", "held_on"], name="learning_attendance_once")
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.held_on:%d.%m.%Y}: {self.people}"
