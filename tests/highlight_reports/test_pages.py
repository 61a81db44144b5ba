"""What a person does on the pages, without a script."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from core import attention, needs
from core.guard import workflow as guarded
from deadlines.models import CalendarYear
from highlight_reports import workflow
from highlight_reports.models import HighlightReport
from highlight_reports.states import Status
from rapid_reviews.states import Status as ReviewStatus
from referrals.states import Status as CaseStatus
from tests.highlight_reports.factories import make_draft, make_list, report_at, write
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import referral_at

pytestmark = pytest.mark.django_db


def at(name, report, *more):
    return reverse(f"highlight_reports:{name}", args=[report.reference, *more])


def typed(name, day):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def dates(meeting, first, last):
    return typed("meeting_on", meeting) | typed("period_from", first) | typed("period_to", last)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def manager(cast, sign_in):
    return sign_in(cast.business_manager)


@pytest.fixture
def chair(cast, sign_in):
    return sign_in(cast.chair)


def test_the_whole_way(cast, manager, chair, today):
    """Start, write, submit, approve, render, send: from page to page."""
    rapid_review_at(ReviewStatus.RECOMMENDED)
    url = reverse("highlight_reports:report-start")
    manager.get(url)
    meeting, first = today + timedelta(days=10), today - timedelta(days=60)
    response = manager.post(url, dates(meeting, first, today), follow=True)
    report = HighlightReport.objects.get()
    assert response.redirect_chain == [(at("report-detail", report), 302)]

    saved = manager.post(at("commentary-edit", report, "headline"), {"text": "All is on its way.", "version": 0})
    assert saved.url.endswith("#headline")
    assert "All is on its way." in manager.get(at("report-detail", report)).content.decode()
    manager.post(at("report-submit", report))
    page = chair.get(at("report-detail", report)).content.decode()
    assert "All is on its way." in page
    page = chair.post(at("report-approve", report), follow=True).content.decode()
    assert "The PDF is being made" in page
    assert "See whether it is ready" in page  # a link, for those without the script
    assert chair.get(at("report-progress", report)).json() == {"rendering": True, "status": "Being made into a PDF"}
    workflow.render(pk=report.pk, now=timezone.now())
    assert chair.get(at("report-progress", report)).json() == {"rendering": False, "status": "Ready to send"}

    chosen = make_list()
    page = manager.get(at("report-send", report), {"distribution_list": chosen.pk}).content.decode()
    assert "3 people get one mail each" in page
    page = manager.post(at("report-send", report), {"distribution_list": chosen.pk}, follow=True).content.decode()
    assert "The report is on its way to 3 people." in page
    page = manager.post(at("report-send", report), {"distribution_list": chosen.pk}, follow=True).content.decode()
    assert "nothing was sent twice" in page


def test_the_pdf_is_the_kept_one_under_a_neutral_name(cast, chair):
    report = report_at(Status.READY)
    response = chair.get(at("report-pdf", report))
    assert response.content == bytes(report.pdf.content)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{report.pdf.file_name}"'
    assert response["Cache-Control"] == "no-store"


def test_sending_back(cast, manager, chair):
    report = report_at(Status.SUBMITTED)
    page = chair.post(at("report-send-back", report), {"reason": ""}).content.decode()
    assert "Error: Send" in page
    assert "Enter why you send the report back" in page
    chair.post(at("report-send-back", report), {"reason": "Say more about the risks."})
    page = manager.get(at("report-detail", report)).content.decode()
    assert "Sent back by Cora Example" in page
    assert "Say more about the risks." in page


def test_the_proposed_period_follows_the_last_one(cast, manager, today):
    last = report_at(Status.READY, period_to=today - timedelta(days=20), meeting_on=today - timedelta(days=19))
    soup = BeautifulSoup(manager.get(reverse("highlight_reports:report-start")).content, "html.parser")
    shown = [soup.find(attrs={"name": f"period_from_{n}"}).get("value") for n in range(3)]
    following = last.period_to + timedelta(days=1)
    assert shown == [str(following.day), str(following.month), str(following.year)]


@pytest.mark.parametrize(
    ("first", "last", "meeting", "says"),
    [
        (0, -5, 10, "The last day of the period must not be before its first day"),
        (-60, 0, -1, "The meeting must not be before the last day of the period"),
    ],
)
def test_dates_that_contradict_each_other(cast, manager, today, first, last, meeting, says):
    data = dates(*(today + timedelta(days=n) for n in (meeting, first, last)))
    page = manager.post(reverse("highlight_reports:report-start"), data).content.decode()
    assert says in page
    assert "<title>Error: " in page
    assert not HighlightReport.objects.exists()


def test_what_the_workflow_refuses_stands_on_the_page(cast, manager, today):
    report = make_draft()
    data = dates(report.meeting_on, today - timedelta(days=9), today)
    page = manager.post(reverse("highlight_reports:report-start"), data).content.decode()
    assert f"There already is a report for the meeting of that day: {report.reference}." in page
    other = make_draft(meeting_on=report.meeting_on + timedelta(days=1))
    page = manager.post(at("report-reschedule", other), data).content.decode()
    assert "There already is a report" in page


class TestCommentary:
    def test_two_tabs(self, cast, manager):
        report = make_draft()
        url = at("commentary-edit", report, "risks")
        manager.post(url, {"text": "From the first tab", "version": 0})
        page = manager.post(url, {"text": "From the second tab", "version": 0}).content.decode()
        assert "saved another text here" in page
        assert "From the first tab" in page
        soup = BeautifulSoup(page, "html.parser")
        assert soup.find("textarea").text.strip() == "From the second tab"  # nothing typed is lost
        form = {"text": "From both tabs", "version": soup.find(attrs={"name": "version"})["value"]}
        manager.post(url, form)
        assert report.commentaries.get().text == "From both tabs"

    def test_saving_while_typing(self, cast, manager):
        report = make_draft()
        url = at("commentary-edit", report, "risks")
        json = {"HTTP_ACCEPT": "application/json"}
        answer = manager.post(url, {"text": "One", "version": 0}, **json)
        assert answer.json()["version"] == 1
        assert manager.post(url, {"text": "Two", "version": 1}, **json).json()["version"] == 2
        answer = manager.post(url, {"text": "Other", "version": 1}, **json)
        assert answer.status_code == 409
        assert "saved another text" in answer.json()["error"]
        answer = manager.post(url, {"text": "x" * 7000, "version": 2}, **json)
        assert answer.status_code == 409
        assert "6000 characters or fewer" in answer.json()["error"]

    def test_a_name_is_refused_beside_the_box(self, cast, manager):
        referral_at(CaseStatus.RECORDED)
        report = make_draft()
        page = manager.post(
            at("commentary-edit", report, "risks"), {"text": "Rowan was harmed", "version": 0}
        ).content.decode()
        assert "holds a name or a date of birth that belongs to a child on record" in page
        assert "Rowan was harmed</textarea>" in page

    def test_a_tab_left_open_after_the_submission_loses_nothing(self, cast, manager):
        report = report_at(Status.SUBMITTED)
        url = at("commentary-edit", report, "risks")
        assert manager.get(url).status_code == 404
        page = manager.post(url, {"text": "Too late", "version": 0}).content.decode()
        assert "This report is waiting for approval" in page
        assert "Too late</textarea>" in page

    def test_no_such_section(self, cast, manager):
        assert manager.get(at("commentary-edit", make_draft(), "gossip")).status_code == 404


def test_hostile_commentary_is_text(cast, manager):
    report = make_draft()
    write(report, "<script>alert(1)</script>")
    page = manager.get(at("report-detail", report)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page


def test_no_style_in_the_page(cast, manager):
    """The content security policy allows no inline style: the chart is an image, its style inside it."""
    rapid_review_at(ReviewStatus.SENT)
    soup = BeautifulSoup(manager.get(at("report-detail", make_draft())).content, "html.parser")
    assert not soup.find_all(style=True)
    assert not soup.find_all("style")
    assert not soup.find_all("svg", attrs={"class": "pygal-chart"})
    images = soup.find_all("img", class_="app-chart")
    assert len(images) == 2
    assert all(image["alt"].startswith("Bar chart. ") for image in images)


def test_a_discarded_report_has_an_empty_page(cast, manager):
    report = make_draft()
    assert "Discard the draft" in manager.get(at("report-discard", report)).content.decode()
    manager.post(at("report-discard", report))
    page = manager.get(at("report-detail", report)).content.decode()
    assert "Discarded" in page
    assert 'id="risks"' not in page
    assert report.reference not in manager.get(reverse("highlight_reports:report-list")).content.decode()


def test_a_calendar_that_does_not_reach_is_a_sentence(cast, manager):
    rapid_review_at(ReviewStatus.OPENED)
    report = make_draft()
    guarded(lambda: CalendarYear.objects.all().delete())()
    response = manager.get(at("report-detail", report))
    assert response.status_code == 200
    assert "bank holidays" in response.content.decode().lower()


@pytest.mark.parametrize("cases", [1, 3])
def test_as_many_queries_for_three_cases_as_for_one(cast, manager, cases, django_assert_num_queries):
    for _ in range(cases):
        rapid_review_at(ReviewStatus.RECOMMENDED)
    report = report_at(Status.SENT)
    manager.get(at("report-detail", report))
    with django_assert_num_queries(23):
        manager.get(at("report-detail", report))


@pytest.mark.parametrize("reports", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(cast, manager, reports, today, django_assert_num_queries):
    for number in range(reports):
        make_draft(meeting_on=today + timedelta(days=number))
    url = reverse("highlight_reports:report-list")
    manager.get(url)
    with django_assert_num_queries(8):
        manager.get(url)


def test_the_home_page_and_the_cockpit_name_what_waits(cast, today):
    report = report_at(Status.SUBMITTED)

    def of(person):
        return [need.what for need in needs.collect(person, today) if need.about == report.reference]

    assert of(cast.chair) == of(cast.deputy_chair) == ["Approve the highlight report, or send it back"]
    assert of(cast.business_manager) == of(cast.member) == []
    workflow.approve(report=report, by=cast.chair, now=timezone.now())
    workflow.render(pk=report.pk, now=timezone.now())
    assert of(cast.business_manager) == ["Send the highlight report to the Executive"]
    assert of(cast.chair) == []
    items = next(section.items for section in attention.collect(timezone.now()) if section.title == "Highlight reports")
    assert [item.text for item in items] == [f"{report.reference} is ready to send."]


def test_the_admin_shows_the_row_and_nothing_of_what_it_says(cast, client):
    case = rapid_review_at(ReviewStatus.OPENED).referral
    report = report_at(Status.SENT)
    cast.business_manager.is_staff = True
    cast.business_manager.save()
    client.force_login(cast.business_manager)
    url = reverse("admin:highlight_reports_highlightreport_changelist")
    response = client.get(url)
    assert response.status_code == 200
    assert report.reference in response.content.decode()
    page = client.get(reverse("admin:highlight_reports_highlightreport_change", args=[report.pk])).content.decode()
    assert report.reference in page
    assert case.reference not in page
    assert 'name="_save"' not in page
    assert client.get(reverse("admin:highlight_reports_highlightreport_add")).status_code == 403
