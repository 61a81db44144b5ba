"""Who on a distribution list may get a report.

The mailed PDF cannot be redacted for one reader. So somebody on the list who has a conflict of interest with a case in
it gets none: the business manager is told, and may send it without them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from highlight_reports.reading import walls
from notifications.models import DistributionList, DistributionListEntry


@dataclass(frozen=True)
class Recipients:
    """The people on a list: those who may get the report, and those between whom and a case in it stands a wall."""

    may: Sequence[DistributionListEntry]
    walled: Sequence[DistributionListEntry]


def recipients(distribution_list: DistributionList, data: dict[str, Any], *, on: date) -> Recipients:
    """Sort the list's entries. A person is known by the entry's account, else by its address."""
    conflicted = _conflicted(data, on)
    may: list[DistributionListEntry] = []
    not_may: list[DistributionListEntry] = []
    for entry in distribution_list.entries.all():
        (not_may if _is_among(conflicted, entry.address, entry.user_id) else may).append(entry)
    return Recipients(may, not_may)


def walled(address: str, user: int | None, data: dict[str, Any], *, on: date) -> bool:
    """Whether a wall stands on the day `on` between a case of the report and this address or account (pk)."""
    return _is_among(_conflicted(data, on), address, user)


def _conflicted(data: dict[str, Any], on: date) -> set[tuple[int, str]]:
    return {(pk, email.lower()) for pk, email in walls(data, on=on).values_list("member_id", "member__email")}


def _is_among(conflicted: set[tuple[int, str]], address: str, user: int | None) -> bool:
    return any(user == pk or address.lower() == email for pk, email in conflicted)
