"""The admin pages of the chronology: to look at, by reference, of cases that exist for the person."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from chronology import workflow as chronology
from chronology.models import Finding, Preview, Row
from referrals import workflow
from tests.chronology.factories import add, line, make_case, preview_of, row_facts, xlsx

MODELS = {"row": Row, "preview": Preview, "finding": Finding}


@pytest.fixture
def client(cast, sign_in):
    return sign_in(cast.business_manager)


@pytest.fixture
def case(cast):
    """A row, two gaps to the incident, and an import that waits."""
    referral = make_case(2, incident={"incident_on": date(2025, 6, 1)}, dates=None)
    add(referral, cast.agencies.police, date(2025, 1, 1), "Rowan was visited.", who="Rowan")
    preview_of(xlsx([line("03/05/2020", "Rowan again.")]), referral, None, by=cast.business_manager)
    return referral


def url(model, what, *args):
    return reverse(f"admin:chronology_{model}_{what}", args=args)


@pytest.mark.parametrize("model", MODELS)
def test_a_wall_holds_and_nothing_is_searched_by_name(case, cast, client, model):
    row = MODELS[model].objects.order_by("pk").first()
    lists, one = url(model, "changelist"), url(model, "change", row.pk)
    for query in ("", f"?q={case.reference}"):
        assert f"/{model}/{row.pk}/" in client.get(lists + query).content.decode()
    assert f"/{model}/{row.pk}/" not in client.get(f"{lists}?q=Rowan").content.decode()
    page = client.get(one).content.decode()
    assert "Rowan" not in page
    assert 'name="_save"' not in page
    assert Event.objects.about(case.reference).first().sentence == "Bea Example read the case."
    assert client.get(url(model, "add")).status_code == 403
    assert client.post(url(model, "delete", row.pk)).status_code == 403
    workflow.record_conflict(
        referral=case, member=cast.business_manager, kind="personal", reason="A neighbour.",
        by=cast.business_manager, now=timezone.now(), sure=True,
    )  # fmt: skip
    for query in ("", f"?q={case.reference}"):
        assert f"/{model}/{row.pk}/" not in client.get(lists + query).content.decode()
    assert client.get(one).status_code == 302


@pytest.mark.parametrize(
    ("model", "query", "found"),
    [
        ("row", "state=merged", True),
        ("row", "state=unreleased", False),
        ("row", "state=withdrawn", False),
        ("row", "child_seen__exact=no", False),
        ("preview", "confirmed_at__isempty=1", True),
        ("finding", "kind__exact=gap&dismissed=no", True),
        ("finding", "dismissed=yes", False),
    ],
)
def test_filters(case, client, model, query, found):
    row = MODELS[model].objects.order_by("pk").first()
    page = client.get(f"{url(model, 'changelist')}?{query}")
    assert (f"/{model}/{row.pk}/" in page.content.decode()) is found


@pytest.mark.parametrize("model", MODELS)
def test_view_on_site_leads_to_the_page_that_shows_it(case, client, model):
    row = MODELS[model].objects.order_by("pk").first()
    where = client.get(url(model, "change", row.pk)).context["absolute_url"]
    assert client.get(where).status_code == 200
    assert case.reference in where


def test_a_row_of_an_unfinished_return_has_no_page(case, cast, client):
    kit = {"by": None, "by_label": "Kit Invented, Hospital", "now": timezone.now()}
    row = chronology.add_row(
        referral=case, agency=None, facts=row_facts(), source_key="return:1:v1", release=False, **kit
    )
    assert client.get(url("row", "change", row.pk)).context.get("absolute_url") is None
