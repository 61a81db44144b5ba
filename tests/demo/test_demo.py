"""The demonstration: it builds through the workflow alone, has a case in every state, and stays out of production."""

from collections import Counter
from datetime import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from agency_returns.models import InformationRequest
from agency_returns.states import Status as ReturnStatus
from audit.models import Event
from core.guard import GuardedModel
from deadlines import calendar
from deadlines.models import Clock, Reminder
from deadlines.sweep import sweep
from demo import people
from demo.build import build
from demo.days import Days
from demo.people import AGENCIES, PASSWORD, PEOPLE
from documents.models import Document
from highlight_reports.models import HighlightReport
from highlight_reports.states import Status as ReportStatus
from notifications.models import Message
from notifications.states import State
from panel.models import Agency, Membership, Partnership, User
from panel.roles import PANEL_ROLES, Role
from rapid_reviews.choices import IssueLevel
from rapid_reviews.contents import contents_of
from rapid_reviews.earlier import earlier_cases
from rapid_reviews.models import (
    Comment,
    EvidenceLink,
    NationalReply,
    RapidReview,
    SafeCopy,
    SafeguardingIssue,
    Submission,
)
from rapid_reviews.states import IssueStatus
from rapid_reviews.states import Status as ReviewStatus
from referrals.likeness import suggestions
from referrals.models import (
    CaseLink,
    Child,
    ConflictOfInterest,
    EmergencyAccess,
    InvolvedAgency,
    MisdirectedEnquiry,
    Referral,
    RelatedPerson,
)
from referrals.states import Status as CaseStatus
from tests.cast import sign_in
from tests.demo.conftest import AFTER_CLOSING, NOW
from tests.house import modules

pytestmark = pytest.mark.time_machine(AFTER_CLOSING)


def run() -> str:
    output = StringIO()
    call_command("demo", stdout=output)
    return output.getvalue()


def test_a_second_run_changes_nothing(untouched):
    before = Event.objects.count()
    assert "is there already" in run()
    assert Event.objects.count() == before


