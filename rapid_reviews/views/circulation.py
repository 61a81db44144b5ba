"""Outside a meeting: circulate, read how it stands, answer for oneself, record or end it."""

from django.http import HttpResponse

from deadlines import calendar
from panel.people import holders
from panel.permissions import Permission
from panel.roles import Role
from rapid_reviews import circulating, permissions, workflow
from rapid_reviews.choices import Answer
from rapid_reviews.contents import Contents, contents_of
from rapid_reviews.forms import AnswerForm, CirculateForm, EndCirculationForm, HandOnForm, RecordCirculationForm
from rapid_reviews.models import CirculationAnswer
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.typed import form_for
from rapid_reviews.workflow.milestones import MEETING
from referrals import permissions as cases


def _row_of(here: Visit, contents: Contents) -> CirculationAnswer | None:
    """What this person is asked, if anything."""
    rows = contents.circulation.answers.all() if contents.circulation else []
    return next((row for row in rows if row.membership.user_id == here.request.user.pk), None)


@form_for("circulate")
def circulate(here: Visit) -> HttpResponse:
    contents = contents_of(here.review)
    milestone = next((clock for clock in contents.milestones if clock.code == MEETING), None)
    form = CirculateForm(
        here.request.POST or None,
        statutory=here.review.clock.due_on,
        due_on=circulating.default_due(here.review, milestone, on=here.today, calendar=calendar.current()),
        may_be_late=here.request.user in holders(Role.CHAIR, Role.DEPUTY_CHAIR, on=here.today),
    )
    if here.request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.circulate(review=here.review, **form.cleaned_data, by=here.request.user, now=here.now)

        if attempt(form, change):
            return here.done("The recommendation is circulated. The members are asked by mail.", "circulation")
    seats = circulating.asked(here.review.referral, here.today)
    return here.page("form", form=form, title="Circulate the recommendation", intro="circulate_intro", seats=seats)


@visit()
def circulation(here: Visit) -> HttpResponse:
    """What was sent out, and how it stands: for the Panel, not yet for the partners."""
    cases.check(here.request.user, Permission.EDIT_RAPID_REVIEW, here.review.referral, on=here.today)
    contents = contents_of(here.review)
    verbs = permissions.verbs_for(here.request.user, here.review, on=here.today)
    found = contents.circulation
    if found is None:
        return here.home("decision-list")
    said = circulating.standing(found.answers.all(), here.review.referral, here.today)
    mine = _row_of(here, contents) if "answer_circulation" in verbs else None
    waits = mine is not None and not mine.answer and mine.handed_at is None
    return here.page(
        "circulation",
        contents=contents,
        recommendation=contents.draft,
        circulation=found,
        said=said,
        is_over=found.is_over(here.today),
        mine=mine,
        has_deputy=waits and circulating.deputy_of(mine.membership, here.review.referral, here.today) is not None,
        verbs=verbs,
    )


@form_for("answer_circulation")
def answer(here: Visit) -> HttpResponse:
    """For oneself; who is not asked is sent back."""
    contents = contents_of(here.review)
    row = _row_of(here, contents)
    if row is None:
        return here.home("circulation")
    form = AnswerForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.answer_circulation(
                review=here.review, answer=Answer(form.cleaned_data["answer"]), reasons=form.cleaned_data["reasons"],
                by=here.request.user, now=here.now,
            )  # fmt: skip

        if attempt(form, change):
            return here.done("Your answer is recorded.", "circulation")
    context = {"recommendation": contents.draft, "circulation": contents.circulation}
    return here.page("form", form=form, title="Answer for yourself", intro="answer_intro", **context)


@form_for("answer_circulation")
def hand_on(here: Visit) -> HttpResponse:
    """To one's own named deputy; who is not asked, or has none, is sent back with the sentence."""
    row = _row_of(here, contents_of(here.review))
    deputy = circulating.deputy_of(row.membership, here.review.referral, here.today) if row else None
    if row is None or deputy is None:
        return here.home("circulation")
    form = HandOnForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.hand_to_deputy(review=here.review, **form.cleaned_data, by=here.request.user, now=here.now)

        if attempt(form, change):
            return here.done(f"{deputy.user.name} is asked by mail to answer for you.", "circulation")
    return here.page("form", form=form, title="Let your deputy answer", intro="hand_on_intro", deputy=deputy.user)


@form_for("record_recommendation")
def record(here: Visit) -> HttpResponse:
    """After the end; where the answers are not quorate, with the chair's ruling."""
    contents = contents_of(here.review)
    rows = contents.circulation.answers.all() if contents.circulation else []
    said = circulating.standing(rows, here.review.referral, here.today)
    # Without a field of its own a form is bound by the POST alone, which may be empty.
    typed = here.request.POST if here.request.method == "POST" else here.request.POST or None
    form = RecordCirculationForm(typed, is_quorate=said.quorum.is_met, on=here.today)
    if here.request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.record_recommendation(review=here.review, **form.cleaned_data, by=here.request.user, now=here.now)

        if attempt(form, change):
            return here.done("The recommendation is recorded. The three Safeguarding Partners are asked to decide.")
    title = "Record what was circulated"
    return here.page("form", form=form, title=title, intro="record_intro", said=said, contents=contents)


@form_for("end_circulation")
def end(here: Visit) -> HttpResponse:
    form = EndCirculationForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid():

        def change() -> None:
            workflow.end_circulation(review=here.review, **form.cleaned_data, by=here.request.user, now=here.now)

        if attempt(form, change):
            return here.done("The circulation is ended. The draft can be changed again; the answers are kept.")
    return here.page("form", form=form, title="End the circulation", intro="end_circulation_intro")
