"""Linked cases: on both pages, only for those who see both, and taken apart again."""

import re

import pytest
from bs4 import BeautifulSoup
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from referrals import workflow
from referrals.choices import LinkKind
from referrals.models import CaseLink
from tests.referrals.factories import make_draft, make_referral, wall_off

pytestmark = pytest.mark.django_db

REASON = "One household; two incidents."


@pytest.fixture
def pair(cast):
    return make_referral(), make_referral()


def link(pair, by, **over):
    facts = {"kind": LinkKind.SAME_CHILD, "reason": REASON} | over
    return workflow.link_cases(referral=pair[0], other=pair[1], **facts, by=by, now=timezone.now())


def case_page(client, case):
    return client.get(reverse("overview:case", args=[case.reference])).content.decode()


def test_cases_are_linked_on_the_page_and_shown_on_both(cast, sign_in, pair):
    first, second = pair
    client = sign_in(cast.member)
    url = reverse("referrals:link-make", args=[second.reference])
    form = BeautifulSoup(client.get(f"{url}?with={first.reference}&kind=sibling").content, "html.parser")
    assert form.select_one("select[name=other] option[selected]")["value"] == first.reference
    assert form.select_one("input[name=kind][checked]")["value"] == "sibling"
    for _ in range(2):  # a double click
        response = client.post(url, {"other": first.reference, "kind": "sibling", "reason": REASON})
        assert response.url == reverse("overview:case", args=[second.reference])
    assert CaseLink.objects.count() == 1
    for here, there in ((first, second), (second, first)):
        shown = case_page(client, here)
        assert f">{there.reference}</a>: sibling. {REASON}" in shown
        assert "Linked by Mel Sample on " in shown
    assert Event.objects.filter(verb="referral.linked").count() == 1


def test_a_link_is_ended_with_a_reason_and_stays_on_record(cast, sign_in, pair):
    one = link(pair, cast.member)
    client = sign_in(cast.member)
    url = reverse("referrals:link-end", args=[pair[1].reference, one.pk])
    assert "Say why they do not belong together" in client.post(url, {"reason": " "}).content.decode()
    for _ in range(2):
        client.post(url, {"reason": "Two children of one name."})
    one.refresh_from_db()
    assert (one.ended_by, one.end_reason) == (cast.member, "Two children of one name.")
    assert Event.objects.filter(verb="referral.unlinked").count() == 1
    assert pair[1].reference not in case_page(client, pair[0])
    assert link(pair, cast.member).pk != one.pk


def test_a_wall_before_one_of_them_hides_the_link_everywhere(cast, sign_in, pair):
    first, second = pair
    one = link(pair, cast.member)
    wall_off(second, cast.walled)
    client = sign_in(cast.walled)
    other = make_referral()
    for url in (
        reverse("overview:case", args=[first.reference]),
        reverse("referrals:referral-history", args=[first.reference]),
        reverse("referrals:link-make", args=[other.reference]),
        reverse("referrals:referral-screen", args=[first.reference]),
    ):
        response = client.get(url)
        assert response.status_code == 200
        assert second.reference not in response.content.decode(), url
        assert REASON not in response.content.decode(), url
    assert client.get(reverse("referrals:link-end", args=[first.reference, one.pk])).status_code == 404
    answer = client.post(
        reverse("referrals:link-make", args=[other.reference]),
        {"other": second.reference, "kind": "theme", "reason": REASON},
    ).content.decode()
    assert "Select one of the cases in the list" in answer
    with pytest.raises(NotPermitted):
        link((first, second), cast.walled, kind=LinkKind.THEME)
    with pytest.raises(NotPermitted):
        workflow.unlink_cases(link=one, reason="Mine.", by=cast.walled, now=timezone.now())
    assert CaseLink.objects.visible_to(cast.walled).count() == 0
    assert CaseLink.objects.visible_to(cast.member).count() == 1


@pytest.mark.parametrize("name", ["overview:case", "referrals:referral-history", "referrals:referral-screen"])
def test_linking_changes_no_byte_for_whom_the_other_case_does_not_exist(cast, sign_in, pair, name):
    first, second = pair
    wall_off(second, cast.walled)
    client = sign_in(cast.walled)
    url = reverse(name, args=[first.reference])
    client.get(url)

    def seen():
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", client.get(url).content.decode())

    before = seen()
    one = link(pair, cast.member)
    assert seen() == before
    workflow.unlink_cases(link=one, reason="Two children.", by=cast.member, now=timezone.now())
    assert seen() == before


def test_what_cannot_be_linked(cast, pair):
    first, _ = pair
    with pytest.raises(WorkflowError, match="with itself"):
        link((first, first), cast.member)
    with pytest.raises(WorkflowError, match="Say why"):
        link(pair, cast.member, reason=" ")
    with pytest.raises(NotPermitted):
        link(pair, cast.partner_la)
    with pytest.raises(NotPermitted, match="A draft is not linked"):
        link((first, make_draft()), cast.business_manager)
    assert not CaseLink.objects.exists()


def test_readers_without_the_right_see_the_link_and_no_buttons(cast, sign_in, pair):
    link(pair, cast.member)
    shown = case_page(sign_in(cast.scrutineer), pair[0])
    assert pair[1].reference in shown
    assert "Link with another case" not in shown
    assert "End the link" not in shown


@pytest.mark.parametrize(
    "assignment",
    ["first_id = second_id, second_id = first_id", "second_id = first_id", "ended_at = now()"],
)
def test_the_database_refuses_a_link_that_cannot_be(cast, pair, assignment):
    one = link(pair, cast.member)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE referrals_caselink SET {assignment} WHERE id = %s", [one.pk])


def test_three_links_take_as_many_queries_as_one(cast, sign_in, django_assert_max_num_queries):
    case, *others = [make_referral() for _ in range(5)]
    link((case, others[0]), cast.member)
    three = others[3]
    for other in others[:3]:
        link((three, other), cast.member)
    client = sign_in(cast.member)
    counts = []
    for one in (case, three):
        with django_assert_max_num_queries(60) as counted:
            case_page(client, one)
        counts.append(len(counted))
    assert counts[0] == counts[1]
