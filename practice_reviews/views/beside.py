"""What every page beside a review does first: find the review for this person, and record the read."""

import functools
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from audit.workflow import record_read
from chronology.names import People
from core.errors import NotPermitted, WorkflowError
from panel import permissions as panel
from panel.permissions import Permission
from panel.typed import keeps_typed
from practice_reviews import permissions
from practice_reviews.models import PracticeReview
from practice_reviews.workflow.beside import MANAGE
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt

OK = 200


class Visit:
    """One request for one review, and the one reading of the clock. `tab` is the page of the sub-navigation."""

    def __init__(self, request: HttpRequest, reference: str, tab: str) -> None:
        self.request, self.tab = request, tab
        self.user: Any = request.user
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)
        if not panel.can(self.user, Permission.SEE_PRACTICE_REVIEWS, on=self.today):
            raise Http404
        visible = PracticeReview.objects.visible_to(self.user, on=self.today).select_related("referral")
        self.review: PracticeReview = get_object_or_404(visible, reference=reference)
        self.may_manage = panel.can(self.user, MANAGE, on=self.today)
        self.with_names = permissions.can_see_names(self.user, self.review, on=self.today)

    @property
    def data(self) -> Any:
        """For forms: what was posted, or what was typed before the session had ended."""
        return self.request.POST if self.request.method == "POST" else self.request.POST or None

    def check(self, right: Permission = MANAGE) -> None:
        permissions.check(self.user, right, self.review, on=self.today)

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"practice_reviews:{name}", args=[self.review.reference, *args])

    def text(self, text: str) -> str:
        """Free text as this reader sees it: names of the case's people as pseudonyms for who may not see them."""
        if self.review.referral is None or self.with_names:
            return text
        return People(self.review.referral, with_names=False).text(text)

    def done(self, message: str, url: str) -> HttpResponse:
        messages.success(self.request, message)
        return redirect(url)

    def page(self, template: str, **context: Any) -> HttpResponse:
        about = {
            "review": self.review, "today": self.today, "tab": self.tab, "may_manage": self.may_manage,
            "with_names": self.with_names, "back": self.url(self.tab),
        }  # fmt: skip
        return render(self.request, f"practice_reviews/{template}.html", about | context)

    def form(
        self, form: BaseForm, change: Callable[..., Any], *, done: str, title: str, to: str = "", **context: Any
    ) -> HttpResponse:
        """A page with one form: `change(**what was entered, by=, now=)`, then back with a sentence."""
        facts = getattr(form, "facts", lambda: form.cleaned_data)  # type: ignore[attr-defined]
        if self.request.method == "POST" and attempt(form, lambda: change(**facts(), by=self.user, now=self.now)):
            return self.done(done, to or self.url(self.tab))
        template = context.pop("template", "beside_form")
        return self.page(template, form=form, title=title, **({"back": to} if to else {}), **context)

    def confirm(self, change: Callable[..., Any], *, submit: str, warning: bool = True, **more: Any) -> HttpResponse:
        """A page that asks before it does something."""
        form = ConfirmForm(self.request.POST if self.request.method == "POST" else None, submit=submit)
        form.warning = warning  # type: ignore[misc]
        return self.form(form, change, **more)

    def press(self, change: Callable[..., str], url: str) -> HttpResponse:
        """A button on a page: `change(by=, now=)` returns the sentence that says what was done."""
        try:
            messages.success(self.request, change(by=self.user, now=self.now))
        except NotPermitted:
            raise
        except WorkflowError as error:
            messages.error(self.request, str(error))
        return redirect(url)


def visit(tab: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Call the view with a Visit. Not visible: 404."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def inner(request: HttpRequest, reference: str, **kwargs: Any) -> HttpResponse:
            here = Visit(request, reference, tab)
            response = view(here, **kwargs)
            if response.status_code == OK:
                record_read(by=request.user, obj=here.review, reference=here.review.case_reference)
            return response

        return inner

    return decorate


def keeps(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`keeps_typed` for a view that takes a Visit; to stand below `@visit`."""

    @functools.wraps(view)
    def inner(here: Visit, **kwargs: Any) -> HttpResponse:
        def page(request: HttpRequest) -> HttpResponse:
            return view(here, **kwargs)

        return keeps_typed(page)(here.request)

    inner.keeps_typed = True  # type: ignore[attr-defined] # for panel.typed.is_keeping
    return inner
