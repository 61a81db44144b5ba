"""Meeting mode: quorum as people come and go, conflicts, decisions, two clerks, actions; then the minutes."""

from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from actions.models import Action
from core.errors import NotPermitted, WorkflowError
from meetings import workflow
from meetings.minutes import files
from meetings.models import AgendaItem, MinuteEntry, Minutes
from meetings.room import Room, standing
from meetings.workflow.capturing import Captured
from panel.meetings import hold_meeting
from referrals.choices import ConflictKind
from referrals.models import Referral
from tests.actions.factories import facts
from tests.cast import sign_in
from tests.meetings.factories import day_of, ended, invited, item_of, planned, seat, sitting, working_day
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, SECRET, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()
WHY = "It would add what the single agencies cannot see."


@pytest.fixture
def review(cast):
    return rapid_review_at("gathering")


def case_item(meeting, review) -> AgendaItem:
    return item_of(meeting, source=f"review:{review.pk}")


def take(item, cast, captured, *, by=None, version=None):
    item.refresh_from_db()
    return workflow.capture(
        item=item, captured=captured, version=version or item.version, by=by or cast.business_manager,
        now=day_of(item.meeting),
    )  # fmt: skip


def test_the_agenda_holds_what_is_due_once_and_what_was_taken_off_stays_off(cast, review):
    meeting, bm = invited(), cast.business_manager
    assert workflow.assemble(meeting=meeting, by=bm, now=NOW) >= 5
    assert workflow.assemble(meeting=meeting, by=bm, now=NOW) == 0
    titles = [one.title for one in AgendaItem.objects.visible_to(bm).standing().filter(meeting=meeting)]
    assert titles[0].startswith("Welcome")
    assert titles[-1] == "Any other business"
    assert any(review.referral.reference in title for title in titles)
    workflow.remove_item(item=case_item(meeting, review), by=bm, now=NOW)
    workflow.assemble(meeting=meeting, by=bm, now=NOW)
    assert not AgendaItem.objects.standing().filter(meeting=meeting, referral=review.referral, kind="review").exists()


def test_moving_passes_the_neighbour_that_is_seen(cast, review):
    """A hidden item between two seen ones does not make a move go nowhere."""
    meeting, bm = invited(), cast.business_manager
    workflow.assemble(meeting=meeting, by=bm, now=NOW)
    wall_off(review.referral, cast.deputy_chair)
    before = [one.pk for one in AgendaItem.objects.visible_to(cast.deputy_chair).standing().filter(meeting=meeting)]
    item = AgendaItem.objects.select_related("meeting").get(pk=before[2])
    workflow.move_item(item=item, up=True, by=cast.deputy_chair, now=NOW)
    after = [one.pk for one in AgendaItem.objects.visible_to(cast.deputy_chair).standing().filter(meeting=meeting)]
    assert after == [before[0], before[2], before[1], *before[3:]]
    with pytest.raises(NotPermitted):
        workflow.move_item(item=case_item(meeting, review), up=True, by=cast.deputy_chair, now=NOW)


def test_the_quorum_follows_who_comes_and_goes(cast):
    meeting = sitting(cast, here=("chair", "walled"))
    assert Room(meeting).quorum().sentence == "Not quorate. Not represented: local authority."
    assert Room(meeting).partners == [
        ("Local authority", []), ("Integrated care board", ["Cora Example"]), ("Police", ["Wyn Sample"])
    ]  # fmt: skip
    then = day_of(meeting, 15)
    workflow.arrive(meeting=meeting, seat=seat(cast.deputy_chair), by=cast.business_manager, now=then)
    assert Room(meeting).quorum().is_met
    workflow.leave(meeting=meeting, seat=seat(cast.walled), by=cast.business_manager, now=then)
    assert "police" in Room(meeting).quorum().sentence
    with pytest.raises(WorkflowError, match="does not belong"):
        workflow.arrive(meeting=meeting, seat=seat(cast.contributor), by=cast.business_manager, now=then)


def test_who_has_a_conflict_leaves_does_not_count_and_the_case_is_closed_to_them(cast, review):
    meeting = sitting(cast)
    item, bm, then = case_item(meeting, review), cast.business_manager, day_of(meeting)
    decided = Captured(decision="lcspr", reasons=WHY)
    with pytest.raises(WorkflowError, match="Ask first"):
        take(item, cast, decided)
    workflow.declare(
        item=item, seat=seat(cast.walled), kind=ConflictKind.AGENCY, reason="Manages the team.", by=bm, now=then
    )
    assert not Referral.objects.visible_to(cast.walled, on=meeting.on).filter(pk=review.referral.pk).exists()
    with pytest.raises(WorkflowError, match="Wyn Sample out of this item"):
        take(item, cast, decided)
    workflow.go_out(item=item, seat=seat(cast.walled), by=bm, now=then)
    with pytest.raises(WorkflowError, match=r"Not represented: police\. The chair’s ruling"):
        take(item, cast, decided)
    take(item, cast, Captured(decision="lcspr", reasons=WHY, chair_ruling="The police agreed by telephone."))
    item.refresh_from_db()
    assert item.is_quorate is False
    workflow.come_back(item=item, seat=seat(cast.walled), by=bm, now=then + timedelta(minutes=20))
    assert standing(item).must_leave == []
    with pytest.raises(WorkflowError, match="takes no part"):
        workflow.dissent(item=item, seat=seat(cast.walled), text="No.", by=bm, now=then)


