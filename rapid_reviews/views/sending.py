"""Sent to the national Panel; and afterwards: receipt, reply, questions answered."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from documents.models import Document
from rapid_reviews import readiness, workflow
from rapid_reviews.after_sending import after_sending
from rapid_reviews.choices import Reply
from rapid_reviews.contents import contents_of
from rapid_reviews.forms import QuestionsAnswerForm, ReceiptForm, ReplyForm, SendForm
from rapid_reviews.models import NationalReply
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.reports import reports_of
from rapid_reviews.views.typed import keeps
from rapid_reviews.workflow.sending import KIND
from referrals.documents import key_of

REPLIED = {
    Reply.AGREE: "The reply is recorded: the national Panel agrees.",
    Reply.NATIONAL: "The reply is recorded: the national Panel will review the case itself.",
    Reply.QUESTIONS: "The questions are recorded. Answer them, then record the answer here.",
    Reply.DISAGREE: "The reply is recorded. The decision is open again: the Panel recommends anew, the partners decide "
    "anew. What was recommended, decided and sent is kept.",
}


@visit("record_sending")
@keeps
def send(here: Visit) -> HttpResponse:
    """The files that may go, the check list, and when it went. Not possible yet: each reason with its mend."""
    blockers = readiness.before_sending(contents_of(here.review))
    form = None if blockers else _send_form(here)
    if form is not None and form.is_valid() and attempt(form, lambda: _record(here, form)):
        return here.home("review-sent")
    return here.page(
        "send",
        form=form,
        blockers=blockers,
        reports=[] if blockers else _sendable(here),
        title="Send to the national Panel",
    )


def _send_form(here: Visit) -> SendForm:
    review, is_again = here.review, here.review.sent_on is not None
    last = after_sending(review).latest
    used = [one for one in (last.report_id, last.editable_id) if one] if last else []
    documents = Document.objects.visible_to(here.request.user).of(key_of(review.referral)).current().downloadable()
    return SendForm(
        here.request.POST or None,
        due=None if is_again else review.clock.due_on,
        on=here.today,
        by=here.request.user,
        made=_sendable(here),
        documents=list(documents.filter(kind__code=KIND).exclude(pk__in=used).select_related("kind")),
        address=last.address if last else "",
    )


def _sendable(here: Visit) -> list:
    return [one for one in reports_of(here) if one.is_ready and one.is_current and not one.is_draft]


def _record(here: Visit, form: SendForm) -> None:
    data = form.cleaned_data
    workflow.record_sending(
        review=here.review, on=data["sent_on"], sender=data["sender"], address=data["address"], report=form.chosen,
        by=here.request.user, now=here.now, late_reason=data.get("late_reason", ""), told=data.get("told", ""),
    )  # fmt: skip


@visit()
def sent(here: Visit) -> HttpResponse:
    """It is sent: what happens next."""
    after = after_sending(here.review)
    return here.page("sent", submission=after.latest) if after.latest and here.review.is_sent else here.home()


@visit("record_receipt")
@keeps
def receipt(here: Visit) -> HttpResponse:
    form = ReceiptForm(here.request.POST or None, here.request.FILES or None, initial={"on": here.today})
    if form.is_valid() and attempt(
        form,
        lambda: workflow.record_receipt(
            review=here.review, by=here.request.user, now=here.now, **form.cleaned_data
        ),
    ):  # fmt: skip
        return here.done("The receipt is recorded.")
    return here.page("form", form=form, title="Receipt by the national Panel", intro="receipt_intro")


@visit("record_reply")
@keeps
def national_reply(here: Visit) -> HttpResponse:
    form = ReplyForm(here.request.POST or None, here.request.FILES or None, initial={"on": here.today})
    if form.is_valid():
        data = form.cleaned_data | {"kind": Reply(form.cleaned_data["kind"])}
        if attempt(form, lambda: workflow.record_reply(review=here.review, by=here.request.user, now=here.now, **data)):
            return here.done(REPLIED[data["kind"]])
    return here.page("form", form=form, title="The national Panel’s reply", intro="reply_intro")


@visit("answer_questions")
@keeps
def answer_questions(here: Visit, pk: int) -> HttpResponse:
    asked = get_object_or_404(NationalReply, submission__review=here.review, kind=Reply.QUESTIONS, pk=pk)
    form = QuestionsAnswerForm(here.request.POST or None, initial={"on": here.today})
    if form.is_valid() and attempt(
        form,
        lambda: workflow.answer_questions(
            review=here.review, reply=asked, by=here.request.user, now=here.now, **form.cleaned_data
        ),
    ):  # fmt: skip
        return here.done("The answer is recorded.")
    title = "Answer to the national Panel’s questions"
    return here.page("form", form=form, title=title, intro="question_answer_intro", asked=asked)
