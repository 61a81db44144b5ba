"""The page of one section: its text or form, what changed, what stands beside it, and what members say."""

from typing import Any

from django.forms import BaseForm
from django.http import Http404, HttpResponse

from chronology.names import People
from rapid_reviews import permissions, workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.contents import Contents, contents_of
from rapid_reviews.merging import Piece, changes
from rapid_reviews.news import News, news_of
from rapid_reviews.outline import Part
from rapid_reviews.threads import threads_of
from rapid_reviews.versions import fields_at, text_of
from rapid_reviews.views.base import Visit
from referrals.permissions import can_see_names


def part_or_404(here: Visit, slug: str) -> tuple[Contents, Part]:
    contents = contents_of(here.review)
    part = contents.part(slug)
    if part is None:
        raise Http404
    return contents, part


def people_of(here: Visit) -> People:
    """How this reader reads names."""
    referral = here.review.referral
    return People(referral, with_names=can_see_names(here.request.user, referral, on=here.today))


def section_page(here: Visit, contents: Contents, part: Part, form: BaseForm | None, **more: Any) -> HttpResponse:
    user, people = here.request.user, people_of(here)
    discusses = permissions.can_person(user, here.review, "comment", on=here.today)
    news = news_of(contents, user, with_comments=discusses, only=part)[part.place]
    workflow.look(review=here.review, key=part.key, child=part.child, version=part.version, by=user, now=here.now)
    context: dict[str, Any] = {
        "part": part,
        "form": form,
        "people": people,
        "text": people.text(text_of(part.section)) if part.section else "",
        "news": news,
        "since": _since(part, news, people),
        "threads": threads_of(here.review, part) if discusses else None,
        "verbs": permissions.verbs_for(user, here.review, on=here.today),
    }
    context |= _beside(contents, part)
    return here.page("section", **context | more)


def _since(part: Part, news: News, people: People) -> list[Piece]:
    """The difference since this person's last look; empty where they have not looked before or nothing changed."""
    if part.section is None or news.since is None or news.seen >= part.version or not news.seen:
        return []
    names = ("text", "is_unknown", "unknown_reason")
    was = fields_at(part.section, news.seen, names)
    before = f"Not known: {was['unknown_reason']}\n{was['text']}" if was["is_unknown"] else was["text"]
    return changes(people.text(before), people.text(text_of(part.section)))


def _beside(contents: Contents, part: Part) -> dict[str, Any]:
    """The rows that belong to this section."""
    if part.key == SectionKey.EPISODES:
        return {"episodes": contents.episodes}
    if part.key == SectionKey.IMMEDIATE_LEARNING:
        return {"learning": contents.learning}
    return {"proceedings": contents.proceedings} if part.key == SectionKey.PARALLEL else {}
