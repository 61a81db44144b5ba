"""The letters of commissioned reviews: to the agency of a single-agency review, and about drafts."""

from practice_reviews.emails import asking, drafts

CATALOGUE = (*asking.CATALOGUE, *drafts.CATALOGUE)
