"""What every page of a review does first: find it among what this person sees, and keep that it was read."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from audit.workflow import record_read
from chronology.names import People
from practice_reviews.facts import with_progress
from practice_reviews.models import PracticeReview
from referrals.permissions import can_see_names

OK = 200


class Visit:
    """One request for one review, and the one reading of the clock."""

    def __init__(self, request: HttpRequest, reference: str) -> None:
        self.request = request
        self.user: Any = request.user
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        visible = with_progress(PracticeReview.objects.visible_to(request.user, on=self.today))
        rows = visible.select_related("referral__lead", "terms_agreed_by", "stopped_by", "commissioned_by")
        self.review: PracticeReview = get_object_or_404(
            rows.select_related("agency", "clock__rule", "tell_clock__rule"), reference=reference
        )

    @property
    def data(self) -> Any:
        """For forms: what was posted, or typed before a session ended (see panel.typed); None on a first visit."""
        posted = self.request.POST
        return posted if posted or self.request.method == "POST" else None

    def read_as(self) -> People | None:
        """Whom to read free text with, for those who may not see names: None for those who may, or without a case."""
        referral = self.review.referral
        if referral is None or can_see_names(self.user, referral, on=self.today):
            return None
        return People(referral, with_names=False)

    def done(self, message: str, anchor: str = "") -> HttpResponse:
        messages.success(self.request, message)
        return redirect(f"{self.review.get_absolute_url()}{'#' if anchor else ''}{anchor}")

    def page(self, template: str, **context: Any) -> HttpResponse:
        review = self.review
        about: dict[str, Any] = {
            "review": review,
            "referral": review.referral,
            "case_tab": "reviews",
            "today": self.today,
        }
        about |= {"back": review.get_absolute_url(), "read_as": SimpleLazyObject(self.read_as)}
        return render(self.request, f"practice_reviews/{template}.html", about | context)


def visit(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call the view with a Visit. Not visible: 404."""

    @functools.wraps(view)
    def inner(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
        here = Visit(request, reference)
        response = view(here, **kwargs)
        if response.status_code == OK:
            record_read(by=request.user, obj=here.review, reference=here.review.case_reference)
        return response

    return inner
