from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from chronology.choices import FindingKind
from chronology.models import Finding, Row
from chronology.timeline import Cursor, when

register = template.Library()

TAGS = {
    FindingKind.GAP: ("grey", "Gap"),
    FindingKind.DUPLICATE: ("blue", "Likely duplicate"),
    FindingKind.SEEN: ("orange", "Contradiction"),
    FindingKind.DATES: ("orange", "Contradiction"),
}


@register.simple_tag
def finding_tag(finding: Finding) -> SafeString:
    """The kind of a finding as a tag; its words say it, its colour only helps."""
    colour, label = TAGS[FindingKind(finding.kind)]
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, label)


@register.simple_tag(takes_context=True)
def row_link(context: template.Context, row: Row, words: str = "") -> SafeString:
    """A link to the place of a row in the whole timeline."""
    address = reverse("chronology:timeline", args=[context["referral"].reference])
    names = "&names=1" if context["people"].with_names else ""
    href = f"{address}?after={Cursor(row.order, row.pk - 1)}{names}#row-{row.pk}"
    return format_html('<a class="govuk-link" href="{}">{}</a>', href, words or f"Row of {when(row)}")


@register.simple_tag(takes_context=True)
def other_row(context: template.Context, finding: Finding, row: Row) -> SafeString | str:
    """From one row of a pair to the other."""
    other = finding.other if finding.row_id == row.pk else finding.row
    return row_link(context, other, f"See the other row, {when(other)}") if other is not None else ""
