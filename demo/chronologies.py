"""A merged chronology of some 120 invented rows over five agencies, imported as their spreadsheets would be.

In it: a time in which nobody saw either child, one event told by two agencies, and a visit on which two agencies
contradict each other.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from chronology import imports, workflow
from chronology.models import Row
from demo.days import Days
from demo.people import Cast
from referrals.models import Referral

STORY = "late"
ROWS_EACH = 24
QUIET = range(150, 222)  # days before the incident in which nobody saw a child
HEADINGS = ("Date", "Time", "Event", "Who was involved", "Children", "Child seen?", "Source", "Response")
Line = tuple[str, str, str, str, str, str, str, str]

# Per agency: (what happened, whom it concerns, whether the child was seen, what was done).
EVENTS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "Children's Services": (
        ("Home visit by the invented social worker: the home was tidy, little food in the kitchen.", "All", "Yes",
         "Early help plan continued."),
        ("Telephone call from the mother, who asked for help with the rent.", "All", "Not applicable",
         "Passed on to housing."),
        ("Supervision: the plan has not changed for three months.", "All", "Not applicable", "To be reviewed."),
        ("Unannounced visit; nobody opened the door.", "All", "No", "Card left."),
    ),
    "Community Health": (
        ("Developmental check at the clinic: weight on the 9th centile.", "Child A", "Yes", "Weigh again in a month."),
        ("Not brought to the appointment for weighing.", "Child A", "No", "Letter to the parents."),
        ("Health visitor saw both children at home; the younger was quiet and clung to her mother.", "All", "Yes", ""),
        ("Call to the duty team about missed appointments.", "All", "Not applicable", "No further action by the team."),
    ),
    "Police": (
        ("Officers attended after neighbours heard shouting; both adults had been drinking.", "All", "Yes",
         "Referral sent to children’s services."),
        ("Intelligence that unknown adults stay at the address.", "All", "Not applicable", "Kept on record."),
        ("Welfare check at the request of the school.", "Child B", "Yes", "No concern recorded."),
    ),
    "Early Years": (
        ("Absent from nursery for a third day; no answer by phone.", "Child A", "No", "Told the designated lead."),
        ("Came to nursery in clothes that were wet and too small.", "Child A", "Yes", "Spare clothes given."),
        ("Talked with the mother at the gate about lunch.", "Child A", "Yes", ""),
    ),
    "Hospitals": (
        ("Emergency department: burn on the hand, said to be by a radiator.", "Child A", "Yes", "Dressed."),
        ("Did not come to the dressings clinic.", "Child A", "No", "Letter to the GP."),
        ("Audiology appointment kept by the grandmother.", "Child B", "Yes", ""),
    ),
}  # fmt: skip
WHO = ("Kit Invented’s team; mother", "Duty worker", "Mother; her partner", "Named nurse", "Both parents")
TOLD_TWICE = "Bruise the size of a coin seen on the left cheek; mother said that the child fell from a chair."
TOLD_AGAIN = "A bruise, the size of a coin, was seen on the left cheek. Mother said the child fell from a chair."
JOINT = "Joint visit to the home with the other agency, agreed at the strategy discussion."


@dataclass
class Writer:
    """Writes the chronology of one case as its agencies would have sent it."""

    case: Referral
    cast: Cast
    days: Days

    def write(self) -> None:
        for number, short_name in enumerate(EVENTS):
            self._import(short_name, [*self._regular(short_name, number), *self._told(short_name)])
        self._mark("Bruise the size of a coin", "First bruise that two agencies saw")
        self._mark("Emergency department: burn", "Burn without a referral")

    def _before(self, days: int) -> date:
        assert self.case.incident_on is not None  # the story records it
        return self.case.incident_on - timedelta(days=days)

    def _regular(self, short_name: str, number: int) -> Iterator[Line]:
        """A row every three weeks or so, each agency on its own days."""
        events = EVENTS[short_name]
        for n in range(ROWS_EACH - len(list(self._told(short_name)))):
            before = 530 - n * 22 - number * 4
            event, children, seen, response = events[n % len(events)]
            if before in QUIET and seen == "Yes":
                event, seen, response = "Letter sent; no answer from the family.", "No", ""
            when = f"{self._before(before):%d/%m/%Y}" if n % 9 else f"about {self._before(before):%-d %B %Y}"
            if n == 0 and number == 1:
                when = f"{self._before(before):%B %Y}"
            time = f"{9 + (n + number) % 8}:{'30' if n % 2 else '00'}" if n % 3 and n else ""
            yield when, time, event, WHO[(n + number) % len(WHO)], children, seen, f"{short_name} record", response

    def _told(self, short_name: str) -> Iterator[Line]:
        bruise, joint = f"{self._before(96):%d/%m/%Y}", f"{self._before(40):%d/%m/%Y}"
        source = f"{short_name} record"
        if short_name == "Early Years":
            yield (
                bruise,
                "9:15",
                TOLD_TWICE,
                "Key worker; mother",
                "Child A",
                "Yes",
                source,
                "Telephoned the duty team.",
            )
        elif short_name == "Children's Services":
            yield (
                bruise,
                "11:00",
                TOLD_AGAIN,
                "Duty worker",
                "Child A",
                "Not known",
                source,
                "Advice given to the nursery.",
            )
            yield joint, "14:00", JOINT, "Social worker; constable", "All", "Yes", source, "Written agreement."
        elif short_name == "Police":
            yield (
                joint,
                "14:00",
                JOINT,
                "Constable; social worker",
                "All",
                "No",
                source,
                "Children said to be asleep upstairs.",
            )

    def _import(self, short_name: str, lines: list[Line]) -> None:
        """Read, previewed and confirmed like any spreadsheet."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerows([HEADINGS, *lines])
        agency, by = self.cast.agencies[short_name], self.cast.business_manager
        now = self.days.at(self.days.after(self.case.recorded_at.date(), 5))
        reading = imports.read(
            io.BytesIO(text.getvalue().encode()), referral=self.case, agency=agency, today=self.days.today
        )
        assert not reading.faults, reading.faults
        preview = workflow.keep_preview(
            reading=reading, referral=self.case, agency=agency, file_name="chronology.csv", by=by, now=now
        )
        workflow.import_rows(preview=preview, digest=preview.digest, by=by, now=now)

    def _mark(self, start: str, title: str) -> None:
        row = Row.objects.filter(referral=self.case, event__startswith=start).merged().in_order().first()
        assert row is not None
        workflow.mark_key_episode(row=row, title=title, by=self.cast.chair, now=self.days.now)
