"""The words, tables and charts of each section: pure functions from Facts to plain dicts (shapes: `assemble`).

What is said of one case stands in a table row or a chart bar that carries its reference, so that it can be withheld
from a reader with a wall between them and the case. Paragraphs and figures speak of no single case.
"""

from highlight_reports.sections.actions import actions
from highlight_reports.sections.ahead import forward_plan, risks
from highlight_reports.sections.cases import activity, decisions, headline, misdirected
from highlight_reports.sections.learning import learning
from highlight_reports.sections.meetings import meetings
from highlight_reports.sections.other_reviews import other_reviews
from highlight_reports.sections.practice_reviews import practice_reviews
from highlight_reports.sections.publications import publications
from highlight_reports.sections.reviews import rapid_reviews, replies

__all__ = [
    "actions",
    "activity",
    "decisions",
    "forward_plan",
    "headline",
    "learning",
    "meetings",
    "misdirected",
    "other_reviews",
    "practice_reviews",
    "publications",
    "rapid_reviews",
    "replies",
    "risks",
]
