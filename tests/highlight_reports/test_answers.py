"""What the Executive is asked: written, mailed with a link, answered by link or signed in, counted, chased."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core import needs
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow as guarded
from highlight_reports import tasks, workflow
from highlight_reports.answers import outcomes
from highlight_reports.assemble import assemble
from highlight_reports.choices import Answer as Choice
from highlight_reports.models import Answer, Asked, HighlightReport
from highlight_reports.states import Status
from notifications.models import Message
from rapid_reviews.states import Status as ReviewStatus
from tests.agency_returns.factories import enter, token_in
from tests.highlight_reports.factories import make_draft, make_list, report_at
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, wall_off

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
ADA = "ada.example@council.example"
ASKS = ("Agree that the neglect strategy is renewed.", "Fund two training days.")


@pytest.fixture
def report(cast):
    """Sent to three executives, two decisions asked."""
    return report_at(Status.SENT, asks=ASKS)


def asked(report, address=ADA):
    return report.asked.get(address=address)


def answer(report, *choices, address=ADA, now=None):
    asks = list(report.asks.all())
    answers = {ask.pk: choice for ask, choice in zip(asks, choices, strict=False)}
    return workflow.answer(asked=asked(report, address), answers=answers, by=None, now=now or timezone.now())


def mail(kind, address=ADA):
    return Message.objects.filter(kind=kind, address=address).order_by("-pk").first()


def test_each_executive_gets_one_mail_with_a_link_of_their_own(report):
    mails = Message.objects.filter(kind="highlight-report-asking")
    assert mails.count() == report.asked.count() == 3
    assert len({token_in(one) for one in mails}) == 3
    assert all(one.attachments.count() == 1 for one in mails)
    for one in mails:
        assert not any(text in one.subject + one.text for text in ASKS)
    assert [one["text"] for one in report.data["sections"][0]["asks"]] == list(ASKS)


def test_without_anything_asked_there_is_no_link(cast):
    report = report_at(Status.SENT)
    assert not report.asked.exists()
    assert "/link/" not in mail("highlight-report").text


def test_by_link_with_a_code_from_page_to_page(report):
    token = token_in(mail("highlight-report-asking"))
    url = reverse("highlight_reports:link-answer", args=[token])
    assert Client().get(url).url == reverse("access_links:link", args=[token])
    browser = enter(token, ADA)
    page = browser.get(url).content.decode()
    assert "Agree that the neglect strategy" in page
    assert "New referrals and decisions" in page, "the report itself"
    assert reverse("highlight_reports:report-figure", args=[report.reference, "headline", "received"]) not in page
    first, second = report.asks.all()
    typed = {f"answer_{first.pk}": "approve", f"answer_{second.pk}": "decline", f"comment_{second.pk}": ""}
    page = browser.post(url, typed).content.decode()
    assert "Enter why you decline" in page
    assert not Answer.objects.exists()
    typed[f"comment_{second.pk}"] = "The budget is spent."
    page = browser.post(url, typed, follow=True).content.decode()
    assert "Your answers are recorded" in page
    assert "The budget is spent." in page, "the form shows what was answered"
    assert [(one.answer, one.comment) for one in Answer.objects.all()] == [
        ("approve", ""), ("decline", "The budget is spent.")
    ]  # fmt: skip
    file = browser.get(reverse("highlight_reports:link-pdf", args=[token]))
    assert file.content == bytes(report.pdf.content)
    [event] = Event.objects.filter(verb="report.answered")
    assert event.sentence == "Ada Example answered 2 of what the report asks."


def test_nothing_chosen_and_a_comment_alone_are_refused(report):
    browser = enter(token := token_in(mail("highlight-report-asking")), ADA)
    url = reverse("highlight_reports:link-answer", args=[token])
    assert "Answer at least one" in browser.post(url, {"save": "Send my answers"}).content.decode()
    pk = report.asks.first().pk
    page = browser.post(url, {f"comment_{pk}": "Perhaps."}).content.decode()
    assert "Select an answer to go with your comment" in page
    assert "Perhaps." in page


def test_signed_in_who_is_on_the_list_and_nobody_else(cast, sign_in):
    make_list(cast.partner_la.email)
    report = report_at(Status.SENT, asks=ASKS[:1])
    url = reverse("highlight_reports:report-answer", args=[report.reference])
    [need] = [one for one in needs.collect(cast.partner_la, timezone.localdate()) if one.url == url]
    assert (need.due, need.about) == (report.meeting_on, report.reference)
    assert not any(one.url == url for one in needs.collect(cast.partner_icb, timezone.localdate()))
    assert sign_in(cast.partner_icb).get(url).status_code == 404
    client = sign_in(cast.partner_la)
    pk = report.asks.get().pk
    typed = {f"answer_{pk}": "discuss", f"comment_{pk}": "How much?"}
    page = client.post(url, typed, follow=True).content.decode()
    assert "To be discussed at the meeting" in page
    assert "Lou Partner: discuss at the meeting" in page
    assert not any(one.url == url for one in needs.collect(cast.partner_la, timezone.localdate()))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "0 of 3 answered"),
        (["approve"], "1 of 3 answered"),
        (["approve", "approve", "approve"], "Approved by all who were asked"),
        (["decline", "decline", "decline"], "Declined by all who were asked"),
        (["approve", "decline", "approve"], "To be discussed at the meeting"),
        (["approve", "discuss"], "To be discussed at the meeting"),
    ],
)
def test_what_follows_is_no_majority(report, given, words):
    for one, choice in zip(report.asked.all(), given, strict=False):
        answer(report, (choice, "" if choice == "approve" else "Because."), address=one.address)
    first = outcomes(report)[0]
    assert first.words == words
    assert (sum(first.counts.values()), first.waiting) == (len(given), 3 - len(given))


def test_the_same_again_is_quiet_and_another_answer_replaces_and_is_kept_in_the_history(report):
    assert answer(report, (Choice.APPROVE, ""), (Choice.APPROVE, "")) == 2
    assert answer(report, (Choice.APPROVE, ""), (Choice.APPROVE, "")) == 0
    assert answer(report, (Choice.DISCUSS, "On second thoughts.")) == 1
    assert Answer.objects.count() == 2
    changed = Answer.objects.get(answer=Choice.DISCUSS)
    assert [one.answer for one in changed.events.order_by("pgh_id")] == ["approve", "discuss"]
    assert Event.objects.filter(verb="report.answered").count() == 2


def test_no_answer_after_the_meeting_nor_to_a_withdrawn_report(cast, report):
    with pytest.raises(WorkflowError, match="The Executive has met"):
        answer(report, (Choice.APPROVE, ""), now=timezone.now() + timedelta(days=11))
    token = token_in(mail("highlight-report-asking"))
    browser = enter(token, ADA)
    workflow.withdraw(report=report, reason="A figure was wrong.", by=cast.business_manager, now=timezone.now())
    with pytest.raises(WorkflowError, match="withdrawn"):
        answer(report, (Choice.APPROVE, ""))
    assert browser.get(reverse("highlight_reports:link-answer", args=[token])).status_code == 404


def test_a_wall_ends_the_link_the_page_and_the_answer(cast, sign_in):
    case = rapid_review_at(ReviewStatus.RECOMMENDED).referral
    make_list(cast.partner_la.email)
    report = report_at(Status.SENT, asks=ASKS)
    token = token_in(mail("highlight-report-asking", cast.partner_la.email))
    browser = enter(token, cast.partner_la.email)
    url = reverse("highlight_reports:link-answer", args=[token])
    assert case.reference in browser.get(url).content.decode()
    wall_off(case, cast.partner_la)
    assert browser.get(url).status_code == 404
    assert browser.get(reverse("highlight_reports:link-pdf", args=[token])).status_code == 404
    here = reverse("highlight_reports:report-answer", args=[report.reference])
    assert sign_in(cast.partner_la).get(here).status_code == 404
    assert not any(one.url == here for one in needs.collect(cast.partner_la, timezone.localdate()))
    with pytest.raises(NotPermitted):
        answer(report, (Choice.APPROVE, ""), address=cast.partner_la.email)
    page = sign_in(cast.partner_la).get(reverse("highlight_reports:report-detail", args=[report.reference]))
    assert ASKS[0] not in page.content.decode()


@pytest.mark.time_machine(datetime(2026, 11, 23, 10, tzinfo=LONDON))
def test_reminded_once_three_working_days_before_the_meeting(cast):
    """Thursday 3 December: Monday 30 November is the third working day before it."""
    sent = datetime(2026, 11, 23, 10, tzinfo=LONDON)
    report = report_at(Status.SENT, asks=ASKS, now=sent, meeting_on=date(2026, 12, 3))
    answer(report, (Choice.APPROVE, ""), (Choice.APPROVE, ""), now=sent)
    answer(report, (Choice.APPROVE, ""), address="bryn.sample@icb.example", now=sent)
    friday = datetime(2026, 11, 27, 10, tzinfo=LONDON)
    assert workflow.chase_answers(now=friday) == 0
    monday = friday + timedelta(days=3)
    assert workflow.chase_answers(now=monday) == 2
    assert workflow.chase_answers(now=monday) == 0
    mails = Message.objects.filter(kind="highlight-report-answer-reminder")
    assert {one.address for one in mails} == {"bryn.sample@icb.example", "cai.invented@police.example"}
    assert workflow.chase_answers(now=monday + timedelta(days=7)) == 0, "the Executive has met"


def test_the_task_does_both(cast):
    tasks.prepare_reports()  # no meeting, no report: nothing, without an error
    assert not HighlightReport.objects.exists()


def test_what_is_asked_is_written_in_the_draft_and_names_nobody(cast, sign_in):
    rapid_review_at(ReviewStatus.OPENED)
    report = make_draft()
    client = sign_in(cast.business_manager)
    url = reverse("highlight_reports:ask-add", args=[report.reference])
    page = client.post(url, {"text": f"Agree to help {CHILD_NAME}."}).content.decode()
    assert "holds a name or a date of birth" in page
    assert CHILD_NAME in page, "what was typed is kept"
    page = client.post(url, {"text": ASKS[0]}, follow=True).content.decode()
    assert ASKS[0] in page
    workflow.add_ask(report=report, text=ASKS[0], by=cast.business_manager, now=timezone.now())
    ask = report.asks.get()
    client.post(reverse("highlight_reports:ask-drop", args=[report.reference, ask.pk]))
    assert not report.asks.exists()
    assert [one.verb for one in Event.objects.about(report.reference).filter(verb__startswith="report.ask")] == [
        "report.ask-dropped", "report.ask-added",
    ]  # fmt: skip


def test_who_wrote_what_is_asked_does_not_approve_it(cast):
    report = make_draft()
    workflow.add_ask(report=report, text=ASKS[0], by=cast.business_manager, now=timezone.now())
    report = report_at(Status.SUBMITTED, asks=ASKS, meeting_on=timezone.localdate() + timedelta(days=20))
    assert cast.business_manager.pk in {report.asks.first().created_by_id}
    workflow.approve(report=report, by=cast.chair, now=timezone.now())


def test_the_next_report_tells_what_became_of_what_this_one_asked(cast, report):
    answer(report, (Choice.APPROVE, ""), (Choice.DECLINE, "No money."))
    later = make_draft(
        meeting_on=report.meeting_on + timedelta(days=60), period_from=report.period_to, period_to=report.period_to
    )
    data = assemble(later, as_at=report.period_to)
    [table] = [one for one in data["sections"][0]["tables"] if "answered" in one["caption"]]
    assert [row["cells"] for row in table["rows"]] == [
        [ASKS[0], "1", "0", "0", "2", "1 of 3 answered"],
        [ASKS[1], "0", "1", "0", "2", "1 of 3 answered"],
    ]


def test_who_opened_it_is_told_to_those_who_make_it(cast, report, sign_in):
    enter(token := token_in(mail("highlight-report-asking")), ADA).get(
        reverse("highlight_reports:link-answer", args=[token])
    )
    url = reverse("highlight_reports:report-detail", args=[report.reference])
    reader = sign_in(cast.partner_icb)
    reader.get(url)
    assert "Who opened it" not in reader.get(url).content.decode()
    page = " ".join(sign_in(cast.chair).get(url).content.decode().split())
    assert "Who opened it" in page
    assert 'Ada Example</th> <td class="govuk-table__cell">By link' in page
    assert 'Ivy Partner</th> <td class="govuk-table__cell">Signed in' in page


def test_a_comment_with_a_name_is_for_those_who_see_names(cast, report, sign_in):
    rapid_review_at(ReviewStatus.OPENED)
    answer(report, (Choice.DISCUSS, f"What of {CHILD_NAME}?"))
    url = reverse("highlight_reports:report-detail", args=[report.reference])
    assert CHILD_NAME in sign_in(cast.business_manager).get(url).content.decode()
    page = sign_in(cast.partner_la).get(url).content.decode()
    assert CHILD_NAME not in page
    assert "The comment names somebody" in page


@guarded
def _keep(**fields):
    return Answer.objects.create(answered_at=timezone.now(), **fields)


def test_the_database_refuses_a_refusal_without_a_word_and_a_second_answer(report):
    one, ask = asked(report), report.asks.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        _keep(ask=ask, asked=one, answer=Choice.DECLINE)
    _keep(ask=ask, asked=one, answer=Choice.APPROVE)
    with pytest.raises(IntegrityError), transaction.atomic():
        _keep(ask=ask, asked=one, answer=Choice.APPROVE)
    assert Asked.objects.unanswered().count() == 3
