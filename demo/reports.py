"""Two highlight reports: one approved, made into a PDF and mailed today, and the draft of the next."""

from datetime import timedelta

from demo.days import Days
from demo.people import Cast
from highlight_reports import workflow
from highlight_reports.choices import Answer, SectionCode
from highlight_reports.models import ExecutiveMeeting, HighlightReport
from notifications.models import DistributionList, DistributionListEntry

PERIOD = timedelta(days=62)  # the Executive Group meets every other month
COMMENTARY = {
    SectionCode.DECISIONS: "The Executive is asked to note the recommendations and to back the learning review.",
    SectionCode.HEADLINE: "More notifications than in the last period, and one rapid review that went out late. "
    "The delay was in one agency's chronology and has been taken up with it.",
    SectionCode.RISKS: "One rapid review is past its date today; the reason and the new date are being recorded.",
}
ASKS = (
    "Agree that the partnership commissions the learning review that the Panel recommends.",
    "Write to the agencies whose actions are more than a month late.",
)


def executives(cast: Cast) -> DistributionList:
    """The distribution list of the Executive Group: the three partners and two people without an account."""
    executive = DistributionList.objects.create(
        name="Executive Group", purpose="Gets the highlight report before each Executive meeting."
    )
    for person in cast.partners:
        DistributionListEntry.objects.create(
            distribution_list=executive, name=person.name, address=person.email, user=person
        )
    for name in ("Max Executive", "Mia Executive"):
        address = f"{name.lower().replace(' ', '.')}@partnership.example"
        DistributionListEntry.objects.create(distribution_list=executive, name=name, address=address)
    return executive


def prepare(cast: Cast, days: Days) -> HighlightReport:
    """The first report, through every hand up to its PDF."""
    now, author = days.now, cast.business_manager
    report = workflow.assemble(
        meeting_on=days.ahead(3), period_from=days.today - PERIOD, period_to=days.today, by=author, now=now
    )
    for section, text in COMMENTARY.items():
        workflow.write_commentary(report=report, section=section, text=text, version=0, by=author, now=now)
    for text in ASKS:
        workflow.add_ask(report=report, text=text, by=author, now=now)
    workflow.submit(report=report, by=author, now=now)
    workflow.approve(report=report, by=cast.chair, now=now)
    workflow.render(pk=report.pk, now=now)
    return report


def send(report: HighlightReport, cast: Cast, days: Days) -> None:
    """Mail the first report to the executives, have one of them answer, and begin the next one."""
    author = cast.business_manager
    workflow.send(report=report, distribution_list=executives(cast), by=author, now=days.now)
    _answer(report, cast, days)
    ExecutiveMeeting.objects.create(on=report.meeting_on, note="Invented, like everything here")
    ExecutiveMeeting.objects.create(on=report.meeting_on + PERIOD)
    workflow.assemble(
        meeting_on=report.meeting_on + PERIOD,
        period_from=report.period_to + timedelta(days=1),
        period_to=report.period_to + PERIOD,
        by=author,
        now=days.now,
    )


def _answer(report: HighlightReport, cast: Cast, days: Days) -> None:
    """The first partner approves the one and wants to discuss the other."""
    partner = cast.partners[0]
    first, second = report.asks.all()
    answers = {
        first.pk: (Answer.APPROVE.value, ""),
        second.pk: (Answer.DISCUSS.value, "Two of them have a new date; let us look at those first."),
    }
    asked = report.asked.get(address=partner.email)
    workflow.answer(asked=asked, answers=answers, by=partner, now=days.now)
