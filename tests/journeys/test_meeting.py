"""A Panel meeting as five people see it: planned, invited to, read for, held, minuted, its minutes approved.

Mails, papers and reminders come through a worker and an SMTP server, as they would.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO

import docx
import pytest
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page
from pypdf import PdfReader

from actions.models import Action
from core.guard import workflow as guarded
from deadlines import calendar
from meetings.choices import PackState
from meetings.models import Invitation, Minutes, Pack
from meetings.states import MinutesStatus, Reply
from panel.models import PanelMeeting, User
from rapid_reviews.models import RapidReview
from referrals.models import Referral
from referrals.states import Status as CaseStatus
from tests.actions.factories import action_at
from tests.journeys.conftest import Site
from tests.journeys.steps import choose, fill, fill_date, follow, press, today
from tests.journeys.test_return_by_link import give_the_code, link_in
from tests.meetings.factories import planned
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET, referral_at
from tests.stack import Mail, wait_until

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
INVITED = "Please say whether you come"
REASON = "It would show how the agencies saw each other."
TASK = "List missed appointments by family."


@dataclass
class Work:
    """What waits for the meeting."""

    referral: Referral
    review: RapidReview
    late: Action


def work() -> Work:
    """A referral put to the Panel, a rapid review under way, an action that is late."""
    before = timezone.now() - timedelta(days=60)
    late = action_at("open", now=before, due_on=today() - timedelta(days=40), text="Teach what was learned.")
    return Work(referral_at(CaseStatus.PANEL_CONSIDERATION), rapid_review_at("gathering"), late)


@guarded
def the_day_comes(meeting: PanelMeeting, day: date) -> None:
    """Days pass: the meeting that was planned ahead is on `day`."""
    PanelMeeting.objects.filter(pk=meeting.pk).update(on=day)


def plan(site: Site, page: Page) -> PanelMeeting:
    follow(page, "Meetings", exact=True)
    site.eyes.look(page, "Meetings, none")
    press(page, "Plan a meeting")
    press(page, "Plan the meeting")
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "Plan a meeting, with errors")
    day = calendar.current().forward(today(), 5)
    choose(page, kind="ordinary")
    fill_date(page, "on", day)
    fill(page, at="14:00", place="Council House, Room 1")
    press(page, "Plan the meeting")
    site.eyes.look(page, "Meetings, one planned")
    follow(page, f"{day.day} {day:%B %Y}")
    site.eyes.look(page, "Meeting, planned")
    return PanelMeeting.objects.get(on=day)


def invite(site: Site, page: Page, meeting: PanelMeeting) -> None:
    press(page, "Invite the members")
    site.eyes.look(page, "Meeting, members invited")
    address = site.cast.member.email
    site.mails.wait_for(lambda: site.mails.to(address), "the invitation")
    check_calendar(site.mails.to(address)[-1], meeting, address)
    everybody = Invitation.objects.filter(meeting=meeting).count()
    site.mails.wait_for(lambda: len(site.mails.mails) >= everybody, "everybody is invited")


def check_calendar(mail: Mail, meeting: PanelMeeting, address: str) -> None:
    """The attached file, as a calendar reads it: the hour of Europe/London, and nothing of a case."""
    [event] = Calendar.from_ical(mail.files["meeting.ics"]).walk("VEVENT")
    begins = timezone.make_aware(datetime.combine(meeting.on, time(14)))
    assert event["dtstart"].dt == begins
    assert str(event["summary"]) == "Panel meeting"
    assert str(event["attendee"]) == f"mailto:{address}"
    assert "CSPR-" not in str(mail.files["meeting.ics"])


def reply(site: Site, person: User, comes: str, words: str, *, look: bool = False) -> None:
    """By the link in the mail, without signing in."""
    page = site.open()
    page.goto(link_in(site, person.email, INVITED))
    give_the_code(site, page, person.email)
    if look:
        press(page, "Send the reply")
        assert page.title().startswith("Error: ")
        site.eyes.look(page, "Reply to the invitation, with errors")
    choose(page, comes=comes)
    fill(page, words=words)
    press(page, "Send the reply")
    if look:
        site.eyes.look(page, "Reply to the invitation, kept")
    page.context.close()


def replies(site: Site, page: Page, meeting: PanelMeeting) -> None:
    """One comes, one does not: the named deputy is asked, and comes."""
    cast = site.cast
    reply(site, cast.second_member, "yes", "I may be five minutes late.", look=True)
    reply(site, cast.member, "no", "I am on leave.")
    reply(site, cast.deputy, "yes", "")
    page.reload()
    site.eyes.look(page, "Meeting, replies")
    assert "Deputy asked: Dee Sample, comes" in page.locator("main").inner_text()
    stand = {one.membership.user: one.status for one in Invitation.objects.filter(meeting=meeting)}
    assert (stand[cast.member], stand[cast.deputy]) == (Reply.DECLINED, Reply.ACCEPTED)


def agenda(site: Site, page: Page, waits: Work) -> None:
    press(page, "Put what is due on the agenda")
    text = page.locator("main").inner_text()
    for words in (waits.referral.reference, waits.review.referral.reference, "Actions of no single case: late"):
        assert words in text
    follow(page, "Add an item")
    fill(page, title="Training plan", paper="Members choose two courses.")
    site.eyes.look(page, "Add an item to the agenda")
    press(page, "Save the item")
    press_for(page, "Up", "Training plan")
    site.eyes.look(page, "Meeting, agenda")


def papers(site: Site, page: Page, meeting: PanelMeeting, waits: Work) -> None:
    """Made by the worker, one file a reader; taken by a member, who says that they have read them."""
    press(page, "Make the papers")
    person = site.cast.second_member
    mine = Pack.objects.filter(meeting=meeting, person=person, state=PackState.READY)
    wait_until(mine.exists, "the worker makes the papers")
    site.mails.wait_for(
        lambda: any("Papers" in m.subject for m in site.mails.to(person.email)), "the papers are announced"
    )
    member = site.open(person)
    follow(member, "Read your papers")
    site.eyes.look(member, "Papers of a member")
    check_pack(taken(member, "Download the papers (PDF)"), waits)
    press(member, "I have read my papers")
    site.eyes.look(member, "Papers of a member, read")
    member.context.close()
    everybody = Pack.objects.filter(meeting=meeting).exclude(state=PackState.READY)
    wait_until(lambda: not everybody.exists(), "every reader's papers are made")
    page.reload()
    site.eyes.look(page, "Meeting, papers made")


def taken(page: Page, name: str) -> bytes:
    """What a link or a button gives as a file."""
    with page.expect_download() as coming:
        page.locator("main").get_by_text(name, exact=True).first.click()
    return coming.value.path().read_bytes()


def check_pack(content: bytes, waits: Work) -> None:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    for words in (waits.referral.reference, waits.review.referral.reference, waits.late.reference, "Training plan"):
        assert words in text
    assert CHILD_NAME not in text


def press_for(page: Page, verb: str, what: str) -> None:
    """The button `verb` of one row: what it is about stands in it for those who do not see the row."""
    page.get_by_role("button", name=re.compile(rf"{verb}\s?: {re.escape(what)}")).click()
    page.wait_for_load_state()


def comes_in(page: Page, person: User) -> None:
    press_for(page, "Is here", person.name)


def quorum(page: Page) -> str:
    return str(page.locator(".app-quorum").inner_text())


def partners(page: Page) -> dict[str, str]:
    """Each Safeguarding Partner and who represents it, as the room shows it."""
    names, people = page.locator(".govuk-summary-list__key"), page.locator(".govuk-summary-list__value")
    return dict(zip(names.all_inner_texts(), people.all_inner_texts(), strict=True))


def begin(site: Site, page: Page) -> None:
    """The roll is taken, and the quorum follows it."""
    cast = site.cast
    press(page, "Begin the meeting")
    site.eyes.look(page, "Meeting, before it is opened")
    press(page, "Open the meeting")
    assert "Not represented: local authority, integrated care board, police." in quorum(page)
    site.eyes.look(page, "Meeting room, nobody yet")
    comes_in(page, cast.chair)
    comes_in(page, cast.deputy_chair)
    assert "Not quorate. Not represented: police." in quorum(page)
    assert partners(page)["Local authority"] == "Dara Example"
    assert partners(page)["Police"] == "Not represented"
    for person in (cast.walled, cast.second_member, cast.deputy, cast.business_manager):
        comes_in(page, person)
    assert quorum(page).startswith("Quorate")
    press_for(page, "Apologies", cast.member.name)
    site.eyes.look(page, "Meeting room, sitting")


def to_item(page: Page, words: str) -> None:
    page.locator(".app-agenda").get_by_role("link", name=re.compile(re.escape(words))).click()
    page.wait_for_load_state()


def a_conflict(site: Site, page: Page) -> None:
    """Who has one leaves the room; their agency is then represented by another."""
    cast = site.cast
    follow(page, "Somebody has a conflict of interest")
    page.locator("select[name=seat]").select_option(label=f"{cast.walled.name}, Panel member, Police")
    choose(page, kind="agency")
    fill(page, reason="Manages the team that was called.")
    site.eyes.look(page, "Record a conflict of interest")
    press(page, "Record the conflict of interest")
    site.eyes.look(page, "Item, somebody must leave")
    press(page, f"{cast.walled.name} has left the room")
    assert "Not represented: police." in quorum(page)
    follow(page, "All items")
    comes_in(page, cast.partner_police)


def decide(site: Site, page: Page, review: RapidReview) -> None:
    """The rapid review: a decision with its reasons, a dissent, an action."""
    to_item(page, review.referral.reference)
    site.eyes.look(page, "Item of a meeting, conflicts not asked yet")
    a_conflict(site, page)
    to_item(page, review.referral.reference)
    assert quorum(page).startswith("Quorate")
    fill(page, discussion=f"The visits were weighed. {CHILD_NAME} was not seen alone.")
    page.locator("select[name=decision]").select_option(label="Local child safeguarding practice review")
    press(page, "Save")
    assert page.title().startswith("Error: ")
    site.eyes.look(page, "Item, no reasons given")
    fill(page, reasons=REASON)
    press(page, "Save")
    follow(page, "Record a dissent")
    page.locator("select[name=seat]").select_option(label=f"{site.cast.second_member.name}, Panel member, Hospital")
    fill(page, text="It comes too early.")
    site.eyes.look(page, "Record a dissent")
    press(page, "Record the dissent")
    agree_an_action(site, page)
    press(page, f"{site.cast.walled.name} is back")
    site.eyes.look(page, "Item of a meeting, decided")


def agree_an_action(site: Site, page: Page) -> None:
    follow(page, "Add an action")
    fill(page, text=TASK, success_measure="One list a month")
    page.locator("select[name=owner]").select_option(label="Inventshire Hospital Trust")
    fill_date(page, "due_on", today() + timedelta(days=30))
    site.eyes.look(page, "Add an action in the meeting")
    press(page, "Add the action")
    assert TASK in page.locator("main").inner_text()


def the_rest(site: Site, page: Page, waits: Work) -> None:
    """The referral and the late action; then the meeting ends."""
    follow(page, "All items")
    to_item(page, waits.referral.reference)
    press(page, "Everybody was asked")
    page.locator("select[name=decision]").select_option(label="More information is needed")
    fill(page, reasons="The school was not heard.")
    press(page, "Save")
    follow(page, "All items")
    to_item(page, "Actions of no single case")
    site.eyes.look(page, "Item of a meeting, actions")
    page.locator("select[name=decision]").select_option(label="Noted")
    press(page, "Save")
    follow(page, "All items")
    site.eyes.look(page, "Meeting room, items taken")
    press(page, "End the meeting")
    site.eyes.look(page, "Meeting room, ended")


def minutes(site: Site, page: Page, meeting: PanelMeeting) -> None:
    """Drafted from what was captured, corrected, circulated, read by a member."""
    press(page, "Draft the minutes")
    assert page.locator("h1").inner_text() == "Minutes"
    site.eyes.look(page, "Minutes, draft")
    text = page.locator("main").inner_text()
    for words in (REASON, TASK, "Wyn Sample, Police, had a conflict of interest", "Dee Sample", "Child A was not seen"):
        assert words in text
    assert CHILD_NAME not in text
    page.get_by_role("link", name=re.compile("Correct.*Training plan")).click()
    fill(page, text="Members choose the courses in writing.")
    site.eyes.look(page, "Correct an entry of the minutes")
    press(page, "Save the entry")
    press(page, "Circulate the draft")
    member = site.open(site.cast.second_member)
    address = site.cast.second_member.email
    site.mails.wait_for(lambda: told(site, address), "the draft minutes are announced")
    member.goto(re.search(r"http://\S+/minutes/", told(site, address)[-1].text)[0])
    assert "Members choose the courses in writing." in member.locator("main").inner_text()
    site.eyes.look(member, "Minutes, as a member reads them")
    member.context.close()
    assert Minutes.objects.get(meeting=meeting).status == MinutesStatus.CIRCULATED


def told(site: Site, address: str) -> list[Mail]:
    return [mail for mail in site.mails.to(address) if mail.subject.startswith("Draft minutes")]


def approve(site: Site, page: Page, meeting: PanelMeeting) -> None:
    """By the next meeting, which begins with them."""
    following = planned(by=site.cast.business_manager)
    the_day_comes(following, today())
    page.goto(f"/meetings/{following.pk}/")
    press(page, "Put what is due on the agenda")
    press(page, "Begin the meeting")
    press(page, "Open the meeting")
    to_item(page, "Minutes of the last meeting")
    site.eyes.look(page, "Item of a meeting, minutes of the last")
    follow(page, "Minutes of")
    press(page, "Approve the minutes")
    site.eyes.look(page, "Approve the minutes")
    page.get_by_role("radio").first.check()
    press(page, "Record the approval")
    site.eyes.look(page, "Minutes, approved")
    done = Minutes.objects.get(meeting=meeting)
    assert (done.status, done.approved_in) == (MinutesStatus.APPROVED, following)
    assert page.get_by_role("link", name="That meeting").count() == 1


def take_the_minutes(page: Page) -> None:
    pdf = PdfReader(BytesIO(taken(page, "Download as PDF")))
    word = docx.Document(BytesIO(taken(page, "Download as Word file")))
    texts = ("\n".join(one.extract_text() for one in pdf.pages), "\n".join(one.text for one in word.paragraphs))
    for text in (" ".join(one.split()) for one in texts):
        for words in (REASON, TASK, "Approved by the meeting of", "Members choose the courses in writing."):
            assert words in text
        assert CHILD_NAME not in text


def test_from_the_invitation_to_the_approved_minutes(whole_site):
    site, waits = whole_site, work()
    page = site.open(site.cast.business_manager)
    meeting = plan(site, page)
    invite(site, page, meeting)
    replies(site, page, meeting)
    agenda(site, page, waits)
    papers(site, page, meeting, waits)
    the_day_comes(meeting, today() - timedelta(days=1))
    page.reload()
    begin(site, page)
    decide(site, page, waits.review)
    the_rest(site, page, waits)
    assert Action.objects.get(text=TASK).referral == waits.review.referral
    minutes(site, page, meeting)
    approve(site, page, meeting)
    take_the_minutes(page)
    said = "".join(mail.message.as_string() for mail in site.mails.mails)
    assert CHILD_NAME not in said
    assert SECRET not in said
    assert site.eyes.faults == []
