"""Shorter roads: without JavaScript, with a double click, before signing in, in the admin site."""

import pytest

from audit.models import Event
from referrals.models import Referral
from tests.cast import PASSWORD
from tests.journeys.steps import fill_in, record

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_notification_is_recorded_without_javascript(site):
    page = site.open(site.cast.business_manager, java_script_enabled=False)
    site.eyes.look = lambda page, name: None  # axe itself is JavaScript
    reference = record(site, page)
    case = Referral.objects.get(reference=reference)
    assert case.children.count() == 1
    assert case.lead == site.cast.business_manager
    page.goto(f"/cases/{reference}/")
    page.locator("details.app-due summary").first.click()
    assert "Trigger, not counted" in page.locator("details.app-due").first.inner_text()
    assert site.eyes.faults == []


def test_a_double_click_records_one_case(site):
    """An impatient person's second click; then the back button, which finds no form to send again."""
    page = site.open(site.cast.business_manager)
    site.eyes.look = lambda page, name: None
    fill_in(site, page)
    page.get_by_role("button", name="Record the notification").dblclick()
    page.wait_for_url("**/recorded/")
    case = Referral.objects.recorded().get()
    assert case.reference in page.locator("main").inner_text()
    page.go_back()
    page.wait_for_load_state()
    assert page.get_by_role("button", name="Record the notification").count() == 0, "the draft is a case by now"
    assert Referral.objects.recorded().count() == 1
    assert Event.objects.filter(verb="referral.recorded").count() == 1
    assert site.eyes.faults == []


def test_before_signing_in(site):
    page = site.open()
    for name, address in {
        "Sign in": "/accounts/login/",
        "Forgotten password": "/accounts/password/reset/",
        "Accessibility statement, signed out": "/accessibility/",
    }.items():
        page.goto(address)
        site.eyes.look(page, name)
    page.goto("/board/")
    assert "/accounts/login/" in page.url
    page.get_by_label("E-mail").fill(site.cast.chair.email)
    page.get_by_label("Password", exact=True).fill(f"not {PASSWORD}")
    page.get_by_role("button", name="Sign in", exact=True).click()
    site.eyes.look(page, "Sign in, refused")
    assert site.eyes.faults == []


def test_admin_site(site):
    page = site.open(site.cast.business_manager)
    for name, address in {
        "Admin index": "/admin/",
        "Admin people": "/admin/panel/user/",
        "Admin mails": "/admin/notifications/message/",
    }.items():
        page.goto(address)
        site.eyes.look(page, name)
    assert site.eyes.faults == []
