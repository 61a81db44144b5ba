"""The whole road, in a real browser over the running stack: from a notification to the report in the Executive's inbox.

Sign in, record, clock, screening, rapid review; a late case, its sweep, its mails; report, commentary, approval, PDF by
the worker, mail, attachment read back. axe and a narrow screen on every page that is reached.
"""

from datetime import datetime, time, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from deadlines import calendar
from highlight_reports.models import HighlightReport
from rapid_reviews.models import RapidReview
from rapid_reviews.states import Status
from referrals.models import Referral
from tests.highlight_reports.factories import make_list
from tests.journeys.conftest import Site
from tests.journeys.steps import NAME, choose, fill, follow, press, record, today
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import SECRET
from tests.stack import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
EXECUTIVES = ("mia.executive@partnership.example", "max.executive@partnership.example")


def late_review() -> RapidReview:
    """A rapid review that has been late for some days already, led by a member."""
    begun = calendar.current().back(today(), 20)
    now = timezone.make_aware(datetime.combine(begun, time(10)))
    return rapid_review_at(Status.GATHERING, now=now)


def test_from_a_notification_to_the_executives_inbox(whole_site):
    site, late = whole_site, late_review()
    make_list(*EXECUTIVES)
    page = site.open(site.cast.business_manager)
    site.eyes.look(page, "Home")
    reference = record(site, page)
    the_clock_explains_itself(site, page, reference)
    screen_and_open(site, page, reference)
    look_round(site, page, reference)
    the_late_case_reminds_and_escalates(site, late)
    the_report_reaches_the_executives(site, page, reference)
    assert NAME not in "".join(mail.message.as_string() for mail in site.mails.mails)
    assert SECRET not in "".join(mail.message.as_string() for mail in site.mails.mails)
    assert site.eyes.faults == []


def the_clock_explains_itself(site: Site, page: Page, reference: str) -> None:
    page.goto(f"/cases/{reference}/")
    site.eyes.look(page, "Case, recorded")
    dates = page.locator("details.app-due")
    assert dates.count() >= 2, "the two duties after a notifiable incident"
    dates.first.locator("summary").click()
    trail = dates.first.inner_text()
    assert "Trigger, not counted" in trail
    assert "Children Act 2004 s16C(1)" in trail
    site.eyes.look(page, "Case, date explained")


def screen_and_open(site: Site, page: Page, reference: str) -> None:
    press(page, "Screen the case")
    site.eyes.look(page, "Screening")
    choose(page, abuse="suspected", harm="harmed", whereabouts="in_area", decision="accept_for_rapid_review")
    choose(page, single_agency="no", no_agency="no", several_areas="no", institution="no")
    fill(page, abuse_reasons="No explanation.", harm_reasons="Serious.", reasons="The test is met.")
    press(page, "Record the screening")
    site.eyes.look(page, "Screened")
    page.goto(f"/cases/{reference}/")
    press(page, "Open the rapid review")
    site.eyes.look(page, "Rapid review, not open")
    press(page, "Open the rapid review")
    day = calendar.current().between(today() - timedelta(days=1), today())  # notified yesterday; 0 at the weekend
    assert f"day {day} of 15" in page.locator("main").inner_text().lower()
    page.locator("details.app-due summary").first.click()
    trail = page.locator("details.app-due").first.inner_text()
    assert "Rapid review" in trail
    assert "Yes, due" in trail
    site.eyes.look(page, "Rapid review")
    assert Referral.objects.get(reference=reference).status == "under_review"


def look_round(site: Site, page: Page, reference: str) -> None:
    """Every other page that the business manager comes by."""
    pages = {
        "Home, work waiting": "/",
        "Board": "/board/",
        "Board, filtered": "/board/?show=late",
        "Cases": "/cases/",
        "Case, under review": f"/cases/{reference}/",
        "Information": f"/cases/{reference}/information/",
        "Notification": f"/cases/{reference}/notification/",
        "Access": f"/cases/{reference}/access/",
        "Conflict": f"/cases/{reference}/access/conflicts/new/",
        "Invitation": f"/cases/{reference}/access/invitations/new/",
        "History": f"/cases/{reference}/history/",
        "Section": f"/cases/{reference}/rapid-review/sections/facts/",
        "Criteria": f"/cases/{reference}/rapid-review/criteria/",
        "Recommendation": f"/cases/{reference}/rapid-review/recommendation/",
        "Withdraw the review": f"/cases/{reference}/rapid-review/withdraw/",
        "Calculator": "/deadlines/",
        "Calculator, answered": "/deadlines/?rule=rapid-review&date_0=1&date_1=12&date_2=2026",
        "Time limits": "/deadlines/rules/",
        "Mails": "/mails/",
        "Account": "/account/",
        "Accessibility statement": "/accessibility/",
        "Not found": "/cases/CSPR-1999-001/",
    }
    for name, address in pages.items():
        page.goto(address)
        site.eyes.look(page, name)


