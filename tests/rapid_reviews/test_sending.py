"""Sent or withdrawn: the clock ends, the case follows, people are told; nothing goes out while something is missing."""

import hashlib
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from audit.models import Event
from core.errors import WorkflowError
from core.guard import workflow as guarded
from documents import storage
from notifications.models import Message
from rapid_reviews import readiness, workflow
from rapid_reviews.choices import Naming, SectionKey
from rapid_reviews.contents import contents_of
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from referrals.models import Referral
from referrals.states import Status as CaseStatus
from tests.rapid_reviews import factories
from tests.rapid_reviews.factories import ADDRESS, decide_all, rapid_review_at, sent_document, write_sections

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/London"))
LATER = NOW + timedelta(days=40)


def blockers(review):
    return [b.text for b in readiness.before_sending(contents_of(RapidReview.objects.get(pk=review.pk)))]


def send(review, by, now=NOW, on=None, **more):
    return factories.send(review, by=by, now=now, on=on or now.date(), **more)


def test_a_new_review_lacks_everything(cast):
    texts = blockers(rapid_review_at(Status.OPENED, now=NOW))
    assert "“Immediate safeguarding of Child A” is not started" in texts
    assert "“Race and ethnicity” is not started" in texts
    assert any("(d) The national Panel" in t for t in texts)
    assert "the Panel’s recommendation is not recorded" in texts
    assert len(texts) == 14 + 8 + 1


