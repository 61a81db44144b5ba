import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from access_links.models import AccessLink
from agency_returns import workflow
from agency_returns.choices import Part
from agency_returns.models import InformationRequest
from agency_returns.states import Status
from chronology.models import Row
from notifications.models import Message
from tests.access_links.factories import newest_code
from tests.agency_returns.factories import (
    SIGNER,
    TEXT,
    ask,
    enter,
    make_case,
    newest_token,
    open_by_code,
    request_at,
    spreadsheet,
    write,
)
from tests.cast import sign_in
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def text_of(response):
    return response.content.decode()


def upload(client, base, content):
    file = SimpleUploadedFile("chronology.xlsx", content)
    shown = client.post(f"{base}chronology/upload/", {"file": file}, follow=True)
    digest = re.search(r'name="digest" value="(\w+)"', text_of(shown))
    return shown, digest and digest[1]


@pytest.fixture
def behind(cast):
    """(request, browser that gave the code, the return's address)"""
    request = ask()
    client, token = open_by_code(request)
    return request, client, f"/returns/link/{token}/"


def test_names_are_shown_only_after_the_code(cast):
    request = ask()
    token = newest_token("return-asked", request.lead_address)
    stranger = Client()
    for address in (f"/link/{token}/", f"/link/{token}/code/", f"/returns/link/{token}/"):
        text = text_of(stranger.get(address, follow=True))
        assert CHILD_NAME not in text
        assert request.referral.reference not in text
    client = enter(token, request.lead_address)
    text = text_of(client.get(f"/returns/link/{token}/"))
    assert CHILD_NAME in text
    assert SECRET not in text  # the circumstances are not theirs to read
    request.refresh_from_db()
    assert request.status == Status.OPENED


def test_a_scanner_20_times_and_then_the_person(cast):
    """Acceptance 4."""
    request = ask()
    token = newest_token("return-asked", request.lead_address)
    for number in range(20):
        scanner = Client()
        fetch = scanner.head if number % 2 else scanner.get
        assert fetch(f"/link/{token}/").status_code == 200
        assert fetch(f"/returns/link/{token}/").status_code == 302
        assert fetch(f"/returns/link/{token}/no-involvement/").status_code == 302
    request.refresh_from_db()
    assert request.status == Status.ASKED
    assert not Message.objects.filter(kind="access-code").exists()
    client = enter(token, request.lead_address)
    assert client.get(f"/returns/link/{token}/").status_code == 200


@pytest.mark.parametrize("end", ["guessed", "expired", "revoked", "closed", "case ended"])
def test_a_dead_link_says_so_and_leaks_nothing(cast, end):
    """Acceptance 4, also for a browser that was in already."""
    request = ask()
    client, token = open_by_code(request)
    address = f"/returns/link/{token}/"
    if end == "guessed":
        address = f"/returns/link/{token[:-1]}x/"
    elif end == "expired":
        expire(request)
    elif end == "revoked":
        workflow.revoke_links(request=request, by=cast.business_manager, now=NOW)
    elif end == "closed":
        workflow.close(request=request, by=cast.business_manager, now=NOW)
    else:
        from referrals import workflow as cases  # noqa: PLC0415 - one use

        cases.stop_rapid_review(referral=request.referral, reason="Not met.", by=cast.chair, now=NOW)
    response = client.get(address)
    assert response.status_code == 404
    assert "no longer in use" in text_of(response)
    for word in (CHILD_NAME, SECRET, request.referral.reference, request.agency.name, request.lead_name):
        assert word not in text_of(response)
    assert client.post(f"{address}no-involvement/").status_code == 404


def expire(request):
    from core.guard import workflow as guarded  # noqa: PLC0415 - time cannot be turned here

    @guarded
    def write_it():
        AccessLink.objects.update(issued_at=NOW - timedelta(days=9), expires_at=NOW - timedelta(days=1))

    write_it()


def test_no_involvement_in_one_click_and_confirm(behind):
    request, client, base = behind
    assert "No involvement" in text_of(client.get(base))
    client.get(f"{base}no-involvement/")
    request.refresh_from_db()
    assert request.status == Status.OPENED
    page = client.post(f"{base}no-involvement/", follow=True)
    request.refresh_from_db()
    assert request.status == Status.NO_INVOLVEMENT
    assert CHILD_NAME not in text_of(page)


def test_save_and_return_keeps_what_is_half_written(behind):
    request, client, base = behind
    data = {"text": "Half a sen", "revision": "0", "later": "1"}
    assert client.post(f"{base}parts/seen/", data).status_code == 302
    other = enter(newest_token("return-asked", request.lead_address), request.lead_address)
    assert "Half a sen" in text_of(other.get(f"{base}parts/seen/"))
    refused = client.post(f"{base}parts/seen/", {"text": "", "revision": "1"})
    assert "Select your answer" in text_of(refused)
    assert "Give your reasons" in text_of(refused)


