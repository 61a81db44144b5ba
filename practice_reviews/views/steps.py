"""What leaders do with one review: each step a page that asks what it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from core.errors import InvalidTransition
from panel.typed import keeps_typed
from practice_reviews import forms, permissions, workflow
from practice_reviews.models import Reviewer
from practice_reviews.states import TABLE
from practice_reviews.views.base import Visit, visit
from practice_reviews.workflow.gates import PRACTICE
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt
from referrals.workflow.base import ChangedMeanwhileError, fingerprint

Maker = Callable[[Visit, Any, Any], BaseForm]  # (visit, posted data, the row)
Reader = Callable[[Any], dict[str, Any]]  # what the workflow function takes from the form


def _cleaned(form: Any) -> dict[str, Any]:
    found: dict[str, Any] = form.cleaned_data
    return found


@dataclass(frozen=True)
class Step:
    """A page: whose verb it is, its title and text, the form made for it, the workflow function, what is said then.

    `row` is the related name of the row that the step is about ("" for the review itself), `argument` the name under
    which the workflow function takes it.
    """

    verb: str
    title: str
    form: Maker
    change: Callable[..., Any]
    done: str
    text: str = ""
    row: str = ""
    argument: str = "review"
    read: Reader = _cleaned
    anchor: str = ""


def plain(form: Any, **more: Any) -> Maker:
    return lambda here, data, row: form(data, **more)


def _confirm(submit: str, *, warning: bool = False) -> Maker:
    def make(here: Visit, data: Any, row: Any) -> BaseForm:
        form = ConfirmForm(data, submit=submit)
        form.warning = warning  # type: ignore[misc]
        return form

    return make


def _scope(here: Visit, data: Any, row: Any) -> BaseForm:
    return forms.ScopeForm(data, review=here.review)


def _enquiry(here: Visit, data: Any, row: Any) -> BaseForm:
    return forms.EnquiryForm(data, initial={"question": row.question, "why": row.why})


def _expected(here: Visit, data: Any, row: Any) -> BaseForm:
    return forms.ExpectForm(data, initial={"expected_on": row.expected_on, "reason": row.expected_reason})


def _sent(here: Visit, data: Any, row: Any) -> BaseForm:
    return forms.SentForm(data, is_notice=row.notice_id is not None)


def _letter(here: Visit, data: Any, row: Any) -> BaseForm:
    return forms.LetterForm(data, initial={"text": row.text})


def readdress_form(here: Visit, data: Any, row: Any) -> BaseForm:
    return forms.ReaddressForm(data, initial={"lead_name": row.lead_name, "lead_address": row.lead_address})


def ask_form(here: Visit, data: Any, row: Any) -> BaseForm:
    form = forms.AskForm(data, initial={"text": row.text} if row else {"text": here.review.purpose})
    if row:
        del form.fields["lead_name"], form.fields["lead_address"]
    return form


def _scope_kwargs(form: Any) -> dict[str, Any]:
    return {"scope": form.scope(), "seen": form.cleaned_data["seen"]}


def why(submit: str, *, warning: bool = False) -> Maker:
    return plain(forms.ReasonForm, submit=submit, warning=warning)


STEPS = {
    "scope": Step(
        "set_scope", "Scope", _scope, workflow.set_scope, "The scope is saved.",
        "Where the chair has agreed the terms already, a change asks for agreement again.", read=_scope_kwargs,
        anchor="scope",
    ),
    "question": Step(
        "set_scope", "Add a key line of enquiry", plain(forms.EnquiryForm), workflow.save_enquiry,
        "The question is saved.", anchor="scope",
    ),
    "agree-terms": Step(
        "agree_terms", "Agree the scope and terms?", _confirm("Agree them"), workflow.agree_terms,
        "The scope and terms are agreed.", "As they stand on the page of the review. A later change asks you again.",
        anchor="scope",
    ),
    "begin": Step("begin", "Begin the review?", _confirm("Begin"), workflow.begin, "The review is under way."),
    "stop": Step(
        "stop", "Stop the review?", why("Stop the review", warning=True), workflow.stop, "The review is stopped.",
        "It stays here with your reason, and its time limits are withdrawn.",
    ),
    "reviewer": Step(
        "choose_reviewer", "Consider a reviewer", plain(forms.ReviewerForm), workflow.consider,
        "The person is on the list.", anchor="reviewer",
    ),
    "member": Step(
        "work_with_panel", "Add a member of the review’s panel", plain(forms.MemberForm), workflow.add_member,
        "The member is added.", anchor="panel",
    ),
    "meeting": Step(
        "work_with_panel", "Plan a meeting of the review’s panel", plain(forms.MeetingForm), workflow.plan_meeting,
        "The meeting is planned.", anchor="panel",
    ),
    "milestone": Step(
        "move_milestones", "Add a milestone", plain(forms.MilestoneForm), workflow.add_milestone,
        "The milestone is added.", anchor="milestones",
    ),
    "letters": Step(
        "write_letters", "Write the letters to the three bodies?", _confirm("Write them"), workflow.write_letters,
        "The letters are written: read them, then record when each was sent.",
        "To the national Panel, Ofsted and the Department for Education, with the name of the appointed reviewer.",
        anchor="telling",
    ),
    "delay": Step(
        "write_letters", "Give notice of delay", plain(forms.DelayForm), workflow.write_notice,
        "The two letters are written: read them, then record when each was sent.",
        "To the national Panel and the Secretary of State, who are told why publication is late or withheld.",
        read=lambda form: form.delay(), anchor="delays",
    ),
    "ask": Step(
        "set_scope", "Ask the agency", ask_form, workflow.ask, "The agency is asked.",
        "Its safeguarding lead gets a mail with a link, on which the agency accepts or declines.", anchor="agency",
    ),
}  # fmt: skip

ROW_STEPS = {
    "question-change": Step(
        "set_scope", "Change a key line of enquiry", _enquiry, workflow.save_enquiry, "The question is saved.",
        row="enquiries", argument="enquiry", anchor="scope",
    ),
    "question-remove": Step(
        "set_scope", "Take the question out?", _confirm("Take it out", warning=True), workflow.remove_enquiry,
        "The question is taken out.", "The history keeps it.", row="enquiries", argument="enquiry", anchor="scope",
    ),
    "milestone-done": Step(
        "move_milestones", "Mark the milestone as done", plain(forms.DoneForm), workflow.complete_milestone,
        "The milestone is done.", row="milestones", argument="milestone", anchor="milestones",
    ),
    "milestone-expect": Step(
        "move_milestones", "When is the milestone expected?", _expected, workflow.expect_milestone,
        "The forecast is made anew.", "All later milestones move with it. The planned day stays, to be compared.",
        row="milestones", argument="milestone", anchor="milestones",
    ),
    "appoint": Step(
        "choose_reviewer", "Appoint the reviewer", plain(forms.AppointForm), workflow.appoint,
        "The reviewer is appointed.", row="reviewers", argument="reviewer", anchor="reviewer",
    ),
    "turn-down": Step(
        "choose_reviewer", "Do not choose this person", why("Save"), workflow.turn_down, "It is recorded.",
        row="reviewers", argument="reviewer", anchor="reviewer",
    ),
    "end-appointment": Step(
        "choose_reviewer", "End the appointment?", why("End it", warning=True), workflow.end_appointment,
        "The appointment has ended.", row="reviewers", argument="reviewer", anchor="reviewer",
    ),
    "declaration": Step(
        "choose_reviewer", "Declaration of independence", plain(forms.DeclarationForm), workflow.record_declaration,
        "The declaration is recorded: the chair rules on it.", PRACTICE, row="reviewers", argument="reviewer",
        read=lambda form: form.declared(), anchor="reviewer",
    ),
    "written-request": Step(
        "request_of_reviewer", "Written request to the reviewer", plain(forms.RequestForm),
        workflow.request_of_reviewer, "The request is recorded.",
        "By a Safeguarding Partner, under regulation 14 of the Child Safeguarding Practice Review and Relevant Agency "
        "(England) Regulations 2018.",
        row="reviewers", argument="reviewer", read=lambda form: form.asked(), anchor="reviewer",
    ),
    "member-leaves": Step(
        "work_with_panel", "Has this member left?", _confirm("They have left"), workflow.member_leaves,
        "It is recorded.", row="members", argument="member", anchor="panel",
    ),
    "meeting-held": Step(
        "work_with_panel", "Record the meeting", plain(forms.HeldForm), workflow.record_meeting,
        "The meeting is recorded.", row="meetings", argument="meeting", anchor="panel",
    ),
    "meeting-off": Step(
        "work_with_panel", "Call the meeting off?", _confirm("Call it off", warning=True), workflow.call_off_meeting,
        "The meeting is called off.", row="meetings", argument="meeting", anchor="panel",
    ),
    "letter-change": Step(
        "write_letters", "Change the letter", _letter, workflow.change_letter, "The letter is saved.", row="letters",
        argument="letter", anchor="telling",
    ),
    "letter-sent": Step(
        "write_letters", "Record that the letter was sent", _sent, workflow.record_letter_sent, "It is recorded.",
        row="letters", argument="letter", anchor="telling",
    ),
}  # fmt: skip

# Rows that belong to a reviewer, not to the review itself.
OF_REVIEWER = {
    "ruling": Step(
        "accept_declaration", "Rule on the declaration", plain(forms.RulingForm), workflow.rule_on_declaration,
        "The ruling is saved.", PRACTICE, row="declarations", argument="declaration", read=lambda f: f.ruling(),
        anchor="reviewer",
    ),
    "request-answer": Step(
        "request_of_reviewer", "The reviewer’s answer", plain(forms.RequestAnswerForm), workflow.record_answer,
        "The answer is recorded.", row="requests", argument="request", anchor="reviewer",
    ),
}  # fmt: skip


@keeps_typed
@visit
def step(here: Visit, slug: str) -> HttpResponse:
    """One of STEPS, about the review itself."""
    return _page(here, _chosen(STEPS, slug), here.review)


@keeps_typed
@visit
def row_step(here: Visit, slug: str, pk: int) -> HttpResponse:
    """One of ROW_STEPS or OF_REVIEWER, about one of its rows."""
    if slug in OF_REVIEWER:
        chosen = OF_REVIEWER[slug]
        model: Any = Reviewer._meta.get_field(chosen.row).related_model
        return _page(here, chosen, get_object_or_404(model, pk=pk, reviewer__review=here.review))
    chosen = _chosen(ROW_STEPS, slug)
    return _page(here, chosen, get_object_or_404(getattr(here.review, chosen.row).all(), pk=pk))


def _chosen(steps: dict[str, Step], slug: str) -> Step:
    if slug not in steps:
        raise Http404
    return steps[slug]


def _page(here: Visit, chosen: Step, row: Any) -> HttpResponse:
    permissions.check_person(here.user, here.review, chosen.verb, on=here.today)
    form: Any = chosen.form(here, here.data, row)

    def change() -> None:
        about = {chosen.argument: row}
        if chosen.argument == "enquiry" and chosen.change is workflow.save_enquiry:
            about["review"] = here.review
        try:
            chosen.change(**about, **chosen.read(form), by=here.user, now=here.now)
        except ChangedMeanwhileError as error:
            form.data = form.data.copy()
            form.data["seen"] = fingerprint(error.saved)  # saving again replaces what the other window saved
            raise

    if here.request.method == "POST" and attempt(form, change):
        return here.done(chosen.done, chosen.anchor)
    if here.request.method == "GET" and TABLE.find(here.review.status, chosen.verb) is None:
        return _not_now(here, chosen.verb)
    about_row = row if row is not here.review else ""
    return here.page("form", form=form, title=chosen.title, lead_text=chosen.text, about=about_row)


def _not_now(here: Visit, verb: str) -> HttpResponse:
    try:
        TABLE.check(here.review.status, verb)
    except InvalidTransition as error:
        messages.error(here.request, str(error))
    return redirect(here.review)
