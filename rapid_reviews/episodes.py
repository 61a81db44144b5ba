"""The key practice episodes of a case: rows marked in the chronology, and what the review says to each."""

from dataclasses import dataclass

from django.db.models import Q

from chronology.models import Row
from chronology.models.rows import MERGED
from rapid_reviews.models import EpisodeAnalysis, RapidReview


@dataclass(frozen=True)
class Episode:
    """One row of the chronology with its analysis, whichever is there."""

    row: Row
    analysis: EpisodeAnalysis | None

    @property
    def is_marked(self) -> bool:
        """Still a key practice episode of the merged chronology; an analysis stays when it is not."""
        return self.row.is_key_episode and self.row.withdrawn_at is None

    @property
    def is_complete(self) -> bool:
        return self.analysis is not None and self.analysis.is_complete

    @property
    def title(self) -> str:
        return self.row.key_title or str(self.row)


def episodes_of(review: RapidReview) -> list[Episode]:
    """In order of time: every marked row, and every row that was analysed. Two queries."""
    analyses = {analysis.row_id: analysis for analysis in review.episode_analyses.select_related("updated_by")}
    wanted = MERGED & Q(is_key_episode=True) | Q(pk__in=list(analyses))
    rows = Row.objects.filter(wanted, referral=review.referral_id).select_related("agency").in_order()
    return [Episode(row, analyses.get(row.pk)) for row in rows]


def episode_of(review: RapidReview, key: str) -> Episode | None:
    return next((episode for episode in episodes_of(review) if str(episode.row.key) == str(key)), None)
