"""A new contributor, from the mail's link to a submitted return with a 200-row spreadsheet, at a desk and on a phone.

The whole stack runs: the mails come through a worker and an SMTP server, as they would.
"""

import re
import time

import pytest
from playwright.sync_api import Page

from agency_returns.choices import ISSUES, Part
from agency_returns.models import InformationRequest
from agency_returns.states import Status
from chronology.models import Row
from tests.agency_returns.factories import SIGNER, give_leads, spreadsheet
from tests.journeys.browser import HEIGHT, PHONE
from tests.journeys.conftest import Site
from tests.journeys.steps import choose, fill, follow, press
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MINUTES = 5
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def link_in(site: Site, address: str, words: str) -> str:
    """The link of the newest mail to `address` whose text has `words`."""

    def found() -> list[str]:
        mails = [mail for mail in site.mails.to(address) if words in mail.text]
        return re.findall(r"http://\S+/link/\S+", mails[-1].text) if mails else []

    site.mails.wait_for(found, f"a link to {address}")
    return found()[0]


def give_the_code(site: Site, page: Page, address: str, *, look: bool = False) -> None:
    before = len(site.mails.to(address))
    if look:
        site.eyes.look(page, "Link before the code")
    press(page, "Send me a code")
    if look:
        site.eyes.look(page, "Type the code")
    site.mails.wait_for(lambda: len(site.mails.to(address)) > before, "the code")
    fill(page, code=re.search(r"\b(\d{6})\b", site.mails.to(address)[-1].text)[1])
    press(page, "Continue")


def upload(site: Site, page: Page, *, look: bool) -> None:
    follow(page, "Chronology", exact=True)
    if look:
        site.eyes.look(page, "Chronology of a return, empty")
    press(page, "Upload a spreadsheet")
    page.locator("[name=file]").set_input_files(
        {"name": "chronology.xlsx", "mimeType": XLSX, "buffer": spreadsheet(200)}
    )
    if look:
        site.eyes.look(page, "Upload a chronology")
    press(page, "Check the file")
    if look:
        site.eyes.look(page, "Check before you import")
    press(page, "Import 200 rows")
    if look:
        site.eyes.look(page, "Chronology of a return, 200 rows")
    press(page, "Back to your return")


def write_the_parts(site: Site, page: Page, *, look: bool) -> None:
    for part in Part:
        follow(page, part.label, exact=True)
        if look and part in (Part.SUMMARY, Part.SEEN):
            if part == Part.SEEN:
                press(page, "Save and continue")
                assert page.title().startswith("Error: ")
            site.eyes.look(page, f"Part {part.value}")
        if part in ISSUES:
            choose(page, finding="partly")
        fill(page, text="Written in a few words, as people do.")
        press(page, "Save and continue")


def submit(site: Site, page: Page, *, look: bool) -> None:
    if look:
        site.eyes.look(page, "Return, complete")
    follow(page, "Check and submit")
    fill(page, signer_name="Sen Invented", signer_address=SIGNER)
    if look:
        site.eyes.look(page, "Check and submit a return")
    press(page, "Submit for sign-off")
    assert "Submitted for sign-off" in page.locator("h1").inner_text()


def contribute(site: Site, page: Page, address: str, *, look: bool) -> float:
    """From the mail's link to the submitted return; returns the seconds it took."""
    begun = time.monotonic()
    page.goto(link_in(site, address, "asks"))
    assert CHILD_NAME not in page.content()
    give_the_code(site, page, address, look=look)
    assert CHILD_NAME in page.content()
    if look:
        site.eyes.look(page, "Return, not begun")
    upload(site, page, look=look)
    write_the_parts(site, page, look=look)
    submit(site, page, look=look)
    return time.monotonic() - begun


def sign_off(site: Site, page: Page) -> None:
    page.goto(link_in(site, SIGNER, "sign-off"))
    give_the_code(site, page, SIGNER)
    site.eyes.look(page, "Sign off the return")
    press(page, "Sign off this return")
    site.eyes.look(page, "Signed off")


def ask_all(site: Site, page: Page, reference: str) -> None:
    page.goto(f"/returns/cases/{reference}/")
    site.eyes.look(page, "Returns of a case, nobody asked")
    press(page, "Ask the agencies")
    site.eyes.look(page, "Ask the agencies")
    press(page, "Send the requests")
    site.eyes.look(page, "Returns of a case, asked")


def test_from_the_mails_link_to_a_submitted_return(whole_site):
    site = whole_site
    give_leads()
    review = rapid_review_at("gathering")
    page = site.open(site.cast.business_manager)
    ask_all(site, page, review.referral.reference)

    at_the_desk = site.open()
    assert contribute(site, at_the_desk, "lea.council@agency.example", look=True) < MINUTES * 60
    site.eyes.look(at_the_desk, "Return, submitted")
    sign_off(site, site.open())
    at_the_desk.reload()
    site.eyes.look(at_the_desk, "Return, signed off")

    on_the_phone = site.open(viewport={"width": PHONE, "height": HEIGHT}, has_touch=True)
    assert contribute(site, on_the_phone, "lea.icb@agency.example", look=False) < MINUTES * 60

    council, icb = InformationRequest.objects.order_by("agency__name")
    assert (council.status, icb.status) == (Status.RETURNED, Status.SIGNING)
    assert Row.objects.merged().count() == 200
    look_round(site, page, review.referral.reference, council)
    said = "".join(mail.message.as_string() for mail in site.mails.mails)
    assert CHILD_NAME not in said
    assert SECRET not in said
    assert site.eyes.faults == []


def look_round(site: Site, page: Page, reference: str, returned: InformationRequest) -> None:
    """What the business manager sees afterwards."""
    for address, name in (
        (f"/returns/cases/{reference}/", "Returns of a case"),
        (returned.get_absolute_url(), "One return, to read"),
        ("/returns/", "Chase board"),
        ("/returns/chase/", "Reminders"),
        ("/link/never-issued/", "Dead link"),
    ):
        page.goto(address)
        site.eyes.look(page, name)
