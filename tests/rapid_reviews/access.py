"""Who gets what from every URL of the rapid review."""

from rapid_reviews import workflow
from rapid_reviews.choices import Naming, Reply
from rapid_reviews.states import Status
from tests.access import Row, World
from tests.rapid_reviews.factories import rapid_review_at, reply
from tests.referrals.factories import invite, wall_off

WALLS = {"walled": 404, "outsider": 404, "anonymous": 302}
ALL = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
       "invited": 200} | WALLS  # fmt: skip
PANEL = ALL | {"partner": 403, "scrutineer": 403, "invited": 403}
LEADERS = PANEL | {"member": 403, "deputy": 403}
PARTNERS = LEADERS | {"business_manager": 403, "chair": 403, "partner": 200}


def build(world: World) -> None:
    """Reviews opened, in drafting (world.rapid_review, with a report), recommended, decided, sent (with questions)."""
    for name, status in (
        ("opened_review", Status.OPENED),
        ("rapid_review", Status.DRAFTING),
        ("recommended_review", Status.RECOMMENDED),
        ("decided_review", Status.DECIDED),
        ("sent_review", Status.SENT),
    ):
        review = rapid_review_at(status, by=world.cast.business_manager, now=world.now)
        wall_off(review.referral, world.cast.walled, by=world.cast.business_manager, now=world.now)
        invite(review.referral, world.cast.invited, by=world.cast.business_manager, now=world.now)
        setattr(world, name, review)
    world.questions = reply(world.sent_review, Reply.QUESTIONS, now=world.now)
    manager = world.cast.business_manager
    report = workflow.make_report(review=world.rapid_review, naming=Naming.FULL, by=manager, now=world.now)
    workflow.render(pk=report.pk, now=world.now)
    world.review_report = report


def case(name="rapid_review", **more):
    return lambda world: {"reference": getattr(world, name).referral.reference} | more


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
    "rapid_reviews:review-sent": Row(case("sent_review"), **ALL),
    "rapid_reviews:review-receipt": Row(case("sent_review"), **LEADERS),
    "rapid_reviews:review-reply": Row(case("sent_review"), **LEADERS),
    "rapid_reviews:reply-answer": Row(lambda world: case("sent_review")(world) | {"pk": world.questions.pk}, **LEADERS),
    "rapid_reviews:review-report": Row(case(), **ALL),
    "rapid_reviews:report-progress": Row(case(), **ALL),
    # With names: not for the partners and the scrutineer.
    "rapid_reviews:report-download": Row(
        lambda world: case()(world) | {"pk": world.review_report.pk, "form": "docx"},
        **ALL | {"partner": 403, "scrutineer": 403},
    ),
    "rapid_reviews:review-withdraw": Row(case(), **LEADERS),
    "rapid_reviews:section-edit": Row(case(slug="facts"), **ALL),
    "rapid_reviews:milestone-complete": Row(case(code="rr-progress"), **PANEL),
    "rapid_reviews:criteria-edit": Row(case(), **ALL),
    "rapid_reviews:recommendation-edit": Row(case(), **LEADERS),
    "rapid_reviews:recommendation-check": Row(case(), **found(LEADERS)),
    "rapid_reviews:recommendation-reopen": Row(case("recommended_review"), **LEADERS),
    "rapid_reviews:decision-list": Row(case("recommended_review"), **ALL),
    "rapid_reviews:decision-make": Row(case("recommended_review", partner="la"), **PARTNERS),
}
