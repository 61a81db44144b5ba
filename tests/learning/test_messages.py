"""From a key message to its impact: the Executive Group, products, cascade by link, attendance, months later."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import docx
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from agency_returns.actors import member
from core.errors import NotPermitted, WorkflowError
from core.guard import workflow as guarded
from learning import workflow
from learning.briefing.document import document
from learning.facts import agreed_messages, impact_found, recommended_messages
from learning.models import BriefingPart, ImpactInterval
from learning.states import BriefingStatus, CascadeStatus, MessageStatus, ProductStatus
from notifications.models import Message
from tests.agency_returns.factories import enter, newest_token
from tests.cast import sign_in
from tests.learning.factories import (
    LEAD,
    briefing_at,
    cascade_at,
    case_origin,
    message_at,
    message_facts,
    point_at,
    product_at,
)
from tests.referrals.factories import CHILD_NAME

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = timezone.localdate()
AUGUST = date(2026, 8, 31)  # six months later February has no such day


def at(day: date, hour: int = 10) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def run(day: date) -> int:
    with time_machine.travel(at(day), tick=False):
        return workflow.sweep(now=at(day))


def text_of(response):
    return response.content.decode()


def test_recommended_with_audiences_agreed_on_a_day(cast):
    by = cast.business_manager
    message = workflow.draft_message(facts=message_facts(audiences=[]), by=by, now=NOW)
    with pytest.raises(WorkflowError, match="for which audiences"):
        workflow.recommend_message(message=message, by=by, now=NOW)
    workflow.change_message(message=message, facts=message_facts(), by=by, now=NOW)
    workflow.recommend_message(message=message, by=by, now=NOW)
    with pytest.raises(NotPermitted, match="Send it back"):
        workflow.change_message(message=message, facts=message_facts(text="Other."), by=by, now=NOW)
    (waiting,) = recommended_messages()
    assert (waiting.reference, len(waiting.audiences)) == (message.reference, 1)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(WorkflowError, match="between the recommendation and today"):
            workflow.agree_message(message=message, on=day, by=by, now=NOW)
    with pytest.raises(WorkflowError, match="once the Executive Group has agreed"):
        product_at(message=message)
    workflow.send_back_message(message=message, reason="Shorter.", by=by, now=NOW)
    assert "Shorter." in text_of(sign_in(cast.chair).get(message.get_absolute_url()))
    workflow.recommend_message(message=message, by=by, now=NOW)
    workflow.agree_message(message=message, on=TODAY, by=by, now=NOW)
    assert [fact.reference for fact in agreed_messages(TODAY, TODAY)] == [message.reference]
    assert recommended_messages() == []


def test_the_first_product_sets_the_days_of_the_impact_checks(cast):
    ImpactInterval.objects.create(months=24, is_active=False)
    with time_machine.travel(at(AUGUST), tick=False):
        product = product_at(ProductStatus.ISSUED, now=at(AUGUST))
        product_at(ProductStatus.ISSUED, message=product.message, now=at(AUGUST))
    checks = product.message.impact_checks
    assert list(checks.values_list("months", "due_on")) == [(6, date(2027, 2, 28)), (12, date(2027, 8, 31))]
    first = checks.get(months=6)
    for day, count in ((date(2027, 2, 24), 0), (date(2027, 2, 25), 1), (date(2027, 2, 26), 1), (date(2027, 3, 1), 2)):
        run(day)
        told = Message.objects.filter(kind="learning-impact-due", recipient=cast.business_manager)
        assert told.count() == count, day
    now = at(date(2027, 3, 2))
    with pytest.raises(WorkflowError, match="each impact check"):
        workflow.close_message(message=product.message, closing_words="Done.", by=cast.chair, now=now)
    with pytest.raises(NotPermitted):
        workflow.record_impact(check=first, outcome="no", evidence="Ten files.", by=cast.member, now=now)
    workflow.record_impact(check=first, outcome="no", evidence="Ten files.", by=cast.chair, now=now)
    workflow.record_impact(check=first, outcome="partly", evidence="Twenty files.", by=cast.chair, now=now)
    (fact,) = impact_found(date(2027, 3, 1), date(2027, 3, 31))
    assert (fact.months, fact.outcome) == (6, "Practice has changed in part")
    assert run(date(2027, 3, 20)) == 0


def test_an_agency_confirms_by_link(cast):
    """Nothing before the code, the question after it, then the receipt, and the link has ended."""
    cascade = cascade_at()
    message = cascade.product.message
    mail = Message.objects.get(kind="learning-cascade")
    assert (mail.address, mail.reference) == (LEAD, message.reference)
    assert message.text not in mail.text + mail.subject
    token = newest_token("learning-cascade", LEAD)
    address = reverse("learning:link-confirm", args=[token])
    assert message.text not in text_of(Client().get(address, follow=True))
    browser = enter(token, LEAD)
    assert message.text in text_of(browser.get(address))
    wrong = text_of(browser.post(address, {"how": "By hand.", "people": "0"}))
    assert "enter a number above 0" in wrong
    assert "By hand." in wrong
    assert "Thank you" in text_of(browser.post(address, {"how": "In team meetings.", "people": "45"}))
    cascade.refresh_from_db()
    assert (cascade.status, cascade.people) == (CascadeStatus.CONFIRMED, 45)
    assert cascade.confirmed_label == "Lee Invented, Inventshire Schools Service"
    assert browser.get(address).status_code == 404
    (fact,) = agreed_messages(TODAY, TODAY)
    assert (fact.asked, fact.confirmed, fact.reached) == (1, 1, 45)


def test_a_member_of_the_agency_confirms_signed_in(cast):
    cascade = cascade_at()
    address = reverse("learning:mine-confirm", args=[cascade.pk])
    assert address in text_of(sign_in(cast.contributor).get("/"))  # invited by agencies, sees no learning else
    assert address not in text_of(sign_in(cast.second_member).get("/"))
    answer = {"people": 9, "how": "By hand.", "now": NOW}
    with pytest.raises(NotPermitted, match="Only Inventshire Schools Service"):
        workflow.confirm_cascade(cascade=cascade, by=member(cast.second_member), **answer)
    page = sign_in(cast.contributor).post(address, {"people": "9", "how": "By hand."}, follow=True)
    assert "Thank you" in text_of(page)
    workflow.confirm_cascade(cascade=cascade, by=member(cast.contributor), **answer)  # the back button
    with pytest.raises(WorkflowError):
        workflow.confirm_cascade(cascade=cascade, by=member(cast.member), **answer | {"people": 10})


def test_late_confirmations_are_asked_for_and_links_can_be_ended(cast):
    monday = date(2026, 10, 5)
    with time_machine.travel(at(monday), tick=False):
        cascade = cascade_at(due=14, now=at(monday))
    run(monday + timedelta(days=11))
    run(monday + timedelta(days=15))
    run(monday + timedelta(days=16))
    reminders = Message.objects.filter(kind="learning-cascade-due", address=LEAD)
    assert reminders.count() == 2
    assert "was to be confirmed by" in reminders.order_by("pk").last().text
    with time_machine.travel(at(monday + timedelta(days=16)), tick=False):
        token = newest_token("learning-cascade-due", LEAD)
        assert Client().get(reverse("access_links:link", args=[token])).status_code == 200
        browser, keys = sign_in(cast.chair), [cascade.product.message.reference, cascade.product_id, cascade.pk]
        page = text_of(browser.post(reverse("learning:cascade-press", args=[*keys, "link"]), follow=True))
        assert f"A mail is on its way to {LEAD}" in page
        browser.post(reverse("learning:cascade-press", args=[*keys, "withdraw"]))
        assert Client().get(reverse("access_links:link", args=[token])).status_code == 404
        page = text_of(browser.post(reverse("learning:cascade-press", args=[*keys, "link"]), follow=True))
        assert "not asked any more" in page
        assert browser.post(reverse("learning:cascade-press", args=[*keys, "nonsense"])).status_code == 404


def test_the_plan_in_pages(cast):
    message = message_at(MessageStatus.AGREED)
    browser, day = sign_in(cast.business_manager), {"0": TODAY.day, "1": TODAY.month, "2": TODAY.year}
    on = {f"on_{part}": value for part, value in day.items()}
    due = {f"due_on_{part}": value for part, value in day.items()}
    audience = message.audiences.get()
    data = {"kind": "webinar", "title": "Webinar", "audience": audience.pk} | due
    address = reverse("learning:product-add", args=[message.reference])
    assert "Select what is made" in text_of(browser.post(address, data | {"kind": ""}))
    browser.post(address, data)
    product = message.products.get()
    keys = [message.reference, product.pk]
    assert "Issue a product: Webinar" in text_of(browser.get("/"))
    browser.post(reverse("learning:product-step", args=[*keys, "issue"]), on)
    police = cast.agencies.police
    asked = browser.post(reverse("learning:product-ask", args=keys), {"agencies": [police.pk]} | due, follow=True)
    assert "No safeguarding lead, so no mail: Police" in text_of(asked)
    held = {f"held_on_{part}": value for part, value in day.items()}
    for people in ("12", "14"):  # said again for the same day: put right
        browser.post(reverse("learning:product-attendance", args=keys), {"agency": police.pk, "people": people} | held)
    page = text_of(browser.get(reverse("learning:product", args=keys)))
    assert product.attendances.get().people == 14
    assert ">14<" in page
    assert "Confirm for Police" in page
    assert "Police" in text_of(browser.get(message.get_absolute_url()))
    step = browser.get(reverse("learning:product-step", args=[*keys, "cancel"]), follow=True)
    assert "it is not possible to cancel" in text_of(step)
    guide = product_at(ProductStatus.ISSUED, message=message, kind="guide")
    with pytest.raises(WorkflowError, match="Nobody attends"):
        workflow.record_attendance(product=guide, agency=police, held_on=TODAY, people=1, by=cast.chair, now=NOW)


@guarded
def force(row, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def test_the_database_refuses_half_facts(cast):
    cascade, product = cascade_at(), product_at()
    check = cascade.product.message.impact_checks.first()
    for row, fields, name in (
        (cascade, {"people": 4}, "learning_cascade_confirmed_who_when_how"),
        (product, {"issued_on": TODAY}, "learning_product_issued_who_when"),
        (check, {"outcome": "yes"}, "learning_impact_who_when_how"),
        (product.message, {"agreed_on": None}, "learning_message_agreed_who_when"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            force(row, **fields)


def test_the_page_of_a_message_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    message = message_at(MessageStatus.AGREED)
    cascade_at(product=product_at(ProductStatus.ISSUED, message=message))
    browser, address = sign_in(cast.chair), message.get_absolute_url()
    browser.get(address)
    with django_assert_num_queries(18):
        browser.get(address)
    for _ in range(2):
        cascade_at(product=product_at(ProductStatus.ISSUED, message=message))
    with django_assert_num_queries(18):
        browser.get(address)


def test_a_briefing_has_the_parts_of_the_template_and_keeps_them(cast):
    BriefingPart.objects.filter(position=7).update(is_active=False)
    briefing = briefing_at()
    assert [part.heading for part in briefing.texts][:2] == ["Background", "Why it matters"]
    assert len(briefing.texts) == 6
    BriefingPart.objects.update(heading="Renamed")
    assert briefing.texts[0].heading == "Background"
    with pytest.raises(WorkflowError, match="“Background” is empty"):
        workflow.finish_briefing(briefing=briefing, by=cast.chair, now=NOW)
    browser = sign_in(cast.business_manager)
    address = reverse("learning:briefing-write", args=[briefing.message.reference])
    form = browser.get(address).context["form"]
    data = {"title": "Ring first", "marking": "official", "part_1": "It was reviewed.", "seen": form.initial["seen"]}
    browser.post(address, data)
    assert briefing.texts[0].text == "It was reviewed."
    assert "changed in another window" in text_of(browser.post(address, data | {"part_1": "Other."}))


def test_pdf_and_word_by_pseudonym_and_marked(cast):
    point = point_at("agreed", origin=case_origin())
    message = message_at(points=[point])
    hostile = f'<img src="file:///etc/passwd"> {CHILD_NAME} was not heard.\n\nSecond paragraph. \x0b'
    briefing = briefing_at(BriefingStatus.FINISHED, message=message, text=hostile)
    data = document(briefing, TODAY)
    assert (data["marking"], data["is_draft"], len(data["parts"])) == ("OFFICIAL", False, 7)
    assert data["parts"][0]["paragraphs"] == [
        '<img src="file:///etc/passwd"> Child A was not heard.', "Second paragraph.",
    ]  # fmt: skip
    browser = sign_in(cast.scrutineer)
    taken = browser.get(reverse("learning:briefing-take", args=[message.reference, "pdf"]))
    assert f"briefing-{message.reference}.pdf" in taken["Content-Disposition"]
    reader = PdfReader(BytesIO(taken.content))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert reader.metadata.title == "Ring first"
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data().decode()
    assert text.count("OFFICIAL") >= 2 * len(reader.pages)
    assert "Child A was not heard" in text
    assert CHILD_NAME not in text
    assert "root:x:0" not in text
    taken = browser.get(reverse("learning:briefing-take", args=[message.reference, "docx"]))
    made = docx.Document(BytesIO(taken.content))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings[:2] == ["1. Background", "2. Why it matters"]
    assert len(headings) == 8
    words = "\n".join(one.text for one in made.paragraphs)
    assert "Child A was not heard." in words
    assert CHILD_NAME not in words
    assert made.core_properties.author == data["partnership"]
    assert made.sections[0].header.paragraphs[0].text.startswith("OFFICIAL")
    assert browser.get(reverse("learning:briefing-take", args=[message.reference, "exe"])).status_code == 404


def test_a_draft_says_so(cast):
    briefing = briefing_at()
    data = document(briefing, TODAY)
    assert data["is_draft"]
    assert data["marking"] == "OFFICIAL-SENSITIVE"
    taken = sign_in(cast.chair).get(reverse("learning:briefing-take", args=[briefing.message.reference, "pdf"]))
    assert "DRAFT" in PdfReader(BytesIO(taken.content)).pages[0].extract_text()


def test_no_account_may_confirm_for_another_agency_by_a_link_that_is_not_theirs(cast):
    """A new safeguarding lead: the link that the old one got has ended."""
    cascade = cascade_at()
    token = newest_token("learning-cascade", LEAD)
    agency = cascade.agency
    agency.safeguarding_address = "new.invented@schools.example"
    agency.save()
    assert Client().get(reverse("access_links:link", args=[token])).status_code == 404
