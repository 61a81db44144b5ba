"""The wall test: behind a wall the case does not exist.

The same installation is looked at twice by the same person: with the cases that are walled off from them, and after
every row of those cases has been taken out of the database. Everything that they can ask for must be the same, byte for
byte: every URL of ours (from the access matrix, so a new URL is covered by its row), the admin site's lists, searches,
records, histories, exports and autocompletes, and every mail.
"""

import re
from datetime import timedelta
from itertools import islice
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.urls import reverse
from django.utils import timezone

from agency_returns.models import ReturnFile
from agency_returns.states import Status as ReturnStatus
from deadlines.sweep import sweep
from highlight_reports.assemble import assemble
from highlight_reports.models import HighlightReport
from highlight_reports.reading import cases_in
from notifications import catalogue
from notifications.models import Message
from notifications.workflow import deliver
from panel.models import User
from rapid_reviews.states import Status as ReviewStatus
from referrals.models import ConflictOfInterest, Referral
from tests.access import World
from tests.access.looking import Look, admin_looks, ask, first_difference, is_file, looks, rows_of, take_out, undone
from tests.access.test_matrix import ROWS, _access_modules, our_urls
from tests.agency_returns.factories import request_at
from tests.cast import make_cast
from tests.chronology.factories import add as add_row
from tests.documents.factories import store
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import make_referral, wall_off

