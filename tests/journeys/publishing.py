"""The publication of a review as leaders and partners click it, from the plan to what the public reads."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from playwright.sync_api import Page

from deadlines import calendar
from publications import workflow
from publications.choices import PARTNERS
from publications.disclosure.states import CheckStatus
from publications.models import DisclosureCheck, Publication
from tests.journeys.conftest import Site
from tests.journeys.reviewing import attach
from tests.journeys.steps import choose, fill, fill_date, follow, press, today
from tests.referrals.factories import CHILD_NAME
from tests.stack import wait_until

TITLE = "Child safeguarding practice review: Child A"
WEB_TEXT = "What was learned about Child A.\n\nWhat the agencies changed."
LEAK = f"The teacher of {CHILD_NAME} rang the school nurse."
CLEAN = "This review is about Child A. Agencies did not share what they knew."
OPEN = "open in the disclosure check."


def plan(site: Site, page: Page) -> Publication:
    press(page, "Plan the publication")
    press(page, "Plan the publication")
    assert page.title().startswith("Error: ")
    fill_date(page, "planned_on", calendar.current().forward(today(), 25))
    site.eyes.look(page, "Plan the publication")
    press(page, "Plan the publication")
    site.eyes.look(page, "Publication, just planned")
    return Publication.objects.get()


def write_the_text(site: Site, page: Page) -> None:
    follow(page, "Change the public text and addresses")
    fill(page, title=TITLE, slug="child-a", web_text=WEB_TEXT)
    site.eyes.look(page, "Public text")
    press(page, "Save")
    follow(page, "Choose the file")
    attach(page, CLEAN, LEAK)
    site.eyes.look(page, "Report to be published")
    press(page, "Keep this file")


def write_the_strategy(site: Site, page: Page) -> None:
    follow(page, "Write it")
    fill(
        page, spokesperson="Sam Speaker", spokesperson_phone="0121 496 0001", question_0="Who knew?",
        holding_statement="We are sorry. We have changed how we work.", answer_0="The report says it.",
        embargo="Not for release before 10am on the day",
        **{f"{PARTNERS[0]}_name": "Cam Comms"},
    )  # fmt: skip
    press(page, "Save as a new version")
    site.eyes.look(page, "Media strategy")


def agree_to_the_strategy(site: Site, page: Page) -> None:
    for number in range(3):
        follow(page, "Record an agreement", exact=True)
        page.get_by_role("radio").nth(number).check()
        fill(page, name="The Chief Officer")
        site.eyes.look(page, "Agree to the media strategy") if not number else None
        press(page, "Record the agreement")
        follow(page, "Version 1")
    site.eyes.look(page, "Media strategy, agreed")
    follow(page, "Publication", exact=True)


def _wait_for_the_check(page: Page, number: int) -> None:
    done = DisclosureCheck.objects.filter(number=number, status=CheckStatus.DONE)
    wait_until(done.exists, f"disclosure check {number} is done")
    page.reload()


def check(site: Site, page: Page) -> None:
    follow(page, "Disclosure check")
    site.eyes.look(page, "Disclosure check, none yet")
    press(page, "Check the report")
    site.eyes.look(page, "Ask for a disclosure check")
    press(page, "Check it")
    _wait_for_the_check(page, 1)
    assert CHILD_NAME in page.locator("mark").all_inner_texts()
    site.eyes.look(page, "Disclosure check with findings")


def refused(site: Site, page: Page) -> None:
    """Publishing is refused with a sentence while findings are open."""
    follow(page, "Publication", exact=True)
    press(page, "Publish")
    assert OPEN in page.locator("main").inner_text()
    press(page, "Publish now")
    assert OPEN in page.locator(".govuk-error-summary").inner_text()
    site.eyes.look(page, "Publishing refused")
    assert Publication.objects.get().is_planned


def mend(site: Site, page: Page, incident_on: date) -> None:
    """Another file, without the name, that still holds a day which may stay."""
    follow(page, "Back", exact=True)
    follow(page, "Disclosure check")
    press(page, "Check again")
    attach(page, CLEAN, f"Child A was taken to hospital on {incident_on:%-d %B %Y}.")
    press(page, "Check it")
    _wait_for_the_check(page, 2)
    assert CHILD_NAME not in page.locator("mark").all_inner_texts()
    page.locator("input[name=finding]").first.check(force=True)
    site.eyes.look(page, "Disclosure check, mended")
    press(page, "Propose to accept")
    fill(page, reason="The day was said in open court.")
    site.eyes.look(page, "Propose to accept a finding")
    press(page, "Propose to accept")
    site.eyes.look(page, "Disclosure check, proposed")


def confirm(site: Site, page: Page, publication: Publication) -> None:
    """The second person, who gave no file and proposed nothing."""
    page.goto(f"{publication.get_absolute_url()}disclosure/")
    page.locator("input[name=finding]").first.check(force=True)
    press(page, "Accept or refuse as second person")
    site.eyes.look(page, "Accept a finding as second person")
    choose(page, answer="accept")
    press(page, "Save the decision")
    assert "Nothing in this check stops publication." in page.locator("main").inner_text()
    site.eyes.look(page, "Disclosure check, accepted")


def approve(site: Site, page: Page, publication: Publication) -> None:
    """The police approve for themselves; for the others the business manager records it."""
    police = site.open(site.cast.partner_police)
    police.goto(publication.get_absolute_url())
    follow(police, "Record an agreement to the report and public text")
    site.eyes.look(police, "Approve the report as a partner")
    press(police, "Record the agreement")
    page.goto(publication.get_absolute_url())
    for number in range(2):
        follow(page, "Record an agreement to the report and public text")
        page.get_by_role("radio").nth(number).check()
        fill(page, name="The Chief Officer")
        press(page, "Record the agreement")


def send_copies(site: Site, page: Page) -> None:
    """On a day that leaves seven clear working days before the day that comes: see `the_day_comes`."""
    for who in ("national Panel", "Secretary of State"):
        follow(page, f"Send the full report to the {who}")
        choose(page, state="done")
        fill_date(page, "done_on", calendar.current().back(_last_working_day(), 8))
        fill(page, note="By secure mail.")
        site.eyes.look(page, f"Copy to the {who}")
        press(page, "Save")
    site.eyes.look(page, "Publication, ready")


def _last_working_day() -> date:
    return calendar.current().back(today() + timedelta(days=1), 1)


def the_day_comes(publication: Publication, site: Site) -> None:
    """What lies ahead on the page is today or the last working day: a browser does not wait a week."""
    day = _last_working_day()
    now = timezone.make_aware(datetime.combine(day, time(0, 1)))
    workflow.move_date(
        publication=publication, to=day, reason="The court gave its judgment.", by=site.cast.business_manager, now=now
    )


def switch_on(site: Site, page: Page) -> None:
    page.goto("/admin/publications/publicpage/add/")
    page.locator("#id_is_on").check()
    page.locator("#id_contact").fill("reports@partnership.example")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()


def publish(site: Site, page: Page, publication: Publication) -> None:
    page.goto(publication.get_absolute_url())
    press(page, "Publish")
    site.eyes.look(page, "Publish the report")
    press(page, "Publish now")
    assert "The report is published." in page.locator("main").inner_text()
    site.eyes.look(page, "Publication, published")


def as_the_public(site: Site, page: Page, hidden: list[str]) -> None:
    page.goto("/published/")
    site.eyes.look(page, "Published reviews")
    follow(page, TITLE)
    site.eyes.look(page, "A published report")
    for words in WEB_TEXT.split("\n\n"):
        assert words in page.locator("main").inner_text()
    assert [words for words in hidden if words in page.content()] == []
    assert page.request.get(f"{page.url}report/").ok
    assert page.context.cookies() == []
