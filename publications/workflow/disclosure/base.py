"""What every step of the disclosure check needs: the locked publication, the event, a worker woken."""

import logging
from datetime import date, datetime
from typing import Any

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from audit.workflow import record
from panel.models import User
from publications.models import Publication

logger = logging.getLogger(__name__)

TASK = "publications.tasks.make_disclosure_check"


def local_day(now: datetime) -> date:
    return timezone.localdate(now)


def note(verb: str, publication: Publication, *, by: User | None, **details: Any) -> None:
    about = {"reference": publication.case_reference, "review": publication.reference}
    record(f"disclosure.{verb}", by=by, obj=publication, **about, **details)


def lock(publication: Publication) -> Publication:
    rows = Publication.objects.select_for_update(of=("self",)).select_related("practice_review__referral", "report")
    found: Publication = rows.get(pk=publication.pk)
    return found


def wake_on_commit(pk: int) -> None:
    """Wake a worker after the commit. Where the broker is away, the next sweep does it."""
    transaction.on_commit(lambda: wake(pk), robust=True)


def wake(pk: int) -> bool:
    try:
        current_app.send_task(TASK, args=[pk], retry=True, retry_policy={"max_retries": 1, "interval_start": 0})
    except (OperationalError, OSError) as error:
        logger.warning("The broker is away (%s); the next sweep wakes the worker.", type(error).__name__)
        return False
    return True
