import io
import re
import subprocess
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from actions import workflow
from actions.models import Action, SavedFilter
from actions.states import Status
from agency_returns.actors import member
from documents.models import Document
from tests.actions.factories import LEAD, action_at, case_origin, lead
from tests.agency_returns.factories import enter, newest_token
from tests.cast import sign_in
from tests.highlight_reports.test_report_pdf import validator
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()


def text_of(response):
    return response.content.decode()


def get(person, name, *args, query=""):
    return sign_in(person).get(reverse(f"actions:{name}", args=args) + query)


@pytest.fixture
def walled_action(cast):
    action = action_at(Status.OPEN, origin=case_origin(), text=f"Behind a wall, {SECRET}.")
    wall_off(action.referral, cast.walled)
    return action


def test_a_wall_hides_the_action_everywhere(cast, walled_action):
    """List, counts, filters, exports, home, chase: one other action is there, so that the pages are not just empty."""
    other = action_at(Status.OPEN, text="For all to see.", due_on=TODAY + timedelta(days=40))
    for name, args in (("log", []), ("export", ["csv"])):
        text = text_of(get(cast.walled, name, *args))
        assert other.reference in text
        assert walled_action.reference not in text
        assert walled_action.referral.reference not in text
        assert walled_action.reference in text_of(get(cast.chair, name, *args))
    assert "1 action." in text_of(get(cast.walled, "log"))
    wall_off(walled_action.referral, cast.chair)
    assert walled_action.reference not in text_of(get(cast.chair, "chase"))
    assert walled_action.reference not in text_of(sign_in(cast.chair).get("/admin/actions/action/"))
    assert walled_action.reference not in text_of(sign_in(cast.walled).get("/"))
    assert walled_action.reference in text_of(sign_in(cast.business_manager).get("/admin/actions/action/"))


def test_the_log_is_filtered_ordered_and_says_its_colours_in_words(cast, django_assert_num_queries):
    first = action_at(Status.OPEN, text="Train the visitors.", due_on=TODAY + timedelta(days=50))
    browser = sign_in(cast.chair)
    browser.get(reverse("actions:log"))
    with django_assert_num_queries(14):
        browser.get(reverse("actions:log"))
    second = action_at(
        Status.OPEN, text="Change the form.", due_on=TODAY + timedelta(days=5), owner=cast.agencies.police
    )
    third = action_at(Status.PROPOSED, text="Write to schools.")
    with django_assert_num_queries(14):
        text = text_of(browser.get(reverse("actions:log")))
    assert text.index(second.reference) < text.index(first.reference)
    assert "Green 2" in text

    def found(query):
        text = text_of(browser.get(reverse("actions:log") + query))
        return {one for one in (first, second, third) if f">{one.reference}<" in text}

    assert found("?q=visitors") == {first}
    assert found("?rag=green") == {first, second}
    assert found(f"?agency={cast.agencies.police.pk}") == {second}
    assert found("?status=proposed") == {third}
    assert found("?status=going-on") == {first, second, third}
    assert found("?more=late") == set()
    assert found("?order=nonsense&rag=nonsense") >= {first}


def test_a_saved_filter_is_its_makers_alone(cast):
    browser = sign_in(cast.chair)
    query = {"name": "Police, open", "query": "status=open&page=3"}
    assert "Police, open" in text_of(browser.post(reverse("actions:filter-save"), query, follow=True))
    saved = SavedFilter.objects.get()
    assert saved.query == "status=open"
    assert "Police, open" not in text_of(get(cast.business_manager, "log"))
    gone = sign_in(cast.business_manager).post(reverse("actions:filter-remove", args=[saved.pk]))
    assert gone.status_code == 404
    assert SavedFilter.objects.exists()
    assert "Nothing is filtered" in text_of(
        browser.post(reverse("actions:filter-save"), {"name": "x", "query": ""}, follow=True)
    )
    browser.post(reverse("actions:filter-remove", args=[saved.pk]))
    assert not SavedFilter.objects.exists()


