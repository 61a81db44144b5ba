"""Beyond the role: who may approve this very report."""

from typing import Any

from core.errors import NotPermitted, WorkflowError
from highlight_reports.models import HighlightReport
from highlight_reports.reading import withheld_from
from highlight_reports.states import TABLE
from panel.models import User
from panel.permissions import Permission, can, check


def check_right(verb: str, by: User | None) -> None:
    """Raise NotPermitted unless `by` has the role for `verb`; the system (None) needs none."""
    if by is not None:
        check(by, Permission(next(t.who for t in TABLE.transitions if t.verb == verb)))


def check_verb(report: HighlightReport, verb: str, by: User | None) -> str:
    """The status that `verb` leads to. Raises NotPermitted or InvalidTransition."""
    check_right(verb, by)
    return TABLE.check(report.status, verb).target


def authors(report: HighlightReport) -> frozenset[int]:
    """Everybody who had a hand in it."""
    writers = report.commentaries.values_list("updated_by", flat=True)
    asking = report.asks.values_list("created_by", flat=True)
    everybody = (report.assembled_by_id, report.submitted_by_id, *writers, *asking)
    return frozenset(pk for pk in everybody if pk is not None)


def check_may_approve(report: HighlightReport, data: dict[str, Any], by: User) -> None:
    """Four eyes, and eyes that may see the whole report."""
    if by.pk in authors(report):
        raise NotPermitted("You had a hand in this report, so somebody else must approve it.")
    if withheld_from(by, data):
        raise WorkflowError(
            "This report speaks of a case that you may not see, so you cannot approve it. "
            "Ask the other of chair and deputy chair."
        )


def can_approve(report: HighlightReport, data: dict[str, Any], user: User) -> bool:
    """The same as a bool, for the page."""
    if not can(user, Permission.APPROVE_REPORT):
        return False
    try:
        check_may_approve(report, data, user)
    except WorkflowError:
        return False
    return True
