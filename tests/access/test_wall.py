"""The wall test: behind a wall the case does not exist.

The same installation is looked at twice by the same person: with the cases that are walled off from them, and after
every row of those cases has been taken out of the database. Everything that they can ask for must be the same, byte for
byte: every URL of ours (from the access matrix, so a new URL is covered by its row), the admin site's lists, searches,
records, histories, exports and autocompletes, and every mail.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection, models, transaction
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from agency_returns.models import ReturnFile
from agency_returns.states import Status as ReturnStatus
from audit.models import Event
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
from tests.access.test_matrix import ROWS, _access_modules, our_urls
from tests.agency_returns.factories import request_at
from tests.cast import make_cast, sign_in
from tests.chronology.factories import add as add_row
from tests.documents.factories import store
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import SECRET, make_referral, wall_off

PEOPLE = ("walled", "business_manager")
SEARCHES = ("", f"q={SECRET}", "q=Rowan")
# A frozen report counts every case and cannot be counted again for one reader: docs/adr/0006. What a walled reader gets
# of it has its own test below.
FROZEN_REPORT = {"highlight_reports:report-detail", "highlight_reports:report-pdf"}
# An address with a token is known to nobody but whoever got the mail, and shows nothing of the case before the code
# that goes to that mailbox. A page for people without an account cannot ask who is walled off.
NOT_OF_A_CASE = {"agency_returns:mine-template"}
# Made once, of one case alone: gone with the case, and read by tests of their own.
OF_ONE_CASE = {
    "rapid_reviews:bundle-take", "rapid_reviews:report-download", "chronology:long-pdf-download",
    "publications:strategy-pdf",
}  # fmt: skip
BY_TOKEN = re.compile(r"/(((returns|actions|cases/safeguarding)/)?link|cases/by-link/(decision|answer))/[\w-]{40,}/")
CHANGING = [
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*'), rb"\1"),
    (re.compile(rb'(nonce=")[^"]*'), rb"\1"),
    (re.compile(rb'(name="key" value=")[^"]*'), rb"\1"),  # made anew for each form, against double clicks
    (re.compile(rb"/admin/audit/event/\d+/"), b"/admin/audit/event/N/"),  # each look writes events; numbers go on
    # On the hour the admin site leaves the minutes out.
    (re.compile(rb"\d\d? [A-Z][a-z]+ \d{4},? (\d\d?:\d\d|(\d\d?|noon|midnight)(?= [ap]\.m\.|<))( [ap]\.m\.)?"), b"NOW"),
    (re.compile(rb"[A-Z][a-z]{2,4}\.? \d\d?, \d{4}, [^<]*?m\."), b"NOW"),
]


@dataclass
class Look:
    """One thing to ask for."""

    name: str
    method: str
    url: str
    data: dict[str, Any] = field(default_factory=dict)


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
        *(("actions:export", {"kind": kind}) for kind in ("xlsx", "csv", "pdf")),
    ]
    world.closed_files = [("chronology:export", {"reference": world.chronology_case.reference, "kind": "pdf"})]


def walls_of(person: User) -> Any:
    return ConflictOfInterest.objects.running_on(timezone.localdate()).filter(member=person)


def looks(world: World) -> list[Look]:
    """Every URL of ours as the access matrix asks for it, then searches and filters, then the admin site."""
    found = []
    for name in sorted(set(our_urls()) & set(ROWS)):
        row = ROWS[name]
        data = row.data(world) if callable(row.data) else row.data
        url = reverse(name, kwargs=dict(row.kwargs(world)))
        found.append(Look(name, row.method, url + row.query, dict(data or {})))
        if row.method == "get" and not row.kwargs(world):  # a list, perhaps
            found += [Look(name, "get", f"{url}?{query}") for query in SEARCHES if query]
    cases = reverse("referrals:referral-list")
    more = [f"{cases}?q={case.reference}" for case in world.closed]
    more += [f"{cases}?overdue=on", f"{cases}?agency={world.cast.agencies.council.pk}", f"{cases}?page=2"]
    more += [f"{reverse('overview:board')}?show=late", f"{reverse('overview:board')}?show=soon"]
    more += [reverse(name, kwargs=keys) for name, keys in world.files + world.closed_files]
    return found + [Look("more", "get", url) for url in more] + list(admin_looks(world))


def admin_looks(world: World) -> Iterator[Look]:
    yield Look("admin", "get", reverse("admin:index"))
    doomed = rows_of(world.closed)
    for model, model_admin in admin.site._registry.items():
        names = f"{model._meta.app_label}_{model._meta.model_name}"
        changelist = reverse(f"admin:{names}_changelist")
        queries = ["", f"q={SECRET}", f"q={world.closed[0].reference}"]
        yield from (Look(names, "get", f"{changelist}?{query}") for query in queries)
        with suppress(NoReverseMatch):
            export = reverse(f"admin:{names}_export")
            yield Look(names, "get", export)
            resource = model_admin.resource_classes[0]
            chosen = {f"{resource.__name__.lower()}_{field}": "on" for field in resource().get_export_order()}
            for number in range(len(model_admin.get_export_formats())):
                yield Look(f"{names}_export", "post", export, {"format": number, "resource": "0", **chosen})
        for pk in sorted(doomed.get(model, set()))[:1]:
            for what in ("change", "history", "delete"):
                yield Look(names, "get", reverse(f"admin:{names}_{what}", args=[pk]))
        for source in [model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)]:
            for name in source.autocomplete_fields:
                label = f"app_label={source.model._meta.app_label}&model_name={source.model._meta.model_name}"
                for term in ("", "CSPR", "a"):
                    query = f"term={term}&{label}&field_name={name}"
                    yield Look("autocomplete", "get", f"{reverse('admin:autocomplete')}?{query}")


def rows_of(cases: list[Referral]) -> dict[type[models.Model], set[Any]]:
    """Every row that belongs to these cases: by the foreign keys that lead to them, or by their references."""
    references = [case.reference for case in cases]
    doomed: dict[type[models.Model], set[Any]] = {Referral: {case.pk for case in cases}}
    # Events and mails of a frozen report that speaks of them are closed like their own: docs/adr/0006.
    frozen = HighlightReport.objects.filter(data__isnull=False)
    reports = [report.reference for report in frozen if cases_in(report.frozen) & set(references)]
    everything = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    for model in everything:
        for name in ("reference", "label"):
            if any(f.name == name and isinstance(f, models.CharField) for f in model._meta.concrete_fields):
                wanted = references + (reports if model in (Event, Message) else [])
                doomed.setdefault(model, set()).update(
                    model._base_manager.filter(**{f"{name}__in": wanted}).values_list("pk", flat=True)
                )
    size = -1
    while size != sum(map(len, doomed.values())):
        size = sum(map(len, doomed.values()))
        for model in everything:
            for link in model._meta.concrete_fields:
                if isinstance(link, models.ForeignKey) and doomed.get(link.related_model):
                    keys = doomed[link.related_model]
                    found = model._base_manager.filter(**{f"{link.name}__in": keys}).values_list("pk", flat=True)
                    doomed.setdefault(model, set()).update(found)
    return {model: keys for model, keys in doomed.items() if keys}


def take_out(cases: list[Referral]) -> None:
    """As if the cases had never been: their rows go, and the frozen reports are counted again without them."""
    doomed = rows_of(cases)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers, no foreign keys
        for model, keys in doomed.items():
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f'DELETE FROM "{table}" WHERE "{key}" = ANY(%s)', [list(keys)])
    assert not Referral.objects.filter(pk__in=[case.pk for case in cases]).exists()


def ask(person: User, look: Look) -> tuple[int, dict[str, str], bytes]:
    with undone():
        response = getattr(sign_in(person), look.method)(look.url, look.data)
        content = b"".join(response.streaming_content) if response.streaming else response.content
    content = readable(content, response.headers.get("Content-Type", ""))
    for pattern, instead in CHANGING:
        content = pattern.sub(instead, content)
    headers = {name: response.headers.get(name, "") for name in ("Location", "Content-Disposition", "Content-Type")}
    headers["Location"] = re.sub(r"(children|people)/[0-9a-f-]{36}/", r"\1/NEW/", headers["Location"])
    return response.status_code, headers, content


def readable(content: bytes, kind: str) -> bytes:
    """What stands in a file, where its bytes hold the moment at which it was made."""
    if kind.startswith("application/pdf"):
        return "\f".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).encode()
    if "spreadsheetml" in kind:
        book = load_workbook(BytesIO(content))
        return repr([(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]).encode()
    return content


def is_file(headers: dict[str, str]) -> bool:
    return "attachment" in headers["Content-Disposition"]


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
        "overview:home", "overview:board", "referrals:referral-list", "agency_returns:board", "more",
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


def first_difference(one: bytes, other: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(at - 60, 0) : at + 60]!r} and …{other[max(at - 60, 0) : at + 60]!r}"


@pytest.mark.django_db
@pytest.mark.parametrize("relation", PEOPLE)
def test_the_data_that_could_leak_is_there_and_does_not(world, relation):
    """The same pages, asked for by somebody without a wall, are full of it."""
    references = [case.reference.encode() for case in world.closed]
    everything = [look for look in looks(world) if look.method == "get"]

    def hits(person: User) -> set[str]:
        found = set()
        for look in everything:
            _, _, content = ask(person, look)
            if any(reference in content and reference.decode() not in look.url for reference in references):
                found.add(look.url)
        return found

    person = world.person(relation)
    assert hits(person) == set()
    if relation == "business_manager":
        with undone():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute("DELETE FROM referrals_conflictofinterest WHERE member_id = %s", [person.pk])
            assert len(hits(person)) > 20
    else:
        assert len(hits(world.cast.member)) > 5


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
    assert (
        ask(world.cast.walled, Look("", "get", reverse("highlight_reports:report-pdf", args=[report.reference])))[0]
        == 404
    )
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
