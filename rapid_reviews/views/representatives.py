"""Who is invited to a rapid review, and inviting somebody in one step."""

from datetime import date

from django.http import HttpRequest, HttpResponse

from panel.models import User
from panel.permissions import Permission
from panel.typed import keeps_typed
from rapid_reviews.forms import RepresentativeForm
from rapid_reviews.models import RapidReview
from rapid_reviews.representatives import invited_to
from rapid_reviews.views.base import Visit, attempt
from rapid_reviews.views.issues import review_page
from referrals import permissions as cases
from referrals import workflow as case_workflow


def _check(user: User, review: RapidReview, *, on: date) -> None:
    cases.check(user, Permission.MANAGE_ACCESS, review.referral, on=on)


@review_page(_check)
def representatives(request: HttpRequest, here: Visit) -> HttpResponse:
    """The list, for those who invite."""
    return here.page("representatives/list", representatives=invited_to(here.review, on=here.today))


@review_page(_check)
@keeps_typed
def invite(request: HttpRequest, here: Visit) -> HttpResponse:
    """Name, agency and work e-mail: account, role and invitation in one step. Only while the review is open."""
    form = RepresentativeForm(request.POST or None, today=here.today)

    def change() -> None:
        case_workflow.invite_new(referral=here.review.referral, **form.cleaned_data, by=request.user, now=here.now)

    if here.review.is_open and form.is_valid() and attempt(form, change):
        return here.done(f"{form.cleaned_data['name']} is invited, and told by mail.", "representative-list")
    return here.page("representatives/invite", form=form if here.review.is_open else None)
