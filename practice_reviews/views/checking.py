"""What an agency does with a draft: by link and code, or signed in. Behind both doors are the same pages.

A view is written once, as `view(door, …)`; `by_link` and `as_member` make the two addresses of it.
"""

import functools
import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from access_links.gate import guarded, not_in_use, require_link, take_held
from access_links.models import AccessLink
from agency_returns.actors import Actor, member
from audit.workflow import record_read
from core.errors import NotPermitted, WorkflowError
from practice_reviews import permissions
from practice_reviews.draft_page import days_left
from practice_reviews.forms.drafts import CommentForm
from practice_reviews.links import drafts as links
from practice_reviews.models import DraftComment, FactCheck
from practice_reviews.states import SENT, AnswerStatus, DraftStatus
from practice_reviews.views.drafts import served
from practice_reviews.workflow import checking as workflow
from referrals.forms.base import ConfirmForm
from referrals.views.base import attempt

View = Callable[..., Any]
OK = 200
PAGES = {"comment": "comment-new", "send": "send", "none": "none", "take_back": "take-back", "file": "file"}


class Door:
    """One visit to one check: who is there, and where the pages are."""

    def __init__(self, http: HttpRequest, prefix: str, key: dict[str, Any], check: FactCheck, actor: Actor) -> None:
        self.http, self.prefix, self.key, self.check, self.actor = http, prefix, key, check, actor
        self.now: datetime = timezone.now()
        self.today: date = timezone.localdate(self.now)

    @property
    def is_link(self) -> bool:
        return self.prefix == "link"

    def url(self, name: str = "check", **more: Any) -> str:
        return reverse(f"practice_reviews:{self.prefix}-{name}", kwargs=self.key | more)

    @property
    def urls(self) -> dict[str, str]:
        """The other pages behind this door, for templates."""
        return {name: self.url(page) for name, page in PAGES.items()}

    def go(self, message: str) -> HttpResponseRedirect:
        messages.success(self.http, message)
        return redirect(self.url())

    def page(self, template: str, **context: Any) -> HttpResponse:
        draft = self.check.draft
        about = {
            "door": self, "check": self.check, "draft": draft, "review": draft.review, "today": self.today,
            "back": self.url(), "left": days_left(draft.due_on, self.today) if draft.due_on else "",
        }  # fmt: skip
        return render(self.http, f"practice_reviews/{template}.html", about | context)

    def form(
        self, form: BaseForm, change: Callable[..., Any], *, title: str, done: str, **context: Any
    ) -> HttpResponse:
        def save() -> None:
            change(**form.cleaned_data, by=self.actor, now=self.now)  # type: ignore[attr-defined]

        if self.http.method == "POST" and attempt(form, save):
            return self.go(done)
        return self.page("check_form", form=form, title=title, **context)

    def data(self, initial: dict[str, Any] | None = None) -> dict[str, Any]:
        """For forms: what was posted, or what was typed before the session behind a link had ended."""
        held = take_held(self.http) if self.is_link else {}
        return {"data": self.http.POST or None, "initial": held or initial}


def by_link(view: View) -> View:
    """For whoever came by the check's link and gave its code; nobody else, signed in or not."""

    @login_not_required
    @functools.wraps(view)
    def inner(http: HttpRequest, token: str, **kwargs: Any) -> Any:
        link = require_link(http, token, links.CHECK)
        if not isinstance(link, AccessLink):
            return link
        row = links.check_of(link)
        if row is None:
            return not_in_use(http)
        name = row.lead_name if link.address == row.lead_address else link.address
        return guarded(view(Door(http, "link", {"token": token}, row, Actor(name, link.address)), **kwargs))

    return inner


