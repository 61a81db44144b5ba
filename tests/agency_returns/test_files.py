"""Files that come with a return: attached by link and signed in, shown to the Panel once signed, kept by versions."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agency_returns import workflow
from agency_returns.models import ReturnFile
from agency_returns.needs import needs
from agency_returns.receipt import render
from agency_returns.states import Status
from audit.models import Event
from core.errors import NotPermitted, WorkflowError
from documents import workflow as documents
from documents.choices import Right
from documents.models import Document
from documents.permissions import check
from documents.states import Status as DocumentStatus
from tests.agency_returns.factories import (
    SIGNER,
    ask,
    attach,
    contributor,
    enter,
    make_case,
    newest_token,
    open_by_code,
    request_at,
    signer,
    submit,
    write,
)
from tests.cast import sign_in
from tests.documents.clamd import Scanner
from tests.documents.files import EICAR
from tests.referrals.factories import SECRET, wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    backend = "documents.storage.PrivateFileSystemStorage"
    options = {"location": tmp_path / "documents"}
    settings.STORAGES = settings.STORAGES | {"documents": {"BACKEND": backend, "OPTIONS": options}}
    settings.CLAMD_URL = ""


def text_of(response):
    return response.content.decode()


def send(client, address, *files, title="Health report"):
    data = {"kind": "other", "description": title, "chosen": list(files)}
    return client.post(f"{address}files/", data, follow=True)


def plain(name="note.txt", data=b"Seen twice.\n"):
    return SimpleUploadedFile(name, data)


def whole(response):
    return b"".join(response.streaming_content)


def test_by_link_attached_read_and_taken_out(cast):
    request = ask()
    client, token = open_by_code(request)
    address = f"/returns/link/{token}/"
    assert "Optional" in text_of(client.get(address))
    page = text_of(send(client, address, plain(f"{SECRET}.txt"), plain("two.txt", b"Two.\n")))
    assert "2 files attached." in page
    first = ReturnFile.objects.order_by("pk")[0]
    assert first.document.giver == f"{request.lead_name}, {request.agency}"
    assert whole(client.get(f"{address}files/{first.document.key}/")) == b"Seen twice.\n"
    assert Event.objects.filter(verb="return.file_read", reference=request.referral.reference).count() == 1
    page = text_of(client.post(f"{address}files/{first.document.key}/remove/", follow=True))
    assert SECRET not in page
    assert "1 attached" in text_of(client.get(address))
    assert client.get(f"{address}files/{first.document.key}/").status_code == 404
    assert not Event.objects.filter(text__contains=SECRET).exists()


def test_the_same_file_twice_is_there_once(cast):
    request = ask()
    assert attach(request, data=b"One\n").pk == attach(request, data=b"One\n").pk


def test_what_is_refused_is_told_in_words_and_the_rest_is_kept(cast, settings):
    request = ask()
    client, token = open_by_code(request)
    address = f"/returns/link/{token}/"
    page = text_of(send(client, address, plain(), plain("run.exe", b"MZ\0\0"), title="Two at once"))
    assert "run.exe: " in page
    assert "1 file attached. Do not choose them again." in page
    assert 'value="Two at once"' in page
    scanner = Scanner()
    settings.CLAMD_URL = scanner.url
    try:
        page = text_of(send(client, address, plain("ill.txt", EICAR)))
    finally:
        scanner.stop()
    assert "ill.txt: The virus scan found something harmful in it." in page
    refused = Document.objects.get(status=DocumentStatus.REFUSED)
    row = ReturnFile.objects.get(document=refused)
    with pytest.raises(WorkflowError, match="refused"):
        workflow.remove_file(file=row, by=contributor(request), now=timezone.now())
    assert client.get(f"{address}files/{refused.key}/").status_code == 302
    today = timezone.localdate()
    asked = [need for need in needs(cast.business_manager, today) if "virus" in need.what]
    assert [need.about for need in asked] == [request.referral.reference]
    assert sign_in(cast.business_manager).get(asked[0].url).status_code == 200
    wall_off(request.referral, cast.business_manager, by=cast.chair)
    assert not [need for need in needs(cast.business_manager, today) if "virus" in need.what]
    documents.withdraw(document=refused, reason="Told them", by=cast.chair, now=timezone.now())
    refused.refresh_from_db()
    assert refused.status == DocumentStatus.WITHDRAWN


def test_only_files_of_their_own_request(cast):
    case = make_case(agencies=[cast.agencies.schools, cast.agencies.council])
    mine, other = (ask(case, agency=agency) for agency in (cast.agencies.schools, cast.agencies.council))
    theirs = attach(other, "Council report")
    attach(mine, "School report")
    client, token = open_by_code(mine)
    address = f"/returns/link/{token}/"
    assert client.get(f"{address}files/{theirs.document.key}/").status_code == 404
    assert client.post(f"{address}files/{theirs.document.key}/remove/").status_code == 404
    page = text_of(client.get(f"{address}files/"))
    assert "School report" in page
    assert "Council report" not in page


def test_the_panel_sees_them_once_signed_and_the_walled_never(cast):
    request = request_at(Status.STARTED)
    file = attach(request)
    case = request.referral
    wall_off(case, cast.walled, by=cast.business_manager)
    page, download = reverse("referrals:document-list", args=[case.reference]), None
    download = reverse("documents:document-download", args=[file.document.key])
    manager, walled = sign_in(cast.business_manager), sign_in(cast.walled)
    assert "Report" not in text_of(manager.get(page))
    assert manager.get(download).status_code == 404
    write(request)
    workflow.sign_off(version=submit(request), by=signer(), now=timezone.now())
    assert str(request.agency) in text_of(manager.get(page))
    assert download in text_of(manager.get(request.get_absolute_url()))
    assert whole(manager.get(download)) == b"Report\n"
    assert Event.objects.filter(verb="document.read", actor=cast.business_manager).count() == 1
    assert walled.get(download).status_code == 404
    detail = reverse("referrals:document-detail", args=[case.reference, file.document.key])
    assert SECRET in text_of(manager.get(detail))
    assert SECRET not in text_of(sign_in(cast.scrutineer).get(detail))  # reads pseudonyms only
    version = reverse("referrals:document-version", args=[case.reference, file.document.key])
    assert version not in text_of(manager.get(detail))
    assert manager.get(version).status_code == 404
    with pytest.raises(NotPermitted, match="signed off"):
        check(cast.business_manager, Right.WITHDRAW, file.owner_key, on=timezone.localdate())


def test_the_receipt_names_the_title_and_the_fingerprint_not_the_file(cast):
    request = request_at(Status.RETURNED, files=["Report", "Notes"])
    plain_version, version = request_at(Status.RETURNED).current, request.current
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(render(version))).pages)
    for file in ReturnFile.objects.of(version):
        assert file.document.description in text
        assert file.document.sha256_original in text.replace("\n", "")
    assert SECRET not in text
    assert version.sha256 != plain_version.sha256


def test_a_later_version_keeps_them_and_cannot_take_them_out(cast):
    request = request_at(Status.RETURNED, files=["Report"])
    old = ReturnFile.objects.get()
    workflow.add_more(request=request, by=contributor(request), now=timezone.now())
    attach(request, "Second")
    titles = [file.document.description for file in ReturnFile.objects.of(request.current)]
    assert titles == ["Report", "Second"]
    first = request.versions.get(version=1)
    assert [file.document.description for file in ReturnFile.objects.of(first)] == ["Report"]
    with pytest.raises(WorkflowError, match="stays as it is"):
        workflow.remove_file(file=old, by=contributor(request), now=timezone.now())


@pytest.mark.parametrize("status", [Status.SIGNING, Status.RETURNED])
def test_what_is_submitted_or_signed_cannot_be_changed(cast, status):
    request = request_at(status, files=["Report"])
    with pytest.raises(WorkflowError):
        attach(request, "More")
    with pytest.raises(WorkflowError):
        workflow.remove_file(file=ReturnFile.objects.get(), by=contributor(request), now=timezone.now())
    assert ReturnFile.objects.get().removed_at is None


def test_a_closed_request_takes_no_file(cast):
    request = request_at(Status.STARTED)
    file = attach(request)
    workflow.close(request=request, by=cast.business_manager, now=timezone.now())
    for change in (lambda: attach(request, "More"), lambda: workflow.remove_file(
        file=file, by=contributor(request), now=timezone.now()
    )):  # fmt: skip
        with pytest.raises(WorkflowError, match="closed"):
            change()


def test_the_member_attaches_signed_in_and_others_do_not(cast):
    request = ask(make_case(agencies=[cast.agencies.schools]), agency=cast.agencies.schools)
    address = reverse("agency_returns:mine-tasks", args=[request.pk])
    assert "1 file attached." in text_of(send(sign_in(cast.member), address, plain()))
    file = ReturnFile.objects.get()
    assert file.document.uploaded_by == cast.member
    assert whole(sign_in(cast.member).get(f"{address}files/{file.document.key}/")) == b"Seen twice.\n"
    assert send(sign_in(cast.chair), address, plain("x.txt", b"No\n")).status_code == 403


def test_the_senior_lead_reads_them(cast):
    request = request_at(Status.SIGNING, files=["Report"])
    token = newest_token("return-sign-off", SIGNER)
    client = enter(token, SIGNER, Client())
    address = f"/returns/sign-off/{token}/"
    key = ReturnFile.objects.get().document.key
    assert f"?file={key}" in text_of(client.get(address))
    assert whole(client.get(f"{address}?file={key}")) == b"Report\n"
    assert client.get(f"{address}?file=nonsense").status_code == 404
    other = attach(ask(make_case()), "Other")
    assert client.get(f"{address}?file={other.document.key}").status_code == 404
    assert request.status == Status.SIGNING
