"""A commissioned review as leaders, partners and an agency click it, from the commission to the sign-off."""

import re
from datetime import timedelta

from playwright.sync_api import Page

from practice_reviews.models import PracticeReview
from tests.journeys.conftest import Site
from tests.journeys.steps import choose, fill, fill_date, follow, press, today
from tests.journeys.test_return_by_link import give_the_code, link_in
from tests.publications.disclosure.files import word
from tests.referrals.factories import CHILD_NAME

REVIEWER = "Remy Invented"
AUNT = "Ada Pretend"  # of the family: by pseudonym wherever names do not belong
LEAD = "lea.council@agency.example"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def attach(page: Page, *paragraphs: str) -> None:
    """A Word file with these paragraphs, into the page's field for a file."""
    page.locator("main [name=file]").set_input_files(
        {"name": "Report.docx", "mimeType": WORD, "buffer": word(paragraphs)}
    )


def commission(site: Site, page: Page, reference: str) -> PracticeReview:
    page.goto(f"/cases/{reference}/")
    follow(page, "Reviews", exact=True)
    site.eyes.look(page, "Reviews of a case, none yet")
    press(page, "Commission the review")
    press(page, "Commission the review")
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "Commission a review, with errors")
    fill(page, title="Bruising in babies who do not crawl yet", purpose="What agencies make of a first bruise.")
    press(page, "Commission the review")
    review = PracticeReview.objects.get(referral__reference=reference)
    assert f"{review.reference} is commissioned." in page.locator("main").inner_text()
    assert re.search(r"Month [1-6] of 6, due ", page.locator(".app-months").inner_text())
    site.eyes.look(page, "Commissioned review, new")
    return review


def set_terms(site: Site, page: Page) -> None:
    follow(page, "Set the scope")
    fill_date(page, "scope_from", today() - timedelta(days=800))
    fill_date(page, "scope_to", today() - timedelta(days=120))
    page.get_by_label("Inventshire Council").check()
    fill(page, method="Learning conversations with practitioners.")
    site.eyes.look(page, "Scope of a review")
    press(page, "Save the scope")
    follow(page, "Add a question")
    fill(page, question="Who asked how the bruise came about?", why="Nobody wrote it down.")
    press(page, "Save the question")
    assert "Who asked how the bruise came about?" in page.locator("main").inner_text()


def appoint(site: Site, page: Page) -> None:
    follow(page, "Consider a reviewer")
    fill(page, name=REVIEWER, organisation="Invented Reviews", expertise="Ten reviews of injuries to babies.")
    press(page, "Consider this person")
    follow(page, f"Appoint {REVIEWER}")
    fill(page, reason="Knows the field and is free at once.")
    press(page, "Appoint")
    follow(page, "Record a declaration")
    fill(page, text="I never worked for any of them.")
    page.get_by_label("Independent of the agencies in scope").check()
    page.get_by_label("Independent of the line management of the case").check()
    fill_date(page, "declared_on", today())
    site.eyes.look(page, "Declaration of independence")
    press(page, "Record the declaration")


def tell(site: Site, page: Page) -> None:
    follow(page, "Write the three letters")
    press(page, "Write them")
    follow(page, "Child Safeguarding Practice Review Panel")
    letter = page.locator("main").inner_text()
    assert REVIEWER in letter
    assert CHILD_NAME not in letter
    site.eyes.look(page, "Letter to the national Panel")
    follow(page, "Record that it was sent")
    fill_date(page, "on", today())
    fill(page, to="national.panel@inbox.example")
    press(page, "It was sent")
    assert "sent on" in page.locator("main").inner_text()


def chair_agrees(site: Site, page: Page, review: PracticeReview) -> None:
    page.goto(review.get_absolute_url())
    follow(page, "Agree the scope and terms")
    press(page, "Agree them")
    follow(page, "Rule on it")
    choose(page, accept="yes")
    press(page, "Save the ruling")
    assert "Accepted by Cora Example" in page.locator("main").inner_text()


