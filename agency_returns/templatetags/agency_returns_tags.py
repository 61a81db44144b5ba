from django import template

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
