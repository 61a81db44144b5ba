"""The admin site shows cases as every other page does, and changes none."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from referrals import workflow
from referrals.models import HarmType, Referral
from tests.referrals.factories import SECRET, make_draft, make_referral, screen

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.business_manager)


def close_to_oneself(case, cast):
    workflow.record_conflict(
        referral=case, member=cast.business_manager, kind="personal", reason="A neighbour.",
        by=cast.business_manager, now=timezone.now(), sure=True,
    )  # fmt: skip


@pytest.mark.parametrize("model", ["referral", "screening"])
def test_a_wall_holds_in_the_admin_site(cast, client, model):
    case = make_referral()
    screen(case, "find_not_met", by=cast.chair)
    row = case if model == "referral" else case.screenings.get()
    lists, one = (
        reverse(f"admin:referrals_{model}_changelist"),
        reverse(f"admin:referrals_{model}_change", args=[row.pk]),
    )
    assert case.reference in client.get(lists).content.decode()
    assert client.get(one).status_code == 200
    close_to_oneself(case, cast)
    for query in ("", f"?q={case.reference}"):
        assert f">{case.reference}<" not in client.get(lists + query).content.decode()
    assert client.get(one).status_code == 302
    assert client.get(one, follow=True).content.decode().count(SECRET) == 0


def test_drafts_are_not_in_the_admin_site(client):
    draft = make_draft()
    assert client.get(reverse("admin:referrals_referral_change", args=[draft.pk])).status_code == 302


def test_a_case_is_looked_at_not_changed_and_the_look_is_recorded(client):
    case = make_referral()
    url = reverse("admin:referrals_referral_change", args=[case.pk])
    page = client.get(url).content.decode()
    assert 'name="_save"' not in page
    assert SECRET not in page
    assert "/admin/r/" in page  # view on site
    assert client.post(url, {"status": "withdrawn"}).status_code == 403
    assert Event.objects.about(case.reference).first().sentence == "Bea Example read the case."
    assert client.get(reverse("admin:referrals_referral_add")).status_code == 403
    assert client.post(reverse("admin:referrals_referral_delete", args=[case.pk])).status_code == 403
    assert Referral.objects.get().status == "recorded"


def test_harm_types_are_edited_and_never_deleted(client):
    url = reverse("admin:referrals_harmtype_add")
    response = client.post(url, {"name": "Invented harm", "position": 5, "is_active": "on"})
    assert response.status_code == 302, response.content.decode()
    harm_type = HarmType.objects.get(name="Invented harm")
    assert client.post(reverse("admin:referrals_harmtype_delete", args=[harm_type.pk])).status_code == 403


def test_only_the_business_manager_gets_in(cast, sign_in):
    for person in (cast.chair, cast.member, cast.outsider):
        assert sign_in(person).get(reverse("admin:referrals_referral_changelist")).status_code == 403
