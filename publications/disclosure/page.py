"""What the pages and the paper show of a disclosure check, by who may read names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from panel.models import User
from publications.disclosure import gate, permissions
from publications.disclosure.choices import Kind, Where
from publications.disclosure.states import BLOCKING, CHECKS, FINDINGS, CheckStatus, FindingStatus
from publications.models import DisclosureCheck, DisclosureFinding, Publication

TONES = {
    FindingStatus.OPEN: "red", FindingStatus.PROPOSED: "purple", FindingStatus.ACCEPTED: "green",
    FindingStatus.MENDED: "grey",
}  # fmt: skip
CHECK_TONES = {CheckStatus.WAITING: "blue", CheckStatus.DONE: "green", CheckStatus.UNREADABLE: "red",
    CheckStatus.FAILED: "red"}  # fmt: skip
FILTERS = {"kind": ("Kind", Kind), "where": ("Where", Where), "status": ("Status", FindingStatus)}


@dataclass(frozen=True)
class Line:
    """One finding of the list, and what this person can do with it."""

    finding: DisclosureFinding
    may_propose: bool
    may_decide: bool
    may_reopen: bool

    @property
    def tone(self) -> str:
        return TONES[FindingStatus(self.finding.status)]

    @property
    def may_choose(self) -> bool:
        return self.may_propose or self.may_decide or self.may_reopen

    @property
    def before(self) -> str:
        return self.finding.before.replace("\n", " ")

    @property
    def after(self) -> str:
        return self.finding.after.replace("\n", " ")


@dataclass(frozen=True)
class Select:
    """A filter: its name, label, choices that occur, and what is chosen."""

    name: str
    label: str
    choices: list[tuple[str, str]]
    chosen: str


class Page:
    """One check as `user` sees it. Eight queries, however many findings."""

    def __init__(
        self, publication: Publication, check: DisclosureCheck | None, user: User, *, on: date, asked: Mapping[str, str]
    ) -> None:
        self.publication, self.check, self.user, self.on, self.asked = publication, check, user, on, asked
        self.may_prepare = publication.is_planned and permissions.can_prepare(user, publication, on=on)
        self.reads_names = permissions.can_read_names(user, publication, on=on)

    @cached_property
    def checks(self) -> list[DisclosureCheck]:
        return list(self.publication.disclosure_checks.select_related("document__kind", "asked_by"))

    @property
    def is_newest(self) -> bool:
        return self.check is not None and self.checks[0].pk == self.check.pk

    @cached_property
    def reasons(self) -> list[str]:
        return gate.blocking_reasons(self.publication, on=self.on) if self.publication.is_planned else []

    @cached_property
    def findings(self) -> list[DisclosureFinding]:
        if self.check is None:
            return []
        rows = self.check.findings.select_related("check_of__document", "proposed_by", "accepted_by", "mended_in")
        return list(rows.order_by("pk"))

    @cached_property
    def shown(self) -> list[Line]:
        wanted = {name: self.asked[name] for name in FILTERS if self.asked.get(name)}
        if not self.reads_names:
            wanted.pop("where", None)
        rows = [one for one in self.findings if all(getattr(one, name) == v for name, v in wanted.items())]
        return [self._line(one) for one in rows]

    def _line(self, finding: DisclosureFinding) -> Line:
        now = self.may_prepare and self.is_newest
        second = now and permissions.is_second(self.user, finding)
        status = FindingStatus(finding.status)
        return Line(
            finding,
            now and FINDINGS.find(status, "propose") is not None,
            second and FINDINGS.find(status, "accept") is not None,
            now and FINDINGS.find(status, "reopen") is not None,
        )

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """The findings by kind, in the order of the kinds."""
        found = [(kind.label, [line for line in self.shown if line.finding.kind == kind]) for kind in Kind]
        return [(label, lines) for label, lines in found if lines]

    @property
    def filters(self) -> list[Select]:
        return [
            Select(name, label, [(c.value, str(c.label)) for c in choices if c in self._values(name)],
                   self.asked.get(name, ""))
            for name, (label, choices) in FILTERS.items()
        ]  # fmt: skip

    def _values(self, name: str) -> set[str]:
        return {getattr(one, name) for one in self.findings}

    @property
    def is_filtered(self) -> bool:
        return any(self.asked.get(name) for name in FILTERS)

    @cached_property
    def totals(self) -> list[tuple[str, int]]:
        """How many findings stand how."""
        statuses = [one.status for one in self.findings]
        return [(str(s.label), statuses.count(s)) for s in FindingStatus if statuses.count(s)]

    @property
    def blocking(self) -> int:
        return sum(one.status in BLOCKING for one in self.findings)

    @property
    def new(self) -> int:
        return sum(one.is_new for one in self.findings)

    @cached_property
    def mended(self) -> list[DisclosureFinding]:
        """What the check before had found and this one did not."""
        return list(self.check.mended.order_by("pk")) if self.check else []

    @property
    def is_compared(self) -> bool:
        return self.check is not None and self.check.is_done and self.check.number > 1

    @property
    def tone(self) -> str:
        return CHECK_TONES[CheckStatus(self.check.status)] if self.check else "grey"

    @property
    def whose_move(self) -> str:
        return CHECKS.owner(self.check.status) if self.check else ""

    @property
    def can(self) -> dict[str, bool]:
        """Which buttons stand below the list."""
        lines = self.shown
        return {
            "propose": any(line.may_propose for line in lines),
            "decide": any(line.may_decide for line in lines),
            "reopen": any(line.may_reopen for line in lines),
        }


def paper(page: Page, *, partnership: str, today: date) -> dict[str, Any]:
    """What the printed list says: everything, whatever is filtered on the page. With names."""
    check = page.check
    return {
        "partnership": partnership, "reference": page.publication.reference, "made_on": today, "check": check,
        "groups": page.groups, "totals": page.totals, "reasons": page.reasons,
    }  # fmt: skip
