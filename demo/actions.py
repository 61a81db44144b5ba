"""An action log with some of everything: from rapid reviews, meetings and other reviews, in every state and colour."""

from dataclasses import dataclass
from datetime import date, timedelta

from actions import workflow
from actions.choices import ClosedBy, Impact, Level, Rag, Source
from actions.facts import Facts, Origin, from_review
from actions.models import Action
from actions.states import Status
from agency_returns.actors import Actor
from demo.days import Days
from demo.people import DOMAIN, Cast
from rapid_reviews.models import RapidReview

# what, how it will be known, agency, days ago agreed, days from today to the due date, status
Told = tuple[str, str, str, int, int, Status]
S = Status
FROM_REVIEWS: tuple[Told, ...] = (
    (
        "List missed appointments by family, not by clinic.",
        "One list in use at every clinic",
        "Community Health",
        50,
        20,
        S.OPEN,
    ),
    (
        "Send a copy of every letter about a move to all agencies named in the plan.",
        "Audit of twenty files",
        "Children's Services",
        50,
        -12,
        S.OPEN,
    ),
    (
        "Ask for ethnicity and language at the first contact, and record who was asked.",
        "Nine of ten records hold both",
        "Community Health",
        80,
        -45,
        S.OPEN,
    ),
    (
        "Name one person in each school whom the police ring first.",
        "A list that is tested each term",
        "Education",
        40,
        35,
        S.CLAIMED,
    ),
    (
        "Speak with a child alone at every visit, and write down what they showed.",
        "Audit of thirty visits",
        "Children's Services",
        90,
        -5,
        S.COMPLETE,
    ),
    (
        "Review night-time cover of the emergency duty team.",
        "A rota without gaps for a quarter",
        "Children's Services",
        90,
        -30,
        S.CLOSED,
    ),
    (
        "Tell every new parent about safe sleep before they leave hospital.",
        "Signed leaflet in each record",
        "Hospitals",
        60,
        10,
        S.OPEN,
    ),
    ("Train reception staff to see bruising that does not fit.", "Four in five trained", "Hospitals", 60, -20, S.OPEN),
    ("Check how often strategy meetings are held within a day.", "Monthly figures", "Police", 45, 3, S.OPEN),
    (
        "Agree what is written to the family doctor after each contact.",
        "A template in use",
        "Community Health",
        30,
        60,
        S.OPEN,
    ),
    (
        "Write down who holds the plan when a worker leaves.",
        "No case without a named worker",
        "Children's Services",
        20,
        90,
        S.PROPOSED,
    ),
    ("Offer a supervision session after every death.", "Offered within a week", "Hospitals", 70, -2, S.CLAIMED),
)
FROM_MEETINGS: tuple[Told, ...] = (
    ("Bring figures on children who are out of school.", "A table at each meeting", "Education", 40, 15, S.OPEN),
    ("Name a deputy for the Panel.", "A name in the list of members", "Police", 70, -40, S.OPEN),
    ("Report on the use of the escalation policy.", "A report to the Panel", "Children's Services", 60, -8, S.OPEN),
    (
        "Ask three young people what they would change in our letters.",
        "What they said, and what was changed",
        "Youth Justice",
        30,
        45,
        S.OPEN,
    ),
    ("Put the learning from the spring into the induction.", "In the slides", "Early Years", 90, -20, S.COMPLETE),
    ("Find a date for the multi-agency audit.", "A date", "Community Health", 90, -50, S.CLOSED),
    ("Book a room for the practitioners’ event.", "A room", "Education", 60, -30, S.CANCELLED),
    ("List all premises without a private room.", "The list", "Housing", 25, 30, S.OPEN),
    ("Try out the joint form for strategy meetings.", "Ten forms looked at", "Police", 20, 40, S.OPEN),
)
FROM_REVIEWS_ELSEWHERE: tuple[Told, ...] = (
    (
        "Compare our guidance on concealed pregnancy with the national report.",
        "A paper to the Panel",
        "Hospitals",
        75,
        -33,
        S.OPEN,
    ),
    (
        "Check that adult services ask who lives with a child.",
        "Question in the form",
        "Community Health",
        45,
        25,
        S.OPEN,
    ),
    (
        "Share the learning on coercive control with all schools.",
        "Sent, and read by four in five",
        "Education",
        80,
        -25,
        S.CLOSED,
    ),
    ("Ask housing to tell us of evictions with children.", "A monthly list", "Housing", 35, 12, S.OPEN),
    (
        "Decide whether the finding on transport applies here.",
        "A decision in the minutes",
        "Youth Justice",
        15,
        50,
        S.PROPOSED,
    ),
    ("Look at ten files for the voice of the father.", "A short report", "Early Years", 50, -3, S.OPEN),
)
ELSEWHERE = (
    Origin(source=Source.PRACTICE_REVIEW, other_review="LCSPR 2024-01"),
    Origin(source=Source.OTHER_REVIEW, other_review="SAR 14"),
    Origin(source=Source.OTHER_REVIEW, other_review="DHR 7"),
)
MULTI = ("Housing", "Hospitals")


