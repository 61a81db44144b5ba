from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from panel.models import User
from panel.permissions import Permission, can

register = template.Library()


@register.filter
def may(user: User, permission: str) -> bool:
    """{% if user|may:"cases.screen" %}"""
    return can(user, Permission(permission))


@register.simple_tag(takes_context=True)
def navigation_item(context: RequestContext, url_name: str, label: str) -> SafeString:
    """One entry of the main navigation, marked where the page is below it."""
    url = reverse(url_name)
    path = context["request"].path
    here = path == url or (url != "/" and path.startswith(url))
    current = format_html(' aria-current="{}"', "page") if here else ""
    return format_html(
        '<li class="moj-primary-navigation__item"><a class="moj-primary-navigation__link" href="{}"{}>{}</a></li>',
        url,
        current,
        label,
    )
