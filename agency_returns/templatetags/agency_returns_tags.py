from typing import Any

from django import template

from agency_returns.models import InformationRequest
from agency_returns.views.door import Door
from chronology.models import Row
from chronology.timeline import when

register = template.Library()


@register.simple_tag
def door_url(door: Door, name: str, **more: object) -> str:
    """The address of another page behind the same door."""
    return door.url(name, **more)


@register.filter
def happened(row: Row) -> str:
    """When the event of a row happened, as exactly as it is known."""
    return when(row)


@register.inclusion_tag("agency_returns/missing.html", takes_context=True)
def returns_missing(context: Any, review: Any) -> dict[str, object]:
    """What is still to come from agencies while a review is open: no reason to wait beyond the statutory day."""
    referral = review.referral
    waiting = []
    if review.is_open:
        visible = InformationRequest.objects.visible_to(context["user"]).filter(referral=referral).waiting()
        waiting = list(visible.select_related("agency"))
    return {"waiting": waiting, "referral": referral}
