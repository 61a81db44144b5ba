import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import WorkflowError
from highlight_reports import workflow
from highlight_reports.models import HighlightReport
from highlight_reports.states import Status
from highlight_reports.workflow import WalledRecipients
from notifications.models import Attachment, DistributionListEntry, Message
from rapid_reviews.states import Status as ReviewStatus
from tests.highlight_reports.factories import make_list, report_at
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
KIND = "highlight-report"


@pytest.fixture
def case(cast):
    return rapid_review_at(ReviewStatus.RECOMMENDED).referral


def send(report, chosen, cast, **over):
    return workflow.send(report=report, distribution_list=chosen, by=cast.business_manager, now=timezone.now(), **over)


def mails():
    return Message.objects.filter(kind=KIND)


def test_one_mail_for_each_person_with_the_pdf(cast, case):
    report = report_at(Status.READY)
    sending = send(report, make_list(), cast)
    assert (sending.queued, sending.already, sending.left_out) == (3, 0, 0)
    report.refresh_from_db()
    assert (report.status, report.sent_by) == (Status.SENT, cast.business_manager)
    assert sorted(mail.address for mail in mails()) == [
        "ada.example@council.example", "bryn.sample@icb.example", "cai.invented@police.example",
    ]  # fmt: skip
    for mail in mails():
        [attachment] = mail.attachments.all()
        assert bytes(attachment.content) == bytes(report.pdf.content)
        assert attachment.filename == report.pdf.file_name
        assert attachment.content_type == "application/pdf"
        assert mail.reference == report.reference
    assert Attachment.objects.count() == 1  # the same bytes are kept once


def test_the_mail_names_nobody_and_no_case(cast, case):
    report = report_at(Status.READY)
    send(report, make_list(), cast)
    meeting = f"{report.meeting_on.day} {report.meeting_on:%B %Y}"
    for mail in mails():
        assert mail.subject == f"[OFFICIAL-SENSITIVE] SSCP: highlight report for the Executive meeting of {meeting}"
        assert case.reference in str(report.data)
        for part in [*CHILD_NAME.split(), SECRET, case.reference]:
            assert part not in mail.subject + mail.text + mail.html


def test_mailing_twice_sends_nothing_twice(cast):
    report = report_at(Status.READY)
    chosen = make_list()
    send(report, chosen, cast)
    again = send(report, chosen, cast)
    assert (again.queued, again.already) == (0, 3)
    assert mails().count() == 3
    assert Event.objects.filter(verb="report.sent").count() == 1


def test_who_joined_the_list_gets_it_and_a_second_list_too(cast):
    report = report_at(Status.READY)
    send(report, make_list(), cast)
    first_sent = HighlightReport.objects.get(pk=report.pk).sent_at
    chosen = make_list("dil.sample@icb.example")
    assert send(report, chosen, cast).queued == 1
    other = make_list("ADA.example@council.example", "eva.sample@council.example", name="Scrutiny")
    assert send(report, other, cast).queued == 1  # Ada has hers, however her address is written
    assert mails().count() == 5
    assert HighlightReport.objects.get(pk=report.pk).sent_at == first_sent


def test_an_empty_list(cast):
    report = report_at(Status.READY)
    chosen = make_list()
    chosen.entries.all().delete()
    with pytest.raises(WorkflowError, match="nobody on this list"):
        send(report, chosen, cast)
    assert HighlightReport.objects.get(pk=report.pk).status == Status.READY


