"""The three partners' decisions: read by all, each written from its own seat."""

from django.contrib import messages
from django.http import Http404, HttpResponse

from panel.roles import StatutoryRole
from rapid_reviews import permissions, workflow
from rapid_reviews.choices import PARTNERS, Outcome, View
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import DecisionForm, ResolutionForm
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.typed import form_for


@visit()
def decisions(here: Visit) -> HttpResponse:
    return here.page(
        "decisions",
        contents=contents_of(here.review),
        seats=permissions.partner_seats(here.request.user, on=here.today),
        verbs=permissions.verbs_for(here.request.user, here.review, on=here.today),
    )


@form_for("decide")
def decide(here: Visit, partner: str) -> HttpResponse:
    """For the partner's own agency only: another's address is refused."""
    if partner not in PARTNERS:
        raise Http404
    seat = permissions.check_seat(here.request.user, StatutoryRole(partner), on=here.today)
    contents = contents_of(here.review)
    form = DecisionForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        amended = Outcome(data["amended_outcome"]) if data["view"] == View.AMEND else None

        def change() -> None:
            workflow.decide(
                review=here.review, partner=StatutoryRole(partner), view=View(data["view"]), reasons=data["reasons"],
                amended_outcome=amended, by=here.request.user, now=here.now,
            )  # fmt: skip

        if attempt(form, change):
            return here.done("The decision is recorded.", "decision-list")
    title = f"Decision of the {seat.agency.get_statutory_role_display().lower()}"
    return here.page("form", form=form, title=title, intro="decision_intro", contents=contents, seat=seat)


@form_for("resolve_difference")
def resolve(here: Visit) -> HttpResponse:
    """What the three lead partners agreed where the decisions differ."""
    contents = contents_of(here.review)
    if here.request.method != "POST" and here.review.partners_differ_since is None:
        messages.error(here.request, "The three Safeguarding Partners do not differ: there is nothing to resolve.")
        return here.home("decision-list")
    form = ResolutionForm(here.request.POST or None, on=here.today)
    if here.request.method == "POST" and form.is_valid():
        data = form.cleaned_data

        def change() -> None:
            workflow.resolve_difference(
                review=here.review, outcome=Outcome(data["outcome"]), reasons=data["reasons"],
                agreed_on=data["agreed_on"], leads=form.leads, by=here.request.user, now=here.now,
            )  # fmt: skip

        if attempt(form, change):
            return here.done("The resolution is recorded. The review is decided.", "decision-list")
    title = "Resolved by the lead partners"
    return here.page("form", form=form, title=title, intro="resolve_intro", contents=contents)
