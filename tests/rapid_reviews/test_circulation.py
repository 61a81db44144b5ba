"""Outside a meeting: whom it asks and by when, each answer, the end of it, the reminders, and what is recorded."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from core.errors import InvalidTransition, NotPermitted, WorkflowError
from core.guard import workflow as guarded
from deadlines import calendar
from notifications.models import Message
from panel.roles import Role
from rapid_reviews import workflow
from rapid_reviews.choices import Answer
from rapid_reviews.circulating import asked, default_due
from rapid_reviews.contents import contents_of
from rapid_reviews.models import Circulation, CirculationAnswer
from rapid_reviews.needs import needs
from rapid_reviews.states import Status
from tests.cast import make_member
from tests.rapid_reviews.factories import answer_all, circulated, draft, rapid_review_at
from tests.referrals.factories import wall_off

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))  # a Monday; the statutory date is 11 December
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _then(time_machine):
    time_machine.move_to(NOW)


def answer(review, by, what=Answer.AGREE, reasons="", now=NOW, **more):
    return workflow.answer_circulation(review=review, answer=what, reasons=reasons, by=by, now=now, **more)


def drafted(**more):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    draft(review, now=NOW, by_circulation=True, present=[], **more)
    return review


def circulate(review, by, due_on=date(2026, 12, 4), **more):
    return workflow.circulate(review=review, due_on=due_on, by=by, now=NOW, **more)


def mails(kind):
    return Message.objects.filter(kind=f"rapid-review-{kind}")


def rows():
    return CirculationAnswer.objects.order_by("pk")


def test_every_member_is_asked_and_nobody_with_a_conflict(cast):
    review = drafted()
    stand_in = make_member("Des Sample", Role.NAMED_DEPUTY, cast.agencies.police,
                           deputy_for=cast.walled.memberships.get())  # fmt: skip
    members = {cast.chair, cast.deputy_chair, cast.member, cast.second_member}
    assert {seat.user for seat in asked(review.referral, TODAY)} == members | {cast.walled}
    wall_off(review.referral, cast.walled, now=NOW)
    circulate(review, cast.chair)
    assert {row.membership.user for row in rows()} == members | {stand_in}
    assert {mail.recipient for mail in mails("circulated")} == members | {stand_in}
    for mail in mails("circulated"):
        assert "Zebediah" not in mail.subject + mail.text
        assert "Rowan" not in mail.subject + mail.text
    assert needs(cast.walled, TODAY) == []
    assert "Answer the circulated recommendation" in [need.what for need in needs(cast.member, TODAY)]


def test_a_member_and_a_deputy_with_a_conflict_see_nothing_and_are_not_asked(cast, sign_in):
    review = drafted()
    wall_off(review.referral, cast.member, now=NOW)
    wall_off(review.referral, cast.deputy, now=NOW)
    circulate(review, cast.chair)
    assert not rows().filter(membership__user__in=[cast.member, cast.deputy]).exists()
    url = reverse("rapid_reviews:circulation", args=[review.referral.reference])
    assert sign_in(cast.member).get(url).status_code == 404
    with pytest.raises(NotPermitted):
        answer(review, cast.member)


def test_by_default_a_working_day_before_the_milestone_else_what_is_left(cast):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    milestone = review.clock.milestone_clocks.get(code="rr-meeting")
    counted = calendar.current()
    days = {on: default_due(review, milestone, on=on, calendar=counted)
            for on in (TODAY, milestone.due_on - timedelta(days=1), milestone.due_on, review.clock.due_on)}  # fmt: skip
    assert list(days.values()) == [
        counted.back(milestone.due_on, 1), milestone.due_on, review.clock.due_on, review.clock.due_on,
    ]  # fmt: skip


def test_after_the_statutory_date_only_the_chair_in_person_and_with_the_reason(cast):
    review = drafted()
    late = calendar.current().forward(review.clock.due_on, 2)
    with pytest.raises(WorkflowError, match="Only the chair"):
        circulate(review, cast.business_manager, due_on=late, late_word="It cannot be sooner.")
    with pytest.raises(WorkflowError, match="say why"):
        circulate(review, cast.chair, due_on=late)
    circulate(review, cast.chair, due_on=late, late_word="The hospital answers on the 14th.")
    assert Circulation.objects.get().late_word == "The hospital answers on the 14th."


def test_refused_on_no_working_day_in_the_past_and_without_what_a_review_must_ask(cast):
    review = drafted()
    with pytest.raises(WorkflowError, match="Saturday"):
        circulate(review, cast.chair, due_on=date(2026, 12, 5))
    with pytest.raises(WorkflowError, match="has passed"):
        circulate(review, cast.chair, due_on=date(2026, 11, 20))
    draft(review, now=NOW, by_circulation=True, present=[], particulars=workflow.Particulars())
    with pytest.raises(WorkflowError, match="no key line of enquiry"):
        circulate(review, cast.chair)
    draft(review, now=NOW)
    with pytest.raises(WorkflowError, match="made by a meeting"):
        circulate(review, cast.chair)


def test_a_double_click_asks_once_and_the_draft_stands_still(cast):
    review = drafted()
    circulate(review, cast.chair)
    circulate(review, cast.business_manager)
    assert Circulation.objects.count() == 1
    assert mails("circulated").filter(recipient=cast.member).count() == 1
    with pytest.raises(InvalidTransition):
        draft(review, now=NOW)


def test_an_answer_is_given_once_for_oneself(cast):
    review = circulated(now=NOW)
    first = answer(review, cast.member, Answer.ABSTAIN)
    assert answer(review, cast.member, Answer.ABSTAIN).pk == first.pk
    with pytest.raises(WorkflowError, match="answered already: abstain"):
        answer(review, cast.member, Answer.AGREE)
    with pytest.raises(WorkflowError, match="Say why you disagree"):
        answer(review, cast.chair, Answer.DISAGREE, " ")
    with pytest.raises(NotPermitted, match="not among the members"):
        answer(review, cast.deputy)  # the member is there
    with pytest.raises(NotPermitted):
        answer(review, cast.business_manager)


def test_it_closes_with_the_last_answer_and_the_carriers_are_told(cast):
    review = circulated(now=NOW)
    answer_all(review, now=NOW, answers={cast.second_member.pk: Answer.DISAGREE})
    assert Circulation.objects.get().closed_at == NOW
    assert mails("circulation-closed").filter(recipient=cast.business_manager).exists()
    said = Event.objects.get(verb="rapid_review.circulation_closed").details
    assert said["said"] == "5 of 5 have answered: 4 agree, 1 disagree, 0 abstain."
    assert "Record what the members answered" in [need.what for need in needs(cast.chair, TODAY)]


def test_recorded_with_the_answers_as_attendance_and_dissent(cast):
    review = circulated(now=NOW)
    with pytest.raises(WorkflowError, match=r"goes on until .* 11 December, or until everybody"):
        workflow.record_recommendation(review=review, by=cast.chair, now=NOW)
    answer_all(review, now=NOW, answers={cast.second_member.pk: Answer.DISAGREE})
    for _ in range(2):  # a double click
        workflow.record_recommendation(review=review, by=cast.business_manager, now=NOW)
    review.refresh_from_db()
    standing = review.recommendation
    assert (review.status, standing.is_quorate, standing.met_on) == (Status.RECOMMENDED, True, TODAY)
    assert standing.attendances.count() == 5
    [dissent] = standing.dissents.all()
    assert (dissent.membership.user, dissent.text) == (cast.second_member, "Zebediah is not safe by this.")
    assert mails("decision-wanted").count() == 3
    assert review.clock.milestone_clocks.get(code="rr-meeting").completed_on == TODAY


def test_the_quorum_is_of_the_answers_and_without_it_the_chair_rules(cast):
    review = circulated(now=NOW)
    for person in (cast.chair, cast.deputy_chair, cast.member):
        answer(review, person)
    after = NOW + timedelta(days=21)  # nobody from the police has answered, and the day has passed
    record = {"review": review, "by": cast.business_manager, "now": after}
    with pytest.raises(WorkflowError, match="Not represented: police"):
        workflow.record_recommendation(**record)
    with pytest.raises(WorkflowError, match="Only the chair"):
        workflow.record_recommendation(**record, chair_ruling="It stands", ruled_by=cast.member)
    workflow.record_recommendation(**record, chair_ruling="The police agreed by telephone.", ruled_by=cast.chair)
    standing = review.recommendation
    assert (standing.is_quorate, standing.ruled_by) == (False, cast.chair)
    assert standing.met_on == review.clock.due_on


def test_too_late_is_a_sentence_and_the_sweep_closes_once(cast):
    review = circulated(now=NOW)
    after = NOW + timedelta(days=19)
    with pytest.raises(WorkflowError, match="The circulation is over"):
        answer(review, cast.member, now=after)
    assert workflow.sweep_circulations(now=after) == (1, 0)
    assert workflow.sweep_circulations(now=after) == (0, 0)
    assert mails("circulation-closed").filter(recipient=cast.chair).count() == 1


def test_reminders_go_on_the_last_two_days_once_each_and_not_at_night(cast):
    review = circulated(now=NOW)
    answer(review, cast.member)
    due = review.clock.due_on
    at = lambda day, hour: NOW.replace(month=12, day=day, hour=hour)  # noqa: E731 - short beside its uses
    assert workflow.sweep_circulations(now=at(due.day - 2, 10)) == (0, 0)
    assert workflow.sweep_circulations(now=at(due.day - 1, 5)) == (0, 0)
    for expected in (4, 0):
        assert workflow.sweep_circulations(now=at(due.day - 1, 10)) == (0, expected)
    assert workflow.sweep_circulations(now=at(due.day, 10)) == (0, 4)
    reminded = mails("circulation-reminder")
    assert not reminded.filter(recipient=cast.member).exists()
    assert reminded.filter(recipient=cast.chair).count() == 2
    workflow.withdraw(review=review, reason="Not met", by=cast.chair, now=NOW)
    assert workflow.sweep_circulations(now=at(due.day + 1, 10)) == (0, 0)


def test_ended_it_is_a_draft_again_with_its_answers_kept_and_can_go_round_anew(cast):
    review = circulated(now=NOW)
    answer(review, cast.member, Answer.DISAGREE, "The question is too narrow.")
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.end_circulation(review=review, reason=" ", by=cast.chair, now=NOW)
    for _ in range(2):
        workflow.end_circulation(review=review, reason="The question is widened.", by=cast.chair, now=NOW)
    draft(review, now=NOW, by_circulation=True, present=[])
    circulate(review, cast.chair)
    first, second = Circulation.objects.order_by("pk")
    assert first.answers.get(membership__user=cast.member).reasons == "The question is too narrow."
    assert second.answers.get(membership__user=cast.member).answer == ""
    answer(review, cast.member)
    assert contents_of(review).circulation == second


def test_a_draft_for_circulation_is_not_recorded_before_it_went_round(cast):
    with pytest.raises(WorkflowError, match="Circulate it first"):
        workflow.record_recommendation(review=drafted(), by=cast.chair, now=NOW)


@pytest.mark.parametrize(
    ("model", "values", "name"),
    [
        (CirculationAnswer, {"answer": "agree"}, "answered_when"),
        (CirculationAnswer, {"answer": "disagree", "answered_at": NOW}, "disagreement_has_reasons"),
        (CirculationAnswer, {"handed_at": NOW, "handed_reason": "Away"}, "handed_on_when_and_why"),
        (Circulation, {"closed_at": NOW - timedelta(days=1)}, "closed_after_opened"),
        (Circulation, {"end_reason": "Because"}, "ended_by_and_why"),
    ],
)
def test_the_database_refuses_nonsense(cast, model, values, name):
    circulated(now=NOW)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        guarded(model.objects.update)(**values)


def url(review, name):
    return reverse(f"rapid_reviews:{name}", args=[review.referral.reference])


def test_pages_from_the_draft_to_the_partners(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING, now=NOW)
    draft(review, now=NOW)
    chair = sign_in(cast.chair)
    form = {"outcome": "lcspr", "reason": "It would add.", "meeting": "circulation", "enquiry_rows": "1",
            "enquiry-0-question": "Who followed up?", "enquiry-0-why": "Nobody did."}  # fmt: skip
    assert chair.post(url(review, "recommendation-edit"), form).url.endswith("/check/")
    page = chair.get(url(review, "recommendation-check")).content.decode()
    assert "Circulate it to the members" in page
    assert "Record the recommendation" not in page
    page = chair.get(url(review, "circulation-start")).content.decode()
    assert "Mel Sample" in page
    due = {"due_on_0": "4", "due_on_1": "12", "due_on_2": "2026"}
    assert chair.post(url(review, "circulation-start"), due).url == url(review, "circulation")

    member = sign_in(cast.member)
    assert "Answer for yourself" in member.get(url(review, "circulation")).content.decode()
    page = member.post(url(review, "circulation-answer"), {"answer": "disagree"}).content.decode()
    assert "Say why you disagree" in page
    data = {"answer": "disagree", "reasons": "Too narrow."}
    for _ in range(2):
        assert member.post(url(review, "circulation-answer"), data).status_code == 302
    page = member.post(url(review, "circulation-answer"), {"answer": "agree", "reasons": "Kept words"})
    assert "You have answered already: disagree." in page.content.decode()
    assert "Kept words" in page.content.decode()
    others = sign_in(cast.second_member).get(url(review, "circulation")).content.decode()
    assert "Too narrow." not in others  # the leaders alone read answers while others think
    assert "Too narrow." in chair.get(url(review, "circulation")).content.decode()

    assert "Record it as" not in chair.get(url(review, "circulation")).content.decode()
    answer_all(review)
    assert "Record it as" in chair.get(url(review, "circulation")).content.decode()
    assert chair.post(url(review, "circulation-record"), {"save": ""}).status_code == 302
    page = sign_in(cast.partner_la).get(url(review, "decision-list")).content.decode()
    assert "Outside a meeting, by circulation to the members" in page
    assert "Too narrow." in page


def test_without_a_quorum_the_page_wants_the_ruling(cast, sign_in, time_machine):
    review = circulated(now=NOW)
    answer(review, cast.chair)
    time_machine.move_to(NOW + timedelta(days=21))
    client = sign_in(cast.chair)
    page = client.get(url(review, "circulation-record")).content.decode()
    assert "Not represented: local authority, police." in page
    page = client.post(url(review, "circulation-record"), {"chair_ruling": "It stands."}).content.decode()
    assert "It stands." in page
    assert review.recommendations.drafts().exists()
    client.post(url(review, "circulation-record"), {"chair_ruling": "It stands.", "ruled_by": cast.chair.pk})
    assert review.recommendation.chair_ruling == "It stands."


def test_a_second_tab_that_ends_it_too_late_keeps_what_was_typed(cast, sign_in):
    review = circulated(now=NOW)
    answer_all(review, now=NOW)
    workflow.record_recommendation(review=review, by=cast.chair, now=NOW)
    page = sign_in(cast.chair).post(url(review, "circulation-end"), {"reason": "Kept words"}).content.decode()
    assert "This rapid review is recommended, so it is not possible to end circulation." in page
    assert "Kept words" in page


def test_the_page_costs_the_same_for_one_answer_and_for_all(cast, sign_in, django_assert_num_queries):
    review = circulated(now=NOW)
    answer(review, cast.member)
    client = sign_in(cast.second_member)
    client.get(url(review, "circulation"))  # the session's first page asks once more
    with django_assert_num_queries(31):  # with the question whether there is a deputy
        client.get(url(review, "circulation"))
    answer_all(review, now=NOW)
    with django_assert_num_queries(30):
        client.get(url(review, "circulation"))
