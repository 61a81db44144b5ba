"""Who may read what of a report.

A report is one document for the Executive: its figures and sentences count every case. A reader who may not see one of
its cases gets the rows and bars of the cases that they do see, and nothing else: no figure, sentence or total (rows and
totals together tell how many are missing), no commentary, no PDF. The page says neither how many are withheld nor why.
The rule is asked anew at each reading, so a wall built after the approval holds too. A live draft is counted without
the cases that are closed to its reader: `assemble.assemble_for`. Why: docs/adr/0006.
"""

from copy import deepcopy
from typing import Any

from django.db.models import Exists, QuerySet
from django.utils import timezone

from core.walls import closed_to
from highlight_reports.models import Ask, Commentary, HighlightReport
from highlight_reports.speaks import cases_in
from panel.models import User
from referrals.models import ConflictOfInterest, Referral


def withheld_from(user: User, data: dict[str, Any]) -> frozenset[str]:
    """The references in the report of cases that `user` may not see."""
    cases = cases_in(data)
    seen = Referral.objects.visible_to(user).filter(reference__in=cases).values_list("reference", flat=True)
    return cases - set(seen)


def withheld_references(user: User) -> list[str]:
    """For core.walls: the reports of which something is withheld from `user`. Their mails and events are closed too.

    Who got a report and who did not tells who has a conflict of interest with a case in it.
    """
    mine = ConflictOfInterest.objects.filter(ConflictOfInterest.running(timezone.localdate()), member=user)
    frozen = HighlightReport.objects.filter(data__isnull=False)
    return [one.reference for one in frozen.filter(Exists(mine)) if withheld_from(user, one.frozen)]


def may_read_commentary(user: User, commentary: Commentary | None) -> bool:
    """What another person wrote into a draft may speak of a case that is closed to `user`."""
    return commentary is None or commentary.updated_by_id == user.pk or not closed_to(user)


def may_read_ask(user: User, ask: Ask) -> bool:
    """The same of what the Executive is to be asked, while it is being written."""
    return ask.created_by_id == user.pk or not closed_to(user)


def for_reader(data: dict[str, Any], user: User) -> dict[str, Any]:
    """The report as `user` may read it: a copy, which says under "withheld" whether it is less than the whole."""
    hidden = withheld_from(user, data)
    copy = deepcopy(data) | {"withheld": bool(hidden)}
    if hidden:
        copy |= {"trend": None, "replaces": None}
        for section in copy["sections"]:
            section |= {"commentary": "", "paragraphs": [], "figures": [], "asks": [], "lists": {}}
            for table in section["tables"]:
                table["rows"] = [row for row in table["rows"] if row["case"] and row["case"] not in hidden]
            section["tables"] = [table for table in section["tables"] if table["rows"]]
            section["chart"] = _without(section["chart"], hidden)
    return copy


def _without(chart: dict[str, Any] | None, hidden: frozenset[str]) -> dict[str, Any] | None:
    if chart is None or not chart["by_case"]:
        return None
    keep = [number for number, label in enumerate(chart["labels"]) if label not in hidden]
    if not keep:
        return None
    series = [one | {"values": [one["values"][number] for number in keep]} for one in chart["series"]]
    return chart | {"labels": [chart["labels"][number] for number in keep], "series": series}


def walls(data: dict[str, Any], *, on: Any) -> QuerySet[ConflictOfInterest]:
    """The conflicts of interest that run on the day `on` with any case in the report."""
    running = ConflictOfInterest.objects.filter(ConflictOfInterest.running(on))
    return running.filter(referral__reference__in=cases_in(data))
