from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from panel.permissions import Permission, can
from panel.roles import Role
from referrals.models import CaseLink, Referral
from referrals.questions import is_asked, open_agencies
from referrals.states import Status

register = template.Library()

COLOURS = {
    Status.RECORDED: "blue",
    Status.MORE_INFORMATION: "yellow",
    Status.PANEL_CONSIDERATION: "purple",
    Status.ACCEPTED: "teal",
    Status.UNDER_REVIEW: "teal",
    Status.REVIEWED: "green",
}


@register.simple_tag
def status_tag(referral: Referral) -> SafeString:
    """The status as a tag; its words say it, its colour only helps."""
    colour = COLOURS.get(Status(referral.status), "grey")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, referral.get_status_display())


@register.simple_tag(takes_context=True)
def case_tab(context: RequestContext, code: str, label: str, url_name: str) -> SafeString:
    """One entry of the case's sub-navigation, marked where it is the page's `case_tab`."""
    current = format_html(' aria-current="{}"', "page") if context.get("case_tab") == code else ""
    return format_html(
        '<li class="moj-sub-navigation__item"><a class="moj-sub-navigation__link" href="{}"{}>{}</a></li>',
        reverse(url_name, args=[context["referral"].reference]),
        current,
        label,
    )


@register.inclusion_tag("referrals/links.html", takes_context=True)
def linked_cases(context: RequestContext) -> dict[str, object]:
    """The cases that are linked with the page's `referral`, of those that the reader may see. One query."""
    referral, user = context["referral"], context["request"].user
    links = CaseLink.objects.running().of(referral).visible_to(user).select_related("first", "second", "linked_by")
    found = [(link, link.other(referral)) for link in links]
    return {"referral": referral, "links": found, "may_link": can(user, Permission.RECORD_CASE)}


@register.simple_tag(takes_context=True)
def page_link(context: RequestContext, number: int) -> str:
    """The address of another page of the same list, filters kept."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.inclusion_tag("referrals/own_conflict.html", takes_context=True)
def own_conflict(context: RequestContext) -> dict[str, Any]:
    """The question that waits for this person's answer: does an agency that joined make a conflict?"""
    user, referral = context["request"].user, context["referral"]
    asked = is_asked(user, timezone.localdate())
    return {"agencies": open_agencies(referral, user) if asked else [], "referral": referral}


@register.inclusion_tag("referrals/emergency_banner.html", takes_context=True)
def emergency_banner(context: RequestContext) -> dict[str, Any]:
    """Says on every page of the case that an emergency opened it to this person, and until when."""
    user = context["request"].user
    in_emergency = Role.DEPUTY_MANAGER in user.roles_on(timezone.localdate())
    return {"access": context["referral"].emergency_of(user) if in_emergency else None}