def test_a_decision_has_reasons_and_is_one_of_its_kind(cast, review):
    meeting = sitting(cast)
    item = case_item(meeting, review)
    workflow.ask_conflicts(item=item, by=cast.business_manager, now=day_of(meeting))
    with pytest.raises(WorkflowError, match="Give the reasons"):
        take(item, cast, Captured(decision="lcspr"))
    with pytest.raises(WorkflowError, match="from the list"):
        take(item, cast, Captured(decision="agreed", reasons=WHY))
    assert take(item, cast, Captured(decision="noted")).is_quorate is True
    with pytest.raises(NotPermitted):
        take(item, cast, Captured(discussion="I write."), by=cast.member)


def test_two_clerks_at_once_lose_nothing(cast, review):
    """Both began with the same item; the second gets a page with both texts, and saves them together."""
    meeting = sitting(cast)
    item = item_of(meeting, source="standing:opening")
    take(item, cast, Captured(discussion="First.\n\nSecond."))
    item.refresh_from_db()
    read = item.version
    take(item, cast, Captured(discussion="First, by the chair.\n\nSecond."), by=cast.chair)
    url = reverse("meetings:item", args=[meeting.pk, item.pk])
    client = sign_in(cast.business_manager)
    mine = {"discussion": "First.\n\nSecond, by the clerk.", "version": read, "decision": "", "reasons": ""}
    page = client.post(url, mine)
    text = page.content.decode()
    assert "Cora Example saved this while you were writing" in text
    assert "First, by the chair.\n\nSecond, by the clerk." in text.replace("\r\n", "\n")
    item.refresh_from_db()
    assert item.discussion == "First, by the chair.\n\nSecond."
    both = {"discussion": "First, by the chair.\n\nSecond, by the clerk.", "version": item.version}
    assert client.post(url, mine | both).status_code == 302
    item.refresh_from_db()
    assert item.discussion == both["discussion"]
    take(item, cast, Captured(discussion=both["discussion"]), version=1)  # the same again is quiet


def test_an_action_on_the_spot_follows_the_walls_of_its_item(cast, review):
    meeting = sitting(cast)
    item = case_item(meeting, review)
    action = workflow.add_action(
        item=item, facts=facts(due_on=meeting.on + timedelta(days=30)), agree=True, by=cast.business_manager,
        now=day_of(meeting),
    )  # fmt: skip
    assert (action.status, action.referral, action.meeting_on) == ("open", review.referral, meeting.on)
    wall_off(review.referral, cast.walled)
    assert not Action.objects.visible_to(cast.walled).filter(pk=action.pk).exists()
    assert item.actions.get().action == action


def minutes_of(cast, review) -> Minutes:
    meeting = sitting(cast)
    item, bm, then = case_item(meeting, review), cast.business_manager, day_of(meeting)
    wall_off(review.referral, cast.walled)
    workflow.go_out(item=item, seat=seat(cast.walled), by=bm, now=then)
    workflow.ask_conflicts(item=item, by=bm, now=then)
    said = f"{SECRET} was named; {CHILD_NAME} was seen."
    take(item, cast, Captured(discussion=said, decision="lcspr", reasons=WHY, chair_ruling="By telephone."))
    workflow.dissent(item=item, seat=seat(cast.second_member), text="Too early.", by=bm, now=then)
    workflow.end_sitting(meeting=meeting, by=bm, now=day_of(meeting, 16))
    return workflow.draft_minutes(meeting=meeting, by=bm, now=day_of(meeting, 17))


def test_minutes_say_what_was_captured_and_withhold_it_behind_the_wall(cast, review):
    minutes = minutes_of(cast, review)
    text = MinuteEntry.objects.get(minutes=minutes, item__referral=review.referral, item__kind="review").text
    for wanted in ("left the room at 14:00", "Decision: Local child safeguarding", WHY, "not quorate", "Too early."):
        assert wanted in text, wanted
    assert CHILD_NAME not in text
    reference = review.referral.reference
    for person, is_there in ((cast.member, True), (cast.walled, False)):
        pdf = "".join(page.extract_text() for page in PdfReader(BytesIO(files.pdf(minutes, person))).pages)
        word = "\n".join(one.text for one in docx.Document(BytesIO(files.word(minutes, person))).paragraphs)
        page = sign_in(person).get(reverse("meetings:minutes", args=[minutes.meeting_id])).content.decode()
        for shown in (pdf, word, page):
            assert (reference in shown) is is_there
            assert ("Too early." in shown) is is_there
            assert "Any other business" in shown
    numbers = [heading.split(".")[0] for heading, _ in files.data_for(minutes, cast.walled)["entries"][1:]]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]  # no gap tells of an item


