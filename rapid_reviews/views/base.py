"""What every page of a rapid review does first: find it for this person, ask the table, record the read."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from audit.workflow import record_read
from chronology.names import People
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from rapid_reviews import permissions
from rapid_reviews.models import RapidReview
from rapid_reviews.states import TABLE
from rapid_reviews.workflow import ConflictError
from referrals.permissions import can_see_names


class Visit:
    """One request for one review: the review, and the one reading of the clock."""

    def __init__(self, request: HttpRequest, reference: str) -> None:
        self.request = request
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        self.review: RapidReview = get_object_or_404(
            RapidReview.objects.visible_to(request.user)
            .select_related("referral__lead", "clock__rule", "reply_clock__rule", "sent_by", "withdrawn_by")
            .prefetch_related("referral__conflicts", "referral__invitations"),
            referral__reference=reference,
        )

    @property
    def reference(self) -> str:
        return self.review.referral.reference

    def home(self, name: str = "review-workspace", **kwargs: str) -> HttpResponseRedirect:
        return redirect(f"rapid_reviews:{name}", reference=self.reference, **kwargs)

    def done(self, message: str, name: str = "review-workspace", **kwargs: str) -> HttpResponseRedirect:
        messages.success(self.request, message)
        return self.home(name, **kwargs)

    def read_as(self) -> People | None:
        """Whom to read free text with, for those who may not see names: None for those who may."""
        referral = self.review.referral
        if can_see_names(self.request.user, referral, on=self.today):
            return None
        return People(referral, with_names=False)

    def page(self, template: str, **context: Any) -> HttpResponse:
        context |= {"read_as": SimpleLazyObject(self.read_as)}
        context |= {"review": self.review, "referral": self.review.referral, "case_tab": "rapid-review"}
        return render(self.request, f"rapid_reviews/{template}.html", context | {"today": self.today})


def visit(verb: str | None = None) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Call the view with a Visit. Not visible: 404. Not this person's `verb`: 403. Not now: back, with the sentence."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def inner(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
            here = Visit(request, reference)
            if verb is not None:
                permissions.check_person(request.user, here.review, verb, on=here.today)
                try:
                    TABLE.check(here.review.status, verb)
                except InvalidTransition as error:
                    messages.error(request, str(error))
                    return here.home()
            if request.method in ("GET", "HEAD"):
                record_read(by=request.user, obj=here.review, reference=here.reference)
            return view(here, **kwargs)

        return inner

    return decorate


def attempt(form: BaseForm, change: Callable[[], object]) -> bool:
    """Run `change`; a refusal becomes the form's own error and keeps what was typed."""
    try:
        change()
    except (NotPermitted, ConflictError):  # each has a page of its own
        raise
    except WorkflowError as error:
        form.add_error(None, str(error))
        return False
    return True
