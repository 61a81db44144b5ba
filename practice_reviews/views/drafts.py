"""Drafts of the report, for those who see commissioned reviews."""

import uuid
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_POST

from access_links.workflow import usable_for
from documents.models import Document
from documents.workflow import open_for
from panel.models import Agency
from practice_reviews import permissions
from practice_reviews.draft_page import check_lines, days_left, sent_comments, taken_in
from practice_reviews.forms.beside import WhyForm
from practice_reviews.forms.drafts import AnswerForm, CirculateForm, DraftForm, ExtendForm
from practice_reviews.marking import marked
from practice_reviews.models import Draft, DraftComment, FactCheck
from practice_reviews.states import DRAFTS, DraftStatus
from practice_reviews.views.beside import Visit, keeps, visit
from practice_reviews.workflow import answering
from practice_reviews.workflow import drafts as workflow

PERIOD = timedelta(days=14)  # for comments, unless another day is chosen: local practice


@visit("drafts")
def drafts(here: Visit) -> HttpResponse:
    """Every version, the newest first."""
    rows = list(here.review.drafts.select_related("document", "added_by").order_by("-number"))
    for row in rows:
        row.review = here.review
        row.left = days_left(row.due_on, here.today) if row.status == DraftStatus.OUT else ""
    return here.page("drafts", drafts=rows)


@visit("drafts")
@keeps
def add(here: Visit) -> HttpResponse:
    here.check()
    last = here.review.drafts.order_by("-number").first()
    number = last.number + 1 if last else 1
    form = DraftForm(here.data, here.request.FILES or None, number=number)
    change = partial(workflow.add_draft, review=here.review)
    return here.form(form, change, title=f"Add draft {number}", done=f"Draft {number} is kept.")


def _draft(here: Visit, number: int) -> Draft:
    visible = Draft.objects.visible_to(here.user, on=here.today).filter(review=here.review)
    found: Draft = get_object_or_404(visible.select_related("document", "added_by", "circulated_by"), number=number)
    found.review = here.review
    return found


@visit("drafts")
def draft(here: Visit, number: int) -> HttpResponse:
    """One version: its round, the comments with their answers, what changed."""
    found = _draft(here, number)
    lines = check_lines(found, here.today)
    return here.page(
        "draft", draft=found, lines=lines, comments=sent_comments(found), taken_in=taken_in(found),
        verbs=permissions.row_verbs(here.user, DRAFTS, found.status, here.review, on=here.today),
        left=days_left(found.due_on, here.today) if found.due_on and found.status == DraftStatus.OUT else "",
        mine=[line.row for line in lines if permissions.can_answer(here.user, line.row, on=here.today)],
    )  # fmt: skip


def served(data: bytes, name: str, content_type: str) -> FileResponse:
    """The file under its neutral name, as an attachment and nothing else."""
    response = FileResponse(BytesIO(data), as_attachment=True, filename=name, content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
@visit("drafts")
def file(here: Visit, number: int) -> Any:
    """The draft with its marking on each page."""
    found = _draft(here, number)
    document = get_object_or_404(Document.objects.downloadable(), pk=found.document_id)
    with open_for(document=document, by=here.user, now=here.now) as stored:
        data = marked(stored.read(), document.content_type, f"Draft {number} of {here.review}")
    return served(data, found.file_name, document.content_type)


@visit("drafts")
@keeps
def circulate(here: Visit, number: int) -> HttpResponse:
    here.check()
    found = _draft(here, number)
    agencies = list(Agency.objects.filter(is_active=True))
    asked = workflow.can_be_asked(here.review, agencies, here.now)
    ready = [agency for agency, reason in asked if not reason]
    involved = here.review.scope_agencies.values_list("agency", flat=True)
    form = CirculateForm(here.data, agencies=ready, initial={"agencies": list(involved), "due_on": here.today + PERIOD})
    return here.form(
        form, partial(workflow.circulate, draft=found), title=f"Send draft {number} to the agencies",
        template="circulate", done="The agencies are asked by mail.", to=found.get_absolute_url(),
        not_ready=[(agency, reason) for agency, reason in asked if reason],
    )  # fmt: skip


@visit("drafts")
@keeps
def extend(here: Visit, number: int) -> HttpResponse:
    here.check()
    found = _draft(here, number)
    return here.form(
        ExtendForm(here.data, initial={"due_on": found.due_on}), partial(workflow.extend, draft=found),
        title="Give more time", lead_text="Who has not answered is told, with a new link.",
        done="The day for comments has moved.", to=found.get_absolute_url(),
    )  # fmt: skip


@visit("drafts")
def close_round(here: Visit, number: int) -> HttpResponse:
    here.check()
    found = _draft(here, number)
    return here.confirm(
        partial(workflow.close_round, draft=found), submit="Close the round",
        title=f"Close the round of draft {number}?",
        lead_text="Links of agencies that have not answered end. What they had written stands among the comments.",
        done="The round is closed.", to=found.get_absolute_url(),
    )  # fmt: skip


@visit("drafts")
@keeps
def withdraw(here: Visit, number: int) -> HttpResponse:
    here.check()
    found = _draft(here, number)
    return here.form(
        WhyForm(here.data, submit="Withdraw the draft", warning=True), partial(workflow.withdraw, draft=found),
        title=f"Withdraw draft {number}?", lead_text="Every link to it ends at once. It stays in the record.",
        done="The draft is withdrawn.", to=found.get_absolute_url(),
    )  # fmt: skip


def _check(here: Visit, number: int, pk: int) -> FactCheck:
    found: FactCheck = get_object_or_404(_draft(here, number).checks.select_related("agency"), pk=pk)
    found.draft = _draft(here, number)
    return found


@require_POST
@visit("drafts")
def ask_again(here: Visit, number: int, pk: int) -> HttpResponse:
    here.check()
    row = _check(here, number, pk)

    def change(**who: Any) -> str:
        return f"A new link is on its way to {workflow.ask_again(check=row, **who).lead_address}."

    return here.press(change, row.draft.get_absolute_url())


@visit("drafts")
def close_check(here: Visit, number: int, pk: int) -> HttpResponse:
    here.check()
    row = _check(here, number, pk)
    count = len(usable_for([row.subject], now=here.now).get(row.subject, []))
    return here.confirm(
        partial(workflow.close_check, check=row), submit="Close it unanswered", title=f"Do without {row.agency}?",
        lead_text=f"It is asked no more; its links end ({count} in use). What it wrote stays among the comments.",
        done="The agency is waited for no longer.", to=row.draft.get_absolute_url(),
    )  # fmt: skip


@visit("drafts")
@keeps
def answer(here: Visit, number: int, key: uuid.UUID) -> HttpResponse:
    """What becomes of one comment, with the comment in view."""
    here.check()
    found = _draft(here, number)
    rows = DraftComment.objects.sent().filter(check_row__draft=found).select_related("check_row__agency")
    comment = get_object_or_404(rows, key=key)
    if found.status == DraftStatus.WITHDRAWN:
        raise Http404
    form = AnswerForm(here.data, initial={"answer": comment.answer, "reason": comment.answer_reason})
    return here.form(
        form, partial(answering.answer_comment, comment=comment), title=f"Answer {comment.check_row.agency}",
        template="answer", comment=comment, done="The answer is saved.", to=found.get_absolute_url(),
    )  # fmt: skip
