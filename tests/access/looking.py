"""For the wall test: all that one person can ask for, what they get, and an installation without certain cases."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.apps import apps
from django.contrib import admin
from django.db import connection, models, transaction
from django.urls import NoReverseMatch, reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from audit.models import Event
from highlight_reports.models import HighlightReport
from highlight_reports.reading import cases_in
from notifications.models import Message
from panel.models import User
from referrals.models import Referral
from tests.access import World
from tests.access.test_matrix import ROWS, our_urls
from tests.cast import sign_in
from tests.referrals.factories import SECRET

SEARCHES = ("", f"q={SECRET}", "q=Rowan")
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
    if "wordprocessingml" in kind:
        with ZipFile(BytesIO(content)) as parts:
            whole = b"\f".join(name.encode() + b"\n" + parts.read(name) for name in parts.namelist())
        return re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\1", whole)
    if "spreadsheetml" in kind:
        book = load_workbook(BytesIO(content))
        return repr([(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]).encode()
    return content


def is_file(headers: dict[str, str]) -> bool:
    return "attachment" in headers["Content-Disposition"]


def first_difference(one: bytes, other: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(at - 60, 0) : at + 60]!r} and …{other[max(at - 60, 0) : at + 60]!r}"