def the_late_case_reminds_and_escalates(site: Site, late: RapidReview) -> None:
    """Worker and beat alone do this: nobody presses anything."""
    reference = late.referral.reference
    people = (late.referral.lead, site.cast.chair, site.cast.partner_la, site.cast.partner_police)

    def told(person) -> bool:
        return any("late" in f"{m.subject} {m.text}" for m in site.mails.to(person.email) if reference in m.subject)

    site.mails.wait_for(lambda: all(map(told, people)), "lead, chair and Executive are told of the late case")
    subjects = [
        m.subject for m in site.mails.to(site.cast.chair.email) if reference in m.subject and "late" in m.subject
    ]
    assert len(subjects) == len(set(subjects)), "nobody is told the same thing twice"


def the_report_reaches_the_executives(site: Site, page: Page, reference: str) -> None:
    page.goto("/highlight-reports/")
    site.eyes.look(page, "Highlight reports, none")
    press(page, "Start a report")
    site.eyes.look(page, "Report, dates")
    meeting = today() + timedelta(days=7)
    for name, day in {"meeting_on": meeting, "period_from": today() - timedelta(days=60), "period_to": today()}.items():
        for number, part in enumerate((day.day, day.month, day.year)):
            page.locator(f"[name={name}_{number}]").fill(str(part))
    press(page, "Continue")
    site.eyes.look(page, "Report, draft")
    follow(page, "Write the commentary on “Headline and commentary”")
    site.eyes.look(page, "Commentary")
    fill(page, text="One review is late. The reason is known.")
    press(page, "Save commentary")
    press(page, "Submit for approval")
    report = HighlightReport.objects.get()
    approve(site, report)
    wait_until(lambda: HighlightReport.objects.get().status == "ready", "the worker makes the PDF")
    send(site, page, report)
    check_pdf(the_attachment(site), reference)


def approve(site: Site, report: HighlightReport) -> None:
    chair = site.open(site.cast.chair)
    site.eyes.look(chair, "Home of the chair")
    chair.goto(f"/highlight-reports/{report.reference}/")
    site.eyes.look(chair, "Report, to approve")
    press(chair, "Approve")
    chair.context.close()


def send(site: Site, page: Page, report: HighlightReport) -> None:
    page.goto(f"/highlight-reports/{report.reference}/")
    site.eyes.look(page, "Report, ready")
    press(page, "Send to the Executive")
    page.get_by_label("Executive Group").check()
    site.eyes.look(page, "Report, choose the list")
    press(page, "Continue")
    site.eyes.look(page, "Report, send")
    press(page, "Send the report")
    site.eyes.look(page, "Report, sent")


def the_attachment(site: Site) -> bytes:
    """The PDF as it stands in the executives' mails; the same in each."""

    def arrived() -> list[bytes]:
        mails = [mail for address in EXECUTIVES for mail in site.mails.to(address)]
        return [content for mail in mails for name, content in mail.files.items() if name.endswith(".pdf")]

    site.mails.wait_for(lambda: len(arrived()) == len(EXECUTIVES), "each executive gets the report")
    assert len(set(arrived())) == 1
    assert all("OFFICIAL-SENSITIVE" in mail.subject for address in EXECUTIVES for mail in site.mails.to(address))
    return arrived()[0]


def check_pdf(content: bytes, reference: str) -> None:
    """Tagged, titled, in English, under 2 MB, and nameless."""
    assert len(content) < 2_000_000
    reader = PdfReader(BytesIO(content))
    catalog = reader.root_object
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).startswith("en")
    assert "ighlight report" in (reader.metadata.title or "")
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert reference in text
    assert "One review is late. The reason is known." in text
    assert "OFFICIAL-SENSITIVE" in text
    for secret in (NAME, NAME.split()[0], SECRET):
        assert secret not in text
        assert secret not in str(dict(reader.metadata))
