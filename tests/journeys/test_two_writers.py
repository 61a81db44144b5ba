"""Acceptance: two people in two browsers write in one section, with and without scripts, and neither text is lost."""

import pytest

from rapid_reviews import workflow
from rapid_reviews.choices import SectionKey
from rapid_reviews.states import Status
from tests.journeys.steps import choose, fill, follow, press
from tests.rapid_reviews.factories import key_episode, rapid_review_at, shared_learning

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_two_browsers_in_one_section_lose_nothing(site):
    review = rapid_review_at(Status.DRAFTING)
    address = f"/cases/{review.referral.reference}/rapid-review/sections/facts/"
    hers = site.open(site.cast.member)
    his = site.open(site.cast.second_member, java_script_enabled=False)
    for page in (hers, his):
        page.goto(address)
    fill(hers, text="She saw the child at home.\nThe door was open.")
    press(hers, "Save")
    fill(his, text="He saw the child at school.")
    press(his, "Save")
    assert "put both texts together" in his.locator("h1").inner_text()
    box = his.locator("textarea[name=text]").input_value()
    assert "She saw the child at home." in box
    assert "He saw the child at school." in box
    assert review.sections.get().text == "She saw the child at home.\nThe door was open."
    press(his, "Save")  # with the marks still in it
    assert "take the marks out" in his.locator(".govuk-error-summary").first.inner_text()
    both = "She saw the child at home.\nThe door was open.\nHe saw the child at school."
    fill(his, text=both)
    press(his, "Save")
    assert review.sections.get().text == both
    # Now each changes another paragraph: the box has both, nothing is left to decide.
    for page in (hers, his):
        page.goto(address)
    fill(his, text=both.replace("at school", "at school, twice"))
    press(his, "Save")
    fill(hers, text=both.replace("was open", "was wide open"))
    press(hers, "Save")
    site.eyes.look(hers, "Merge")
    press(hers, "Save")
    text = review.sections.get().text
    assert "was wide open" in text
    assert "at school, twice" in text
    assert review.sections.get().version == 4
    assert site.eyes.faults == []


def test_the_workspace_from_owner_to_comment(site):
    review = rapid_review_at(Status.DRAFTING)
    key_episode(review)
    shared_learning(review)
    workflow.save_section(
        review=review, key=SectionKey.FACTS, text="It was cold.", version=0, by=site.cast.member,
        now=review.opened_at,
    )  # fmt: skip
    page = site.open(site.cast.chair)
    page.goto(f"/cases/{review.referral.reference}/rapid-review/")
    site.eyes.look(page, "Workspace")
    follow(page, "Say who writes which section")
    page.locator("select[name=facts]").select_option(label="Cora Example (ICB)")
    site.eyes.look(page, "Owners")
    press(page, "Save")
    assert "New to you" in page.locator("main").inner_text()
    follow(page, "Facts and context")
    press(page, "Add a comment")
    site.eyes.look(page, "Comment")
    fill(page, text="Who says that it was cold?")
    press(page, "Save the comment")
    fill(page, text="It was very cold.")
    choose(page, is_complete="ready")
    press(page, "Save")
    follow(page, "Facts and context")
    site.eyes.look(page, "Section")
    follow(page, "Earlier versions")
    follow(page, "What changed since")
    site.eyes.look(page, "Versions")
    press(page, "Bring the text of version 1 back")
    assert page.locator("textarea[name=text]").input_value() == "It was cold."
    for slug in ("episodes", "immediate-learning", "parallel-proceedings"):
        page.goto(f"/cases/{review.referral.reference}/rapid-review/sections/{slug}/")
        site.eyes.look(page, slug)
    page.goto(f"/cases/{review.referral.reference}/rapid-review/sections/episodes/")
    follow(page, "A visit that did not happen")
    fill(page, happened="Nobody came.", expected="A visit.", why="Two were ill.", teaches="Tell the duty desk.")
    site.eyes.look(page, "Episode")
    press(page, "Save")
    assert "Completed" in page.locator("main").inner_text()
    follow(page, "Back to the rapid review")
    follow(page, "Parallel proceedings")
    follow(page, "Add proceedings")
    site.eyes.look(page, "Line")
    assert site.eyes.faults == []
