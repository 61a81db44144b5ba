"""The business manager's pages about people and agencies: every rule as a sentence, every change in the audit trail."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from notifications.models import Message
from panel import workflow
from panel.models import Agency, Membership, Partnership, User
from panel.roles import Role
from tests.cast import make_member


@pytest.fixture
def client(business_manager_client):
    return business_manager_client


def inline(person=None, *rows: dict, initial: int = 0) -> dict:
    data = {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": initial}
    for number, row in enumerate(rows):
        data |= {f"memberships-{number}-{name}": value for name, value in row.items()}
        if person is not None:
            data[f"memberships-{number}-user"] = person.pk
    return data


def person_data(person=None, **extra) -> dict:
    base = {"name": "Nia Example", "email": "nia@agency.example", "job_title": "Designated doctor"}
    if person is not None:
        base = {"name": person.name, "email": person.email, "job_title": person.job_title, "is_active": "on"}
    return base | extra


def last_sentence() -> str:
    return Event.objects.latest("pk").sentence


def test_adding_a_person_with_a_role(client, cast):
    row = {"role": Role.MEMBER, "agency": cast.agencies.schools.pk, "deputy_for": "", "from_date": "23/11/2026"}
    page = client.post("/admin/panel/user/add/", person_data() | inline(None, row), follow=True)
    assert "An invitation is on its way to nia@agency.example" in page.text
    person = User.objects.get(email="nia@agency.example")
    assert person.memberships.get().role == Role.MEMBER
    assert Message.objects.get().recipient == person
    assert last_sentence() == (
        "Bea Example made Nia Example Panel member for Inventshire Schools Service from 23 November 2026."
    )


def test_a_second_chair_is_a_sentence_not_an_error_page(client, cast):
    row = {"role": Role.CHAIR, "agency": cast.agencies.icb.pk, "deputy_for": "", "from_date": "23/11/2026"}
    page = client.post(
        f"/admin/panel/user/{cast.outsider.pk}/change/", person_data(cast.outsider) | inline(cast.outsider, row)
    )
    assert page.status_code == 200
    assert "Somebody else is chair in part of that time. End that first." in page.text
    assert not cast.outsider.memberships.exists()


def test_two_rows_that_contradict_each_other_are_a_sentence_too(client, cast):
    """Neither row contradicts the database, only each other: no form sees that."""
    of = cast.second_member.memberships.get()
    row = {
        "role": Role.NAMED_DEPUTY,
        "agency": cast.agencies.schools.pk,
        "deputy_for": of.pk,
        "from_date": "23/11/2026",
    }
    data = person_data(cast.outsider) | inline(cast.outsider, row, row)
    page = client.post(f"/admin/panel/user/{cast.outsider.pk}/change/", data, follow=True)
    assert page.status_code == 200
    assert not cast.outsider.memberships.exists()
    assert "Nothing was saved" in page.text or "already has a named deputy" in page.text


def test_ending_a_role(client, cast):
    membership = cast.member.memberships.get()
    row = {
        "id": membership.pk,
        "role": Role.MEMBER,
        "agency": membership.agency_id,
        "deputy_for": "",
        "from_date": "01/01/2020",
        "until_date": "30/11/2026",
    }
    data = person_data(cast.member) | inline(cast.member, row, initial=1)
    client.post(f"/admin/panel/user/{cast.member.pk}/change/", data)
    membership.refresh_from_db()
    assert str(membership.until_date) == "2026-11-30"
    assert last_sentence() == (
        "Bea Example changed a membership: Mel Sample, Panel member for Inventshire Schools Service "
        "from 1 January 2020 until 30 November 2026."
    )


def test_nobody_changes_their_own_roles(client, cast):
    me = cast.business_manager
    row = {"role": Role.CHAIR, "agency": cast.agencies.icb.pk, "deputy_for": "", "from_date": "23/11/2026"}
    client.post(f"/admin/panel/user/{me.pk}/change/", person_data(me) | inline(me, row))
    assert [m.role for m in me.memberships.all()] == [Role.BUSINESS_MANAGER]
    (roles,) = client.get(f"/admin/panel/user/{me.pk}/change/").context["inline_admin_formsets"]
    assert not roles.has_add_permission
    assert not roles.has_change_permission


def test_nobody_locks_themselves_out(client, cast):
    me = cast.business_manager
    data = person_data(me) | inline(me)
    del data["is_active"]
    page = client.post(f"/admin/panel/user/{me.pk}/change/", data, follow=True)
    assert "You cannot make your own account inactive" in page.text
    me.refresh_from_db()
    assert me.is_active


def test_nobody_is_deleted(client, cast):
    for address in (f"user/{cast.member.pk}", f"agency/{cast.agencies.schools.pk}"):
        assert client.get(f"/admin/panel/{address}/delete/").status_code == 403
    assert "delete_selected" not in client.get("/admin/panel/user/").text


def test_passwords_and_rights_are_on_no_form(client, cast):
    form = client.get(f"/admin/panel/user/{cast.member.pk}/change/").context["adminform"].form
    assert set(form.fields) == {"name", "email", "job_title", "is_active"}


@pytest.mark.parametrize("action", ["send_invitation", "remove_second_step"])
def test_actions_ask_first(client, cast, action):
    data = {"action": action, "_selected_action": [cast.member.pk]}
    page = client.post("/admin/panel/user/", data)
    assert "Yes, do this" in page.text
    assert not Message.objects.exists()
    page = client.post("/admin/panel/user/", data | {"confirmed": "yes"}, follow=True)
    assert "Mel Sample" in page.text


def test_sending_the_invitation_again(client, cast):
    new = workflow.add_person(
        person=User(email="n@agency.example", name="Nia Example"), by=cast.business_manager, now=timezone.now()
    )
    data = {"action": "send_invitation", "_selected_action": [new.pk], "confirmed": "yes"}
    client.post("/admin/panel/user/", data)
    assert Message.objects.filter(kind="account-invitation").count() == 2


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"role": "chair"}, {"Cora Example"}),
        ({"role": "none"}, {"Oak Invented", "Nia Example"}),
        ({"account": "waiting"}, {"Nia Example"}),
        ({"account": "inactive"}, {"Lou Partner"}),
        ({"deputy": "none"}, {"Cora Example", "Dara Example", "Sol Sample", "Wyn Sample"}),
    ],
)
def test_filters(client, cast, query, names):
    workflow.add_person(
        person=User(email="n@agency.example", name="Nia Example"), by=cast.business_manager, now=timezone.now()
    )
    cast.partner_la.is_active = False
    cast.partner_la.save()
    page = client.get("/admin/panel/user/", query)
    assert {person.name for person in page.context["cl"].result_list} == names


def test_the_list_asks_the_same_number_of_questions_for_more_people(client, cast):
    client.get("/admin/panel/user/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/admin/panel/user/")
    for number in range(5):
        make_member(f"Extra{number} Sample", Role.MEMBER, cast.agencies.schools)
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/panel/user/")
    assert len(many) == len(few)


def test_agencies_are_changed_and_recorded(client, cast):
    agency = cast.agencies.schools
    data = {"name": agency.name, "short_name": "Education", "statutory_role": "none", "is_active": "on"}
    client.post(f"/admin/panel/agency/{agency.pk}/change/", data)
    assert last_sentence() == "Bea Example changed the agency Inventshire Schools Service: short name."


def test_a_second_police_agency_is_a_sentence(client, cast):
    data = {"name": "Other Police", "short_name": "Other", "statutory_role": "police", "is_active": "on"}
    page = client.post("/admin/panel/agency/add/", data)
    assert "Another active agency already is this Safeguarding Partner." in page.text


def upload(client, text: str, format_index: str = "0"):
    file = SimpleUploadedFile("agencies.csv", text.encode(), "text/csv")
    return client.post("/admin/panel/agency/import/", {"import_file": file, "format": format_index})


HEAD = "name,short_name,statutory_role,is_active\n"


def test_importing_shows_first_and_does_exactly_that(client, cast):
    preview = upload(client, HEAD + "Inventshire Probation,Probation,none,1\nInventshire Police,The Police,police,1\n")
    assert "Preview" in preview.text
    assert not Agency.objects.filter(name="Inventshire Probation").exists()
    assert not Event.objects.filter(verb="agency.imported").exists()
    client.post("/admin/panel/agency/process_import/", preview.context["confirm_form"].initial)
    assert Agency.objects.get(name="Inventshire Probation").short_name == "Probation"
    assert Agency.objects.get(name="Inventshire Police").short_name == "The Police"
    assert Event.objects.filter(verb="agency.imported", actor=cast.business_manager).count() == 2


def test_a_bad_row_is_named_and_nothing_is_imported(client, cast):
    page = upload(client, HEAD + "Inventshire Probation,Probation,none,1\nOther Police,Other,police,1\n")
    assert "Another active agency already is this Safeguarding Partner." in page.text
    assert page.context.get("confirm_form") is None
    assert not Agency.objects.filter(name__in=["Inventshire Probation", "Other Police"]).exists()


def test_exported_cells_are_text(client, cast):
    Agency.objects.create(name="=HYPERLINK(evil)", short_name="x")
    page = client.post(
        "/admin/panel/agency/export/",
        {"format": "0", "resource": "", "agencyresource_name": "on", "agencyresource_short_name": "on"},
    )
    text = page.content.decode()
    assert "HYPERLINK" in text
    assert "=HYPERLINK" not in text


def test_the_partnership_is_one_and_its_changes_are_recorded(client, cast):
    partnership = Partnership.current()
    assert client.get("/admin/panel/partnership/add/").status_code == 403
    fields = ["name", "abbreviation", "area", "reference_prefix", "immediate_risk_route", "escalation_policy_url"]
    data = {name: getattr(partnership, name) for name in fields} | {"abbreviation": "ISCP"}
    client.post("/admin/panel/partnership/1/change/", data)
    assert last_sentence() == "Bea Example changed the partnership: abbreviation."
    assert "ISCP" in client.get("/account/").text


def test_the_front_page_says_what_needs_attention(client, cast):
    Membership.objects.filter(role=Role.CHAIR).delete()
    cast.agencies.police.is_active = False
    cast.agencies.police.save()
    text = client.get("/admin/").text
    assert "Nobody is chair today." in text
    assert "No agency is marked as the Safeguarding Partner “Police”." in text
    assert "people on the Panel have no named deputy" in text
    assert text.index("Nobody is chair today.") < text.index("people on the Panel have no named deputy")
