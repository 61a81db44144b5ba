"""The dissemination plan: products planned, issued, cascaded by agencies, attended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from access_links.workflow import close_all
from agency_returns.actors import Actor
from core.errors import WorkflowError
from core.guard import workflow
from learning import emails, permissions
from learning.choices import ATTENDED, ProductKind
from learning.models import Attendance, Cascade, KeyMessage, Product
from learning.states import CascadeStatus, MessageStatus, ProductStatus
from learning.workflow.base import local_day, lock, move, note, take, take_for, words
from learning.workflow.base import write as put
from learning.workflow.messages import set_impact_checks
from panel.models import Agency, User
from panel.permissions import Permission
from rapid_reviews.models import Audience
from referrals.workflow.base import is_new


@dataclass(frozen=True, kw_only=True)
class ProductFacts:
    kind: ProductKind
    title: str
    audience: Audience
    due_on: date
    link: str = ""


def facts_of(product: Product) -> dict[str, object]:
    """What stands now, for the fingerprint that keeps two windows apart."""
    return {name: getattr(product, name) for name in ("kind", "title", "audience", "due_on", "link")}


def _note(verb: str, product: Product, *, by: Any, **details: Any) -> None:
    note(verb, by=by, obj=product, reference=product.message.reference, about=product.title, **details)


def _fields(facts: ProductFacts) -> dict[str, Any]:
    title = words(facts.title, "Enter a title.")
    return {"kind": facts.kind, "title": title, "audience": facts.audience, "due_on": facts.due_on, "link": facts.link}


@workflow
def plan_product(*, message: KeyMessage, facts: ProductFacts, by: User, now: datetime) -> Product:
    """One more line of the plan of an agreed message."""
    message = take(message, Permission.MANAGE_LEARNING, by=by, now=now)
    if message.status != MessageStatus.AGREED:
        raise WorkflowError("A product is planned once the Executive Group has agreed the message.")
    product = Product(message=message, planned_by=by, planned_at=now, **_fields(facts))
    product.save()
    _note("product_planned", product, by=by, due=facts.due_on.isoformat())
    return product


@workflow
def change_product(
    *, product: Product, facts: ProductFacts, by: User, now: datetime, seen: str | None = None
) -> Product:
    """Put a planned product right; of an issued one the link only. ChangedMeanwhileError as elsewhere."""
    product = take(product, Permission.MANAGE_LEARNING, by=by, now=now)
    if product.status == ProductStatus.CANCELLED:
        raise WorkflowError("This product is cancelled. Plan a new one.")
    wanted = _fields(facts)
    if product.status == ProductStatus.ISSUED:
        wanted = facts_of(product) | {"link": facts.link}
    if is_new(facts_of(product), wanted, seen):
        put(product, **wanted)
        _note("product_changed", product, by=by)
    return product


@workflow
def issue_product(*, product: Product, on: date, by: User, now: datetime) -> Product:
    """It went out on the day `on`; the first one sets the days of the impact checks. Issued already: quiet."""
    product = take_for(product, "issue", by=by, now=now)
    if product.status == ProductStatus.ISSUED:
        return product
    message = lock(product.message)
    if message.status != MessageStatus.AGREED or message.agreed_on is None:
        raise WorkflowError("The message is not open any more, so nothing more is issued of it.")
    if not message.agreed_on <= on <= local_day(now):
        raise WorkflowError("It was issued on a day between the agreement of the message and today.")
    move(product, "issue", issued_by=by, issued_on=on)
    set_impact_checks(message, on)
    _note("product_issued", product, by=by, on=on.isoformat())
    return product


@workflow
def cancel_product(*, product: Product, reason: str, by: User, now: datetime) -> Product:
    """Not made after all. Cancelled already: quiet."""
    product = take_for(product, "cancel", by=by, now=now)
    if product.status == ProductStatus.CANCELLED:
        return product
    reason = words(reason, "Say why it is cancelled.")
    move(product, "cancel", cancelled_reason=reason, cancelled_by=by, cancelled_on=local_day(now))
    _note("product_cancelled", product, by=by)
    return product


@workflow
def ask_agencies(
    *, product: Product, agencies: Iterable[Agency], due_on: date, by: User, now: datetime
) -> list[Cascade]:
    """Ask each agency to pass an issued product on and to say whom it reached. Who is asked already stays."""
    product = take(product, Permission.MANAGE_LEARNING, by=by, now=now)
    if product.status != ProductStatus.ISSUED:
        raise WorkflowError("Agencies are asked once the product is issued.")
    if due_on < local_day(now):
        raise WorkflowError("Choose a day to confirm by that is not past.")
    asked = set(product.cascades.exclude(status=CascadeStatus.WITHDRAWN).values_list("agency", flat=True))
    made = []
    for agency in agencies:
        if agency.pk in asked:
            continue
        cascade = Cascade(product=product, agency=agency, due_on=due_on, asked_by=by, asked_at=now)
        cascade.save()
        emails.queue_cascade(cascade, by=by, now=now)
        _note("cascade_asked", product, by=by, agency=agency.short_name, due=due_on.isoformat())
        made.append(cascade)
    return made


@workflow
def ask_again(*, cascade: Cascade, by: User, now: datetime) -> str:
    """A new link to the safeguarding lead; returns the address. WorkflowError where nobody can be written to."""
    cascade = take(cascade, Permission.MANAGE_LEARNING, by=by, now=now)
    if cascade.status != CascadeStatus.ASKED:
        raise WorkflowError("This agency is not asked any more.")
    address = emails.queue_cascade(cascade, by=by, now=now, again=True)
    if not address:
        raise WorkflowError(f"Nobody can be written to: give {cascade.agency} a safeguarding lead.")
    _note("cascade_link_sent", cascade.product, by=by, agency=cascade.agency.short_name, address=address)
    return address


@workflow
def confirm_cascade(*, cascade: Cascade, people: int, how: str, by: Actor, now: datetime) -> Cascade:
    """The agency says that it passed the product on, and how many people it reached. Whoever came by link was checked
    by the door. The same again is quiet."""
    cascade = lock(cascade)
    if by.user is not None:
        permissions.check_confirm(by.user, cascade, on=local_day(now))
    text = words(how, "Say how it was passed on.")
    if cascade.status == CascadeStatus.CONFIRMED and (cascade.people, cascade.how) == (people, text):
        return cascade
    if people < 1:
        raise WorkflowError("Say how many people it reached: one or more. Until then it is not passed on.")
    label = by.label(cascade.agency)
    move(cascade, "confirm", people=people, how=text, confirmed_by=by.user, confirmed_label=label,
         confirmed_on=local_day(now))  # fmt: skip
    _note("cascade_confirmed", cascade.product, by=by, agency=cascade.agency.short_name, people=people)
    close_all(subject=cascade.subject, now=now, by=by.user)
    return cascade


@workflow
def withdraw_cascade(*, cascade: Cascade, by: User, now: datetime) -> Cascade:
    """The agency need not answer. Withdrawn already: quiet."""
    cascade = take_for(cascade, "withdraw", by=by, now=now)
    if cascade.status == CascadeStatus.WITHDRAWN:
        return cascade
    move(cascade, "withdraw", withdrawn_by=by, withdrawn_on=local_day(now))
    close_all(subject=cascade.subject, now=now, by=by)
    _note("cascade_withdrawn", cascade.product, by=by, agency=cascade.agency.short_name)
    return cascade


@workflow
def record_attendance(
    *, product: Product, agency: Agency, held_on: date, people: int, by: User, now: datetime
) -> Attendance:
    """How many of an agency came on a day; said again for the same day it is put right."""
    product = take(product, Permission.MANAGE_LEARNING, by=by, now=now)
    if product.kind not in ATTENDED:
        raise WorkflowError(f"Nobody attends a {product.get_kind_display().lower()}.")
    if product.status != ProductStatus.ISSUED:
        raise WorkflowError("Attendance is recorded once the product is issued.")
    if held_on > local_day(now):
        raise WorkflowError("The day on which it was held cannot lie in the future.")
    row = Attendance.objects.filter(product=product, agency=agency, held_on=held_on).first()
    if row is not None and row.people == people:
        return row
    if row is None:
        row = Attendance(product=product, agency=agency, held_on=held_on)
    row.people, row.recorded_by, row.recorded_at = people, by, now
    row.save()
    _note("attendance_recorded", product, by=by, agency=agency.short_name, people=people, on=held_on.isoformat())
    return row
