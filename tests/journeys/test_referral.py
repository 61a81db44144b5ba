"""Ways in, in a real browser: a referral from outside behind a code; a half-written form that outlives its session."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page

from notifications.models import Message
from panel.models import Agency, KeptForm, Partnership
from referrals.choices import Kind
from referrals.models import Referral
from referrals.states import Status
from referrals.workflow import start_draft
from tests.journeys.conftest import Site
from tests.journeys.steps import GO_ON, NAME, choose, fill, fill_date, follow, press, today
from tests.referrals.factories import add_person, make_referral
from tests.stack import wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
ADDRESS = "nora.pretend@hospital.example"
WORDS = "A long account that nobody wants to type twice."


def code() -> str:
    found = re.search(r"\b\d{6}\b", Message.objects.filter(kind="access-code").latest("pk").text)
    assert found is not None
    return found[0]


def test_a_professional_without_an_account_refers_a_case(site: Site) -> None:
    Partnership.current()
    Partnership.objects.update(takes_outside_referrals=True)
    Agency.objects.filter(pk=site.cast.agencies.hospital.pk).update(email_domains="hospital.example")
    page, eyes = site.open(), site.eyes
    page.goto("/refer/")
    eyes.look(page, "Refer: start")
    fill(page, address="kit@elsewhere.example")
    press(page, "Send me a code")
    eyes.look(page, "Refer: not a known agency")
    fill(page, address=ADDRESS)
    press(page, "Send me a code")
    eyes.look(page, "Refer: code")
    fill(page, code=code())
    press(page, "Continue")
    eyes.look(page, "Refer: before you start")
    choose(page, about="complaint")
    press(page, "Continue")
    eyes.look(page, "Refer: another route")
    follow(page, "It is a referral after all")
    choose(page, about="referral")
    press(page, "Continue")
    the_parts(site, page)
    press(page, "Send the referral")
    eyes.look(page, "Refer: sent")
    case = Referral.objects.get()
    assert (case.status, case.referrer_address) == (Status.RECORDED, ADDRESS)
    assert case.reference in page.inner_text("main")
    assert NAME not in "".join(mail.subject + mail.text for mail in Message.objects.all())
    assert eyes.faults == []


def the_parts(site: Site, page: Page) -> None:
    follow(page, "About you")
    fill(page, name="Nora Pretend", job_title="Named nurse")
    site.eyes.look(page, "Refer: about you")
    press(page, GO_ON)
    follow(page, "What happened")
    press(page, GO_ON)
    site.eyes.look(page, "Refer: what happened, with errors")
    choose(page, nature="serious_harm")
    fill_date(page, "incident_on", today() - timedelta(days=4))
    fill(page, circumstances="A child was hurt.", why="Three services, one letter.")
    press(page, GO_ON)
    press(page, "Add a child")
    choose(page, birth="born", outcome="harmed")
    fill(page, name=NAME)
    fill_date(page, "date_of_birth", today() - timedelta(days=900))
    site.eyes.look(page, "Refer: a child")
    press(page, GO_ON)
    site.eyes.look(page, "Refer: parts")
    follow(page, "Agencies involved", exact=True)
    page.get_by_label(site.cast.agencies.schools.name).check()
    site.eyes.look(page, "Refer: agencies involved")
    press(page, GO_ON)
    press(page, "Check and send")
    site.eyes.look(page, "Refer: check")


def test_a_half_written_form_is_there_again_after_signing_in(site: Site) -> None:
    """Kept by the page's script while it is written; the rest, sent after the end of the session, by the server."""
    Partnership.current()
    member = site.cast.member
    draft = start_draft(kind=Kind.SIN, by=member, now=timezone.now())
    page = site.open(member)
    address = f"/cases/drafts/{draft.key}/incident/"
    page.goto(address)
    fill(page, circumstances=WORDS)
    wait_until(KeptForm.objects.exists, "the page keeps what is being typed")
    choose(page, nature="death")
    Session.objects.all().delete()
    press(page, GO_ON)
    assert "/accounts/login/" in page.url
    page.get_by_label("E-mail").fill(member.email)
    page.get_by_label("Password", exact=True).fill("correct-horse-demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"{site.url}{address}")
    assert page.locator("[name=circumstances]").input_value() == WORDS
    assert page.locator("input[name=nature][value=death]").is_checked()
    site.eyes.look(page, "Restored form")
    press(page, "Save and come back later")
    draft.refresh_from_db()
    assert (draft.circumstances, draft.nature) == (WORDS, "death")
    assert not KeptForm.objects.exists()
    assert site.eyes.faults == []


def test_people_doubles_links_and_the_sheet(site: Site) -> None:
    Partnership.current()
    member = site.cast.member
    first, second = make_referral(), make_referral()
    add_person(second, by=member)
    page, eyes = site.open(site.cast.chair), site.eyes
    page.goto(f"/cases/{second.reference}/screening/")
    eyes.look(page, "Screening with a likely double")
    follow(page, f"Link with {first.reference}", exact=True)
    fill(page, reason="One child, two referrals.")
    eyes.look(page, "Link two cases")
    press(page, "Link the cases")
    eyes.look(page, "Case with a link")
    assert first.reference in page.inner_text("main")
    page.goto(f"/cases/{second.reference}/information/")
    eyes.look(page, "Information with people")
    follow(page, "Add a person who has become known")
    eyes.look(page, "Add a person")
    page.goto(f"/cases/{second.reference}/notification/sheet/")
    eyes.look(page, "Sheet for the national form")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the whole sheet").click()
    page.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "1991" in copied
    assert NAME in copied
    assert eyes.faults == []
