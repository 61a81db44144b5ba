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
    conflicted = list(walls(data, on=on).values_list("member_id", "member__email"))
    people = {pk for pk, _ in conflicted}
    addresses = {email.lower() for _, email in conflicted}
    may: list[DistributionListEntry] = []
    walled: list[DistributionListEntry] = []
    for entry in distribution_list.entries.all():
        is_walled = entry.user_id in people or entry.address.lower() in addresses
        (walled if is_walled else may).append(entry)
    return Recipients(may, walled)
