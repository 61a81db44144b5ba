"""Who gets what from the pages of commissioned reviews."""

from tests.practice_reviews import access_beside

ROWS = dict(access_beside.ROWS)


def build(world):
    access_beside.build(world)
