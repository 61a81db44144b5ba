from django import template

from rapid_reviews.after_sending import AfterSending
from rapid_reviews.after_sending import after_sending as _after
from rapid_reviews.models import RapidReview

register = template.Library()


@register.simple_tag
def after_sending(review: RapidReview) -> AfterSending:
    """Every sending of `review` with its replies."""
    return _after(review)
