"""The business manager's side: rules and the calendar through the workflow, clocks to look at."""

from datetime import date

import pytest
from django.urls import reverse

from deadlines.models import BankHoliday, Clock, LadderStep, Rule
from deadlines.sweep import sweep
from tests.deadlines.factories import RecordingOwner, at, registered, running_clock


@pytest.fixture
def client(cast, sign_in):
    cast.business_manager.is_staff = True
    cast.business_manager.save()
    return sign_in(cast.business_manager)


def messages(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("model", ["rule", "ladderstep", "bankholiday", "calendaryear", "clock", "reminder"])
def test_every_list_opens_and_can_be_searched(client, model):
    running_clock()
    response = client.get(reverse(f"admin:deadlines_{model}_changelist"))
    assert response.status_code == 200
    assert client.get(reverse(f"admin:deadlines_{model}_changelist"), {"q": "rapid"}).status_code == 200


@pytest.mark.parametrize("state", ["running", "late", "finished"])
def test_clocks_by_state(client, state):
    running_clock(trigger="2024-01-08")
    response = client.get(reverse("admin:deadlines_clock_changelist"), {"state": state})
    assert response.context["cl"].result_count == (0 if state == "finished" else 1)


def test_a_proclaimed_day_moves_clocks_and_says_so(client):
    clock = running_clock()
    data = {"date": "2026-11-12", "title": "Day of mourning", "reason": "Order in Council."}
    response = client.post(reverse("admin:deadlines_bankholiday_add"), data, follow=True)
    assert "1 running clocks moved." in messages(response)
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 11, 24)
    assert clock.revisions.get().by.name == "Bea Example"


def test_a_day_is_removed_with_a_reason(client):
    clock = running_clock(trigger="2026-12-14")
    url = reverse("admin:deadlines_bankholiday_delete", args=[BankHoliday.objects.get(date=date(2026, 12, 28)).pk])
    assert b"Reason (told to those whose dates move)" in client.get(url).content
    response = client.post(url, {"post": "yes", "reason": ""}, follow=True)
    assert any("Give a reason" in message for message in messages(response))
    client.post(url, {"post": "yes", "reason": "Cancelled."})
    clock.refresh_from_db()
    assert clock.due_on == date(2027, 1, 6)
    assert clock.revisions.get().reason.endswith("(Boxing Day (substitute day)). Cancelled.")


def test_days_are_not_deleted_in_bulk_nor_edited(client):
    response = client.get(reverse("admin:deadlines_bankholiday_changelist"))
    assert b"delete_selected" not in response.content
    page = client.get(reverse("admin:deadlines_bankholiday_change", args=[BankHoliday.objects.first().pk]))
    assert b'name="title"' not in page.content


def test_a_year_without_its_days_is_refused_with_a_sentence(client):
    response = client.post(reverse("admin:deadlines_calendaryear_add"), {"year": 2029, "note": "By hand"}, follow=True)
    assert any("0 bank holidays of 2029 are entered" in message for message in messages(response))


def form_of(client, rule):
    """What the browser would send back for the rule's page."""
    response = client.get(reverse("admin:deadlines_rule_change", args=[rule.pk]))
    data = {}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is not None and value is not False:
                data[bound.html_name] = value
    return data


def errors_of(response):
    """What a refused page says, for the message of a failing test."""
    return response.context and [response.context["adminform"].form.errors, response.context["errors"]]


def test_a_changed_length_needs_a_reason_and_moves_running_clocks(client):
    clock = running_clock()
    url = reverse("admin:deadlines_rule_change", args=[clock.rule_id])
    data = form_of(client, clock.rule) | {"length": 10}
    response = client.post(url, data)
    assert b"Say why: this change counts running clocks again." in response.content
    response = client.post(url, data | {"reason": "Agreed locally."})
    assert response.status_code == 302, errors_of(response)
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 11, 16)


def test_a_new_edition_by_save_as_new(client):
    clock = running_clock()
    old = clock.rule
    data = form_of(client, old) | {"edition": "2026 edition", "effective_from": "2026-11-01", "_saveasnew": "1"}
    response = client.post(reverse("admin:deadlines_rule_change", args=[old.pk]), data)
    assert response.status_code == 302, errors_of(response)
    old.refresh_from_db()
    new = Rule.objects.get(code="rapid-review", edition="2026 edition")
    assert old.effective_until == date(2026, 10, 31)
    assert new.steps.count() == old.steps.count() == 7
    assert Clock.objects.get().rule == new


def test_rules_are_not_deleted(client):
    rule = Rule.objects.get(code="lcspr-copy")
    assert client.post(reverse("admin:deadlines_rule_delete", args=[rule.pk]), {"post": "yes"}).status_code == 403


def test_a_step_that_was_used_stays(client, cast):
    with registered("rapid-review", RecordingOwner({"lead": [cast.member]})):
        clock = running_clock()
        sweep(now=at("2026-11-09"))
    step = LadderStep.objects.get(rule=clock.rule, anchor="after-trigger", offset=5)
    client.post(reverse("admin:deadlines_ladderstep_delete", args=[step.pk]), {"post": "yes"})
    assert LadderStep.objects.filter(pk=step.pk).exists()


def test_clocks_are_looked_at_only_and_keep_their_reasons_to_the_case(client):
    clock = running_clock()
    page = client.get(reverse("admin:deadlines_clock_change", args=[clock.pk]))
    assert page.status_code == 200
    assert b"_save" not in page.content
    assert b"late_reason" not in page.content
    assert client.post(reverse("admin:deadlines_clock_delete", args=[clock.pk]), {"post": "yes"}).status_code == 403
