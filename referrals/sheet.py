"""What goes into the national notification form, part by part, in the order that reference data gives."""

from collections.abc import Iterable
from dataclasses import dataclass

from panel.models import Partnership
from referrals import facts
from referrals.choices import SheetCode
from referrals.facts import Row, row
from referrals.models import Referral, SheetPart


@dataclass(frozen=True)
class Block:
    """Rows under a heading of the sheet; `title` is empty where the part has one block only."""

    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Filled:
    """One part of the sheet. `text` is the same as plain lines, for the clipboard."""

    part: SheetPart
    blocks: list[Block]

    @property
    def text(self) -> str:
        lines = [self.part.title]
        for block in self.blocks:
            lines += ["", block.title] if block.title else [""]
            lines += [f"{one.label}: {one.value}" for one in block.rows]
        return "\n".join(lines)


def filled(referral: Referral, parts: Iterable[SheetPart]) -> list[Filled]:
    """The given parts with the case's facts, names included: only for those who may see them."""
    blocks = {
        SheetCode.NOTIFIER: _notifier,
        SheetCode.INCIDENT: _incident,
        SheetCode.CHILDREN: _children,
        SheetCode.FAMILY: _family,
        SheetCode.CIRCUMSTANCES: _circumstances,
        SheetCode.AGENCIES: _agencies,
        SheetCode.DATES: _dates,
    }
    return [Filled(part, blocks[SheetCode(part.code)](referral)) for part in parts]


def _notifier(referral: Referral) -> list[Block]:
    partnership = Partnership.current()
    lead = referral.lead
    rows = [
        row("Local authority", partnership.area),
        row("Safeguarding partnership", partnership.name),
        row("Our reference", referral.reference),
        row("Reference of the notification", referral.sin_reference),
        row("Contact", f"{lead.name}, {lead.job_title}".strip(", ") if lead else ""),
        row("Contact’s e-mail", lead.email if lead else ""),
    ]
    return [Block("", rows)]


def _incident(referral: Referral) -> list[Block]:
    wanted = {"Nature", "When", "Place", "Local authority area", "Suspected harm"}
    return [Block("", [one for one in facts.incident_rows(referral) if one.label in wanted])]


def _circumstances(referral: Referral) -> list[Block]:
    skipped = {"Kind", "Nature", "When", "Place", "Local authority area", "Suspected harm"}
    return [Block("", [one for one in facts.incident_rows(referral) if one.label not in skipped])]


def _children(referral: Referral) -> list[Block]:
    children = referral.children.order_by("pseudonym").prefetch_related("known_to__involved_agency__agency")
    return [
        Block(
            f"{child.pseudonym}{', index child' if child.is_index else ''}",
            facts.child_rows(child, referral, names=True),
        )
        for child in children
    ]


def _family(referral: Referral) -> list[Block]:
    found = [Block(person.pseudonym, rows) for person, rows in facts.people_rows(referral, names=True)]
    return found or [Block("", [row("People", "Nobody is recorded")])]


def _agencies(referral: Referral) -> list[Block]:
    return [Block("", facts.agency_rows(referral.involved_agencies.select_related("agency"), referral))]


def _dates(referral: Referral) -> list[Block]:
    return [Block("", facts.date_rows(referral))]
