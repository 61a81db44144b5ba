"""The letters about a case: short, nameless, with the neutral reference and a link. One function each.

`case_letter`, `reminder` and `moved` serve the apps above this floor as well.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from core.letters import Letter
from deadlines.models import ClockRevision, Reminder
from deadlines.quiet import send_at
from notifications.workflow import queue
from panel.models import Partnership, User
from referrals.models import CaseInvitation, ConflictOfInterest, EmergencyAccess, Referral, Screening
from referrals.people import is_walled, recipients
from referrals.states import ConflictStatus

MARKING = "[OFFICIAL-SENSITIVE]"

REMINDER = "deadline-reminder"
MOVED = "deadline-moved"
RECORDED = "case-recorded"
SCREENED = "case-screened"
LEAD = "case-lead"
INVITATION = "case-invitation"
INVITATION_ENDED = "case-invitation-ended"
REDIRECTED = "case-redirected"
RECEIPT = "referral-receipt"
DECLARED = "conflict-declared"
RULED = "conflict-ruled"
DEPUTY = "case-deputy-acts"
NOBODY_ACTS = "case-nobody-acts"
EMERGENCY = "case-emergency-access"

CATALOGUE = (
    (
        REMINDER,
        "A statutory date is near or past",
        "Lead, then business manager, chair and Safeguarding Partners",
        "At the steps set for the time limit",
    ),
    (MOVED, "A statutory date has moved", "Lead and business manager", "When a bank holiday or a trigger date changes"),
    (RECORDED, "A case was recorded", "Lead and business manager", "When a notification or referral is recorded"),
    (SCREENED, "A case was screened or withdrawn", "Lead and business manager", "When the outcome is recorded"),
    (
        REDIRECTED,
        "This was not a referral: the right route",
        "Whoever made the referral, at the work e-mail given, or who recorded it",
        "When screening redirects the referral",
    ),
    (
        RECEIPT,
        "Receipt for a referral from outside",
        "The proved work e-mail of who sent it",
        "At once, when the referral is sent",
    ),
    (LEAD, "You lead a case", "The new lead", "When another lead is chosen"),
    (INVITATION, "Invitation to take part in a case", "The invited representative", "When they are invited"),
    (
        INVITATION_ENDED,
        "An invitation to a case has ended",
        "The invited representative",
        "When the review for which they were invited was sent or withdrawn",
    ),
    (
        DECLARED,
        "A conflict of interest was declared",
        "The chair; the deputy chair where the chair has a conflict in the case",
        "When a member declares one",
    ),
    (
        DEPUTY,
        "You act for a member in a case, or no longer do",
        "The member’s named deputy, unless they have a conflict in the case too",
        "When a wall goes up round the member, or comes down",
    ),
    (
        NOBODY_ACTS,
        "An acting deputy has a conflict of interest too",
        "The chair and the business manager, with the case’s walls applied",
        "At once, at any hour, when a named deputy who acts in a case gets a conflict of interest in it",
    ),
    (
        EMERGENCY,
        "A case was opened in an emergency",
        "The chair; the deputy chair where the chair has a conflict in the case",
        "At once, at any hour, when the business manager’s deputy opens it",
    ),
)


def case_letter(kind: str, *, reference: str, subject: str, template: str, path: str, **context: object) -> Letter:
    """A letter about one case. Its subject carries the marking and the reference; `link` leads to `path`."""
    text = render_to_string(template, {"reference": reference, "link": f"{settings.SITE_URL}{path}", **context})
    return Letter(kind=kind, subject=f"{MARKING} {reference}: {subject}", text=text, reference=reference)


def reminder(rows: Sequence[Reminder], *, path: str) -> Letter:
    """What one person is reminded of in one case at one time (each clock with its rule selected), the gravest first."""
    rows = sorted(rows, key=lambda row: (row.clock.parent_id is not None, row.clock.due_on))
    more = f", and {len(rows) - 1} more" if len(rows) > 1 else ""
    return case_letter(
        REMINDER,
        reference=rows[0].clock.label,
        subject=f"{rows[0].clock.rule.title}, {rows[0].headline}{more}",
        template="emails/referrals/deadline_reminder.txt",
        path=path,
        reminders=rows,
        level=rows[0].get_level_display(),
    )


def moved(revisions: Sequence[ClockRevision], *, reference: str, path: str) -> Letter:
    """All the dates of one case that moved together."""
    subject = "a statutory date has moved" if len(revisions) == 1 else f"{len(revisions)} dates have moved"
    return case_letter(
        MOVED,
        reference=reference,
        subject=subject,
        template="emails/referrals/deadline_moved.txt",
        path=path,
        revisions=revisions,
    )


def _carriers(referral: Referral, now: datetime, *, but: User | None = None) -> list[User]:
    """Lead and business manager with the walls applied, each once, without who did it."""
    people = recipients(referral, timezone.localdate(now))
    found = {user.pk: user for level in ("lead", "business_manager") for user in people[level]}
    if but is not None:
        found.pop(but.pk, None)
    return list(found.values())


def _queue(letter: Letter, people: Iterable[User], *, about: str, now: datetime) -> None:
    for person in people:
        queue(letter, key=f"{letter.kind}:{about}:{person.pk}", to=person, not_before=send_at(now))


def queue_from_outside(referral: Referral, *, now: datetime) -> None:
    """To the business manager as for any new case; and to the sender a receipt, nameless and without a link."""
    queue_recorded(referral, by=None, now=now)
    text = render_to_string(
        "emails/referrals/receipt.txt", {"reference": referral.reference, "partnership": Partnership.current()}
    )
    subject = f"{MARKING} {referral.reference}: your referral was received"
    letter = Letter(kind=RECEIPT, subject=subject, text=text, reference=referral.reference)
    queue(letter, key=f"{RECEIPT}:{referral.pk}", address=referral.referrer_address)


def queue_recorded(referral: Referral, *, by: User | None, now: datetime) -> None:
    letter = case_letter(
        RECORDED,
        reference=referral.reference,
        subject=f"{referral.get_kind_display()} recorded",
        template="emails/referrals/recorded.txt",
        path=reverse("overview:case", args=[referral.reference]),
        referral=referral,
        clocks=[clock for clock in referral.clocks if clock.is_running],
    )
    _queue(letter, _carriers(referral, now, but=by), about=str(referral.pk), now=now)


def queue_screened(referral: Referral, *, by: User, now: datetime, screening: Screening | None = None) -> None:
    """After a screening, or after a withdrawal where there is none."""
    about = f"screening-{screening.pk}" if screening else f"withdrawn-{referral.pk}"
    letter = case_letter(
        SCREENED,
        reference=referral.reference,
        subject=referral.get_status_display().lower(),
        template="emails/referrals/screened.txt",
        path=reverse("overview:case", args=[referral.reference]),
        referral=referral,
        screening=screening,
    )
    _queue(letter, _carriers(referral, now, but=by), about=about, now=now)


def queue_redirected(referral: Referral, screening: Screening, *, by: User, now: datetime) -> None:
    """To the referrer: nameless, with the right route. Where no work e-mail was given, to who recorded it.

    Somebody walled off from the case meanwhile gets nothing: for them it does not exist.
    """
    today = timezone.localdate(now)
    letter = case_letter(
        REDIRECTED,
        reference=referral.reference,
        subject="not a referral; where it should go instead",
        template="emails/referrals/redirected.txt",
        path="",
        route=screening.route,
        partnership=Partnership.current(),
    )
    key = f"{letter.kind}:screening-{screening.pk}"
    if referral.referrer_address:
        known = User.objects.filter(email__iexact=referral.referrer_address).first()
        if known is None:
            queue(letter, key=key, address=referral.referrer_address, not_before=send_at(now))
            return
    else:
        known = referral.created_by
    if known is not None and known.is_active and not is_walled(referral, known, on=today):
        queue(letter, key=key, to=known, not_before=send_at(now))


def queue_lead(referral: Referral, *, by: User, now: datetime) -> None:
    if referral.lead is None or referral.lead == by:
        return
    letter = case_letter(
        LEAD,
        reference=referral.reference,
        subject="you lead this case",
        template="emails/referrals/lead.txt",
        path=reverse("overview:case", args=[referral.reference]),
        clocks=[clock for clock in referral.clocks if clock.is_running],
    )
    _queue(letter, [referral.lead], about=f"{referral.pk}-{now.isoformat()}", now=now)


def queue_invitation(invitation: CaseInvitation, *, now: datetime) -> None:
    reference = invitation.referral.reference
    letter = case_letter(
        INVITATION,
        reference=reference,
        subject="you are invited to take part",
        template="emails/referrals/invitation.txt",
        path=reverse("overview:case", args=[reference]),
        invitation=invitation,
    )
    _queue(letter, [invitation.person], about=str(invitation.pk), now=now)


def queue_invitation_ended(invitation: CaseInvitation, *, now: datetime) -> None:
    """To the representative, who sees the case no longer: the link leads home. Behind a wall there is no letter."""
    if is_walled(invitation.referral, invitation.person, on=timezone.localdate(now)):
        return
    letter = case_letter(
        INVITATION_ENDED,
        reference=invitation.referral.reference,
        subject="your access has ended",
        template="emails/referrals/invitation_ended.txt",
        path=reverse("overview:home"),
    )
    _queue(letter, [invitation.person], about=str(invitation.pk), now=now)


def queue_declared(conflict: ConflictOfInterest, *, to: User | None, now: datetime) -> None:
    """To whoever rules. Neither the member nor the reason is in it: both stand behind the sign-in."""
    reference = conflict.referral.reference
    letter = case_letter(
        DECLARED,
        reference=reference,
        subject="a conflict of interest awaits your ruling",
        template="emails/referrals/conflict_declared.txt",
        path=reverse("referrals:conflict-rule", args=[reference, conflict.pk]),
    )
    _queue(letter, [to] if to else [], about=str(conflict.pk), now=now)


def queue_ruled(conflict: ConflictOfInterest, *, now: datetime) -> None:
    """To the member. Upheld, the case does not exist for them, so the letter names no case: it passes the wall."""
    upheld = conflict.status == ConflictStatus.UPHELD
    reference = conflict.referral.reference
    path = reverse("overview:home") if upheld else reverse("overview:case", args=[reference])
    context = {"conflict": conflict, "upheld": upheld, "link": f"{settings.SITE_URL}{path}"}
    context["reference"] = "" if upheld else reference
    letter = Letter(
        kind=RULED,
        subject=f"{MARKING} The chair has ruled on your declaration of a conflict of interest",
        text=render_to_string("emails/referrals/conflict_ruled.txt", context),
        reference=reference,
    )
    _queue(letter, [conflict.member], about=str(conflict.pk), now=now)


def queue_deputy_acts(conflict: ConflictOfInterest, *, to: User | None, now: datetime) -> None:
    """To the named deputy: they act in the case, or act no longer."""
    acts = conflict.ended_on is None
    reference = conflict.referral.reference
    letter = case_letter(
        DEPUTY,
        reference=reference,
        subject="you act as named deputy" if acts else "you no longer act as named deputy",
        template="emails/referrals/deputy_acts.txt",
        path=reverse("overview:case", args=[reference]),
        acts=acts,
        conflict=conflict,
    )
    _queue(letter, [to] if to else [], about=f"{conflict.pk}-{'up' if acts else 'down'}", now=now)


def queue_nobody_acts(conflict: ConflictOfInterest, *, now: datetime) -> None:
    """To chair and business manager, at once: whoever acted in the case can act no longer. It names neither."""
    reference = conflict.referral.reference
    letter = case_letter(
        NOBODY_ACTS,
        reference=reference,
        subject="nobody acts for a member",
        template="emails/referrals/nobody_acts.txt",
        path=reverse("referrals:referral-access", args=[reference]),
    )
    people = recipients(conflict.referral, timezone.localdate(now))
    for person in {user.pk: user for level in ("chair", "business_manager") for user in people[level]}.values():
        queue(letter, key=f"{letter.kind}:{conflict.pk}:{person.pk}", to=person, not_before=now)


def queue_emergency(access: EmergencyAccess, *, to: User | None, now: datetime) -> None:
    """At once: quiet hours do not hold here."""
    reference = access.referral.reference
    letter = case_letter(
        EMERGENCY,
        reference=reference,
        subject="opened in an emergency",
        template="emails/referrals/emergency.txt",
        path=reverse("referrals:emergency-review", args=[reference, access.pk]),
        access=access,
    )
    if to is not None:
        queue(letter, key=f"{letter.kind}:{access.pk}:{to.pk}", to=to, not_before=now)
