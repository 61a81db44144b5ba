"""Immediate safeguarding issues as the Panel and the agency's signed-in members see them."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from agency_returns.actors import member
from chronology.names import People
from deadlines import calendar
from deadlines.working_days import CalendarDoesNotReach
from panel.typed import keeps_typed
from rapid_reviews import workflow
from rapid_reviews.choices import IssueLevel, NoticeState
from rapid_reviews.forms import AcceptForm, AskAgainForm, IssueAnswerForm, IssueForm, IssueReasonForm, ReaddressForm
from rapid_reviews.models import SafeguardingIssue, SafeguardingTimes
from rapid_reviews.safeguarding import permissions
from rapid_reviews.states import ISSUES
from rapid_reviews.views.base import Visit, attempt, visit
from referrals.permissions import can_see_names

View = Callable[..., HttpResponse]


class IssueVisit:
    """One visit to one issue: the visit to its review, and the names that this reader may read."""

    def __init__(self, here: Visit, issue: SafeguardingIssue) -> None:
        self.here, self.issue = here, issue
        issue.review = here.review
        with_names = can_see_names(here.request.user, here.review.referral, on=here.today)
        self.people = People(here.review.referral, with_names=with_names)

    def page(self, template: str, **context: Any) -> HttpResponse:
        return self.here.page(f"issues/{template}", issue=self.issue, people=self.people, **context)

    def done(self, message: str) -> HttpResponse:
        return self.here.done(message, "issue", number=self.issue.number)


def review_page(check: Callable[..., None]) -> Callable[[View], View]:
    """`view(request, visit)` of a review for whom `check(user, review, on=…)` lets in, else 403."""

    def decorate(view: View) -> View:
        @visit()
        @functools.wraps(view)
        def inner(here: Visit) -> HttpResponse:
            check(here.request.user, here.review, on=here.today)
            return view(here.request, here)

        return inner

    return decorate


def page_of(verb: str | None = None) -> Callable[[View], View]:
    """`view(request, visit)` of an issue that this person may see, else 404; not their `verb`: 403.

    To open the page of a step that is not possible now leads back with the sentence; to do it is the workflow's to
    judge, so that a second click on what is done already is quiet.
    """

    def decorate(view: View) -> View:
        @visit()
        @functools.wraps(view)
        def inner(here: Visit, number: int) -> HttpResponse:
            visible = SafeguardingIssue.objects.visible_to(here.request.user, on=here.today)
            rows = visible.select_related("agency", "raised_by", "resolved_by", "withdrawn_by", "sending_by")
            issue = get_object_or_404(rows, review=here.review, number=number)
            at = IssueVisit(here, issue)
            if verb is not None:
                permissions.check_person(here.request.user, issue, verb, on=here.today)
            if verb is not None and here.request.method != "POST" and ISSUES.find(issue.status, verb) is None:
                messages.error(here.request, f"This issue is {issue.get_status_display().lower()} already.")
                return redirect(issue)
            return view(here.request, at)

        return inner

    return decorate


def proposed_day(here: Visit) -> Any:
    """The next working day, or as many as the partnership's own practice says."""
    times = SafeguardingTimes.objects.for_day(here.today)
    try:
        return calendar.current().forward(here.today, times.answer_within)
    except CalendarDoesNotReach:
        return None


@visit()
def issues(here: Visit) -> HttpResponse:
    """All issues of the review that this person may see."""
    visible = SafeguardingIssue.objects.visible_to(here.request.user, on=here.today).filter(review=here.review)
    may_raise = permissions.can_raise(here.request.user, here.review, on=here.today)
    return here.page("issues/list", issues=visible.select_related("review__referral", "agency"), may_raise=may_raise)


@review_page(permissions.check_raise)
@keeps_typed
def raise_issue(request: HttpRequest, here: Visit) -> HttpResponse:
    """Whom, about whom, what, by when; one click later the agency has the mail."""
    people = People(here.review.referral, with_names=can_see_names(request.user, here.review.referral, on=here.today))
    form = IssueForm(request.POST or None, people=people, today=here.today, answer_by=proposed_day(here))
    made: list[SafeguardingIssue] = []

    def change() -> None:
        concern = workflow.Concern(**form.cleaned_data)
        made.append(workflow.raise_issue(review=here.review, concern=concern, by=request.user, now=here.now))

    if form.is_valid() and attempt(form, change):
        text = f"The issue is raised. {made[0].lead_name} of {made[0].agency} is told by mail now."
        return here.done(text, "issue", number=made[0].number)
    return here.page("issues/raise", form=form)


