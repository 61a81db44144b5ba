"""What a person does on the pages: fill in, choose, go on. By the names of the fields, as the forms have them."""

from datetime import date, timedelta

from django.utils import timezone
from playwright.sync_api import Page

from tests.journeys.conftest import Site

NAME = "Rowan Invented"  # the child's; it must not leave the pages for those who may see names
GO_ON = "Save and continue"


def today() -> date:
    return timezone.localdate()


def fill(page: Page, **texts: str) -> None:
    for name, text in texts.items():
        page.locator(f"main [name={name}]").fill(text)


def fill_date(page: Page, name: str, day: date) -> None:
    for number, part in enumerate((day.day, day.month, day.year)):
        page.locator(f"[name={name}_{number}]").fill(str(part))


def choose(page: Page, **choices: str) -> None:
    """Radios and tick boxes, by value."""
    for name, value in choices.items():
        page.locator(f"input[name={name}][value='{value}']").check()


def pick(page: Page, **choices: str) -> None:
    """Drop-downs, by label."""
    for name, label in choices.items():
        page.locator(f"select[name={name}]").select_option(label=label)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def follow(page: Page, name: str, *, exact: bool = False) -> None:
    page.get_by_role("link", name=name, exact=exact).first.click()
    page.wait_for_load_state()


def begin_notification(site: Site, page: Page) -> None:
    """From home to the task list of a new draft."""
    page.goto("/")
    press(page, "Record a notification or referral")
    site.eyes.look(page, "Before you start")
    choose(page, about="referral")
    press(page, "Continue")
    site.eyes.look(page, "Kind of record")
    choose(page, kind="sin")
    press(page, "Start the draft")
    site.eyes.look(page, "Task list, empty")


def the_incident(site: Site, page: Page) -> None:
    follow(page, "The incident")
    press(page, GO_ON)
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "Incident with errors")
    choose(page, nature="serious_harm", media_interest="no", legal_interest="no")
    fill_date(page, "incident_on", today() - timedelta(days=4))
    pick(page, place_type="Child's home")
    page.get_by_label("Non-accidental injury").check()
    fill(page, la_area="Solihull", circumstances="An injury was found that nobody could explain.")
    press(page, GO_ON)


def a_child(site: Site, page: Page) -> None:
    follow(page, "Children")
    choose(page, birth="born", outcome="harmed", sex="female", disability="no", legal_status="none")
    fill(page, name=NAME)
    fill_date(page, "date_of_birth", today() - timedelta(days=400))
    pick(page, ethnicity="White: Irish", placement="With one or both parents")
    site.eyes.look(page, "Child, filled in")
    press(page, GO_ON)
    site.eyes.look(page, "Children")
    press(page, "Continue")


def the_dates(site: Site, page: Page) -> None:
    follow(page, "Dates")
    for name, days in {
        "partnership_aware_on": 3,
        "la_aware_on": 3,
        "notified_on": 1,
        "partners_informed_on": 1,
    }.items():
        fill_date(page, name, today() - timedelta(days=days))
    site.eyes.look(page, "Dates")
    press(page, GO_ON)


def the_agencies(site: Site, page: Page) -> None:
    follow(page, "Agencies involved")
    site.eyes.look(page, "Agencies, none yet")
    pick(page, agency=site.cast.agencies.hospital.name)
    page.get_by_label(NAME).check()
    fill(page, involvement="Saw the child twice.")
    press(page, "Add this agency")
    site.eyes.look(page, "Agencies")
    press(page, "Continue")


def the_lead(site: Site, page: Page) -> None:
    follow(page, "Lead")
    pick(page, lead=site.cast.business_manager.name)
    site.eyes.look(page, "Lead")
    press(page, GO_ON)


def fill_in(site: Site, page: Page) -> None:
    """A notification through every part of the task list, up to "Check your answers"."""
    begin_notification(site, page)
    for part in (the_incident, a_child, the_dates, the_agencies, the_lead):
        part(site, page)
    site.eyes.look(page, "Task list, complete")
    follow(page, "Check your answers and record")
    site.eyes.look(page, "Check your answers")


def record(site: Site, page: Page) -> str:
    """A notification all the way; returns the reference of the case."""
    fill_in(site, page)
    press(page, "Record the notification")
    site.eyes.look(page, "Notification recorded")
    return page.locator(".govuk-panel__body strong").inner_text()
