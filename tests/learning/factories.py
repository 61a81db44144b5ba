"""Learning at any status, by the real workflow. All names are invented and must never leak."""

from datetime import timedelta

from django.utils import timezone

from agency_returns.actors import Actor
from learning import workflow
from learning.choices import Outcome, ProductKind, ReviewKind, Source
from learning.models import PracticeArea
from learning.states import (
    BriefingStatus,
    CascadeStatus,
    MessageStatus,
    PointStatus,
    ProductStatus,
    ReadingStatus,
)
from learning.workflow import MessageFacts, Origin, PointFacts, ProductFacts, ReviewFacts
from panel.models import Agency
from panel.roles import Role
from rapid_reviews.models import Audience, Theme
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import SECRET, person_with

LEAD = "lee.invented@schools.example"
AUDIT = Origin(source=Source.AUDIT, audit="Audit of discharge letters")


def manager(now=None):
    return person_with(Role.BUSINESS_MANAGER, now or timezone.now())


def theme(name="Information sharing"):
    return Theme.objects.get(name=name)


def area(name="Hospital discharge"):
    return PracticeArea.objects.get(name=name)


def schools():
    agency = Agency.objects.get(short_name="Schools")
    agency.safeguarding_lead, agency.safeguarding_address = "Lee Invented", LEAD
    agency.save()
    return agency


def case_origin(now=None, **more):
    review = rapid_review_at("gathering", now=now, **more)
    return Origin(source=Source.RAPID_REVIEW, rapid_review=review)


def facts(now=None, **over):
    given = {
        "text": f"Ring before discharge; {SECRET} was not told.", "learned_on": timezone.localdate(now),
        "practice_area": area(), "themes": [theme()], "agencies": [Agency.objects.get(short_name="Hospital")],
    }  # fmt: skip
    return PointFacts(**given | over)


def point_at(status=PointStatus.PROPOSED, *, origin=AUDIT, now=None, **over):
    now = now or timezone.now()
    point = workflow.record_point(origin=origin, facts=facts(now, **over), by=manager(now), now=now)
    if status == PointStatus.AGREED:
        workflow.agree_point(point=point, by=manager(now), now=now)
    if status == PointStatus.SET_ASIDE:
        workflow.set_aside_point(point=point, reason="Said elsewhere.", by=manager(now), now=now)
    point.refresh_from_db()
    return point


def review_facts(**over):
    given = {"kind": ReviewKind.SAR, "title": "Adult Q (invented)", "area": "Inventshire"}
    return ReviewFacts(**given | over)


def review_at(status=ReadingStatus.LISTED, *, readers=(), due=20, now=None, **over):
    now, by = now or timezone.now(), manager(now)
    review = workflow.list_review(facts=review_facts(**over), by=by, now=now)
    if status in (ReadingStatus.READING, ReadingStatus.READ):
        people = list(readers) or [person_with(Role.MEMBER, now)]
        due_on = timezone.localdate(now) + timedelta(days=due)
        workflow.assign_readers(review=review, readers=people, due_on=due_on, by=by, now=now)
    if status == ReadingStatus.READ:
        for one in people:
            workflow.say_implications(
                review=review, implications="Our wards do the same.", suggests=Outcome.ACTION, by=one, now=now
            )
    if status == ReadingStatus.DECIDED:
        workflow.decide_review(
            review=review, outcome=Outcome.LEARNING_POINT, implications="It bears on our wards.", by=by, now=now
        )
    review.refresh_from_db()
    return review


def message_facts(**over):
    given = {
        "text": "Ring the school before a child goes home.", "why": "Letters come too late.",
        "audiences": [Audience.objects.first()],
    }  # fmt: skip
    return MessageFacts(**given | over)


def message_at(status=MessageStatus.DRAFTED, *, now=None, **over):
    """A closed one has an issued product and both impact checks done."""
    now, by = now or timezone.now(), manager(now)
    message = workflow.draft_message(facts=message_facts(**over), by=by, now=now)
    if status == MessageStatus.WITHDRAWN:
        workflow.withdraw_message(message=message, reason="Not now.", by=by, now=now)
    elif status != MessageStatus.DRAFTED:
        workflow.recommend_message(message=message, by=by, now=now)
        if status != MessageStatus.RECOMMENDED:
            workflow.agree_message(message=message, on=timezone.localdate(now), by=by, now=now)
        if status == MessageStatus.CLOSED:
            product_at(ProductStatus.ISSUED, message=message, now=now)
            end(message, now)
    message.refresh_from_db()
    return message


def end(message, now):
    for check in message.impact_checks.all():
        workflow.record_impact(check=check, outcome="yes", evidence="Audit of ten files.", by=manager(now), now=now)
    workflow.close_message(message=message, closing_words="It is done everywhere.", by=manager(now), now=now)


def product_at(status=ProductStatus.PLANNED, *, message=None, now=None, **over):
    now, by = now or timezone.now(), manager(now)
    message = message or message_at(MessageStatus.AGREED, now=now)
    today = timezone.localdate(now)
    given = {"kind": ProductKind.WEBINAR, "title": "Webinar on discharge", "due_on": today + timedelta(days=9)}
    given |= {"audience": Audience.objects.first()}
    product = workflow.plan_product(message=message, facts=ProductFacts(**given | over), by=by, now=now)
    if status == ProductStatus.ISSUED:
        workflow.issue_product(product=product, on=today, by=by, now=now)
    if status == ProductStatus.CANCELLED:
        workflow.cancel_product(product=product, reason="No money.", by=by, now=now)
    product.refresh_from_db()
    return product


def cascade_at(status=CascadeStatus.ASKED, *, product=None, due=20, now=None):
    now, by = now or timezone.now(), manager(now)
    product = product or product_at(ProductStatus.ISSUED, now=now)
    due_on = timezone.localdate(now) + timedelta(days=due)
    (cascade,) = workflow.ask_agencies(product=product, agencies=[schools()], due_on=due_on, by=by, now=now)
    if status == CascadeStatus.CONFIRMED:
        workflow.confirm_cascade(cascade=cascade, people=40, how="In all meetings.", by=lead(), now=now)
    if status == CascadeStatus.WITHDRAWN:
        workflow.withdraw_cascade(cascade=cascade, by=by, now=now)
    cascade.refresh_from_db()
    return cascade


def lead():
    return Actor("Lee Invented", LEAD)


def briefing_at(status=BriefingStatus.DRAFT, *, message=None, now=None, text="Written plainly."):
    now, by = now or timezone.now(), manager(now)
    briefing = workflow.begin_briefing(message=message or message_at(now=now), by=by, now=now)
    if status == BriefingStatus.FINISHED:
        texts = {part.position: text for part in briefing.texts}
        workflow.write_briefing(briefing=briefing, title="Ring first", marking="official", texts=texts, by=by, now=now)
        workflow.finish_briefing(briefing=briefing, by=by, now=now)
    briefing.refresh_from_db()
    return briefing