PEOPLE = ("walled", "business_manager")
# A frozen report counts every case and cannot be counted again for one reader: docs/adr/0006. What a walled reader gets
# of it has its own test below.
FROZEN_REPORT = {"highlight_reports:report-detail", "highlight_reports:report-pdf", "highlight_reports:report-wider"}
# An address with a token is known to nobody but whoever got the mail, and shows nothing of the case before the code
# that goes to that mailbox. A page for people without an account cannot ask who is walled off.
NOT_OF_A_CASE = {"agency_returns:mine-template", "learning:briefing-take"}
# Made once, of one case alone: gone with the case, and read by tests of their own.
OF_ONE_CASE = {
    "rapid_reviews:bundle-take", "rapid_reviews:report-download", "chronology:long-pdf-download",
    "practice_reviews:draft-file", "practice_reviews:mine-file", "practice_reviews:letter-pdf",
    "publications:strategy-pdf",
}  # fmt: skip
BY_TOKEN = re.compile(
    r"/(((returns|actions|meetings|reviews|reviews/drafts|cases/safeguarding)/)?link|cases/by-link/(decision|answer))/[\w-]{40,}/"
)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """What the access matrix sees (every app's cases, walled off from `walled`), and cases that `walled` may see."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = World(cast=make_cast(), now=timezone.now())
        for module in _access_modules():
            if hasattr(module, "build"):
                module.build(world)
        world.seen = [rapid_review_at(ReviewStatus.RECOMMENDED).referral, make_referral(lead=world.cast.walled)]
        world.closed = list(Referral.objects.filter(conflicts__in=walls_of(world.cast.walled)))
        give_files(world)
        for case in world.closed:
            wall_off(case, world.cast.business_manager, by=world.cast.chair, now=world.now)
        connection.check_constraints()  # once, not again with each test
        yield world
        transaction.set_rollback(True)


def give_files(world: World) -> None:
    """Of a case that the walled may see: a row of chronology, a document, a signed return with a file of its own."""
    case, manager = world.seen[0], world.cast.business_manager
    add_row(case, None, timezone.localdate(world.now) - timedelta(days=400), by=manager)
    returned = request_at(ReturnStatus.RETURNED, referral=case, now=world.now, files=["Report"])
    attached = ReturnFile.objects.get(version=returned.current)
    keys = {"reference": case.reference, "pk": returned.pk, "number": 1}
    world.files = [
        *(("chronology:export", {"reference": case.reference, "kind": kind}) for kind in ("xlsx", "pdf")),
        ("chronology:template", {"reference": case.reference, "kind": "csv"}),
        ("documents:document-download", {"key": store(case, b"Statement\n", "txt", by=manager, now=world.now).key}),
        ("documents:document-download", {"key": attached.document.key}),
        ("agency_returns:request-receipt", keys),
        ("overview:assurance-csv", {}),
        *(("actions:export", {"kind": kind}) for kind in ("xlsx", "csv", "pdf")),
        *(("meetings:minutes-file", {"pk": world.sat.pk, "kind": kind}) for kind in ("pdf", "docx")),
    ]
    world.closed_files = [("chronology:export", {"reference": world.chronology_case.reference, "kind": "pdf"})]


def walls_of(person: User) -> Any:
    return ConflictOfInterest.objects.running_on(timezone.localdate()).filter(member=person)


@pytest.mark.django_db
def test_every_kind_of_file_is_downloaded_and_read(world):
    """Each URL that answers with a file is among those that are compared, and what is compared is not empty."""
    member = world.cast.member
    asked = [Look(name, "get", reverse(name, kwargs=keys)) for name, keys in world.files]
    for look in asked:
        status, headers, content = ask(member, look)
        assert (status, is_file(headers)) == (200, True), look.url
        assert len(content) > 5, look.url
    names = {name for name, _ in world.files} | FROZEN_REPORT
    exports = [look for look in admin_looks(world) if look.name.endswith("_export")]
    assert exports
    for look in exports:
        status, headers, content = ask(world.cast.business_manager, look)
        assert (status, is_file(headers)) == (200, True), (look.data, content[:300])
    for name in sorted(set(our_urls()) & set(ROWS)):
        row = ROWS[name]
        if row.method == "get" and row.member == 200 and "link-" not in name:
            url = reverse(name, kwargs=dict(row.kwargs(world))) + row.query
            if is_file(ask(member, Look(name, "get", url))[1]):
                assert name in names | NOT_OF_A_CASE | OF_ONE_CASE, f"{name} gives a file: add it to give_files()"


@pytest.mark.django_db
@pytest.mark.parametrize("relation", PEOPLE)
def test_everything_is_the_same_as_if_the_case_did_not_exist(world, relation):
    person = world.person(relation)
    assert len(world.closed) >= 5
    everything = looks(world)
    with undone():
        with_them = [ask(person, look) for look in everything]
        take_out(world.closed)
        without = [ask(person, look) for look in everything]
    names = [case.reference for case in world.closed]
    leaks = [look.url for look, answer in zip(everything, with_them, strict=True) if tells(look, answer[2], names)]
    assert leaks == []
    differ = [
        f"{look.method} {look.url}: {before[0]} and {after[0]}, {first_difference(before[2], after[2])}"
        for look, before, after in zip(everything, with_them, without, strict=True)
        if before != after and look.name not in FROZEN_REPORT and not BY_TOKEN.match(look.url)
    ]
    assert not differ, "\n".join(differ)


@pytest.mark.django_db
def test_without_the_wall_the_comparison_finds_it(world, monkeypatch):
    """The wall's one condition taken out: each kind of page must differ, or the test above proves nothing."""
    wanted = {
        "overview:home", "overview:board", "overview:search", "overview:forecast", "overview:assurance",
        "referrals:referral-list", "agency_returns:board", "more",
        "chronology:timeline", "chronology:export", "documents:document-download", "referrals_referral",
        "agency_returns_informationrequest",
    }  # fmt: skip
    everything = [look for look in looks(world) if look.name in wanted]
    assert {look.name for look in everything} == wanted
    for relation, missing in (("walled", ADMIN), ("business_manager", set())):
        person = world.person(relation)
        with undone(), monkeypatch.context() as patch:
            patch.setattr(ConflictOfInterest, "running", staticmethod(no_wall))
            with_them = [ask(person, look) for look in everything]
            take_out(world.closed)
            without = [ask(person, look) for look in everything]
        both = zip(everything, with_them, without, strict=True)
        assert {look.name for look, before, after in both if before != after} == wanted - missing, relation


