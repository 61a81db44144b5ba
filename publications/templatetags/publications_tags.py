from django import template
from django.template.context import RequestContext

from panel.permissions import Permission, can
from practice_reviews.models import PracticeReview
from practice_reviews.states import Status as ReviewStatus
from publications.models import Publication
from publications.standing import whose_move
from referrals.models import Referral

register = template.Library()
register.simple_tag(whose_move)


@register.simple_tag(takes_context=True)
def has_publication(context: RequestContext, referral: Referral) -> bool:
    """Whether the case has a publication, or a review whose publication the reader may plan. One query."""
    reviews = PracticeReview.objects.filter(referral=referral)
    if can(context["request"].user, Permission.PREPARE_PUBLICATION):
        return reviews.exclude(status=ReviewStatus.STOPPED, publication__isnull=True).exists()
    return reviews.filter(publication__isnull=False).exists()


@register.simple_tag
def publication_of(review: PracticeReview) -> Publication | None:
    """For whoever sees the review. One query."""
    return Publication.objects.filter(practice_review=review).first()