@page_of()
def issue(request: HttpRequest, at: IssueVisit) -> HttpResponse:
    """Everything about one issue, with what this person can do."""
    here, found = at.here, at.issue
    told = list(found.notices.filter(state=NoticeState.SENT).order_by("recorded_at", "pk"))
    reminders = [notice for notice in told if notice.level == IssueLevel.AGENCY]
    return at.page(
        "issue",
        verbs=permissions.verbs_for(request.user, found, on=here.today),
        answers=list(found.answers.select_related("again_by")),
        children=list(found.children.all()),
        reminders=reminders,
        last_reminder=reminders[-1] if reminders else None,
        escalations=[notice for notice in told if notice.level != IssueLevel.AGENCY],
        is_late=found.is_late_on(here.today),
    )


@page_of("answer")
@keeps_typed
def answer_issue(request: HttpRequest, at: IssueVisit) -> HttpResponse:
    """By a signed-in member of the agency."""
    form = IssueAnswerForm(request.POST or None)

    def change() -> None:
        workflow.answer_issue(issue=at.issue, **form.given, by=member(request.user), now=at.here.now)

    if form.is_valid() and attempt(form, change):
        return at.done("The answer is sent. The chair reads it and accepts it or asks again.")
    return at.page("answer", form=form, children=list(at.issue.children.all()), answers=list(at.issue.answers.all()))


@page_of("accept")
def accept(request: HttpRequest, at: IssueVisit) -> HttpResponse:
    """The chair has read the answer and is content."""
    given = at.issue.latest
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"answer": given and given.pk})

    def change() -> None:
        read = get_object_or_404(at.issue.answers, pk=form.cleaned_data["answer"])
        workflow.accept_answer(answer=read, by=request.user, now=at.here.now)

    if form.is_valid() and attempt(form, change):
        return at.done("The answer is accepted. The issue is resolved.")
    return at.page("settle", form=form, given=given, title="Accept the answer?")


@page_of("ask_again")
@keeps_typed
def ask_again(request: HttpRequest, at: IssueVisit) -> HttpResponse:
    """Something is still open."""
    given = at.issue.latest
    initial = {"answer": given and given.pk, "answer_by": proposed_day(at.here)}
    form = AskAgainForm(request.POST or None, initial=initial)

    def change() -> None:
        read = get_object_or_404(at.issue.answers, pk=form.cleaned_data["answer"])
        workflow.ask_again(
            answer=read, reason=form.cleaned_data["reason"], answer_by=form.cleaned_data["answer_by"],
            by=request.user, now=at.here.now,
        )  # fmt: skip

    if form.is_valid() and attempt(form, change):
        return at.done("The agency is asked again by mail now.")
    return at.page("settle", form=form, given=given, title="Ask the agency again")


def _reasoned(
    request: HttpRequest, at: IssueVisit, change: Any, *, intro: str, done: str, **words: Any
) -> HttpResponse:
    title = words.pop("title")
    form = IssueReasonForm(request.POST or None, **words)

    def act() -> None:
        change(issue=at.issue, reason=form.cleaned_data["reason"], by=request.user, now=at.here.now)

    if form.is_valid() and attempt(form, act):
        return at.done(done)
    return at.page("reason", form=form, title=title, intro=intro)


@page_of("readdress")
@keeps_typed
def readdress(request: HttpRequest, at: IssueVisit) -> HttpResponse:
    """The safeguarding lead is away, or may not see the case."""
    form = ReaddressForm(request.POST or None)

    def change() -> None:
        workflow.readdress(issue=at.issue, **form.cleaned_data, by=request.user, now=at.here.now)

    if form.is_valid() and attempt(form, change):
        return at.done(f"{form.cleaned_data['lead_name']} is told by mail now. The earlier links have ended.")
    intro = f"It went to {at.issue.lead_name}. Their link ends; the day by which the answer is wanted stays."
    return at.page("reason", form=form, title="Send it to somebody else", intro=intro)


@page_of("let_send")
@keeps_typed
def let_send(request: HttpRequest, at: IssueVisit) -> HttpResponse:
    return _reasoned(
        request, at, workflow.let_send, title="Let the review be sent without an answer",
        intro="The reason is kept in the case’s history and shown beside the issue. The agency is still reminded.",
        label="Why may the review be sent although the agency has not answered?",
        missing="Say why the review may be sent without an answer", submit="Record the reason",
        done="The reason is recorded. This issue no longer keeps the review from being sent.",
    )  # fmt: skip


@page_of("withdraw")
@keeps_typed
def withdraw_issue(request: HttpRequest, at: IssueVisit) -> HttpResponse:
    return _reasoned(
        request, at, workflow.withdraw_issue, title="Withdraw this issue?", warning=True,
        intro="Only if it was raised in error. The agency is told at once that it need not answer, and its links end.",
        label="Why was it raised in error?", missing="Say why it was raised in error",
        submit="Withdraw the issue", done="The issue is withdrawn, and the agency is told.",
    )  # fmt: skip