ADMIN = {"referrals_referral", "agency_returns_informationrequest"}


def no_wall(day: Any, prefix: str = "") -> models.Q:
    return models.Q(pk__in=[])


def tells(look: Look, content: bytes, references: list[str]) -> bool:
    """Whether an answer holds the reference of one of the cases; what was asked for does not count."""
    return look.method == "get" and any(name.encode() in content and name not in look.url for name in references)


@pytest.mark.django_db
@pytest.mark.parametrize("relation", ["member", "business_manager"])
def test_the_data_that_could_leak_is_there(world, relation):
    """The same pages, asked for by somebody without a wall, are full of it."""
    names, person = [case.reference for case in world.closed], world.person(relation)
    with undone(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM referrals_conflictofinterest WHERE member_id = %s", [person.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
        pages = (look for look in looks(world) if tells(look, ask(person, look)[2], names))
        assert len(list(islice(pages, 20))) == 20


@pytest.mark.django_db
@pytest.mark.parametrize("relation", PEOPLE)
def test_no_mail_of_any_kind_about_the_case(world, relation, settings):
    """What was written before the wall is not sent after it; the clocks' sweep writes nothing to a walled person."""
    settings.MAIL_HOURS = "always"
    person, references = world.person(relation), [case.reference for case in world.closed]
    with undone():
        last = Message.objects.order_by("-pk").values_list("pk", flat=True).first()
        for days in (1, 5, 9, 14, 16, 25):
            sweep(now=world.now + timedelta(days=days))
        swept = Message.objects.filter(pk__gt=last)
        assert swept.filter(reference__in=references).exists()
        assert not swept.filter(reference__in=references, recipient=person).exists()
        waiting = Message.objects.filter(state="queued", recipient=person, reference__in=references)
        for message in waiting:
            if not catalogue.passes_walls(message.kind):
                deliver(pk=message.pk, now=world.now + timedelta(days=30))
                message.refresh_from_db()
                assert message.state == "cancelled", message.kind
            else:
                assert message.reference not in message.subject + message.text


@pytest.mark.django_db
def test_a_frozen_report_tells_a_walled_reader_no_total(world):
    """Whether one or all of its cases are closed to the reader, the page gives them rows of the others and no more."""
    report = world.ready_report
    url = reverse("highlight_reports:report-detail", args=[report.reference])
    whole = ask(world.cast.member, Look("", "get", url))[2].decode()
    page = ask(world.cast.walled, Look("", "get", url))[2].decode()
    assert "Notifications and referrals received" in whole
    assert "Notifications and referrals received" not in page
    for section in report.data["sections"]:
        for sentence in section["paragraphs"]:
            assert sentence in whole.replace("&#x27;", "'")
            assert sentence not in page
    assert report.pdf.sha256 in whole
    assert report.pdf.sha256 not in page
    assert all(case.reference not in page for case in world.closed)
    for name in ("highlight_reports:report-pdf", "highlight_reports:report-wider"):
        assert ask(world.cast.walled, Look("", "get", reverse(name, args=[report.reference])))[0] == 404
    seen = ask(world.cast.walled, Look("", "get", url))[2]
    with undone():
        one = world.closed[0]
        rows = rows_of([one])
        assert rows
        take_out([one])
        assert ask(world.cast.walled, Look("", "get", url))[2] == seen


@pytest.mark.django_db
def test_a_live_report_is_counted_without_the_case(world):
    """A draft is made anew at each reading, so a walled business manager reads it as if the case did not exist."""
    report: HighlightReport = world.draft_report
    url = reverse("highlight_reports:report-detail", args=[report.reference])
    person = world.cast.business_manager
    with undone():
        before = ask(person, Look("", "get", url))
        whole = assemble(report, as_at=timezone.localdate())
        assert cases_in(whole) & {case.reference for case in world.closed}
        take_out(world.closed)
        assert ask(person, Look("", "get", url)) == before
