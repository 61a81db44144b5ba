"""The highlight report from its draft to what the Executive answers, and a correction of it.

Mails and PDFs come through a worker and an SMTP server, as they would.
"""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pypdf import PdfReader

from highlight_reports.answers import outcomes
from highlight_reports.models import HighlightReport
from highlight_reports.states import Status
from rapid_reviews.states import Status as ReviewStatus
from tests.actions.factories import action_at
from tests.highlight_reports.factories import make_list
from tests.journeys.conftest import Site
from tests.journeys.steps import choose, fill, fill_date, follow, press, today
from tests.journeys.test_meeting import taken
from tests.journeys.test_return_by_link import give_the_code, link_in
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET
from tests.stack import PATIENCE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADA, BRYN, CAI = "ada.example@council.example", "bryn.sample@icb.example", "cai.invented@police.example"
ASKS = ("Agree that the neglect strategy is renewed.", "Fund two training days.")
ASKING = "The report asks the Executive for decisions"
COMMENTARY = "Two agencies were slow to answer. The chair has written to both."
WRONG = "The number of late actions was wrong."


def work() -> str:
    """Something behind most figures; the reference of one case."""
    before = timezone.now() - timedelta(days=60)
    action_at("open", now=before, due_on=today() - timedelta(days=40), text="Teach what was learned.")
    rapid_review_at(ReviewStatus.GATHERING)
    reference: str = rapid_review_at(ReviewStatus.RECOMMENDED).referral.reference
    return reference


def draft(site: Site, page: Page) -> HighlightReport:
    follow(page, "Highlight reports")
    press(page, "Start a report")
    fill_date(page, "meeting_on", today() + timedelta(days=10))
    fill_date(page, "period_from", today() - timedelta(days=90))
    fill_date(page, "period_to", today())
    press(page, "Continue")
    for text in ASKS:
        follow(page, "Ask for a decision")
        if text == ASKS[0]:
            press(page, "Add to what is asked")
            assert page.title().startswith("Error: ")
            site.eyes.look(page, "Ask for a decision, with errors")
        fill(page, text=text)
        press(page, "Add to what is asked")
    for section in ("Headline and commentary", "Risks"):
        page.get_by_role("link", name=re.compile(rf"Write the commentary on\s*“{section}”")).click()
        page.wait_for_load_state()
        if section == "Risks":
            site.eyes.look(page, "Commentary on risks")
        fill(page, text=COMMENTARY)
        press(page, "Save commentary")
    site.eyes.look(page, "Highlight report, written draft")
    return HighlightReport.objects.get()


def approve(site: Site, page: Page, report: HighlightReport, *, look: bool = False) -> None:
    """The chair comes by the mail that says so; their page shows the PDF once the worker has made it."""
    press(page, "Submit for approval")
    address = f"{site.url}/highlight-reports/{report.reference}/"
    told = site.cast.chair.email
    site.mails.wait_for(lambda: any(address in mail.text.split() for mail in site.mails.to(told)), "the chair is told")
    chair = site.open(site.cast.chair)
    chair.goto(address)
    assert COMMENTARY in chair.locator("main").inner_text()
    if look:
        site.eyes.look(page, "Highlight report, submitted")
        site.eyes.look(chair, "Highlight report, as the chair reads it")
    press(chair, "Approve")
    chair.get_by_role("link", name="Download the PDF").wait_for(timeout=PATIENCE * 1000)
    chair.context.close()
    assert HighlightReport.objects.get(pk=report.pk).status == Status.READY


def send(site: Site, page: Page, report: HighlightReport) -> None:
    page.goto(f"/highlight-reports/{report.reference}/")
    press(page, "Send to the Executive")
    page.get_by_label("Executive Group").check()
    press(page, "Continue")
    assert "3 people get one mail each" in page.locator("main").inner_text()
    press(page, "Send the report")


def answer(site: Site, address: str, *choices: tuple[str, str], look: bool = False) -> str:
    """By the link in the mail, without an account: each (answer, comment) in the order of what is asked."""
    page = site.open()
    page.goto(link_in(site, address, ASKING))
    give_the_code(site, page, address)
    text = page.locator("main").inner_text()
    assert all(words in text for words in (*ASKS, COMMENTARY))
    if look:
        site.eyes.look(page, "What the Executive is asked")
        check_report(taken(page, "download it as a PDF"))
    asks = list(HighlightReport.objects.get(status=Status.SENT).asks.all())
    for ask, (choice, _) in zip(asks, choices, strict=True):
        choose(page, **{f"answer_{ask.pk}": choice})
    if look:
        press(page, "Send my answers")
        assert page.title().startswith("Error: ")
        site.eyes.look(page, "What the Executive is asked, with errors")
    for ask, (_, comment) in zip(asks, choices, strict=True):
        fill(page, **{f"comment_{ask.pk}": comment})
    press(page, "Send my answers")
    assert "Your answers are recorded" in page.locator("main").inner_text()
    if look:
        site.eyes.look(page, "What the Executive answered")
    link = page.url
    page.context.close()
    return link


