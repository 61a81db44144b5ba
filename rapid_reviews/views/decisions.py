"""The three partners' decisions: read by all, each written from its own seat."""

from django.http import Http404, HttpResponse

from panel.roles import StatutoryRole
from rapid_reviews import permissions, workflow
from rapid_reviews.choices import PARTNERS, Outcome, View
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import DecisionForm
from rapid_reviews.views.base import Visit, attempt, visit


@visit()
def decisions(here: Visit) -> HttpResponse:
    return here.page(
        "decisions",
        contents=contents_of(here.review),
        seats=permissions.partner_seats(here.request.user, on=here.today),
        verbs=permissions.verbs_for(here.request.user, here.review, on=here.today),
    )


@visit("decide")
def decide(here: Visit, partner: str) -> HttpResponse:
    """For the partner's own agency only: another's address is refused."""
    if partner not in PARTNERS:
        raise Http404
    seat = permissions.check_seat(here.request.user, StatutoryRole(partner), on=here.today)
    contents = contents_of(here.review)
    form = DecisionForm(here.request.POST or None)
    if form.is_valid():
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