def _first(agency: str) -> str:
    """ "Children's Services" → "children"."""
    return agency.split()[0].lower().removesuffix("'s")


@dataclass
class Log:
    """Writes the actions through the workflow; every date lies in the past of `days.now`."""

    cast: Cast
    days: Days

    def write(self) -> None:
        reviews = list(RapidReview.objects.select_related("referral").exclude(status="withdrawn").order_by("pk"))
        met_on = self.days.ago(40)
        meeting = Origin(source=Source.MEETING, meeting="Panel meeting", meeting_on=met_on)
        for number, told in enumerate(FROM_REVIEWS):
            self._act(from_review(reviews[number % len(reviews)]), told)
        for told in FROM_MEETINGS:
            self._act(meeting, told)
        for number, told in enumerate(FROM_REVIEWS_ELSEWHERE):
            self._act(ELSEWHERE[number % len(ELSEWHERE)], told)
        self._more()

    def _act(self, origin: Origin, told: Told) -> Action:
        text, measure, agency, agreed, due, status = told
        cast, at = self.cast, self.days.at(self._day(-agreed))
        owner = cast.agencies[agency]
        others = tuple(cast.agencies[name] for name in MULTI) if text.startswith("Send a copy") else ()
        facts = Facts(
            text=text, success_measure=measure, owner=owner, others=others, due_on=self._day(due),
            impact_check_on=self._day(due + 90), lead_name="Lee Invented",
            lead_address=f"lead.{_first(agency)}@{DOMAIN}",
        )  # fmt: skip
        action = workflow.propose(origin=origin, facts=facts, by=cast.business_manager, now=at)
        if status == Status.CANCELLED:
            workflow.cancel(action=action, reason="The event is held online.", by=cast.chair, now=at)
        elif status != Status.PROPOSED:
            workflow.agree(action=action, by=cast.business_manager, now=at)
            self._go_on(action, status, due)
        return action

    def _day(self, number: int) -> date:
        return self.days.today + timedelta(days=number)

    def _go_on(self, action: Action, status: Status, due: int) -> None:
        by = Actor(action.lead_name, action.lead_address)
        at = self.days.at(self._day(min(due, 0) - 4))
        workflow.add_note(action=action, text="Begun; the first results are looked at.", by=by, now=at)
        if status == Status.OPEN:
            return
        link = f"https://evidence.{DOMAIN}/{action.reference.lower()}"
        given = workflow.give_evidence(action=action, link=link, description="What was done", by=by, now=at)
        workflow.claim(action=action, by=by, now=at)
        if status == Status.CLAIMED:
            return
        seen_at = self.days.at(self._day(min(due, 0) - 1))
        workflow.see_evidence(evidence=given, by=self.cast.business_manager, now=seen_at)
        workflow.confirm(action=action, by=self.cast.chair, now=seen_at)
        if status == Status.CLOSED:
            workflow.close(
                action=action, how=ClosedBy.MEETING, meeting="Panel meeting", on=None, by=self.cast.business_manager,
                now=self.days.now,
            )  # fmt: skip
            workflow.record_impact(
                action=action, impact=Impact.PARTLY, text="Audit of twenty files: twelve are better.",
                by=self.cast.chair,
                now=self.days.now,
            )  # fmt: skip

    def _more(self) -> None:
        """A date asked for and one decided, a risk, a colour by hand, an escalation with and one without an answer."""
        cast, now = self.cast, self.days.now
        action = {one.text: one for one in Action.objects.filter(status=Status.OPEN).select_related("owner")}

        def starting(words: str) -> Action:
            return next(one for text, one in action.items() if text.startswith(words))

        lead = Actor("Lee Invented", starting("Train").lead_address)
        later = self._day(30)
        workflow.ask_date(action=starting("Train"), wanted_on=later, reason="Two trainers have left.", by=lead, now=now)
        asked = workflow.ask_date(
            action=starting("Report on"), wanted_on=later, reason="The figures come with the quarter.", by=lead, now=now
        )
        workflow.decide_date(change=asked, approve=True, by=cast.chair, now=now)
        workflow.add_note(
            action=starting("Check how"), text="The figures may not come in time.", at_risk=True, by=lead, now=now
        )
        workflow.set_colour(
            action=starting("Look at"), colour=Rag.GREEN, reason="The report is written and comes on Monday.",
            by=cast.chair, now=now,
        )  # fmt: skip
        workflow.escalate(
            action=starting("Name a deputy"), level=Level.EXECUTIVE, reason="Asked for at three meetings.",
            by=cast.business_manager, now=now,
        )  # fmt: skip
        answered = workflow.escalate(
            action=starting("Ask for ethnicity"), level=Level.CHAIR, reason="No answer to two reminders.",
            by=cast.business_manager, now=now,
        )  # fmt: skip
        workflow.answer(
            escalation=answered, text="I have spoken with the agency: done by next month.", by=cast.chair, now=now
        )


def build(cast: Cast, days: Days) -> None:
    Log(cast, days).write()
