"""What the business manager sees of the outbox, and may do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import walls
from core.attention import collect
from core.letters import File, Letter
from notifications import catalogue
from notifications.models import DistributionList, Message
from notifications.states import State
from notifications.workflow import claim, queue, recover
from tests.notifications.factories import letter

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHANGELIST = "/admin/notifications/message/"


@pytest.fixture
def mails(cast):
    """Three mails of two cases; the second is uncertain."""
    with time_machine.travel(NOW, tick=False):
        made = [
            queue(
                letter(
                    f"Reminder {n}", reference=f"CSPR-2026-01{n}", files=[File("a.pdf", "application/pdf", b"%PDF")]
                ),
                key=f"a:{n}",
                address=f"person-{n}@agency.example",
            )
            for n in range(3)
        ]
    claim(pk=made[1].pk, now=NOW)
    recover(now=NOW + timedelta(minutes=1))
    return made


@pytest.fixture
def client(business_manager_client):
    return business_manager_client


def shown(client, query: str) -> list[str]:
    return sorted(m.subject for m in client.get(CHANGELIST + query).context["cl"].queryset)


def test_every_mail_with_its_state(client, mails):
    page = client.get(CHANGELIST).content.decode()
    for n in range(3):
        assert f"Reminder {n}" in page
        assert f"person-{n}@agency.example" in page
    assert "Waiting to be sent" in page
    assert "To be checked" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=CSPR-2026-011", ["Reminder 1"]),
        ("?q=person-2@agency.example", ["Reminder 2"]),
        ('?q="Reminder 0"', ["Reminder 0"]),
        ("?check=yes", ["Reminder 1"]),
        ("?check=uncertain", ["Reminder 1"]),
        ("?check=failed", []),
        ("?state__exact=sent", []),
        ("?kind=test-letter", ["Reminder 0", "Reminder 1", "Reminder 2"]),
    ],
)
def test_find(client, mails, query, found):
    assert shown(client, query) == found


def test_no_more_queries_for_more_mails(client, mails, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as few:
        client.get(CHANGELIST)
    for n in range(3, 12):
        queue(letter(f"Reminder {n}"), key=f"a:{n}", address=f"person-{n}@agency.example")
    with django_assert_max_num_queries(len(few)):
        client.get(CHANGELIST)


def test_the_rendered_mail_as_evidence(client, mails):
    page = client.get(f"{CHANGELIST}{mails[0].pk}/change/").content.decode()
    assert "Case CSPR-2026-014 needs you." in page
    assert mails[0].message_id.strip("<>") in page
    attachment = mails[0].attachments.get()
    url = reverse("admin:notifications_message_attachment", args=[mails[0].pk, attachment.pk])
    assert url in page
    response = client.get(url)
    assert b"".join(response.streaming_content) == b"%PDF"
    assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert response["Content-Type"] == "application/pdf"


def test_an_attachment_of_another_mail(client, mails, cast):
    other = queue(letter(files=[File("b.pdf", "application/pdf", b"other")]), key="b", address="x@y.example")
    url = reverse("admin:notifications_message_attachment", args=[mails[0].pk, other.attachments.get().pk])
    assert client.get(url).status_code == 404


def test_a_mail_with_a_personal_link_hides_its_text(client, cast):
    catalogue.register(kind="test-secret", title="Link", who="One person", when="At once", secret=True)
    mail = queue(
        Letter(kind="test-secret", subject="Your link", text="https://x.example/token-123"), key="s", to=cast.chair
    )
    page = client.get(f"{CHANGELIST}{mail.pk}/change/").content.decode()
    assert "Your link" in page
    assert "token-123" not in page


def test_nothing_is_changed_by_hand(client, mails):
    assert client.get(f"{CHANGELIST}add/").status_code == 403
    assert client.post(f"{CHANGELIST}{mails[0].pk}/change/", {"subject": "Forged"}).status_code == 403
    assert client.post(f"{CHANGELIST}{mails[0].pk}/delete/", {"post": "yes"}).status_code == 403
    mails[0].refresh_from_db()
    assert mails[0].subject == "Reminder 0"


def act(client, action: str, mails, **more) -> object:
    data = {"action": action, "_selected_action": [m.pk for m in mails], **more}
    return client.post(CHANGELIST, data, follow=True)


def test_cancel_asks_first(client, mails, cast):
    page = act(client, "cancel", mails[:1])
    assert "Cancel these mails?" in page.content.decode()
    mails[0].refresh_from_db()
    assert mails[0].state == State.QUEUED
    page = act(client, "cancel", mails[:1], confirmed="yes")
    mails[0].refresh_from_db()
    assert (mails[0].state, mails[0].requested_by) == (State.CANCELLED, cast.business_manager)
    assert "cancelled." in page.content.decode()


def test_send_again_asks_first(client, mails):
    act(client, "cancel", mails[:1], confirmed="yes")
    page = act(client, "send_again", mails[:1])
    assert "Send these mails again?" in page.content.decode()
    act(client, "send_again", mails[:1], confirmed="yes")
    mails[0].refresh_from_db()
    assert mails[0].state == State.QUEUED


def test_what_cannot_be_done_is_a_sentence(client, mails):
    claim(pk=mails[0].pk, now=NOW)
    page = act(client, "cancel", mails[:1], confirmed="yes")
    assert "This mail is being sent, so it is not possible to cancel." in page.content.decode()


def test_tick_off(client, mails):
    act(client, "mark_checked", mails[1:2])
    assert shown(client, "?check=yes") == []
    assert "Checked" in client.get(CHANGELIST).content.decode()


def test_a_wall_holds_here(client, cast, mails, monkeypatch):
    monkeypatch.setattr(walls, "_providers", [lambda user: ["CSPR-2026-011"] if user == cast.business_manager else []])
    assert shown(client, "") == ["Reminder 0", "Reminder 2"]
    assert shown(client, "?q=CSPR-2026-011") == []
    assert client.get(f"{CHANGELIST}{mails[1].pk}/change/").status_code == 302
    url = reverse("admin:notifications_message_attachment", args=[mails[1].pk, mails[1].attachments.get().pk])
    assert client.get(url).status_code == 404


def test_a_mail_of_several_cases_is_behind_the_wall_of_each(client, cast, mails, monkeypatch):
    several = Letter(kind="test-letter", subject="Two things for you", text="CSPR-2026-014 is late. CSPR-2026-011 too.")
    queue(several, key="several", to=cast.chair)
    assert "Two things for you" in shown(client, "")
    monkeypatch.setattr(walls, "_providers", [lambda user: ["CSPR-2026-011"] if user == cast.business_manager else []])
    assert "Two things for you" not in shown(client, "")


def test_others_do_not_see_the_outbox(sign_in, cast, mails):
    for person in (cast.member, cast.scrutineer, cast.outsider):
        assert sign_in(person).get(CHANGELIST).status_code in (403, 404)
        url = reverse("admin:notifications_message_attachment", args=[mails[0].pk, mails[0].attachments.get().pk])
        assert sign_in(person).get(url).status_code in (403, 404)


def test_a_list_gains_and_loses_people(client, cast):
    prefix = {
        "entries-TOTAL_FORMS": 1,
        "entries-INITIAL_FORMS": 0,
        "entries-MIN_NUM_FORMS": 0,
        "entries-MAX_NUM_FORMS": 9,
    }
    person = {"entries-0-name": "Ada Example", "entries-0-address": "ada@agency.example"}
    client.post("/admin/notifications/distributionlist/add/", {"name": "Executive", "purpose": "", **prefix, **person})
    made = DistributionList.objects.get()
    entry = made.entries.get()
    data = {"name": "Executive", "purpose": "", **prefix, **person, "entries-INITIAL_FORMS": 1}
    data |= {"entries-0-id": entry.pk, "entries-0-distribution_list": made.pk, "entries-0-DELETE": "on"}
    client.post(f"/admin/notifications/distributionlist/{made.pk}/change/", data)
    assert not made.entries.exists()
    assert entry.pgh_event_model.objects.order_by("pgh_id").last().pgh_label == "delete"


def test_what_needs_a_person(mails):
    section = next(s for s in collect(NOW + timedelta(hours=1)) if s.title == "Mail")
    assert [item.text for item in section.items] == [
        "Mails that wait longer than they should: 2.",
        "Mails perhaps delivered twice, to be checked: 1.",
    ]


def test_the_catalogue_lists_every_kind(sign_in, cast):
    page = sign_in(cast.member).get(reverse("notifications:catalogue")).content.decode()
    for entry in catalogue.entries():
        assert entry.title in page
    assert Message.objects.count() == 0