def check_report(content: bytes) -> None:
    assert len(content) < 2_000_000
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    said = " ".join(text.split())
    for words in (*ASKS, COMMENTARY, "OFFICIAL-SENSITIVE"):
        assert words in said
    for secret in (CHILD_NAME, SECRET):
        assert secret not in text


def outcome(site: Site, page: Page, report: HighlightReport) -> None:
    """What the Executive said stands under what it was asked; one wish to discuss brings it to the meeting."""
    page.reload()
    site.eyes.look(page, "Highlight report, answered")
    text = page.locator("main").inner_text()
    for words in ("Approved by all who were asked", "To be discussed at the meeting", "“How much is it?”"):
        assert words in text
    first, second = outcomes(report)
    assert (first.waiting, second.waiting) == (0, 0)
    assert (second.counts["decline"], second.counts["discuss"]) == (1, 1)


def open_a_figure(site: Site, page: Page, reference: str) -> None:
    """From a number to the list behind it, from the list to the case."""
    page.get_by_role("link", name=re.compile("open the list of Notifications and referrals")).click()
    page.wait_for_load_state()
    site.eyes.look(page, "The list behind a figure")
    follow(page, reference, exact=True)
    assert reference in page.locator("h1").inner_text() or reference in page.title()


def take_the_wider_one(page: Page, report: HighlightReport) -> None:
    """Counts only: no case, no commentary, no small number."""
    page.goto(f"/highlight-reports/{report.reference}/")
    content = taken(page, "Download the version for wider circulation")
    text = "\n".join(one.extract_text() for one in PdfReader(BytesIO(content)).pages)
    assert "Highlight report" in text or "highlight report" in text
    for secret in ("CSPR-", COMMENTARY, ASKS[0], CHILD_NAME, SECRET):
        assert secret not in text


def withdraw(site: Site, page: Page, report: HighlightReport) -> HighlightReport:
    """Withdrawn with its reason; the draft of a numbered correction."""
    follow(page, "Withdraw this report")
    press(page, "Withdraw the report")
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "Withdraw the report, with errors")
    fill(page, reason=WRONG)
    press(page, "Withdraw the report")
    site.eyes.look(page, "Highlight report, withdrawn")
    press(page, "Begin the correction")
    site.eyes.look(page, "Highlight report, draft of a correction")
    made = HighlightReport.objects.exclude(pk=report.pk).get()
    assert (made.reference, made.version) == (f"{report.reference}-C1", "1.1")
    return made


def replaced(site: Site, page: Page, link: str) -> None:
    """The old link is dead, each executive is told, and the correction says what it replaces."""
    gone = site.open()
    gone.goto(link)
    site.eyes.look(gone, "Link to a withdrawn report")
    gone.context.close()
    page.reload()
    assert "It replaces version 1.0" in page.locator("main").inner_text()
    site.eyes.look(page, "Highlight report, correction sent")
    follow(page, "Highlight reports", exact=True)
    site.eyes.look(page, "Highlight reports, one withdrawn")
    for address in (ADA, BRYN, CAI):
        site.mails.wait_for(
            lambda address=address: any("(correction)" in mail.subject for mail in site.mails.to(address)),
            "the correction arrives",
        )
        assert any("withdrawn" in mail.subject for mail in site.mails.to(address))


def test_from_the_draft_to_the_executives_answer_and_a_correction(whole_site):
    site, reference = whole_site, work()
    make_list(ADA, BRYN, CAI)
    page = site.open(site.cast.business_manager)
    report = draft(site, page)
    approve(site, page, report, look=True)
    page.goto(f"/highlight-reports/{report.reference}/")
    site.eyes.look(page, "Highlight report, PDF made")
    send(site, page, report)
    site.eyes.look(page, "Highlight report, on its way")
    link = answer(site, ADA, ("approve", ""), ("decline", "The budget is spent."), look=True)
    answer(site, BRYN, ("approve", ""), ("approve", ""))
    answer(site, CAI, ("approve", ""), ("discuss", "How much is it?"))
    outcome(site, page, report)
    open_a_figure(site, page, reference)
    take_the_wider_one(page, report)
    correction = withdraw(site, page, report)
    approve(site, page, correction)
    send(site, page, correction)
    replaced(site, page, link)
    said = "".join(mail.message.as_string() for mail in site.mails.mails)
    assert CHILD_NAME not in said
    assert SECRET not in said
    assert site.eyes.faults == []
