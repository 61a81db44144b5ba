"""What commissioned reviews need of one person."""

from datetime import date

from core.needs import Need
from panel.models import User
from practice_reviews.needs import beside, reviews
from practice_reviews.needs.reviews import attention

__all__ = ["attention", "needs"]


def needs(user: User, today: date) -> list[Need]:
    return [*reviews.needs(user, today), *beside.needs(user, today)]