def test_adding_from_a_rapid_review_and_agreeing_at_once(cast):
    origin = case_origin()
    address = reverse("actions:add-from-review", args=[origin.referral.reference])
    day = TODAY + timedelta(days=30)
    data = {
        "text": "Tell every visitor.", "owner": cast.agencies.hospital.pk, "agree": "on", "due_on_0": day.day,
        "due_on_1": day.month, "due_on_2": day.year, "others": [cast.agencies.police.pk],
    }  # fmt: skip
    browser = sign_in(cast.business_manager)
    wrong = browser.post(address, data | {"due_on_0": "", "due_on_1": "", "due_on_2": ""})
    assert "Enter the date by which it is to be done" in text_of(wrong)
    assert "Tell every visitor." in text_of(wrong)
    browser.post(address, data)
    action = Action.objects.get()
    assert (action.status, action.rapid_review, action.kind) == (Status.OPEN, origin.rapid_review, "multi")
    assert action.reference in text_of(browser.get(reverse("actions:case", args=[origin.referral.reference])))
    assert "agree" not in sign_in(cast.member).get(address).context["form"].fields


def test_adding_from_a_meeting_asks_for_exactly_one_source(cast):
    browser, address = sign_in(cast.member), reverse("actions:add")
    data = {"source": "meeting", "text": "Do it.", "owner": cast.agencies.schools.pk, "other_review": "SAR 14"}
    text = text_of(browser.post(address, data))
    assert "Enter the date of the meeting" in text
    data |= {"meeting": "Panel meeting", "meeting_on_0": 3, "meeting_on_1": 3, "meeting_on_2": 2026}
    browser.post(address, data)
    action = Action.objects.get()
    assert (action.status, action.source_words, action.other_review) == (
        Status.PROPOSED,
        "Panel meeting, 3 March 2026",
        "",
    )


def test_an_update_by_link(cast):
    """Nothing before the code; then progress, a file, another date, complete; and no step of the Panel's."""
    action = action_at(Status.OPEN)
    token = newest_token("action-assigned", LEAD)
    address = reverse("actions:link-update", args=[token])
    stranger = text_of(Client().get(address, follow=True))
    assert SECRET not in stranger
    assert action.reference not in stranger
    browser = enter(token, LEAD)
    assert SECRET in text_of(browser.get(address))
    browser.post(f"{address}progress/", {"text": "Two of five teams are trained.", "at_risk": "on"})
    file = SimpleUploadedFile(f"{CHILD_NAME}.txt", b"We trained them.")
    browser.post(f"{address}evidence/", {"file": file})
    wanted = TODAY + timedelta(days=60)
    parts = {"wanted_on_0": wanted.day, "wanted_on_1": wanted.month, "wanted_on_2": wanted.year}
    assert "Enter why?" not in text_of(
        browser.post(f"{address}another-date/", parts | {"reason": "Sickness."}, follow=True)
    )
    browser.post(f"{address}complete/", {"save": "1"})
    action.refresh_from_db()
    assert (action.status, action.claimed_label) == (Status.CLAIMED, "Lee Invented, Inventshire Schools Service")
    assert action.at_risk_reason == "Two of five teams are trained."
    assert action.date_changes.get().wanted_on == wanted
    document = Document.objects.get()
    assert CHILD_NAME not in document.filename
    page = text_of(get(cast.chair, "action", action.reference))
    assert reverse("documents:document-download", args=[document.key]) in page
    assert reverse("documents:document-download", args=[document.key]) not in text_of(
        get(cast.scrutineer, "action", action.reference)
    )
    workflow.see_evidence(evidence=action.evidence.get(), by=cast.chair, now=NOW)
    workflow.confirm(action=action, by=cast.chair, now=NOW)
    assert Client().get(f"/link/{token}/").status_code == 404  # the link has ended
    assert browser.get(address).status_code == 404


