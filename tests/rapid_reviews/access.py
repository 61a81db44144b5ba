"""Who gets what from every URL of the rapid review."""

from rapid_reviews import workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.states import Status
from tests.access import Row, World
from tests.rapid_reviews.factories import key_episode, rapid_review_at, shared_learning
from tests.referrals.factories import invite, wall_off

WALLS = {"walled": 404, "outsider": 404, "anonymous": 302}
ALL = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
       "invited": 200} | WALLS  # fmt: skip
PANEL = ALL | {"partner": 403, "scrutineer": 403, "invited": 403}
LEADERS = PANEL | {"member": 403, "deputy": 403}
COMMENTERS = PANEL | {"invited": 200}
AUTHOR = LEADERS | {"chair": 403}
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
    write_beside(world)


def write_beside(world: World) -> None:
    """In world.rapid_review: a saved section, a comment, an episode and a line."""
    review, by, now = world.rapid_review, world.cast.business_manager, world.now
    facts = {"by": by, "now": now, "review": review}
    workflow.save_section(key=SectionKey.FACTS, text="Written.", version=0, **facts)
    world.comment = workflow.add_comment(key=SectionKey.FACTS, text="Is this so?", **facts)
    world.episode = key_episode(review, by=by, now=now)
    world.line = shared_learning(review, by=by, now=now)


def case(name="rapid_review", **more):
    return lambda world: {"reference": getattr(world, name).referral.reference} | more


def comment(world: World) -> dict[str, str]:
    return {"reference": world.rapid_review.referral.reference, "uuid": str(world.comment.uuid)}


def line(world: World) -> dict[str, str]:
    return {
        "reference": world.rapid_review.referral.reference,
        "slug": "immediate-learning",
        "uuid": str(world.line.uuid),
    }


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
    "rapid_reviews:section-versions": Row(case(slug="facts"), **ALL),
    "rapid_reviews:section-restore": Row(
        case(slug="facts"), method="post", data={"number": 1, "version": 1}, **found(PANEL)
    ),
    "rapid_reviews:comment-add": Row(case(slug="facts"), **COMMENTERS),
    "rapid_reviews:comment-reply": Row(comment, **COMMENTERS),
    "rapid_reviews:comment-edit": Row(comment, **AUTHOR),
    "rapid_reviews:comment-settle": Row(comment, method="post", data={"verb": "resolve"}, **found(COMMENTERS)),
    "rapid_reviews:line-add": Row(case(slug="immediate-learning"), **PANEL),
    "rapid_reviews:line-edit": Row(line, **PANEL),
    "rapid_reviews:line-remove": Row(line, method="post", **found(PANEL)),
    "rapid_reviews:owners-edit": Row(case(), **LEADERS),
    "rapid_reviews:episode-edit": Row(
        lambda world: {"reference": world.rapid_review.referral.reference, "key": str(world.episode.key)}, **ALL
    ),
    "rapid_reviews:milestone-complete": Row(case(code="rr-progress"), **PANEL),
    "rapid_reviews:criteria-edit": Row(case(), **ALL),
    "rapid_reviews:recommendation-edit": Row(case(), **LEADERS),
    "rapid_reviews:recommendation-check": Row(case(), **found(LEADERS)),
    "rapid_reviews:recommendation-reopen": Row(case("recommended_review"), **LEADERS),
    "rapid_reviews:decision-list": Row(case("recommended_review"), **ALL),
    "rapid_reviews:decision-make": Row(case("recommended_review", partner="la"), **PARTNERS),
}
