"""Who gets what from every URL of the rapid review."""

from datetime import date

from rapid_reviews import workflow
from rapid_reviews.choices import Criterion, Variant
from rapid_reviews.models import Theme
from rapid_reviews.states import Status
from tests.access import Row, World
from tests.chronology.factories import add
from tests.documents.factories import store
from tests.rapid_reviews.bundles import make, pages
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import invite, wall_off

WALLS = {"walled": 404, "outsider": 404, "anonymous": 302}
ALL = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
       "invited": 200} | WALLS  # fmt: skip
PANEL = ALL | {"partner": 403, "scrutineer": 403, "invited": 403}
LEADERS = PANEL | {"member": 403, "deputy": 403}
WHOLE = ALL | {"invited": 403}  # who sees every return of the case
PARTNERS = LEADERS | {"business_manager": 403, "chair": 403, "partner": 200}


def build(world: World) -> None:
    """Four reviews: opened, in drafting (world.rapid_review), recommended, and decided."""
    for name, status in (
        ("opened_review", Status.OPENED),
        ("rapid_review", Status.DRAFTING),
        ("recommended_review", Status.RECOMMENDED),
        ("decided_review", Status.DECIDED),
    ):
        review = rapid_review_at(status, by=world.cast.business_manager, now=world.now)
        wall_off(review.referral, world.cast.walled, by=world.cast.business_manager, now=world.now)
        invite(review.referral, world.cast.invited, by=world.cast.business_manager, now=world.now)
        setattr(world, name, review)
    link_evidence(world)
    world.bundle = make(world.rapid_review, Variant.REDACTED, now=world.now)
    world.safe_document = store(world.rapid_review.referral, pages(["A page"]))


def link_evidence(world: World) -> None:
    """A row of the chronology for criterion (a) in each review that takes it, and a theme that two reviews share."""
    for name in ("opened_review", "rapid_review"):
        review, by, now = getattr(world, name), world.cast.business_manager, world.now
        row = add(review.referral, None, date(2024, 5, 3), by=by)
        workflow.link_evidence(review=review, criterion=Criterion.IMPROVEMENTS, things=[row], by=by, now=now)
        workflow.set_themes(review=review, themes=Theme.objects.all()[:1], by=by, now=now)


def case(name="rapid_review", **more):
    return lambda world: {"reference": getattr(world, name).referral.reference} | more


def bundle(**more):
    return lambda world: case()(world) | {"key": world.bundle.key} | more


def document():
    return lambda world: case()(world) | {"key": world.safe_document.key}


def found(row: dict[str, int]) -> dict[str, int]:
    """For a POST that works: it leads back to the workspace."""
    return {relation: 302 if status == 200 else status for relation, status in row.items()}


ROWS = {
    "rapid_reviews:review-workspace": Row(case(), **ALL),
    "rapid_reviews:review-open": Row(case("opened_review"), method="post", **found(LEADERS)),
    "rapid_reviews:review-step": Row(
        case("opened_review"), method="post", data={"verb": "start_gathering"}, **found(PANEL)
    ),
    "rapid_reviews:review-send": Row(case("decided_review"), **LEADERS),
    "rapid_reviews:review-withdraw": Row(case(), **LEADERS),
    "rapid_reviews:section-edit": Row(case(slug="facts"), **ALL),
    "rapid_reviews:milestone-complete": Row(case(code="rr-progress"), **PANEL),
    "rapid_reviews:criteria-edit": Row(case(), **ALL),
    "rapid_reviews:bundle-list": Row(case(), **WHOLE),
    "rapid_reviews:bundle-ask": Row(case("opened_review"), method="post", data={"variant": "redacted"}, **found(WHOLE)),
    "rapid_reviews:bundle-progress": Row(bundle(), **WHOLE),
    "rapid_reviews:bundle-take": Row(bundle(kind="pdf"), **WHOLE),
    "rapid_reviews:copy-mark": Row(document(), **LEADERS),
    "rapid_reviews:copy-unmark": Row(document(), method="post", **found(LEADERS)),
    "rapid_reviews:themes-edit": Row(case(), **PANEL),
    "rapid_reviews:evidence-choose": Row(case(criterion="a"), **PANEL),
    "rapid_reviews:evidence-remove": Row(case(criterion="a", number=1), method="post", **found(PANEL)),
    "rapid_reviews:recommendation-edit": Row(case(), **LEADERS),
    "rapid_reviews:recommendation-check": Row(case(), **found(LEADERS)),
    "rapid_reviews:recommendation-reopen": Row(case("recommended_review"), **LEADERS),
    "rapid_reviews:decision-list": Row(case("recommended_review"), **ALL),
    "rapid_reviews:decision-make": Row(case("recommended_review", partner="la"), **PARTNERS),
}
