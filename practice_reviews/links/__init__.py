"""What people without an account do by link: answer for a single-agency review, check the facts of a draft."""

from access_links.purposes import Purpose
from practice_reviews.links import asking, drafts


def purposes() -> list[Purpose]:
    return [asking.purpose(), drafts.purpose()]
