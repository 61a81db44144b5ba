"""The page behind the link of a safeguarding issue: that issue alone, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link, take_held
from access_links.models import AccessLink
from agency_returns.actors import Actor
from chronology.names import People
from rapid_reviews import workflow
from rapid_reviews.forms import IssueAnswerForm
from rapid_reviews.models import SafeguardingIssue
from rapid_reviews.safeguarding import links
from rapid_reviews.views.base import attempt


@login_not_required
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Reading spends nothing, however often; a POST with the answer needs the browser in which the code was typed."""
    link = require_link(request, token, links.ISSUE)
    if not isinstance(link, AccessLink):
        return link
    issue = links.issue_of(link)
    if issue is None:
        return not_in_use(request)
    return guarded(_page(request, token, link, issue))


def _page(request: HttpRequest, token: str, link: AccessLink, issue: SafeguardingIssue) -> HttpResponse:
    """An answer may come while another is being read: then the workflow says so, and what was typed stays."""
    held = take_held(request)
    form = IssueAnswerForm(request.POST or None, initial=held)
    name = issue.lead_name if link.address == issue.lead_address else link.address

    def change() -> None:
        by = Actor(name, link.address)
        workflow.answer_issue(issue=issue, **form.given, by=by, now=timezone.now())

    if form.is_valid() and attempt(form, change):
        messages.success(request, "Your answer is with the chair of the Panel. Thank you.")
        return redirect("rapid_reviews:issue-link", token=token)
    return render(request, "rapid_reviews/issues/by_link.html", _context(form, issue) | {"held": held})


def _context(form: IssueAnswerForm, issue: SafeguardingIssue) -> dict[str, object]:
    """The children by name: the agency must find them in its records."""
    return {
        "form": form if issue.is_unanswered or form.is_bound else None,
        "issue": issue,
        "referral": issue.review.referral,
        "people": People(issue.review.referral, with_names=True),
        "children": list(issue.children.all()),
        "answers": list(issue.answers.all()),
        "today": timezone.localdate(),
    }