def test_approved_by_a_later_meeting_nothing_changes_any_more(cast, review):
    minutes, bm = minutes_of(cast, review), cast.business_manager
    then = day_of(minutes.meeting, 18)
    workflow.circulate_minutes(minutes=minutes, by=bm, now=then)
    entry = minutes.entries.select_related("minutes").first()
    with pytest.raises(WorkflowError, match="later meeting"):
        workflow.approve_minutes(minutes=minutes, meeting=minutes.meeting, by=bm, now=then)
    workflow.correct_entry(entry=entry, text="Put right.", version=1, by=cast.chair, now=then)
    with pytest.raises(workflow.CorrectedMeanwhileError):
        workflow.correct_entry(entry=entry, text="Otherwise.", version=1, by=bm, now=then)
    workflow.circulate_minutes(minutes=minutes, by=bm, now=then)
    later = planned(on=working_day(minutes.meeting.on + timedelta(days=1)))
    workflow.open_sitting(meeting=later, by=bm, now=day_of(later))
    workflow.approve_minutes(minutes=minutes, meeting=later, by=bm, now=day_of(later))
    with pytest.raises(WorkflowError, match="approved"):
        workflow.correct_entry(entry=entry, text="Too late.", version=2, by=bm, now=day_of(later))
    minutes.refresh_from_db()
    assert files.standing_of(minutes) == f"Approved by the meeting of {later.on.day} {later.on:%B %Y}."


def test_captured_is_only_between_opening_and_minutes(cast):
    meeting = invited()
    workflow.assemble(meeting=meeting, by=cast.business_manager, now=NOW)
    item = item_of(meeting, source="standing:opening")
    with pytest.raises(WorkflowError, match="Open the meeting first"):
        take(item, cast, Captured(discussion="Too early."))
    ended(cast, meeting)
    take(item, cast, Captured(discussion="After the end."))
    workflow.draft_minutes(meeting=meeting, by=cast.business_manager, now=day_of(meeting, 17))
    with pytest.raises(WorkflowError, match="Correct them there"):
        take(item, cast, Captured(discussion="Too late."))


def page_of(cast, name, *args) -> str:
    return " ".join(sign_in(cast.business_manager).get(reverse(f"meetings:{name}", args=args)).content.decode().split())


def test_the_next_meeting_finds_the_minutes_that_wait_for_it(cast, review):
    minutes, bm = minutes_of(cast, review), cast.business_manager
    later = planned(on=working_day(minutes.meeting.on + timedelta(days=1)))
    workflow.assemble(meeting=later, by=bm, now=NOW)
    workflow.open_sitting(meeting=later, by=bm, now=day_of(later))
    item = item_of(later, source="standing:minutes")
    assert "No minutes wait for approval" in page_of(cast, "item", later.pk, item.pk)
    workflow.circulate_minutes(minutes=minutes, by=bm, now=day_of(minutes.meeting, 18))
    assert reverse("meetings:minutes", args=[minutes.meeting_id]) in page_of(cast, "item", later.pk, item.pk)


def test_a_held_meeting_does_not_speak_of_what_is_to_come(cast):
    meeting = planned()
    assert "Nobody is invited yet" in page_of(cast, "meeting", meeting.pk)
    hold_meeting(meeting=meeting, by=cast.business_manager, now=day_of(meeting, 16))
    page = page_of(cast, "meeting", meeting.pk)
    for words in ("No invitation to this meeting was sent from here.", "No agenda was kept here.", "Who was invited"):
        assert words in page
    for words in ("Nobody is invited yet", "Who comes", "No papers are made yet"):
        assert words not in page
    other = ended(cast, invited(planned(on=working_day(meeting.on + timedelta(days=1)))))
    assert "0 accepted, 0 declined, 6 did not reply." in page_of(cast, "meeting", other.pk)


def test_the_roll_is_taken_without_leaving_it_and_a_missing_reason_is_said_at_its_field(cast):
    meeting = sitting(cast, here=("chair",))
    client = sign_in(cast.business_manager)
    answer = client.post(reverse("meetings:presence", args=[meeting.pk, seat(cast.member).pk, "here"]))
    assert answer.url == f"{reverse('meetings:room', args=[meeting.pk])}#who"
    item = item_of(meeting, source="standing:opening")
    typed = {"discussion": "Weighed.", "decision": "agreed", "reasons": "", "version": item.version}
    page = client.post(reverse("meetings:item", args=[meeting.pk, item.pk]), typed).content.decode()
    assert '<a href="#id_reasons">Give the reasons for the decision</a>' in page
    assert "Weighed." in page
