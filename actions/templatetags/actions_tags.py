from django import template

from actions.views.updating import Door

register = template.Library()


@register.simple_tag
def door_url(door: Door, name: str) -> str:
    """The address of another page behind the same door."""
    return door.url(name)
