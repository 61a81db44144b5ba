"""What publication asks of one person, for their home page, and of the installation. A fixed number of queries."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from core.attention import Item
from core.needs import Need
from deadlines import calendar as stored
from panel.models import User
from panel.permissions import Permission, can
from publications import plan
from publications.choices import PARTNERS, SETTLED, Subject
from publications.models import MediaStrategy, PartnerAgreement, PlanStep, Publication, WatchedAddress, Withholding
from publications.permissions import partners_of
from publications.states import Status

SOON = timedelta(days=10)
FAILURES = 2  # one failed look may be a passing trouble of the network


def needs(user: User, today: date) -> list[Need]:
    """Steps to do, a day to choose, a broken address, authorities to tell; for partners, words to agree to."""
    if not user.is_authenticated:
        return []
    visible = Publication.objects.visible_to(user, on=today).select_related("practice_review", "report")
    found = [*_to_agree(user, visible, today)]
    if can(user, Permission.PREPARE_PUBLICATION, on=today):
        found += [*_steps(visible, today), *_days(visible), *_broken(visible), *_to_tell(visible)]
    return found


def _need(what: str, publication: Publication, **more: Any) -> Need:
    return Need(what=what, url=publication.get_absolute_url(), about=publication.reference, **more)


def _steps(visible: Any, today: date) -> Iterable[Need]:
    open_steps = PlanStep.objects.filter(
        publication__in=visible.filter(status__in=(Status.PLANNED, Status.PUBLISHED)), done_on__isnull=True,
        not_needed_reason="", due_on__lte=today + SOON,
    ).exclude(kind__in=SETTLED)  # fmt: skip
    return [
        _need(step.title, step.publication, due=step.due_on, statutory=bool(step.rule_code))
        for step in open_steps.select_related("publication__practice_review").order_by("due_on", "pk")
    ]


def _days(visible: Any) -> Iterable[Need]:
    calendar = stored.current()
    for publication in visible.filter(status=Status.PLANNED):
        why = plan.why_no_day(publication.planned_on, calendar)
        if why:
            note = f"{plan.spoken(publication.planned_on)} is no working day ({why})."
            yield _need("Choose another day of publication", publication, due=publication.planned_on, note=note)


def _broken(visible: Any) -> Iterable[Need]:
    rows = WatchedAddress.objects.filter(publication__in=visible, failures__gte=FAILURES)
    return [
        _need("A published report is not found at its address", row.publication, note=f"{row.answer}.")
        for row in rows.select_related("publication__practice_review")
    ]


def _to_tell(visible: Any) -> Iterable[Need]:
    running = Withholding.objects.filter(publication__in=visible, ended_on__isnull=True)
    return [
        _need("Tell the national Panel and the Secretary of State why a report is not published", one.publication)
        for one in running.select_related("publication__practice_review")
        if not one.is_told
    ]


def _to_agree(user: User, visible: Any, today: date) -> Iterable[Need]:
    """For a Safeguarding Partner: what is there in its present words and waits for that partner."""
    mine = partners_of(user, on=today)
    if not mine:
        return
    planned = visible.filter(status=Status.PLANNED).prefetch_related(
        Prefetch("strategies", MediaStrategy.objects.order_by("-number")),
        Prefetch("agreements", PartnerAgreement.objects.filter(partner__in=PARTNERS)),
    )
    for publication in planned:
        versions = list(publication.strategies.all())
        present = {Subject.REPORT: publication.fingerprint}
        present[Subject.STRATEGY] = versions[0].fingerprint_in(publication.round) if versions else ""
        there = {(row.subject, row.partner, row.fingerprint) for row in publication.agreements.all()}
        for subject, fingerprint in present.items():
            if fingerprint and any((subject, partner, fingerprint) not in there for partner in mine):
                what = f"Agree to the {subject.label.lower()}"
                yield _need(what, publication, due=publication.planned_on)


def attention(now: datetime, user: Any = None) -> list[Item]:
    """For the cockpit: published reports that are not found where they should be."""
    if user is None:
        return []
    today = timezone.localdate(now)
    visible = Publication.objects.visible_to(user, on=today)
    rows = WatchedAddress.objects.filter(publication__in=visible, failures__gte=FAILURES).count()
    if not rows:
        return []
    text = f"{rows} address{' of a published report does' if rows == 1 else 'es of published reports do'} not answer."
    return [Item(text, reverse("publications:list"), urgent=True)]
