"""A wall holds for the business manager in the admin site's lists of events and mails too."""

import pytest

from audit.models import Event
from notifications.models import Message
from notifications.workflow import queue
from referrals.states import Status
from tests.notifications.factories import letter
from tests.referrals.factories import referral_at, wall_off


@pytest.mark.parametrize("changelist", ["/admin/audit/event/", "/admin/notifications/message/"])
def test_a_walled_business_manager(cast, sign_in, changelist):
    closed, open_ = (referral_at(Status.RECORDED, by=cast.business_manager) for _ in range(2))
    for referral in (closed, open_):
        queue(letter(reference=referral.reference), key=f"wall:{referral.reference}", to=cast.chair)
    client = sign_in(cast.business_manager)
    rows = client.get(changelist).context["cl"].queryset
    assert {closed.reference, open_.reference} <= set(rows.values_list("reference", flat=True))

    wall_off(closed, cast.business_manager, by=cast.chair)
    rows = client.get(changelist).context["cl"].queryset
    references = set(rows.values_list("reference", flat=True))
    assert open_.reference in references
    assert closed.reference not in references
    model = Event if "event" in changelist else Message
    hidden = model.objects.filter(reference=closed.reference).first()
    assert client.get(f"{changelist}{hidden.pk}/change/").status_code == 302