@pytest.mark.parametrize("where", ["link", "part"])
def test_what_was_typed_when_the_session_ended_comes_back(behind, where):
    request, client, base = behind
    address, token, mailbox = f"{base}parts/seen/", base.split("/")[3], request.lead_address
    if where == "part":
        mailbox = "cole.invented@agency.example"
        client.post(f"{base}parts/seen/hand-over/", {"name": "Cole Invented", "address": mailbox})
        token = newest_token("return-handed-over", mailbox)
        address = f"/returns/part/{token}/"
    late = Client()  # the session is gone, the page is still open
    typed = {"finding": "partly", "text": "An hour's work.", "revision": "0"}
    assert late.post(address, typed).url == f"/link/{token}/"
    late.post(f"/link/{token}/")
    back = late.post(f"/link/{token}/code/", {"code": newest_code(mailbox)})
    assert back.url == address
    page = text_of(late.get(back.url))
    assert "An hour&#x27;s work." in page
    assert "Your session had ended" in page
    assert "An hour" not in text_of(late.get(address))  # once
    assert not request.versions.filter(parts__text__contains="hour").exists()


def test_two_windows_show_both_texts(behind):
    _, client, base = behind
    client.post(f"{base}parts/summary/", {"text": "From the first window.", "revision": "0"})
    page = text_of(client.post(f"{base}parts/summary/", {"text": "From the second window.", "revision": "0"}))
    assert "From the first window." in page
    assert "From the second window." in page
    assert client.post(f"{base}parts/summary/", {"text": "Both.", "revision": "1"}).status_code == 302


def test_a_link_opens_only_its_own_request(cast, behind):
    request, client, _ = behind
    other = ask(request.referral, agency=cast.agencies.icb)
    token = newest_token("return-asked", other.lead_address)
    assert client.get(f"/returns/link/{token}/").url == f"/link/{token}/"
    assert client.get(f"/returns/mine/{other.pk}/").status_code == 302
    assert "login" in client.get(f"/returns/cases/{request.referral.reference}/").url


def test_the_contributor_sees_their_own_rows_only(cast, behind):
    request, client, base = behind
    other = ask(request.referral, agency=cast.agencies.icb)
    write(other, text="Of the ICB only.")
    write(request)
    text = text_of(client.get(base)) + text_of(client.get(f"{base}chronology/")) + text_of(client.get(f"{base}check/"))
    assert "Of the ICB only." not in text
    assert "Seen at home" in text
    row = Row.objects.get(agency=cast.agencies.icb)
    assert client.get(f"{base}chronology/rows/{row.key}/").status_code == 404


def test_200_rows_are_shown_and_then_imported(behind):
    request, client, base = behind
    shown, digest = upload(client, base, spreadsheet(200))
    assert "Import 200 rows" in text_of(shown)
    assert not Row.objects.exists()
    page = client.post(shown.redirect_chain[-1][0], {"digest": digest}, follow=True)
    assert "200 rows imported" in text_of(page)
    assert Row.objects.of_source(f"return:{request.pk}:v1").count() == 200
    assert not Row.objects.merged().exists()


def test_a_bad_cell_is_named_by_row(behind):
    _, client, base = behind
    shown, _ = upload(client, base, spreadsheet(3, Date="31/02/2023"))
    assert "Row 2" in text_of(shown)
    assert "Import 2 rows" in text_of(shown)
    assert not Row.objects.exists()


def test_a_row_is_typed_changed_and_removed(behind):
    _, client, base = behind
    data = {"when": "about 3 May 2020", "event": "A visit.", "child_seen": "yes"}
    assert client.post(f"{base}chronology/new/", data).status_code == 302
    row = Row.objects.get()
    assert (row.precision, row.released_at) == ("about", None)
    address = f"{base}chronology/rows/{row.key}/"
    seen = re.search(r'name="seen" value="(\w+)"', text_of(client.get(address)))[1]
    client.post(address, data | {"event": "Two visits.", "seen": seen})
    assert Row.objects.get().event == "Two visits."
    client.post(f"{address}remove/")
    assert not Row.objects.filter(withdrawn_at=None).exists()


def test_the_template_can_be_downloaded(behind):
    _, client, base = behind
    for kind in ("xlsx", "csv"):
        response = client.get(f"{base}chronology/template/{kind}/")
        assert response["Content-Disposition"] == f'attachment; filename="chronology-template.{kind}"'
    assert client.get(f"{base}chronology/template/exe/").status_code == 404


def test_a_colleague_sees_one_part_and_nothing_else(behind):
    request, client, base = behind
    write(request)
    data = {"name": "Cole Invented", "address": "cole.invented@agency.example"}
    client.post(f"{base}parts/seen/hand-over/", data)
    token = newest_token("return-handed-over", "cole.invented@agency.example")
    colleague = enter(token, "cole.invented@agency.example")
    page = text_of(colleague.get(f"/returns/part/{token}/"))
    assert CHILD_NAME in page
    assert "Was the child seen and heard?" in page
    assert "Your involvement in summary" not in page
    assert colleague.get(base).url == base.replace("/returns", "")
    assert colleague.get(f"/returns/link/{token}/").status_code == 404
    saved = colleague.post(f"/returns/part/{token}/", {"finding": "yes", "text": "By Cole.", "revision": "1"})
    assert saved.status_code == 302
    assert request.current.parts.get(key=Part.SEEN).saved_by == f"Cole Invented, {request.agency}"
    assert "Saved" in text_of(colleague.get(saved.url))