def test_refused_in_production(untouched, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        run()


@pytest.mark.django_db
def test_refused_among_people(cast):
    with pytest.raises(CommandError, match="people or cases here already"):
        run()
    assert not Agency.objects.filter(short_name=AGENCIES[3][1]).exists()


def test_everybody_is_there_in_every_role(untouched):
    assert 12 <= Agency.objects.count() <= 15
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    members = Membership.objects.with_role(Role.MEMBER)
    assert members.count() >= 5
    assert all(member.deputies.count() == 1 for member in members), "each member has one named deputy"
    assert all(email.endswith("@partnership.example") for email in User.objects.values_list("email", flat=True))
    assert User.objects.get(email="business.manager@partnership.example").check_password(PASSWORD)
    assert len({person.name for person in PEOPLE}) == len(PEOPLE)
    assert "demonstration" in Partnership.current().name


def test_a_case_in_every_status(untouched):
    assert set(Referral.objects.values_list("status", flat=True)) == set(CaseStatus.values) - {CaseStatus.DISCARDED}
    assert set(RapidReview.objects.values_list("status", flat=True)) == set(ReviewStatus.values)
    assert set(HighlightReport.objects.values_list("status", flat=True)) == {ReportStatus.DRAFT, ReportStatus.SENT}
    assert MisdirectedEnquiry.objects.exists()
    assert ConflictOfInterest.objects.exists()
    assert all("Invented" in name for name in Child.objects.values_list("name", flat=True))


def test_a_return_in_every_state(untouched):
    assert set(InformationRequest.objects.values_list("status", flat=True)) == set(ReturnStatus.values)
    assert InformationRequest.objects.late_on(timezone.localdate(NOW)).exists(), "one is late"
    assert Agency.objects.filter(involvements__isnull=False, safeguarding_address="").exists(), "one cannot be asked"


def test_the_clocks_stand_as_promised(untouched):
    today = timezone.localdate(NOW)
    now = calendar.current()
    running = Clock.objects.running().main().filter(code="rapid-review")
    assert [now.between(clock.due_on, today) for clock in running.filter(due_on__lt=today)] == [3], "one is late"
    assert running.filter(due_on=now.forward(today, 2)).exists(), "one is due in two working days"
    sent = RapidReview.objects.filter(sent_on__isnull=False).select_related("clock")
    assert {review.clock.was_late for review in sent} == {True, False}
    assert all(bool(review.clock.late_reason) == review.clock.was_late for review in sent)


def test_the_national_panel_has_receipted_agreed_and_disagreed(untouched):
    sent = RapidReview.objects.filter(sent_on__isnull=False)
    assert {review.submissions.get().receipt_on is not None for review in sent} == {True}
    assert set(NationalReply.objects.values_list("kind", flat=True)) == {"agree", "disagree", "questions"}
    (back,) = (review for review in sent if review.is_back)
    assert back.clock.was_late
    assert Submission.objects.filter(report__kind__code="rapid-review", editable__extension="docx").count() == 5


def test_nothing_is_dated_after_the_moment_of_building(untouched):
    now = NOW
    assert not Referral.objects.filter(recorded_at__gt=now).exists()
    assert not Clock.objects.filter(completed_on__gt=timezone.localdate(now)).exists()
    assert not RapidReview.objects.filter(sent_on__gt=timezone.localdate(now)).exists()


def test_old_letters_are_not_sent_and_the_report_is(untouched):
    queued = Message.objects.filter(state=State.QUEUED)
    assert {message.kind for message in queued} == {"highlight-report-asking"}
    assert queued.count() == 5
    assert all(message.attachments.count() == 1 for message in queued)
    assert Message.objects.filter(state=State.CANCELLED).exists(), "they are kept as evidence"


def test_one_safeguarding_issue_is_answered_and_one_escalated(demo):
    answered, escalated = SafeguardingIssue.objects.order_by("status")
    assert (answered.status, escalated.status) == (IssueStatus.ANSWERED, IssueStatus.RAISED)
    assert escalated.level == IssueLevel.PARTNERS
    assert escalated.notices.filter(level=IssueLevel.PARTNERS).count() == 3


def test_the_sweep_finds_the_late_case(untouched):
    late = Clock.objects.overdue_on(timezone.localdate(NOW)).main().get()
    sweep(now=datetime.fromisoformat("2026-11-24T09:00:00+00:00"))
    assert Reminder.objects.filter(clock=late, level="executive").exists()
    assert Message.objects.filter(reference=late.label, state=State.QUEUED).exists()


def test_the_audit_trail_is_whole(untouched):
    output = StringIO()
    call_command("audit_verify", stdout=output)
    assert "is whole" in output.getvalue()


def test_the_walled_member_does_not_see_their_case(untouched):
    wall = ConflictOfInterest.objects.select_related("referral", "member").get(status="recorded")
    page = sign_in(wall.member).get("/board/")
    assert page.status_code == 200
    assert wall.referral.reference not in page.content.decode()


def test_every_panel_account_finds_something_on_the_board(untouched):
    for membership in Membership.objects.with_role(*PANEL_ROLES).select_related("user"):
        assert "running clocks" in sign_in(membership.user).get("/board/").content.decode()


def test_only_reference_data_is_written_directly():
    """No row of a case, report or clock is written in demo/ but by a workflow function."""
    writes = ("objects.create", "objects.bulk_create", ".save(", ".delete(", ".update(", "@workflow")
    allowed = {
        "people.py": ("Agency", "User", "Membership", "user.", "partnership."),
        "reports.py": ("Distribution", "ExecutiveMeeting"),
        "documents.py": ("made.save(out)",),
        "disclosure.py": ("made.save(out)",),
    }  # fmt: skip - Word files in memory
    assert issubclass(Referral, GuardedModel)
    for module in modules():
        if module.path.parts[-2] != "demo":
            continue
        for line in module.lines:
            if any(write in line for write in writes):
                assert any(word in line for word in allowed.get(module.path.name, ())), f"{module.where}: {line}"


@pytest.mark.parametrize("moment", ["2026-11-22T12:00:00+00:00", "2026-12-28T00:05:00+00:00"])
@pytest.mark.django_db
def test_it_builds_on_a_sunday_and_in_the_night_of_a_bank_holiday(moment):
    now = datetime.fromisoformat(moment)
    build(now)
    assert set(RapidReview.objects.values_list("status", flat=True)) == set(ReviewStatus.values)
    late = Clock.objects.overdue_on(timezone.localdate(now)).main().filter(code="rapid-review")
    assert late.count() == 1


@pytest.mark.django_db
def test_days_are_working_days_and_never_in_the_future():
    days = Days(datetime.fromisoformat("2026-11-22T12:00:00+00:00"), calendar.current())  # a Sunday
    assert days.ago(1).isoformat() == "2026-11-20"
    assert days.after(days.ago(1), 3) == days.today
    assert days.at(days.today, 16) == days.now


def test_the_address_is_the_account():
    assert people.address("chair") == "chair@partnership.example"


def test_documents_are_there_in_several_states(untouched):
    statuses = Counter(Document.objects.values_list("status", flat=True))
    assert statuses["available"] >= 8
    assert statuses["withdrawn"] == 1
    assert Document.objects.filter(held_at__isnull=False, version=2).count() == 1


def test_families_links_and_a_child_met_before(untouched):
    outside = Referral.objects.get(created_by__isnull=True)
    (found, *_) = suggestions(outside, untouched.chair, on=timezone.localdate(NOW))
    assert found.referral.children.filter(name="Robin Invented").exists()
    assert found.grade == "very likely"
    assert RelatedPerson.objects.filter(pseudonym="Sibling of Child A").exists()
    assert CaseLink.objects.running().count() == 1
    corrected = Child.objects.get(religion="Quaker")
    assert corrected.snapshot["religion"] == ""
    shared = Referral.objects.filter(people__name="Marigold Pretend").distinct()
    assert shared.count() == 2, "two cases may be of one household"


def test_walls_in_every_state_and_an_emergency_to_review(demo):
    statuses = ConflictOfInterest.objects.values_list("status", flat=True)
    assert set(statuses) == {"declared", "recorded", "upheld", "dismissed"}
    emergency = EmergencyAccess.objects.get()
    assert emergency.awaits_review
    assert emergency.runs_at(NOW)
    assert InvolvedAgency.objects.filter(from_the_start=False, referral__reference__gt="").exists()


def test_a_rapid_review_is_in_the_midst_of_being_written(demo):
    """Owners, open and resolved comments, two versions, an episode analysed and one waiting."""
    review = RapidReview.objects.get(pk__in=Comment.objects.values("review"))
    contents = contents_of(review)
    facts = contents.part("facts")
    assert (facts.owner.name, facts.section.version, facts.is_ready) == ("Sol Sample", 2, True)
    assert {comment.is_resolved for comment in review.comments.all()} == {True, False}
    assert {episode.is_complete for episode in contents.episodes} == {True, False}
    assert [line.shared_on is None for line in contents.learning] == [False, True]
    assert len(contents.proceedings) == 1


def test_two_reviews_rest_on_evidence_and_share_themes(untouched):
    links = EvidenceLink.objects.values_list("evidence__review", flat=True)
    assert len(set(links)) == 2
    later, earlier = RapidReview.objects.filter(review_themes__isnull=False).distinct().order_by("-opened_at")
    reader = User.objects.get(email="business.manager@partnership.example")
    assert [case.reference for case in earlier_cases(contents_of(later), reader).cases] == [earlier.referral.reference]
    assert SafeCopy.objects.count() == 2