def test_a_file_of_evidence_stands_behind_the_wall_of_its_case(cast, walled_action):
    file = SimpleUploadedFile("minutes.txt", b"Done.")
    workflow.give_evidence(action=walled_action, file=file, by=lead(), now=NOW)
    document = Document.objects.get()
    address = reverse("documents:document-download", args=[document.key])
    assert sign_in(cast.walled).get(address).status_code == 404
    response = sign_in(cast.member).get(address)
    assert b"".join(response.streaming_content) == b"Done."
    assert sign_in(cast.contributor).get(address).status_code == 404


def test_the_page_of_an_action_offers_what_can_be_done(cast):
    action = action_at(Status.CLAIMED)
    text = text_of(get(cast.chair, "action", action.reference))
    assert "Confirm that it is complete" in text
    assert "I have seen it" in text
    assert "I have seen it" not in text_of(get(cast.scrutineer, "action", action.reference))
    browser = sign_in(cast.chair)
    pressed = browser.post(reverse("actions:step", args=[action.reference, "confirm"]), {"save": "1"})
    assert "Nobody else has seen the evidence yet" in text_of(pressed)
    browser.post(reverse("actions:evidence-seen", args=[action.reference, action.evidence.get().pk]))
    browser.post(reverse("actions:step", args=[action.reference, "confirm"]), {"save": "1"})
    text = text_of(browser.get(action.get_absolute_url()))
    assert "Complete and evidenced" in text.replace("complete and evidenced", "Complete and evidenced")
    assert "said that action" in text
    refused = browser.get(reverse("actions:step", args=[action.reference, "cancel"]), follow=True)
    assert "it is not possible to cancel" in text_of(refused)


def test_home_tells_each_what_is_theirs(cast):
    action = action_at(Status.OPEN, due_on=TODAY + timedelta(days=3))
    claimed = action_at(Status.CLAIMED, text="Another.")
    asked = workflow.ask_date(
        action=action, wanted_on=TODAY + timedelta(days=90), reason="Staff.", by=member(cast.member), now=NOW
    )
    raised = workflow.escalate(action=action, level="executive", reason="Late.", by=cast.business_manager, now=NOW)
    home = {
        name: text_of(sign_in(getattr(cast, name)).get("/"))
        for name in ("member", "chair", "partner_la", "business_manager")
    }
    assert "Carry out an action of Schools" in home["member"]
    assert reverse("actions:date-decide", args=[action.reference, asked.pk]) in home["chair"]
    assert reverse("actions:escalation-answer", args=[action.reference, raised.pk]) in home["partner_la"]
    assert "See the evidence of actions that are said to be complete" in home["business_manager"]
    assert claimed.reference not in home["partner_la"]
    assert "Carry out an action" not in home["partner_la"]


def test_the_pdf_is_tagged_and_titled(cast):
    action_at(Status.OPEN, text='<img src="file:///etc/passwd"> and {{ settings.SECRET_KEY }}')
    action_at(Status.COMPLETE, text="Done.")
    response = get(cast.chair, "export", "pdf")
    assert re.search(r"action-log-\d{4}-\d\d-\d\d\.pdf", response["Content-Disposition"])
    reader = PdfReader(io.BytesIO(response.content))
    assert reader.metadata.title.startswith("Action log, ")
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    text = " ".join(page.extract_text() for page in reader.pages)
    assert "root:x:0" not in text
    assert "Complete and evidenced" in " ".join(text.split())


@pytest.mark.skipif(validator() is None, reason="PDF/UA-1 is validated by veraPDF: see test_report_pdf.py.")
def test_the_pdf_complies_with_pdf_ua_1(cast, tmp_path):
    action_at(Status.OPEN)
    file = tmp_path / "log.pdf"
    file.write_bytes(get(cast.chair, "export", "pdf").content)
    done = subprocess.run([validator(), file], capture_output=True, text=True, timeout=300)
    if done.returncode == 2:
        pytest.skip(f"The validator could not be set up here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
