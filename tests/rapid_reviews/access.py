"""Who gets what from every URL of the rapid review."""

from datetime import date, time, timedelta

from panel.meetings import plan_meeting
from rapid_reviews import workflow
from rapid_reviews.choices import Criterion, Naming, Reply, SectionKey, Variant, View
from rapid_reviews.models import Theme
from rapid_reviews.states import IssueStatus, Status
from tests.access import Row, World, everybody
from tests.agency_returns.factories import newest_token
from tests.chronology.factories import add
from tests.documents.factories import store
from tests.rapid_reviews.bundles import make, pages
from tests.rapid_reviews.factories import decide_all, key_episode, rapid_review_at, reply, shared_learning
from tests.rapid_reviews.issues import issue_at
from tests.referrals.factories import invite, wall_off

WALLS = {"walled": 404, "outsider": 404, "anonymous": 302}
ALL = {"business_manager": 200, "chair": 200, "member": 200, "deputy": 200, "partner": 200, "scrutineer": 200,
       "invited": 200} | WALLS  # fmt: skip
PANEL = ALL | {"partner": 403, "scrutineer": 403, "invited": 403}
LEADERS = PANEL | {"member": 403, "deputy": 403}
COMMENTERS = PANEL | {"invited": 200}
AUTHOR = LEADERS | {"chair": 403}
WHOLE = ALL | {"invited": 403}  # who sees every return of the case
PARTNERS = LEADERS | {"business_manager": 403, "chair": 403, "partner": 200}


def build(world: World) -> None:
    """Reviews at every status: world.rapid_review is in drafting, with a report; the sent one has questions."""
    for name, status in (
        ("opened_review", Status.OPENED),
        ("rapid_review", Status.DRAFTING),
        ("circulated_review", Status.CIRCULATED),
        ("recommended_review", Status.RECOMMENDED),
        ("differing_review", Status.RECOMMENDED),
        ("decided_review", Status.DECIDED),
        ("sent_review", Status.SENT),
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
    decide_all(world.differing_review, now=world.now, views={"la": View.DISAGREE})
    world.decision_token = newest_token(
        "rapid-review-decision-wanted", world.cast.partner_la.email, world.recommended_review.referral.reference
    )
    world.answer_token = newest_token("rapid-review-circulated", world.cast.member.email)
    later = world.differing_review.clock.due_on + timedelta(days=40)
    later += timedelta(days=-later.weekday() + 1)  # a Tuesday: no bank holiday is one but at Christmas
    plan_meeting(on=later, at=time(10), place="Room 1", by=world.cast.business_manager, now=world.now)
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
    world.questions = reply(world.sent_review, Reply.QUESTIONS, now=world.now)
    manager = world.cast.business_manager
    report = workflow.make_report(review=world.rapid_review, naming=Naming.FULL, by=manager, now=world.now)
    workflow.render(pk=report.pk, now=world.now)
    world.review_report = report
    schools = world.cast.agencies.schools
    for name, status in (("issue", IssueStatus.RAISED), ("answered_issue", IssueStatus.ANSWERED)):
        setattr(world, name, issue_at(status, schools, world.rapid_review, now=world.now, concern=name))
    world.issue_token = newest_token("safeguarding-asked", world.issue.lead_address)


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


def bundle(**more):
    return lambda world: case()(world) | {"key": world.bundle.key} | more


def document():
    return lambda world: case()(world) | {"key": world.safe_document.key}


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
    "rapid_reviews:recommendation-quorum": Row(case(), method="post", **LEADERS),
    "rapid_reviews:circulation-start": Row(case(), **LEADERS),
    "rapid_reviews:circulation": Row(case("circulated_review"), **PANEL),
    # The deputy chair and the members are asked; the business manager and a deputy who does not act are not.
    "rapid_reviews:circulation-answer": Row(
        case("circulated_review"), **PANEL | {"business_manager": 403, "deputy": 302}
    ),
    # Only the member has a named deputy.
    "rapid_reviews:circulation-hand-on": Row(
        case("circulated_review"), **PANEL | {"business_manager": 403, "chair": 302, "deputy": 302}
    ),
    "rapid_reviews:circulation-record": Row(case("circulated_review"), **LEADERS),
    "rapid_reviews:circulation-end": Row(case("circulated_review"), **LEADERS),
    "rapid_reviews:difference-resolve": Row(case("differing_review"), **LEADERS),
    "rapid_reviews:meeting-plan": Row(case(), **LEADERS),
    "rapid_reviews:meeting-move": Row(case(), **LEADERS),
    # Whoever holds the link is led to the code.
    "rapid_reviews:link-decision": Row(lambda w: {"token": w.decision_token}, **everybody(302)),
    "rapid_reviews:link-answer": Row(lambda w: {"token": w.answer_token}, **everybody(302)),
    "rapid_reviews:decision-list": Row(case("recommended_review"), **ALL),
    "rapid_reviews:decision-make": Row(case("recommended_review", partner="la"), **PARTNERS),
}
