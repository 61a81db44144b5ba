"""Who is reminded of the clocks of a case. A clock's label is the case's reference, so one owner serves them all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from deadlines.models import Clock, ClockRevision, Reminder
from deadlines.owners import People
from deadlines.quiet import send_at
from notifications.workflow import queue
from referrals import emails
from referrals.models import Referral
from referrals.people import recipients_of
from referrals.sections import INFORM, LOOKED_AFTER, NOTIFY

CODES = (NOTIFY, INFORM, LOOKED_AFTER)


@dataclass(frozen=True)
class CaseClocks:
    """An owner for deadlines.owners. `page` is the URL name, taking the reference, to which its letters lead."""

    page: str

    def people(self, clocks: Sequence[Clock], *, on: date) -> Mapping[int, People]:
        """By clock: lead, business manager, chair and executive with the case's walls applied. Three queries."""
        cases = _cases(clocks)
        found = recipients_of(cases.values(), on)
        return {clock.pk: found[cases[clock.label].pk] for clock in clocks if clock.label in cases}

    def remind(self, reminders: Sequence[Reminder], *, now: datetime) -> None:
        """One letter per case, person and urgency, however many of its dates are near or past."""
        today = timezone.localdate(now)
        together: dict[tuple[str, int, bool], list[Reminder]] = defaultdict(list)
        for row in reminders:
            together[row.clock.label, row.recipient_id, row.is_urgent_on(today)].append(row)
        for (reference, _, urgent), rows in together.items():
            letter = emails.reminder(rows, path=self.path(reference))
            queue(letter, key=rows[0].key, to=rows[0].recipient, not_before=send_at(now, urgent=urgent))

    def moved(self, revisions: Sequence[ClockRevision], *, now: datetime) -> None:
        """One letter per case and person, however many of its dates moved."""
        cases = _cases([revision.clock for revision in revisions])
        found = recipients_of(cases.values(), timezone.localdate(now))
        for reference, referral in cases.items():
            mine = [revision for revision in revisions if revision.clock.label == reference]
            letter = emails.moved(mine, reference=reference, path=self.path(reference))
            people = {user.pk: user for level in ("lead", "business_manager") for user in found[referral.pk][level]}
            for person in people.values():
                key = f"{letter.kind}:{mine[0].pk}:{person.pk}"
                queue(letter, key=key, to=person, not_before=send_at(now))

    def path(self, reference: str) -> str:
        return reverse(self.page, kwargs={"reference": reference})


def _cases(clocks: Sequence[Clock]) -> dict[str, Referral]:
    labels = {clock.label for clock in clocks}
    cases = Referral.objects.recorded().filter(reference__in=labels).select_related("lead")
    return {referral.reference: referral for referral in cases}


OWNER = CaseClocks(page="referrals:referral-notification")
