"""One version of a return as its task list: every part, the chronology, and what is still missing."""

from dataclasses import dataclass

from agency_returns.choices import ISSUES, Part
from agency_returns.models import AgencyReturn, HandOver, InformationRequest, ReturnFile, ReturnPart
from chronology.models import Row, RowQuerySet


@dataclass(frozen=True)
class Task:
    """A part of the form: what stands in it, and in whose hands it is."""

    key: str
    title: str
    saved: ReturnPart | None
    hand_over: HandOver | None

    @property
    def is_complete(self) -> bool:
        return self.saved is not None and self.saved.is_complete

    @property
    def is_issue(self) -> bool:
        return self.key in ISSUES

    @property
    def status(self) -> str:
        if self.is_complete:
            return "Completed"
        if self.hand_over is not None and self.hand_over.done_at is None:
            return f"With {self.hand_over.name}"
        return "In progress" if self.saved is not None and self.saved.text else "Not yet started"


@dataclass(frozen=True)
class Contents:
    request: InformationRequest
    version: AgencyReturn | None
    tasks: list[Task]
    rows: int
    files: list[ReturnFile]

    @property
    def has_chronology(self) -> bool:
        return self.rows > 0 or bool(self.version and self.version.no_rows_reason)

    @property
    def missing(self) -> list[str]:
        """What keeps the return from being submitted, in the words of the task list."""
        found = [task.title for task in self.tasks if not task.is_complete]
        return found if self.has_chronology else [*found, "The chronology"]

    @property
    def done(self) -> int:
        return sum(task.is_complete for task in self.tasks) + self.has_chronology

    @property
    def of(self) -> int:
        return len(self.tasks) + 1


def rows_of(version: AgencyReturn) -> RowQuerySet:
    """The chronology rows that came with this version."""
    found: RowQuerySet = Row.objects.filter(referral=version.request.referral_id).of_source(version.source_key)
    return found


def contents_of(request: InformationRequest, version: AgencyReturn | None = None) -> Contents:
    """Four queries beside the version's own."""
    version = version or request.current
    parts = {part.key: part for part in version.parts.all()} if version else {}
    hands = {hand.key: hand for hand in request.hand_overs.filter(ended_at__isnull=True)}
    tasks = [Task(part.value, part.label, parts.get(part.value), hands.get(part.value)) for part in Part]
    rows = rows_of(version).count() if version else 0
    files = list(ReturnFile.objects.of(version)) if version else []
    return Contents(request, version, tasks, rows, files)
