"""Who writes which section, all on one page."""

from django.http import HttpResponse

from rapid_reviews import workflow
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import OwnersForm
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.typed import keeps
from rapid_reviews.writers import writers


@visit("assign_sections")
@keeps
def edit_owners(here: Visit) -> HttpResponse:
    people = writers(here.review, on=here.today)
    form = OwnersForm(here.request.POST or None, groups=contents_of(here.review).groups, writers=people)
    if here.request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.assign_sections(review=here.review, owners=form.owners, by=here.request.user, now=here.now)

        if attempt(form, change):
            return here.done("It is saved who writes what.")
    return here.page("form", form=form, title="Who writes which section", intro="owners_intro")
