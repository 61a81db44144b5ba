"""The recommendation: write, check, record; reopen."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse

from core.errors import NotPermitted, WorkflowError
from core.forms import Restored
from panel.choices import MeetingStatus
from panel.models import PanelMeeting
from rapid_reviews import permissions, readiness, workflow
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import RecommendationForm, ReopenForm
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.typed import form_for
from rapid_reviews.workflow.recommending import quorum_of

LOOKING = ("check_quorum", "add_enquiry", "add_dissent")


def _form(here: Visit) -> RecommendationForm:
    """The form as it stands: saved, reopened, typed, or typed and only looked at (a row added, the quorum checked)."""
    rows = here.review.recommendations.select_related("meeting").prefetch_related(
        "attendances", "enquiries", "dissents", "audiences", "asked_agencies"
    )
    found = list(rows.order_by("number"))
    draft = next((row for row in found if row.recorded_at is None), None)
    meetings = PanelMeeting.objects.of_panel().filter(on__range=(here.review.clock.trigger_on, here.today))
    typed = here.request.POST or None
    if here.request.method == "POST" and any(name in here.request.POST for name in LOOKING):
        typed = Restored(here.request.POST.urlencode())
    return RecommendationForm(
        typed,
        draft=draft,
        earlier=found[-1] if found else None,
        referral=here.review.referral,
        meetings=list(meetings.exclude(status=MeetingStatus.CANCELLED).order_by("-on", "-at")),
        on=here.today,
    )


@form_for("draft_recommendation")
def edit_recommendation(here: Visit) -> HttpResponse:
    form = _form(here)
    if here.request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.draft_recommendation(
                review=here.review, by=here.request.user, now=here.now, **form.drafted(here.today)
            )

        if attempt(form, change):
            return here.home("recommendation-check")
    return here.page("recommendation_form", form=form)


@visit("draft_recommendation")
def check_quorum(here: Visit) -> HttpResponse:
    """Whether those ticked so far are quorate, for the page's script. Nothing is saved."""
    quorum = _form(here).quorum
    return JsonResponse({"is_met": quorum.is_met, "sentence": quorum.sentence})


@form_for("draft_recommendation")
def check_recommendation(here: Visit) -> HttpResponse:
    """Check answers; POST records. Not yet possible: the page says why, each reason with its mend."""
    if here.request.method == "POST":
        try:
            workflow.record_recommendation(review=here.review, by=here.request.user, now=here.now)
            return here.done("The recommendation is recorded. The three Safeguarding Partners are asked to decide.")
        except NotPermitted:
            raise
        except WorkflowError as error:
            messages.error(here.request, str(error))
    contents = contents_of(here.review)
    if contents.draft is None:
        return here.home("recommendation-edit")
    return here.page(
        "check_recommendation",
        contents=contents,
        draft=contents.draft,
        quorum=quorum_of(contents.draft),
        blockers=readiness.before_recommending(contents),
        verbs=permissions.verbs_for(here.request.user, here.review, on=here.today),
    )


@form_for("reopen_recommendation")
def reopen_recommendation(here: Visit) -> HttpResponse:
    form = ReopenForm(here.request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: workflow.reopen_recommendation(
            review=here.review, by=here.request.user, now=here.now, reason=form.cleaned_data["reason"]
        ),
    ):
        return here.done("The recommendation is back with the Panel. The earlier one and its decisions are kept.")
    return here.page("form", form=form, title="Reopen the recommendation", intro="reopen_intro")