def test_the_list_shrinks_with_the_work(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    write_sections(review, now=NOW)
    assert blockers(review) == [
        "there is no decision by the local authority",
        "there is no decision by the integrated care board",
        "there is no decision by the police",
    ]
    decide_all(review, now=NOW)
    assert blockers(review) == []


@guarded
def blank(queryset, **values):
    queryset.update(**values)


def test_what_the_law_requires_is_checked_and_never_assumed(cast, sign_in):
    """Intake asks for all of it; that it is there is checked all the same, each with the page that mends it."""
    review = rapid_review_at(Status.RECOMMENDED)
    write_sections(review)
    decide_all(review)
    assert blockers(review) == []
    blank(review.referral.children.all(), date_of_birth=None, ethnicity="", disability="")
    for involved in review.referral.involved_agencies.all():
        empty(involved)
    assert blockers(review) == [
        "the date of birth of Child A is not recorded",
        "the ethnicity of Child A is not recorded",
        "the answer on disability or health needs of Child A is not recorded",
        "no agency is recorded as involved",
    ]
    client = sign_in(cast.business_manager)
    case = client.get(reverse("overview:case", args=[review.referral.reference])).content.decode()
    for blocker in readiness.before_sending(contents_of(RapidReview.objects.get(pk=review.pk))):
        assert client.get(blocker.url).status_code == 200, blocker
        assert blocker.text in case
    blank(Referral.objects.filter(pk=review.referral_id), no_agency_involved=True)
    assert "no agency is recorded as involved" not in blockers(review)


@guarded
def empty(involved):
    involved.known.all().delete()
    involved.delete()


def test_partners_who_differ_are_on_it(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    write_sections(review, now=NOW)
    decide_all(review, now=NOW, views={"la": "disagree"})
    assert blockers(review) == ["the three partners differ, and it is back to the Panel"]


def test_every_line_leads_to_a_page_that_opens(cast, sign_in):
    review = rapid_review_at(Status.DRAFTING)
    client = sign_in(cast.business_manager)
    for blocker in readiness.before_sending(contents_of(review)):
        assert client.get(blocker.url).status_code == 200, blocker


def test_refused_with_the_same_list_that_the_page_shows(cast, sign_in):
    review = rapid_review_at(Status.DECIDED)
    write_sections(review)
    workflow.save_section(
        review=review, key=SectionKey.VOICE, child=review.referral.children.get(), text="", version=1, by=cast.member,
        now=datetime.now(tz=NOW.tzinfo),
    )  # fmt: skip
    expected = "“Voice and lived experience of Child A” is not started"
    with pytest.raises(WorkflowError, match=expected):
        send(review, cast.chair, now=datetime.now(tz=NOW.tzinfo))
    for name in ("review-workspace", "review-send"):
        page = sign_in(cast.chair).get(reverse(f"rapid_reviews:{name}", args=[review.referral.reference]))
        assert expected in page.content.decode()


def test_sending_stops_the_clock_and_starts_the_wait(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    assert (review.clock.completed_on, review.clock.was_late) == (NOW.date(), False)
    assert review.sent_by == cast.business_manager
    assert review.reply_clock.code == "national-panel-reply"
    assert (review.reply_clock.trigger_on, review.reply_clock.limit) == (NOW.date(), "expected")
    assert not review.clock.milestone_clocks.running().exists()
    assert Referral.objects.get(pk=review.referral_id).status == CaseStatus.REVIEWED


def test_sending_is_told_to_lead_chair_and_business_manager_without_names(cast):
    review = rapid_review_at(Status.SENT, now=NOW, lead=cast.member)
    mails = Message.objects.filter(kind="rapid-review-sent")
    assert {m.recipient for m in mails} == {cast.member, cast.chair, cast.business_manager}
    for mail in mails:
        assert review.referral.reference in mail.subject
        assert not any(name in mail.subject + mail.text for name in ("Rowan", "Invented", "Zebediah"))


def test_sent_twice_is_quiet(cast):
    review = rapid_review_at(Status.SENT, now=NOW)
    again = send(review, cast.chair, now=NOW + timedelta(days=1))
    assert again.sent_on == NOW.date()
    assert Message.objects.filter(kind="rapid-review-sent", recipient=cast.chair).count() == 1


@pytest.mark.parametrize("more", [{}, {"late_reason": "Returns were late"}, {"told": "The national Panel"}])
def test_late_needs_the_reason_and_who_was_told(cast, more):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    with pytest.raises(WorkflowError, match="say why, and who was told"):
        send(review, cast.chair, now=LATER, **more)


def test_late_with_both_keeps_them(cast):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    review = send(review, cast.chair, now=LATER, late_reason="Returns were late", told="The national Panel")
    review.clock.refresh_from_db()
    assert review.clock.was_late
    assert (review.clock.late_reason, review.clock.told) == ("Returns were late", "The national Panel")
    sentence = Event.objects.about(review.referral.reference).filter(verb="rapid_review.sent").get().sentence
    assert sentence.endswith("on 2 January 2027. It was late.")


@pytest.mark.parametrize("on", [date(2026, 11, 22), date(2026, 11, 24)])
def test_neither_before_the_decision_nor_in_the_future(cast, on):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    with pytest.raises(WorkflowError, match=r"three Safeguarding Partners have decided|not come yet"):
        send(review, cast.chair, on=on)


def test_the_sender_may_send(cast):
    review = rapid_review_at(Status.DECIDED, now=NOW)
    write_sections(review, now=NOW)
    with pytest.raises(WorkflowError, match="may not send"):
        send(review, cast.chair, sender=cast.member)


def typed(day, sender, report, **more):
    """What the page of the sending asks for, filled in."""
    when = {"sent_on_0": day.day, "sent_on_1": day.month, "sent_on_2": day.year}
    checks = {"checks": ["read", "version", "secure"], "address": ADDRESS, "sender": sender.pk, "report": report}
    return when | checks | more


def made_report(review, by):
    now = datetime.now(tz=NOW.tzinfo)
    report = workflow.make_report(review=review, naming=Naming.PSEUDONYMISED, by=by, now=now)
    workflow.render(pk=report.pk, now=now)
    report.refresh_from_db()
    return report


def test_page_keeps_the_report_byte_for_byte_and_says_what_comes_next(cast, sign_in):
    review = rapid_review_at(Status.DECIDED)
    write_sections(review)
    today = datetime.now(tz=NOW.tzinfo).date()
    url = reverse("rapid_reviews:review-send", args=[review.referral.reference])
    client = sign_in(cast.business_manager)
    assert "There is no report yet" in client.get(url).content.decode()
    report = made_report(review, cast.business_manager)
    content = report.bytes_of("pdf")
    assert "Why was it late?" not in client.get(url).content.decode()
    assert (
        "Tick each line"
        in client.post(url, typed(today, cast.chair, f"made-{report.pk}", checks=["read"])).content.decode()
    )
    response = client.post(url, typed(today, cast.chair, f"made-{report.pk}"))
    assert response.status_code == 302
    review.refresh_from_db()
    assert (review.status, review.sent_on, review.sent_by) == (Status.SENT, today, cast.chair)
    submission = review.submissions.get()
    assert (submission.number, submission.address, submission.naming) == (1, ADDRESS, "pseudonymised")
    assert storage.read(submission.report.key) == content
    assert submission.report.sha256_stored == hashlib.sha256(content).hexdigest()
    assert submission.editable.extension == "docx"
    assert not review.reports.exists(), "drafts have done their work"
    page = client.get(response["Location"]).content.decode()
    assert "Rapid review recorded as sent" in page
    assert "What happens next" in page
    assert client.post(url, typed(today, cast.chair, f"made-{report.pk}")).status_code == 302, "the back button"
    assert review.submissions.count() == 1


def test_a_report_that_is_out_of_date_or_a_draft_is_not_sent(cast):
    now = datetime.now(tz=NOW.tzinfo)
    review = rapid_review_at(Status.DECIDED)
    draft = made_report(review, cast.chair)  # nothing is written: a draft
    write_sections(review)
    with pytest.raises(WorkflowError, match="not ready to be sent"):
        send(review, cast.chair, now=now, report=workflow.Sent(made=draft))
    made = made_report(review, cast.chair)
    workflow.save_section(
        review=review, key=SectionKey.FACTS, text="New", is_complete=True, version=1, by=cast.member, now=now
    )  # fmt: skip
    with pytest.raises(WorkflowError, match="has changed since"):
        send(review, cast.chair, now=now, report=workflow.Sent(made=made))
    review.refresh_from_db()
    assert review.status == Status.DECIDED


def test_a_document_of_another_case_is_not_what_was_sent(cast):
    review, other = (rapid_review_at(Status.DECIDED, now=NOW) for _ in range(2))
    write_sections(review, now=NOW)
    foreign = sent_document(other, by=cast.chair, now=NOW)
    with pytest.raises(WorkflowError, match="not among those of the case"):
        send(review, cast.chair, document=foreign)
    with pytest.raises(WorkflowError, match="Choose the report"):
        send(review, cast.chair, report=workflow.Sent())
    with pytest.raises(WorkflowError, match="to which address"):
        send(review, cast.chair, address=" ")


def test_late_page_takes_an_uploaded_document_and_asks_for_the_reason(cast, sign_in):
    now = datetime.now(tz=NOW.tzinfo)
    review = rapid_review_at(Status.DECIDED, now=now - timedelta(days=60))
    write_sections(review, now=now)
    document = sent_document(review, by=cast.chair, now=now)
    url = reverse("rapid_reviews:review-send", args=[review.referral.reference])
    client, data = sign_in(cast.chair), typed(now, cast.chair, f"document-{document.pk}")
    page = client.post(url, data).content.decode()
    for words in ("Say why it was late", "Say who was told", "Select how people stand in this document"):
        assert words in page
    late = {"late_reason": "Returns were late", "told": "The national Panel", "naming": "full"}
    assert client.post(url, data | late).status_code == 302
    assert review.submissions.get().report == document


def test_withdrawn_ends_the_clock_apart_and_the_case_follows(cast):
    review = rapid_review_at(Status.WITHDRAWN, now=NOW)
    assert (review.clock.withdrawn_on, review.clock.completed_on) == (NOW.date(), None)
    assert not review.clock.milestone_clocks.running().exists()
    assert Referral.objects.get(pk=review.referral_id).status == CaseStatus.WITHDRAWN
    assert not RapidReview.objects.sent_between(date(2026, 1, 1), date(2027, 1, 1)).exists()
    assert not RapidReview.objects.open().exists()
    assert Message.objects.filter(kind="rapid-review-withdrawn", recipient=cast.chair).exists()


def test_withdrawing_needs_a_reason(cast):
    review = rapid_review_at(Status.OPENED, now=NOW)
    with pytest.raises(WorkflowError, match="Say why"):
        workflow.withdraw(review=review, reason="", by=cast.chair, now=NOW)


def test_withdrawn_while_the_partners_differ(cast):
    review = rapid_review_at(Status.RECOMMENDED, now=NOW)
    decide_all(review, now=NOW, views={"la": "disagree"})
    assert workflow.withdraw(review=review, reason="Not met.", by=cast.chair, now=NOW).status == Status.WITHDRAWN


@pytest.mark.parametrize("status", [Status.SENT, Status.REPLIED])
def test_withdrawn_after_it_was_sent_is_counted_apart_and_keeps_its_judgement(cast, status):
    review = rapid_review_at(status, now=NOW)
    review = workflow.withdraw(review=review, reason="Not met after all.", by=cast.chair, now=LATER)
    assert (review.status, review.sent_on, review.withdrawn_on) == (Status.WITHDRAWN, NOW.date(), LATER.date())
    assert (review.clock.completed_on, review.clock.withdrawn_on) == (NOW.date(), None), "judged once, for good"
    reply = review.submissions.get().reply_clock
    assert (reply.withdrawn_on is None) == (status == Status.REPLIED)
    assert not reply.is_running
    assert Referral.objects.get(pk=review.referral_id).status == CaseStatus.WITHDRAWN
    assert not RapidReview.objects.sent_between(date(2026, 1, 1), date(2027, 1, 1)).exists()
    sentence = Event.objects.about(review.referral.reference).filter(verb="rapid_review.withdrawn").get().sentence
    assert sentence.endswith("It had been sent to the national Panel.")
