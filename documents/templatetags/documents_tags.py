from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.models import Document
from documents.states import Status

register = template.Library()

COLOURS = {Status.WAITING: "yellow", Status.AVAILABLE: "green", Status.REFUSED: "red"}


@register.simple_tag
def document_status(document: Document) -> SafeString:
    """The status as a tag; its words say it, its colour only helps."""
    if document.is_available and getattr(document, "is_replaced", False):
        return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', "grey", "Replaced")
    colour = COLOURS.get(Status(document.status), "grey")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, document.get_status_display())
