"""Documents of a case in a browser: upload, list, one document, download; without JavaScript too."""

import pytest
from playwright.sync_api import expect

from documents.models import Document
from tests.documents import files
from tests.journeys.steps import choose, fill, follow, pick, press
from tests.referrals.factories import make_referral

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def payload(data, extension, name):
    return {"name": f"{name}.{extension}", "mimeType": "application/octet-stream", "buffer": data}


def upload(page, *chosen):
    pick(page, kind="Legal")
    choose(page, marking="official_sensitive")
    fill(page, description="Statement taken on the ward")
    page.locator("input[type=file]").set_input_files(list(chosen))


def test_upload_list_download(site):
    referral = make_referral(by=site.cast.business_manager)
    page = site.open(site.cast.business_manager)
    page.goto(f"/cases/{referral.reference}/documents/")
    site.eyes.look(page, "Documents, none")
    press(page, "Upload documents")
    site.eyes.look(page, "Documents, upload")
    bad = payload(b"MZ\0", "docx", "Plan")
    wrong = payload(files.png(), "png", "<b>Wrong</b> photograph")
    upload(page, payload(files.pdf(), "pdf", files.CHILD), payload(files.word(), "docx", "Letter"), bad, wrong)
    rows = page.locator(".moj-multi-file-upload__row")
    expect(rows.locator(".app-uploads__stored")).to_have_count(3)
    expect(rows.locator(".app-uploads__refused")).to_contain_text("none of the accepted types")
    expect(rows.last).to_contain_text("<b>Wrong</b> photograph.png")  # a name is text
    site.eyes.look(page, "Documents, one refused")
    rows.last.get_by_role("button", name="Remove").click()
    expect(rows).to_have_count(3)
    press(page, "Finish")
    assert "2 documents were stored." in page.locator("main").inner_text()
    assert "photograph" not in page.locator("main").inner_text()
    site.eyes.look(page, "Documents, two")
    with page.expect_download() as caught:
        page.get_by_role("link", name=f"Download {referral.reference}-legal-1.pdf").click()
    assert caught.value.suggested_filename == f"{referral.reference}-legal-1.pdf"
    follow(page, f"{referral.reference}-legal-1.pdf", exact=True)
    site.eyes.look(page, "Document")
    follow(page, "Put it on legal hold")
    site.eyes.look(page, "Document, legal hold")
    fill(page, reason="Proceedings are expected.")
    press(page, "Put it on legal hold")
    site.eyes.look(page, "Document, held")
    page.goto("/admin/documents/document/")
    site.eyes.look(page, "Admin documents")
    assert site.eyes.faults == []


def test_without_javascript(site):
    referral = make_referral(by=site.cast.business_manager)
    page = site.open(site.cast.member, java_script_enabled=False)
    page.goto(f"/cases/{referral.reference}/documents/upload/")
    upload(page, payload(files.pdf(), "pdf", files.CHILD), payload(files.png(), "png", "Map"))
    press(page, "Upload")
    assert "2 documents were stored." in page.locator("main").inner_text()
    assert Document.objects.filter(reference=referral.reference).count() == 2
    assert site.eyes.faults == []
