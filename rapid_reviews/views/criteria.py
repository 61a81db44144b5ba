"""Findings on the criteria and circumstances, their themes, and earlier cases with the same themes."""

from django.contrib import messages
from django.http import HttpResponse

from panel.typed import keeps_typed
from rapid_reviews import permissions, workflow
from rapid_reviews.contents import contents_of
from rapid_reviews.earlier import earlier_cases
from rapid_reviews.evidence import shown_to
from rapid_reviews.forms import CriteriaForm, ThemesForm
from rapid_reviews.forms.criteria import ALL
from rapid_reviews.memory import remembered
from rapid_reviews.views.base import Visit, attempt, visit

VERB = "answer_criteria"


@keeps_typed
@visit()
def edit_criteria(here: Visit) -> HttpResponse:
    """Read the findings, or write them while there is no recommendation."""
    contents = contents_of(here.review)
    user = here.request.user
    if here.request.method == "POST":
        permissions.check_person(user, here.review, VERB, on=here.today)
    may_edit = permissions.can_verb(user, here.review, VERB, on=here.today)
    form = CriteriaForm(here.request.POST or None, answers=contents.answers) if may_edit or here.request.POST else None
    if here.request.method == "POST" and form is not None and form.is_valid():

        def change() -> None:
            workflow.answer_criteria(review=here.review, answers=form.answers, by=user, now=here.now)

        if attempt(form, change):
            return _saved(here)
    return here.page(
        "criteria",
        form=form,
        contents=contents,
        evidence=shown_to(user, contents, on=here.today) if form is not None else {},
        earlier=earlier_cases(contents, user),
        memory=remembered(here.review, contents.themes, user),
        may_edit=may_edit,
    )


def _saved(here: Visit) -> HttpResponse:
    """On to the evidence of the criterion whose button was pressed, or back to the review."""
    wanted = here.request.POST.get("evidence", "")
    if wanted in {criterion.value for criterion in ALL}:
        return here.home("evidence-choose", criterion=wanted)
    return here.done("The findings are saved.")


@keeps_typed
@visit(VERB)
def edit_themes(here: Visit) -> HttpResponse:
    """Choose the themes from the partnership's list."""
    contents = contents_of(here.review)
    form = ThemesForm(here.request.POST or None, review=here.review, chosen=contents.themes)
    if here.request.method == "POST":
        form = ThemesForm(here.request.POST, review=here.review, chosen=contents.themes)  # none ticked is an answer

        def change() -> None:
            themes = form.cleaned_data["themes"]
            workflow.set_themes(review=here.review, themes=themes, by=here.request.user, now=here.now)

        if form.is_valid() and attempt(form, change):
            for said in remembered(here.review, form.cleaned_data["themes"], here.request.user):
                messages.info(here.request, said)
            return here.done("The themes are saved.", "criteria-edit")
    return here.page("themes", form=form)
