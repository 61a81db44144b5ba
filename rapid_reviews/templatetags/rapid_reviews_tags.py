from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chronology.models import Row
from chronology.names import People
from chronology.timeline import when
from rapid_reviews.choices import Criterion
from rapid_reviews.evidence import Shown, shown_to
from rapid_reviews.news import News
from rapid_reviews.outline import Part
from rapid_reviews.states import Status

register = template.Library()

COLOURS = {
    Status.SENT: "govuk-tag--green",
    Status.REPLIED: "govuk-tag--green",
    Status.WITHDRAWN: "govuk-tag--grey",
    Status.RECOMMENDED: "govuk-tag--purple",
    Status.DECIDED: "govuk-tag--teal",
}
STATES = {
    "complete": ("Completed", None),
    "ready": ("Ready for review", "govuk-tag--blue"),
    "in_progress": ("In progress", "govuk-tag--teal"),
    "not_started": ("Not started", ""),
    "waiting": ("Waiting for the decision", "govuk-tag--yellow"),
    "cannot_start": ("Cannot start yet", "govuk-tag--grey"),
}


@register.filter
def status_colour(status: str) -> str:
    """The tag's colour class; the word beside it says the same."""
    return COLOURS.get(Status(status), "")


@register.simple_tag
def state_word(state: str) -> SafeString:
    """A task's state as the GOV.UK task list shows it: plain text when completed, else a tag."""
    word, colour = STATES[state]
    if colour is None:
        return format_html("{}", word)
    return format_html('<strong class="govuk-tag app-rr-status {}">{}</strong>', colour, word)


@register.simple_tag
def part_state(part: Part) -> SafeString:
    if part.is_complete:
        return state_word("complete")
    if part.is_ready:
        return state_word("ready")
    return state_word("in_progress" if part.is_started else "not_started")


@register.filter
def of_part(news: dict[tuple[str, int | None], News], part: Part) -> News | None:
    """What changed in this section for the reader."""
    return news.get(part.place)


@register.simple_tag
def as_read(people: People, text: str) -> str:
    """Free text as this reader sees it: with pseudonyms where they may not see names."""
    return people.text(text)


@register.simple_tag(takes_context=True)
def said(context: dict[str, Any], text: str) -> str:
    """Free text as the reader of this page sees it: with pseudonyms for names where they may not see names."""
    people = context.get("read_as")
    return people.text(text) if people else text


@register.filter
def row_day(row: Row) -> str:
    """The date of a chronology row, as exact as it is known."""
    return when(row)


@register.simple_tag(takes_context=True)
def evidence_shown(context: dict[str, Any]) -> dict[str, list[Shown]]:
    """Criterion → its evidence as the reader of this page sees it."""
    return shown_to(context["request"].user, context["contents"], on=context["today"])


@register.filter
def of(shown: dict[str, list[Shown]], criterion: str) -> list[Shown]:
    """The evidence of one criterion."""
    return shown.get(criterion, [])


@register.inclusion_tag("rapid_reviews/evidence_of.html", takes_context=True)
def evidence_of(context: dict[str, Any], criterion: str) -> dict[str, Any]:
    """The evidence of one criterion within the form, and the button that leads to choosing it."""
    pieces = of(context["evidence"], criterion)
    return {"pieces": pieces, "criterion": Criterion(criterion), "may_choose": context["may_edit"]}