def as_member(view: View) -> View:
    """For a signed-in member of the agency who sees the review."""

    @functools.wraps(view)
    def inner(http: HttpRequest, pk: int, **kwargs: Any) -> Any:
        visible = FactCheck.objects.visible_to(http.user).exclude(draft__status=DraftStatus.WITHDRAWN)
        related = ("draft__review__referral", "draft__document", "agency")
        row = get_object_or_404(visible.select_related(*related), pk=pk)
        door = Door(http, "mine", {"pk": pk}, row, member(http.user))  # type: ignore[arg-type]
        permissions.check_answer(http.user, row, on=door.today)  # type: ignore[arg-type]
        response = view(door, **kwargs)
        if response.status_code == OK:
            record_read(by=http.user, obj=row.draft.review, reference=row.draft.review.case_reference)
        return response

    return inner


def check(door: Door) -> HttpResponse:
    """The draft, what was written so far, and what becomes of it."""
    comments = list(door.check.comments.live())
    begun = any(comment.answer != AnswerStatus.OPEN for comment in comments)
    return door.page(
        "check", comments=comments, is_waiting=door.check.is_waiting, is_sent=door.check.status in SENT,
        may_take_back=door.check.answered_at and not begun and door.check.draft.status == DraftStatus.OUT,
    )  # fmt: skip


def file(door: Door) -> Any:
    """The draft with its marking on each page, under its neutral name."""
    document = door.check.draft.document
    try:
        data = workflow.open_file(check=door.check, by=door.actor, now=door.now)
    except NotPermitted:
        raise
    except WorkflowError as error:
        messages.error(door.http, str(error))
        return redirect(door.url())
    response: FileResponse = served(data, door.check.draft.file_name, document.content_type)
    return response


def new_comment(door: Door) -> HttpResponse:
    change = functools.partial(workflow.add_comment, check=door.check)
    return door.form(
        CommentForm(**door.data()), change, title="A comment on the draft",
        done="The comment is kept. It goes to the Panel when you send all of them.",
    )  # fmt: skip


def _comment(door: Door, key: uuid.UUID) -> DraftComment:
    """A comment of this check; another agency's do not exist here."""
    found: DraftComment = get_object_or_404(door.check.comments.live(), key=key)
    found.check_row = door.check
    return found


def change_comment(door: Door, key: uuid.UUID) -> HttpResponse:
    found = _comment(door, key)
    initial = {name: getattr(found, name) for name in ("page", "paragraph", "says", "should_say", "why")}
    change = functools.partial(workflow.change_comment, comment=found)
    return door.form(CommentForm(**door.data(initial)), change, title="Change the comment", done="It is changed.")


def _confirmed(door: Door, change: Callable[..., Any], submit: str, **words: str) -> HttpResponse:
    form = ConfirmForm(door.http.POST if door.http.method == "POST" else None, submit=submit)
    form.warning = False  # type: ignore[misc]
    return door.form(form, change, **words)


def remove_comment(door: Door, key: uuid.UUID) -> HttpResponse:
    found = _comment(door, key)
    change = functools.partial(workflow.remove_comment, comment=found)
    return _confirmed(door, change, "Take it out", title=f"Take the comment on {found.place} out?", done="It is out.")


def send(door: Door) -> HttpResponse:
    change = functools.partial(workflow.send, check=door.check)
    return _confirmed(
        door, change, "Send the comments", title="Send your comments?", done="Your comments are with the Panel.",
        lead_text="Each of them gets an answer. Until the first is answered you can take them back.",
    )  # fmt: skip


def no_comments(door: Door) -> HttpResponse:
    change = functools.partial(workflow.say_no_comments, check=door.check)
    return _confirmed(
        door, change, "We have no comments", title="No comments on this draft?", done="Thank you. The Panel is told.",
        lead_text="As far as your agency knows, the facts in the draft are right.",
    )  # fmt: skip


def take_back(door: Door) -> HttpResponse:
    change = functools.partial(workflow.take_back, check=door.check)
    return _confirmed(
        door, change, "Go on writing", title="Go on writing?", done="You can change your comments, or add to them.",
        lead_text="Your answer counts as not given until you send it again.",
    )  # fmt: skip
