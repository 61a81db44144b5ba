"""Findings on the criteria and circumstances."""

from django.http import HttpResponse

from rapid_reviews import permissions, workflow
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import CriteriaForm
from rapid_reviews.views.base import Visit, attempt, visit

VERB = "answer_criteria"


@visit()
def edit_criteria(here: Visit) -> HttpResponse:
    """Read the findings, or write them while there is no recommendation."""
    contents = contents_of(here.review)
    user = here.request.user
    if here.request.method == "POST":
        permissions.check_person(user, here.review, VERB, on=here.today)
    may_edit = permissions.can_verb(user, here.review, VERB, on=here.today)
    form = CriteriaForm(here.request.POST or None, answers=contents.answers) if may_edit or here.request.POST else None
    if form is not None and form.is_valid():

        def change() -> None:
            workflow.answer_criteria(review=here.review, answers=form.answers, by=user, now=here.now)

        if attempt(form, change):
            return here.done("The findings are saved.")
    return here.page("criteria", form=form, contents=contents)