def test_submit_sign_and_receipt_in_the_browser(behind):
    request, client, base = behind
    write(request)
    assert "Who signs it off?" in text_of(client.get(f"{base}check/"))
    same = {"signer_name": "Me", "signer_address": request.lead_address}
    assert "other than you" in text_of(client.post(f"{base}check/", same))
    done = client.post(f"{base}check/", {"signer_name": "Sen Invented", "signer_address": SIGNER}, follow=True)
    assert "Submitted for sign-off" in text_of(done)
    token = newest_token("return-sign-off", SIGNER)
    senior = enter(token, SIGNER)
    address = f"/returns/sign-off/{token}/"
    assert TEXT in text_of(senior.get(address))
    assert "Signed off" in text_of(senior.post(address, {"sign": "1"}, follow=True))
    assert "Signed off" in text_of(senior.post(address, {"sign": "1"}, follow=True))
    assert senior.get(f"{address}?receipt=1").content.startswith(b"%PDF")
    assert client.get(f"{base}receipt/1/")["Content-Type"] == "application/pdf"
    assert "Returned" in text_of(client.get(base))
    client.post(f"{base}add/")
    assert "version 2" in text_of(client.get(base))


def test_the_senior_lead_sends_it_back(behind):
    request, client, base = behind
    write(request)
    client.post(f"{base}check/", {"signer_name": "Sen Invented", "signer_address": SIGNER})
    token = newest_token("return-sign-off", SIGNER)
    senior = enter(token, SIGNER)
    address = f"/returns/sign-off/{token}/"
    page = senior.post(address, {"send_back": "1", "save": "1", "reason": "Say more."})
    assert "sent the return back" in text_of(page)
    assert "Say more." in text_of(client.get(base))


def test_a_member_answers_in_the_same_form(cast):
    case = make_case(agencies=[cast.agencies.schools, cast.agencies.council])
    request = ask(case, agency=cast.agencies.schools)
    client = sign_in(cast.member)
    assert f"/returns/mine/{request.pk}/" in text_of(client.get("/"))
    client.post(f"/returns/mine/{request.pk}/parts/summary/", {"text": "By the member.", "revision": "0"})
    assert request.current.parts.get().saved_by == f"{cast.member.name}, {cast.agencies.schools}"
    by_link, token = open_by_code(request)
    assert "By the member." in text_of(by_link.get(f"/returns/link/{token}/parts/summary/"))
    assert sign_in(cast.second_member).get(f"/returns/mine/{request.pk}/").status_code == 403


def test_a_walled_member_finds_nothing(cast):
    case = make_case(agencies=[cast.agencies.police, cast.agencies.council])
    request = request_at(Status.RETURNED, referral=case, agency=cast.agencies.police)
    wall_off(case, cast.walled)
    client = sign_in(cast.walled)
    for address in (
        f"/returns/mine/{request.pk}/",
        f"/returns/cases/{case.reference}/",
        f"/returns/cases/{case.reference}/{request.pk}/",
        f"/returns/cases/{case.reference}/{request.pk}/receipt/1/",
    ):
        assert client.get(address).status_code == 404
    assert case.reference not in text_of(client.get("/returns/")) + text_of(client.get("/"))
    assert case.reference in text_of(sign_in(cast.member).get("/returns/"))


def test_an_invited_representative_sees_their_own_agencys_return_only(cast):
    from tests.referrals.factories import invite  # noqa: PLC0415 - one use

    case = make_case(agencies=[cast.agencies.hospital, cast.agencies.council])
    invite(case, cast.invited)
    own, other = (ask(case, agency=agency) for agency in (cast.agencies.hospital, cast.agencies.council))
    assert list(InformationRequest.objects.visible_to(cast.invited)) == [own]
    text = text_of(sign_in(cast.invited).get(f"/returns/cases/{case.reference}/"))
    assert own.agency.name in text
    assert other.lead_name not in text


def test_a_row_typed_when_the_session_ended_comes_back_after_a_new_code(behind):
    request, client, address = behind
    token = address.split("/")[3]
    client.cookies.clear()
    assert client.post(f"{address}chronology/new/", {"event": "Seen at the gate."}).status_code == 302
    client.post(f"/link/{token}/")
    back = client.post(f"/link/{token}/code/", {"code": newest_code(request.lead_address)})
    assert back.url == f"{address}chronology/new/"
    shown = text_of(client.get(back.url))
    assert "Your session had ended before you saved" in shown
    assert "Seen at the gate." in shown
    assert not Row.objects.exists()
    assert "Seen at the gate." not in text_of(client.get(back.url))
