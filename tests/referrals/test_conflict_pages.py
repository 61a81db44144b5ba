"""The pages on which conflicts of interest are declared, ruled on and asked about."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from referrals.states import ConflictStatus
from tests.referrals.factories import make_referral
from tests.referrals.test_conflicts import declare, sees

pytestmark = pytest.mark.django_db
S = ConflictStatus


def page(name, case, *more):
    return reverse(f"referrals:{name}", args=[case.reference, *more])


def parts(day, name):
    return {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}


def test_declaring_shows_a_confirmation_that_reveals_nothing_and_then_404(cast, sign_in):
    case = make_referral()
    client = sign_in(cast.member)
    assert page("conflict-declare", case) in client.get(case.get_absolute_url()).content.decode()
    data = {"kind": "personal", "reason": "A neighbour.", **parts(timezone.localdate(), "from_on")}
    response = client.post(page("conflict-declare", case), data, follow=True)
    text = response.content.decode()
    assert response.status_code == 200
    assert "Your declaration was recorded" in text
    assert case.reference not in text
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.post(page("conflict-declare", case), data).status_code == 404
    other = sign_in(cast.outsider).get(reverse("referrals:conflict-declared")).content.decode()
    assert "Your declaration was recorded" in other


def test_bad_input_is_kept_and_named(cast, sign_in):
    case = make_referral()
    data = {"reason": "", **parts(timezone.localdate() + timedelta(days=3), "from_on"), "until_on_0": "1"}
    text = sign_in(cast.member).post(page("conflict-declare", case), data).content.decode()
    for sentence in ("Select the kind of conflict", "Say what the conflict is", "must include a month and a year"):
        assert sentence in text
    assert sees(cast.member, case)


def test_the_chair_rules_on_the_page(cast, sign_in):
    case = make_referral()
    conflict = declare(case, cast.walled)
    client = sign_in(cast.chair)
    home = client.get(reverse("overview:home")).content.decode()
    assert page("conflict-rule", case, conflict.pk) in home
    assert page("conflict-rule", case, conflict.pk) in client.get(page("referral-access", case)).content.decode()
    assert (
        "Select your ruling" in client.post(page("conflict-rule", case, conflict.pk), {"reason": ""}).content.decode()
    )
    data = {"ruling": "uphold", "reason": "She manages it."}
    assert client.post(page("conflict-rule", case, conflict.pk), data).status_code == 302
    conflict.refresh_from_db()
    assert (conflict.status, conflict.ruled_by, conflict.ruling_reason) == (S.UPHELD, cast.chair, "She manages it.")
    deputy_chair = sign_in(cast.deputy_chair)
    assert deputy_chair.get(page("conflict-rule", case, conflict.pk)).status_code == 403
    assert deputy_chair.get(page("conflict-end", case, conflict.pk)).status_code == 200


def test_answering_on_the_page(cast, sign_in):
    case = make_referral(agencies=[cast.agencies.council])
    client = sign_in(cast.member)
    assert client.get(page("conflict-answer", case)).status_code == 302
    chair = sign_in(cast.chair)
    added = chair.post(page("agency-involve", case), {"agency": cast.agencies.hospital.pk, "involvement": ""})
    assert added.status_code == 302
    assert page("conflict-answer", case) in client.get(case.get_absolute_url()).content.decode()
    assert client.post(page("conflict-answer", case), {"answer": "yes"}).url == page("conflict-declare", case)
    assert client.post(page("conflict-answer", case), {"answer": "no"}).status_code == 302
    assert page("conflict-answer", case) not in client.get(case.get_absolute_url()).content.decode()