def begin(site: Site, page: Page) -> None:
    page.reload()
    press(page, "Begin the review")
    press(page, "Begin")
    site.eyes.look(page, "Commissioned review, under way")


def speak_with_the_family(site: Site, page: Page) -> None:
    follow(page, "Family", exact=True)
    site.eyes.look(page, "Family contact log, empty")
    press(page, "Put somebody on the log")
    choose(page, who="else")
    fill(page, name=AUNT, pseudonym="Aunt of Child A", reach="Evenings, by telephone.")
    site.eyes.look(page, "Put somebody on the log")
    press(page, "Put on the log")
    follow(page, "Aunt of Child A")
    press(page, "Record the invitation")
    fill(page, how="Letter by the social worker.", text="She may bring a friend.")
    press(page, "Save")
    press(page, "They take part")
    press(page, "Save")
    press(page, "Record their views")
    fill(page, text="Nobody rang back.")
    press(page, "Save")
    site.eyes.look(page, "One of the family")
    follow(page, "Family contact log")
    site.eyes.look(page, "Family contact log")


def add_draft(site: Site, page: Page, text: str, changes: str = "") -> None:
    follow(page, "Drafts", exact=True)
    press(page, "Add a draft")
    attach(page, text)
    if changes:
        fill(page, changes=changes)
    site.eyes.look(page, f"Add a draft{', the second' if changes else ''}")
    press(page, "Add the draft")


def circulate(site: Site, page: Page) -> None:
    follow(page, "Draft 1", exact=True)
    site.eyes.look(page, "A draft, prepared")
    press(page, "Send it to the agencies")
    site.eyes.look(page, "Send a draft to the agencies")
    press(page, "Send it to these agencies")
    site.eyes.look(page, "A draft with the agencies")


def check_the_facts(site: Site, page: Page) -> None:
    """The agency, by link and code."""
    page.goto(link_in(site, LEAD, "check the facts"))
    give_the_code(site, page, LEAD)
    site.eyes.look(page, "Check of the facts")
    with page.expect_download() as download:
        page.get_by_role("link", name="OFFICIAL-SENSITIVE").click()
    assert download.value.suggested_filename.endswith("-draft-1.docx")
    press(page, "Write a comment")
    press(page, "Save this comment")
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "A comment on a draft, with errors")
    page.locator("main [name=page]").fill("1")
    fill(page, says="The school was told.", should_say="Nobody told the school.", why="The school’s own log.")
    press(page, "Save this comment")
    site.eyes.look(page, "Check of the facts, one comment")
    press(page, "Send the comments")
    press(page, "Send the comments")
    site.eyes.look(page, "Check of the facts, sent")


def answer(site: Site, page: Page) -> None:
    page.reload()
    site.eyes.look(page, "A draft with a comment")
    follow(page, "Answer")
    choose(page, answer="accepted")
    site.eyes.look(page, "Answer a comment")
    press(page, "Save the answer")
    press(page, "Close the round")
    press(page, "Close the round")
    site.eyes.look(page, "A draft, its round closed")


def agree(site: Site, page: Page, manager: Page) -> None:
    """The police record their agreement themselves; of the others the business manager does."""
    page.goto(manager.url)
    follow(page, "Record the agreement of the")
    site.eyes.look(page, "Agreement of a partner")
    press(page, "Record the agreement")
    for _ in range(2):
        manager.reload()
        follow(manager, "Record the agreement of the")
        fill(manager, agreed_by="The Chief Officer")
        press(manager, "Record the agreement")


def sign_off(site: Site, page: Page, manager: Page) -> None:
    follow(manager, "Sign-off", exact=True)
    assert "has not agreed to the last draft." in manager.locator("main").inner_text()
    site.eyes.look(manager, "Sign-off, much missing")
    agree(site, site.open(site.cast.partner_police), manager)
    page.goto(manager.url)
    site.eyes.look(page, "Sign-off, nothing missing")
    press(page, "Sign it off")
    fill(page, statement="I have read it, and it answers the lines of enquiry.")
    press(page, "Sign the review off")
    site.eyes.look(page, "Sign-off, signed")
