"""Every status, verb and role: the table, the rights and the workflow functions say the same."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from core.errors import InvalidTransition, NotPermitted
from highlight_reports import workflow
from highlight_reports.choices import SectionCode
from highlight_reports.models import HighlightReport
from highlight_reports.permissions import check_right
from highlight_reports.states import TABLE, Status
from tests.highlight_reports.factories import make_list, report_at

pytestmark = pytest.mark.django_db

MANAGER = {"business_manager"}
APPROVERS = {"chair", "deputy_chair"}
EVERYBODY = MANAGER | APPROVERS | {
    "member", "second_member", "walled", "deputy", "partner_la", "partner_icb", "partner_police", "invited",
    "scrutineer", "contributor", "outsider",
}  # fmt: skip

# Written out a second time, on purpose: verb → (from, to, who). The worker's two verbs need no person.
EXPECTED = {
    "reschedule": ({Status.DRAFT}, Status.DRAFT, MANAGER),
    "write_commentary": ({Status.DRAFT}, Status.DRAFT, MANAGER),
    "add_ask": ({Status.DRAFT}, Status.DRAFT, MANAGER),
    "drop_ask": ({Status.DRAFT}, Status.DRAFT, MANAGER),
    "discard": ({Status.DRAFT}, Status.DISCARDED, MANAGER),
    "submit": ({Status.DRAFT}, Status.SUBMITTED, MANAGER),
    "send_back": ({Status.SUBMITTED}, Status.DRAFT, APPROVERS),
    "approve": ({Status.SUBMITTED}, Status.RENDERING, APPROVERS),
    "keep_pdf": ({Status.RENDERING}, Status.READY, MANAGER),
    "give_up": ({Status.RENDERING}, Status.FAILED, MANAGER),
    "render_again": ({Status.FAILED}, Status.RENDERING, MANAGER),
    "send": ({Status.READY, Status.SENT}, Status.SENT, MANAGER),
    "withdraw": ({Status.READY, Status.SENT}, Status.WITHDRAWN, MANAGER),
    "correct": ({Status.WITHDRAWN}, Status.WITHDRAWN, MANAGER),
}
WORKERS = {"keep_pdf", "give_up"}
PEOPLES = sorted(set(EXPECTED) - WORKERS)
# "Already done" is a quiet success: in these statuses the verb changes nothing.
DONE = {
    "discard": {Status.DISCARDED},
    "submit": {Status.SUBMITTED},
    "render_again": {Status.RENDERING},
    # by the same person
    "approve": {Status.RENDERING, Status.FAILED, Status.READY, Status.SENT, Status.WITHDRAWN},
    "withdraw": {Status.WITHDRAWN},
}


def call(verb, report, by):
    """Do `verb` with arguments that are right in themselves."""
    now = timezone.now()
    today = timezone.localdate(now)
    more = {
        "reschedule": {
            "meeting_on": today + timedelta(days=20), "period_from": today - timedelta(days=9), "period_to": today,
        },
        "write_commentary": {"section": SectionCode.RISKS, "text": "New", "version": 0},
        "send_back": {"reason": "Because"},
        "send": {"distribution_list": make_list()},
        "add_ask": {"text": "Agree to the plan."},
        "drop_ask": {"pk": 0},
        "withdraw": {"reason": "A figure was wrong."},
    }.get(verb, {})  # fmt: skip
    return getattr(workflow, verb)(report=report, by=by, now=now, **more)


def test_the_table_is_the_expected_one():
    assert {
        verb: ({*sum((tuple(t.sources) for t in TABLE.transitions if t.verb == verb), ())}) for verb in TABLE.verbs
    } == {verb: sources for verb, (sources, _, _) in EXPECTED.items()}
    assert {t.verb: t.target for t in TABLE.transitions} == {verb: to for verb, (_, to, _) in EXPECTED.items()}
    assert set(TABLE.owners) == set(Status)


@pytest.mark.parametrize("verb", EXPECTED)
def test_who_has_the_right(cast, verb):
    def allowed(name):
        try:
            check_right(verb, getattr(cast, name))
        except NotPermitted:
            return False
        return True

    assert {name for name in EVERYBODY if allowed(name)} == EXPECTED[verb][2]


@pytest.mark.parametrize("status", Status.values)
def test_each_verb_from_each_status(cast, status):
    report = report_at(Status(status))
    for verb in PEOPLES:
        sources, target, who = EXPECTED[verb]
        by = getattr(cast, sorted(who)[0])  # the chair for the approvers: who approved in report_at
        with transaction.atomic():
            if status in sources:
                call(verb, report, by)
                assert HighlightReport.objects.get(pk=report.pk).status == target, verb
            elif status in DONE.get(verb, ()):
                call(verb, report, by)
                assert HighlightReport.objects.get(pk=report.pk).status == status, verb
            else:
                with pytest.raises(InvalidTransition):
                    call(verb, report, by)
            transaction.set_rollback(True)


@pytest.mark.parametrize("verb", PEOPLES)
def test_nobody_else_does_it(cast, verb):
    source = sorted(EXPECTED[verb][0])[0]
    report = report_at(source)
    for name in sorted(EVERYBODY - EXPECTED[verb][2]):
        with pytest.raises(NotPermitted):
            call(verb, report, getattr(cast, name))
    assert HighlightReport.objects.get(pk=report.pk).status == source
