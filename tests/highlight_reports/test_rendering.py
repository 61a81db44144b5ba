"""The worker's part: once, however often it is told; again, when a worker died."""

import hashlib
import logging
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from audit.models import Event
from core.guard import workflow as guarded
from highlight_reports import tasks, workflow
from highlight_reports.models import HighlightReport, RenderedPdf
from highlight_reports.states import Status
from highlight_reports.workflow import rendering
from rapid_reviews.states import Status as ReviewStatus
from tests.highlight_reports.factories import fail, report_at
from tests.rapid_reviews.factories import rapid_review_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def woken(monkeypatch):
    """The pks for which the broker was asked to wake a worker, without a broker."""
    asked = []
    monkeypatch.setattr(
        "celery.app.base.Celery.send_task", lambda app, name, args=(), **more: asked.append((name, *args))
    )
    return asked


def test_makes_the_pdf_and_keeps_its_hash(cast):
    rapid_review_at(ReviewStatus.SENT)
    report = report_at(Status.RENDERING)
    moment = timezone.now()
    tasks.render_report(report.pk)
    report.refresh_from_db()
    assert report.status == Status.READY
    pdf = report.pdf
    content = bytes(pdf.content)
    assert content.startswith(b"%PDF-")
    assert (pdf.sha256, pdf.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert pdf.pages >= 2
    assert pdf.rendered_at >= moment
    assert pdf.file_name == f"{report.reference}-{report.meeting_on.isoformat()}.pdf"


def test_delivered_twice_it_renders_once(cast):
    report = report_at(Status.RENDERING)
    tasks.render_report(report.pk)
    first = set(report.pdfs.values_list("variant", "rendered_at"))
    tasks.render_report(report.pk)
    assert set(report.pdfs.values_list("variant", "rendered_at")) == first
    assert len(first) == 2  # the report, and its version for wider circulation
    assert Event.objects.filter(verb="report.rendered").count() == 1
    assert HighlightReport.objects.get(pk=report.pk).render_attempts == 1


@pytest.mark.django_db(transaction=True)
def test_delivered_twice_at_once_the_second_leaves(cast):
    """Two threads, two connections: one renders under the row's lock, the other finds it held or done."""
    report = report_at(Status.RENDERING)

    def deliver():
        try:
            tasks.render_report(report.pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=deliver) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert HighlightReport.objects.get(pk=report.pk).status == Status.READY
    assert RenderedPdf.objects.count() == 2  # one of each version
    assert Event.objects.filter(verb="report.rendered").count() == 1


def test_a_report_that_waits_for_nobody_is_left_alone(cast):
    for status in (Status.DRAFT, Status.SUBMITTED, Status.READY):
        report = report_at(status, meeting_on=timezone.localdate() + timedelta(days=len(status)))
        tasks.render_report(report.pk)
        assert HighlightReport.objects.get(pk=report.pk).status == status
    tasks.render_report(0)  # a report that is not there


def test_approving_wakes_a_worker_after_the_commit(cast, woken, django_capture_on_commit_callbacks):
    report = report_at(Status.SUBMITTED)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.approve(report=report, by=cast.chair, now=timezone.now())
        assert not woken
    assert woken == [(rendering.RENDER_TASK, report.pk)]
    assert tasks.render_report.name == rendering.RENDER_TASK


@pytest.mark.parametrize("error", [OperationalError, ConnectionError])
def test_without_a_broker_the_sweep_does_it(cast, error, monkeypatch, django_capture_on_commit_callbacks, caplog):
    def away(*arguments, **more):
        raise error("the broker is away")

    monkeypatch.setattr("celery.app.base.Celery.send_task", away)
    report = report_at(Status.SUBMITTED)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.approve(report=report, by=cast.chair, now=timezone.now())
    assert HighlightReport.objects.get(pk=report.pk).status == Status.RENDERING
    assert "the next sweep wakes the worker" in caplog.text


def test_the_sweep_finds_what_was_missed_or_stuck(cast, woken):
    now = timezone.now()
    report = report_at(Status.RENDERING, now=now)
    assert workflow.sweep(now=now) == 1  # nobody began
    workflow.begin_attempt(pk=report.pk, now=now)
    assert workflow.sweep(now=now + timedelta(seconds=30)) == 0  # somebody is at it
    assert workflow.sweep(now=now + timedelta(seconds=90)) == 1  # that worker died
    tasks.sweep_reports()
    workflow.render(pk=report.pk, now=now)
    assert workflow.sweep(now=now + timedelta(days=1)) == 0  # done
    assert {pk for _, pk in woken} == {report.pk}


def test_a_report_that_kills_its_workers_is_given_up(cast):
    report = report_at(Status.RENDERING)
    fail(report, now=timezone.now())
    report.refresh_from_db()
    assert (report.status, report.render_attempts) == (Status.FAILED, rendering.MAX_ATTEMPTS)
    assert not workflow.begin_attempt(pk=report.pk, now=timezone.now())


@guarded
def break_data(report):
    """Data that no template can read, put in where the trigger does not look: before the approval."""
    HighlightReport.objects.filter(pk=report.pk).update(data={"reference": "Zebediah"})


def test_a_report_that_cannot_be_rendered_is_tried_five_times(cast, caplog):
    report = report_at(Status.SUBMITTED)
    break_data(report)
    _force_approval(report, cast.chair)
    with caplog.at_level(logging.ERROR):
        for attempt in range(1, rendering.MAX_ATTEMPTS + 1):
            assert HighlightReport.objects.get(pk=report.pk).status == Status.RENDERING, attempt
            workflow.render(pk=report.pk, now=timezone.now())
    report.refresh_from_db()
    assert report.status == Status.FAILED
    assert not RenderedPdf.objects.exists()
    # What went wrong is named by its kind; the text of the report is in no log.
    assert "could not be made into a PDF: KeyError" in caplog.text
    assert "Zebediah" not in caplog.text
    [sentence] = [one.sentence for one in Event.objects.filter(verb="report.render-failed")]
    assert sentence == "The PDF could not be made after 5 attempts."


@guarded
def _force_approval(report, chair):
    HighlightReport.objects.filter(pk=report.pk).update(
        status=Status.RENDERING, approved_by=chair, approved_at=timezone.now()
    )


def test_trying_again_after_giving_up(cast):
    report = report_at(Status.FAILED)
    workflow.render_again(report=report, by=cast.business_manager, now=timezone.now())
    tasks.render_report(report.pk)
    assert HighlightReport.objects.get(pk=report.pk).status == Status.READY
