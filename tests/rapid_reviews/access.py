"""Who gets what from every URL of the rapid review."""

from rapid_reviews.states import IssueStatus, Status
from tests.access import Row, World, everybody
from tests.agency_returns.factories import newest_token
from tests.rapid_reviews.factories import rapid_review_at
from tests.rapid_reviews.issues import issue_at
from tests.referrals.factories import invite, wall_off

WALLS = {"walled": 404, "outsider": 404, "anonymous": 302}
ALL = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
       "invited": 200} | WALLS  # fmt: skip
PANEL = ALL | {"partner": 403, "scrutineer": 403, "invited": 403}
LEADERS = PANEL | {"member": 403, "deputy": 403}
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
    schools = world.cast.agencies.schools
    for name, status in (("issue", IssueStatus.RAISED), ("answered_issue", IssueStatus.ANSWERED)):
        setattr(world, name, issue_at(status, schools, world.rapid_review, now=world.now, concern=name))
    world.issue_token = newest_token("safeguarding-asked", world.issue.lead_address)


def case(name="rapid_review", **more):
    return lambda world: {"reference": getattr(world, name).referral.reference} | more


def found(row: dict[str, int]) -> dict[str, int]:
    """For a POST that works: it leads back to the workspace."""
    return {relation: 302 if status == 200 else status for relation, status in row.items()}


def one(name="issue"):
    return lambda world: {"reference": world.rapid_review.referral.reference, "number": getattr(world, name).number}


# The agency asked is the member's and the deputy's; an invited representative of another one finds nothing.
ISSUE = {relation: 404 if relation == "invited" else status for relation, status in ALL.items()}
ANSWERS = ISSUE | {"business_manager": 403, "chair": 403, "partner": 403, "scrutineer": 403}
WITHDRAWS = ISSUE | {"member": 403, "deputy": 403, "partner": 403, "scrutineer": 403}
SETTLES = WITHDRAWS | {"business_manager": 403}

ROWS = {
    "rapid_reviews:issue-list": Row(case(), **ALL),
    "rapid_reviews:issue-raise": Row(case(), **PANEL),
    "rapid_reviews:issue": Row(one(), **ISSUE),
    "rapid_reviews:issue-answer": Row(one(), **ANSWERS),
    "rapid_reviews:issue-accept": Row(one("answered_issue"), **SETTLES),
    "rapid_reviews:issue-again": Row(one("answered_issue"), **SETTLES),
    "rapid_reviews:issue-let-send": Row(one(), **SETTLES),
    "rapid_reviews:issue-readdress": Row(one(), **WITHDRAWS),
    "rapid_reviews:issue-withdraw": Row(one(), **WITHDRAWS),
    "rapid_reviews:issue-link": Row(lambda world: {"token": world.issue_token}, **everybody(302)),
    "rapid_reviews:representative-list": Row(case(), **LEADERS),
    "rapid_reviews:representative-invite": Row(case(), **LEADERS),
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
    "rapid_reviews:recommendation-edit": Row(case(), **LEADERS),
    "rapid_reviews:recommendation-check": Row(case(), **found(LEADERS)),
    "rapid_reviews:recommendation-reopen": Row(case("recommended_review"), **LEADERS),
    "rapid_reviews:decision-list": Row(case("recommended_review"), **ALL),
    "rapid_reviews:decision-make": Row(case("recommended_review", partner="la"), **PARTNERS),
}
