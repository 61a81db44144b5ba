from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
    return state_word("in_progress" if part.is_started else "not_started")
