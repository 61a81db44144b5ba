"""What members say to a section. Seen by those who may say something."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from core.errors import NotPermitted
from rapid_reviews import workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.forms import CommentForm
from rapid_reviews.models import Comment
from rapid_reviews.outline import Part
from rapid_reviews.views.base import Visit, attempt, visit
from rapid_reviews.views.section_page import part_or_404
from rapid_reviews.views.typed import keeps

SETTLE = {
    "resolve": (workflow.resolve_comment, "The comment is resolved."),
    "reopen": (workflow.reopen_comment, "The comment is open again."),
}


def _comment(here: Visit, uuid: UUID) -> tuple[Comment, Part]:
    comment = get_object_or_404(
        here.review.comments.select_related("child", "author", "parent", "review__referral"), uuid=uuid
    )
    return comment, Part(SectionKey(comment.key), comment.child, None)


def _page(here: Visit, form: CommentForm, part: Part, title: str, about: Comment | None = None) -> HttpResponse:
    return here.page("comment", form=form, part=part, title=title, about=about)


@visit("comment")
@keeps
def add_comment(here: Visit, slug: str) -> HttpResponse:
    _, part = part_or_404(here, slug)
    form = CommentForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid() and attempt(form, lambda: _add(here, part, form, None)):
        return here.done("The comment is saved.", "section-edit", slug=slug)
    return _page(here, form, part, "Comment on this section")


@visit("comment")
@keeps
def reply(here: Visit, uuid: UUID) -> HttpResponse:
    comment, part = _comment(here, uuid)
    form = CommentForm(here.request.POST or None)
    if here.request.method == "POST" and form.is_valid() and attempt(form, lambda: _add(here, part, form, comment)):
        return here.done("The reply is saved.", "section-edit", slug=part.slug)
    return _page(here, form, part, "Reply to a comment", comment)


def _add(here: Visit, part: Part, form: CommentForm, parent: Comment | None) -> Comment:
    return workflow.add_comment(
        review=here.review, key=part.key, child=part.child, parent=parent,
        text=form.cleaned_data["text"].replace("\r\n", "\n"), by=here.request.user, now=here.now,
    )  # fmt: skip


@visit("comment")
@keeps
def edit_comment(here: Visit, uuid: UUID) -> HttpResponse:
    comment, part = _comment(here, uuid)
    if comment.author != here.request.user:
        raise NotPermitted("Only who wrote a comment may change it.")
    form = CommentForm(here.request.POST or None, initial={"text": comment.text})

    def change() -> None:
        text = form.cleaned_data["text"].replace("\r\n", "\n")
        workflow.edit_comment(comment=comment, text=text, by=here.request.user, now=here.now)

    if here.request.method == "POST" and form.is_valid() and attempt(form, change):
        return here.done("The comment is changed.", "section-edit", slug=part.slug)
    return _page(here, form, part, "Change your comment")


@require_POST
@visit("comment")
def settle(here: Visit, uuid: UUID) -> HttpResponse:
    """Resolve or reopen, by the name of the button."""
    comment, part = _comment(here, uuid)
    if here.request.POST.get("verb") not in SETTLE or comment.parent is not None:
        raise Http404
    change, message = SETTLE[here.request.POST["verb"]]
    change(comment=comment, by=here.request.user, now=here.now)
    return here.done(message, "section-edit", slug=part.slug)