class TestWalls:
    @pytest.fixture
    def report(self, cast, case):
        report = report_at(Status.READY)
        wall_off(case, cast.partner_police)  # after the approval: the sending asks anew
        return report

    def on_list(self, cast, by):
        chosen = make_list()
        entry = {"name": "Pat Partner", "address": cast.partner_police.email.upper()}
        if by == "account":
            entry = {"name": "Pat Partner", "address": "pat@home.example", "user": cast.partner_police}
        DistributionListEntry.objects.create(distribution_list=chosen, **entry)
        return chosen

    @pytest.mark.parametrize("by", ["address", "account"])
    def test_refused_in_one_sentence_and_offered_without(self, cast, case, report, by):
        chosen = self.on_list(cast, by)
        with pytest.raises(WalledRecipients) as caught:
            send(report, chosen, cast)
        assert str(caught.value) == (
            "Pat Partner may not get this report, because of a conflict of interest with a case in it. "
            "You can send it without them."
        )
        assert case.reference not in str(caught.value)
        assert not mails().exists()
        sending = send(report, chosen, cast, without_walled=True)
        assert (sending.queued, sending.left_out) == (3, 1)
        assert not mails().filter(address__icontains="pat").exists()

    def test_the_outbox_keeps_the_pdf_from_who_has_a_wall(self, cast, case, report, sign_in):
        send(report, self.on_list(cast, "account"), cast, without_walled=True)
        mail = mails().first()
        url = reverse("admin:notifications_message_attachment", args=[mail.pk, mail.attachments.get().pk])
        assert sign_in(cast.business_manager).get(url).status_code == 200
        wall_off(case, cast.business_manager, by=cast.chair)
        assert sign_in(cast.business_manager).get(url).status_code == 404

    def test_nobody_is_left(self, cast, report):
        chosen = make_list(cast.partner_police.email, name="Police")
        with pytest.raises(WorkflowError, match="nobody on this list"):
            send(report, chosen, cast, without_walled=True)

    def test_a_wall_of_another_case_is_none(self, cast, case):
        other = rapid_review_at(ReviewStatus.OPENED, now=timezone.now()).referral
        report = report_at(Status.READY)
        assert other.reference in str(report.data)
        report_without = report
        wall_off(other, cast.partner_la)
        chosen = make_list(cast.partner_icb.email, name="ICB")
        assert send(report_without, chosen, cast).queued == 1

    def test_the_page_asks_for_the_tick(self, cast, case, report, sign_in):
        chosen = self.on_list(cast, "address")
        client = sign_in(cast.business_manager)
        url = reverse("highlight_reports:report-send", args=[report.reference])
        page = client.get(url, {"distribution_list": chosen.pk}).content.decode()
        assert "Pat Partner may not get this report" in page
        assert case.reference not in page
        page = client.post(url, {"distribution_list": chosen.pk}).content.decode()
        assert "Tick the box to send the report without Pat Partner" in page
        assert not mails().exists()
        response = client.post(url, {"distribution_list": chosen.pk, "without_walled": "on"}, follow=True)
        page = response.content.decode()
        assert "The report is on its way to 3 people." in page
        assert mails().count() == 3


def test_the_page_shows_where_each_mail_is(cast, sign_in):
    report = report_at(Status.SENT)
    url = reverse("highlight_reports:report-detail", args=[report.reference])
    page = sign_in(cast.business_manager).get(url).content.decode()
    for mail in mails():
        assert mail.address in page
    assert page.count("Waiting to be sent") == 3
    page = sign_in(cast.member).get(url).content.decode()
    assert "council.example" not in page  # addresses are for those who send


class TestSentBlind:
    """The business manager has a conflict with a case in the report: who else has one is not theirs to know."""

    @pytest.fixture
    def report(self, cast, case):
        report = report_at(Status.READY)
        wall_off(case, cast.partner_police, by=cast.chair)
        wall_off(case, cast.business_manager, by=cast.chair)
        return report

    @pytest.fixture
    def chosen(self, cast):
        chosen = make_list()
        DistributionListEntry.objects.create(
            distribution_list=chosen, name="Pat Partner", address=cast.partner_police.email
        )
        return chosen

    def test_no_page_tells_who_was_left_out(self, cast, report, chosen, sign_in):
        client = sign_in(cast.business_manager)
        url = reverse("highlight_reports:report-send", args=[report.reference])
        shown = client.get(url, {"distribution_list": chosen.pk})
        sent = client.post(url, {"distribution_list": chosen.pk}, follow=True)
        outbox = client.get(reverse("admin:notifications_message_changelist"))
        trail = client.get(reverse("admin:audit_event_changelist"), {"q": report.reference})
        assert mails().count() == 3
        assert not mails().filter(address=cast.partner_police.email).exists()
        assert "on its way to everybody on the list who may get it" in sent.content.decode()
        for page in (shown, sent, outbox, trail):
            for leak in ("Pat Partner", "ada.example", "Ada Example", "left out", "3 people"):
                assert leak not in page.content.decode()

    def test_the_chair_still_sees_who_got_it(self, cast, report, chosen, sign_in):
        send(report, chosen, cast)
        page = sign_in(cast.chair).get(reverse("highlight_reports:report-detail", args=[report.reference]))
        assert "ada.example@council.example" in page.content.decode()
        assert "(1 left out)" in page.content.decode()

    def test_nobody_left_is_no_sentence_and_no_sending(self, cast, report):
        sending = send(report, make_list(cast.partner_police.email, name="Police"), cast)
        report.refresh_from_db()
        assert (sending.queued, report.status) == (0, Status.READY)
