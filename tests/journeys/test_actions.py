"""An action from a rapid review: agreed, updated by link, said to be complete, its evidence seen, blue."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from actions.models import Action
from actions.states import Status
from tests.actions.logs import workbook
from tests.journeys.conftest import Site
from tests.journeys.steps import choose, fill, fill_date, follow, press, today
from tests.journeys.test_return_by_link import give_the_code, link_in
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LEAD = "lee.invented@agency.example"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def add(site: Site, page: Page, reference: str) -> Action:
    """From the page of the rapid review."""
    page.goto(f"/cases/{reference}/rapid-review/")
    follow(page, "Add an action")
    press(page, "Save the action")
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "Add an action, with errors")
    fill(page, text="List missed appointments by family.", success_measure="One list", lead_name="Lee Invented")
    fill(page, lead_address=LEAD)
    page.locator("[name=owner]").select_option(label="Inventshire Hospital Trust")
    fill_date(page, "due_on", today() + timedelta(days=30))
    page.locator("[name=agree]").check()
    press(page, "Save the action")
    site.eyes.look(page, "An action, open")
    return Action.objects.get()


def update(site: Site, page: Page) -> None:
    """By the mail's link: progress, another date, evidence, complete."""
    page.goto(link_in(site, LEAD, "carry out action"))
    give_the_code(site, page, LEAD)
    site.eyes.look(page, "An action behind its link")
    press(page, "Say how it goes")
    fill(page, text="Two of three clinics have the list.")
    site.eyes.look(page, "How is the action going")
    press(page, "Save")
    follow(page, "Ask for another date")
    fill_date(page, "wanted_on", today() + timedelta(days=60))
    fill(page, reason="One clinic moves house.")
    site.eyes.look(page, "Ask for another date")
    press(page, "Ask for this date")
    press(page, "Give evidence")
    page.locator("[name=file]").set_input_files({"name": "list.txt", "mimeType": "text/plain", "buffer": b"The list."})
    site.eyes.look(page, "Give evidence")
    press(page, "Give this evidence")
    press(page, "It is complete")
    press(page, "It is complete")
    site.eyes.look(page, "An action behind its link, complete")


def complete(site: Site, page: Page, action: Action) -> None:
    """The chair refuses the date that is not needed, looks at the evidence and confirms."""
    page.goto(action.get_absolute_url())
    site.eyes.look(page, "An action, said to be complete")
    follow(page, "Approve or refuse it")
    site.eyes.look(page, "Another date, to decide")
    choose(page, approve="no")
    fill(page, reason="It is complete already.")
    press(page, "Save the decision")
    page.get_by_role("button", name="I have seen it").first.click()
    page.wait_for_load_state()
    press(page, "Confirm that it is complete")
    site.eyes.look(page, "Confirm an action")
    press(page, "Confirm it")
    assert "Blue" in page.content()
    press(page, "Close it")
    site.eyes.look(page, "Close an action")


def look_round(site: Site, page: Page, reference: str) -> None:
    """The log, a chase, and the import of a spreadsheet as the business manager sees them."""
    page.goto("/actions/?status=complete")
    site.eyes.look(page, "Action log, filtered")
    fill(page, name="Complete ones")
    press(page, "Keep")
    site.eyes.look(page, "Action log, a saved filter")
    page.goto(f"/actions/cases/{reference}/")
    site.eyes.look(page, "Actions of a case")
    page.goto("/actions/import/")
    site.eyes.look(page, "Import an action log")
    page.locator("[name=file]").set_input_files({"name": "log.xlsx", "mimeType": XLSX, "buffer": workbook(60)})
    press(page, "Go on")
    site.eyes.look(page, "Which column is which")
    press(page, "Check the rows")
    site.eyes.look(page, "Check an action log")
    press(page, "Import 59 actions, leave out 1")
    site.eyes.look(page, "Action log, imported")
    page.goto("/actions/chase/")
    site.eyes.look(page, "Ask how actions go")


def test_an_action_from_a_rapid_review_to_blue(whole_site):
    site = whole_site
    review = rapid_review_at("gathering")
    reference = review.referral.reference
    page = site.open(site.cast.business_manager)
    action = add(site, page, reference)
    update(site, site.open())
    complete(site, site.open(site.cast.chair), action)
    look_round(site, page, reference)
    action.refresh_from_db()
    assert action.status == Status.COMPLETE
    assert action.evidence.get().seen_by == site.cast.chair
    said = "".join(mail.message.as_string() for mail in site.mails.mails)
    assert CHILD_NAME not in said
    assert SECRET not in said
    assert site.eyes.faults == []
