"""The pages of the chronology: what they show, to whom, under which names, and with how many queries."""

import io
import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from audit.models import Event
from chronology import workflow
from chronology.choices import Seen
from chronology.models import Row, order_of
from core.guard import workflow as step
from panel.workflow import keep_typed
from referrals.choices import Precision
from referrals.states import Status
from tests.cast import sign_in
from tests.chronology.factories import add, line, make_case, xlsx
from tests.referrals.factories import referral_at, wall_off

ON = date(2025, 3, 3)
PAGES = ("timeline", "findings", "picture")


@pytest.fixture
def case(cast):
    return make_case(2)


@pytest.fixture
def client(cast):
    return sign_in(cast.member)


def url(case, name="timeline", *args, query=""):
    return reverse(f"chronology:{name}", args=[case.reference, *args]) + query


def text(response):
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_the_timeline_merges_agencies_in_order_with_ages_and_intervals(case, cast, client):
    add(case, cast.agencies.hospital, ON + timedelta(days=2), "Then the hospital.")
    add(case, cast.agencies.police, ON, "First the police.", children=[case.children.first()])
    add(case, None, date(2019, 1, 1), "Once.", precision=Precision.YEAR)
    page = text(client.get(url(case)))
    assert page.index("Once.") < page.index("First the police.") < page.index("Then the hospital.")
    assert "Child A, 6 years" in page
    assert "2 days later" in page
    assert "Child A, about 7 months" in page
    assert "Child B" in page


def test_the_walls_hold_on_every_page_and_export(case, cast):
    add(case, cast.agencies.hospital, ON, "Behind the wall.")
    wall_off(case, cast.walled)
    for person in (cast.walled, cast.outsider):
        for name, args in [(name, []) for name in PAGES] + [("export", ["xlsx"]), ("export", ["pdf"])]:
            assert sign_in(person).get(url(case, name, *args)).status_code == 404
    assert not Event.objects.filter(verb="chronology.exported").exists()


def test_pseudonyms_are_the_default_and_names_a_right(case, cast):
    add(case, cast.agencies.hospital, ON, "ROWAN told that Rowan Invented and Sorrel were hit; mrs Invented denied it.")
    shown = "Child A told that Child A and Child B were hit; mrs [family name] denied it."
    member, scrutineer = sign_in(cast.member), sign_in(cast.scrutineer)
    assert shown in text(member.get(url(case)))
    named = text(member.get(url(case, query="?names=1")))
    assert "Sorrel were hit" in named
    assert "Rowan Invented, 6 years" in named
    page = text(scrutineer.get(url(case, query="?names=1")))
    assert shown in page
    assert "Rowan" not in page
    assert "may still hold names" in page


def test_who_sees_pseudonyms_cannot_find_by_name(case, cast):
    add(case, cast.agencies.hospital, ON, "Rowan was seen.", who="Rowan; mother")
    queries = ("?q=Rowan", "?q=rowans", "?q=-Rowan", "?person=Rowan", "?person=row", "?person=owan", "?q=Invented")
    for query in queries:
        assert "was seen" not in text(sign_in(cast.partner_la).get(url(case, query=query)))
    for query in ("?q=Child+A", "?person=Child+A", "?person=moth"):
        assert "was seen" in text(sign_in(cast.partner_la).get(url(case, query=query)))
    for query in ("?names=1&q=Rowan", "?names=1&person=owan"):
        assert "was seen" in text(sign_in(cast.member).get(url(case, query=query)))


def test_half_of_a_double_name_finds_nothing_either(cast):
    case = referral_at(Status.RECORDED, children=[{"name": "Anne-Marie O’Invented", "other_names": ""}])
    add(case, cast.agencies.hospital, ON, "Anne-Marie O’Invented was seen.")
    for query in ("?q=Marie", "?q=Invented", "?q=anne"):
        assert "was seen" not in text(sign_in(cast.scrutineer).get(url(case, query=query)))
    assert "Child A was seen" in text(sign_in(cast.scrutineer).get(url(case)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"Alpha", "Beta", "Gamma"}),
        ("?q=visited", {"Alpha"}),
        ("?q=nothing", set()),
        ("?person=midwife", {"Beta"}),
        ("?start=02/2025", {"Beta", "Gamma"}),
        ("?end=2024", {"Alpha"}),
        ("?start=rubbish", {"Alpha", "Beta", "Gamma"}),
        ("?agency=panel", {"Gamma"}),
        ("?agency=POLICE", {"Alpha"}),
        ("?child=SECOND", {"Alpha", "Gamma"}),
        ("?show=episodes", {"Beta"}),
        ("?show=contradictions", {"Beta", "Gamma"}),
        ("?show=duplicate", set()),
        ("?agency=999999&child=x", {"Alpha", "Beta", "Gamma"}),
        ("?after=rubbish", {"Alpha", "Beta", "Gamma"}),
    ],
)
def test_filters(case, cast, client, query, expected):
    first, second = case.children.all()
    add(case, cast.agencies.police, date(2024, 5, 1), "Alpha visit.", child_seen=Seen.NOT_KNOWN)
    beta = add(case, cast.agencies.hospital, ON, "Beta.", who="Midwife", children=[first])
    add(case, None, ON, "Gamma.", child_seen=Seen.NO)
    workflow.mark_key_episode(row=beta, title="Turning point", by=cast.member, now=timezone.now())
    query = query.replace("POLICE", str(cast.agencies.police.pk)).replace("SECOND", str(second.pk))
    page = text(client.get(url(case, query=query)))
    assert {word for word in ("Alpha", "Beta", "Gamma") if f"{word}" in page} == expected
    if "rubbish" in query and "start" in query:
        assert "is not a date" in page


def many(case, cast, number):
    """Rows written at once, two a day, by five agencies."""
    agencies = [cast.agencies.police, cast.agencies.hospital, cast.agencies.council, cast.agencies.icb, None]
    first = date(2000, 1, 1)
    rows = [
        Row(
            referral=case, agency=agencies[n % 5], happened_on=first + timedelta(days=n // 5), event=f"Event {n}.",
            order=order_of(first + timedelta(days=n // 5), None), created_label="Bea", created_at=timezone.now(),
            released_at=timezone.now(), child_seen=Seen.YES,
        )
        for n in range(number)
    ]  # fmt: skip
    step(lambda: Row.objects.bulk_create(rows, batch_size=2_000))()


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow_with_rows(case, cast, client, page):
    """Acceptance 5: 1, 3 and 40,000 rows (20 agencies x 2,000), the same literal number."""
    counts = []
    for more in (1, 2, 40_000 if page == "timeline" else 300):
        for _ in range(more if more < 3 else 0):
            add(case, cast.agencies.police, ON + timedelta(days=Row.objects.count()), "Visit.")
        if more > 2:
            many(case, cast, more)
        client.get(url(case, page))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url(case, page)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2] <= {"timeline": 24, "findings": 20, "picture": 22}[page], counts


def test_paging_shows_every_row_once_in_both_directions(case, cast, client):
    many(case, cast, 120)
    seen, address = [], ""
    for _ in range(3):
        page = client.get(url(case, query=address)).content.decode()
        seen += re.findall(r"Event (\d+)\.", page)
        later = re.search(r'href="(\?[^"]*after=[^"#]*)" rel="next"', page)
        address = later[1] if later else address
    assert seen == [str(n) for n in range(120)]
    earlier = re.search(r'href="(\?[^"]*before=[^"]*)" rel="prev"', page)[1]
    back = client.get(url(case, query=earlier)).content.decode()
    assert re.findall(r"Event (\d+)\.", back) == [str(n) for n in range(50, 100)]


def test_a_member_adds_changes_marks_and_withdraws(case, cast, client):
    facts = {"when": "about 3 May 2020", "at": "2.30pm", "agency": cast.agencies.police.pk, "event": "=1+1 seen",
             "child_seen": "yes", "children": [case.children.first().pk]}  # fmt: skip
    response = client.post(url(case, "row-add"), facts)
    row = Row.objects.get()
    assert response.headers["Location"].endswith(f"#row-{row.pk}")
    assert (row.precision, row.happened_on, row.agency) == ("about", date(2020, 5, 3), cast.agencies.police)
    assert list(row.children.all()) == [case.children.first()]
    page = client.get(url(case, "row-edit", row.key))
    assert "about 3 May 2020" in page.content.decode()
    seen = page.context["form"]["seen"].value()
    client.post(url(case, "row-edit", row.key), facts | {"event": "Changed.", "seen": seen})
    row.refresh_from_db()
    assert row.event == "Changed."
    stale = client.post(url(case, "row-edit", row.key), facts | {"event": "Other window.", "seen": seen})
    assert "while you were writing" in text(stale)
    assert "Other window." in text(stale)
    client.post(url(case, "row-episode", row.key), {"title": "First bruise"})
    assert "First bruise" in text(client.get(url(case)))
    client.post(url(case, "row-episode", row.key), {"unmark": "1"})
    client.post(url(case, "row-withdraw", row.key), {"reason": "Another child."})
    assert "Changed." not in text(client.get(url(case)))
    assert client.get(url(case, "row-edit", row.key)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"when": "soon"}, "is not a date"),
        ({"when": ""}, "Enter date"),
        ({"event": ""}, "Enter what happened"),
        ({"at": "teatime"}, "is not a time"),
        ({"when": "2020", "at": "14:30"}, "A time needs a day"),
        ({"when": "3 May 2099"}, "cannot be in the future"),
        ({"child_seen": ""}, "Select was the child seen?"),
    ],
)
def test_bad_input_says_what_is_wrong_and_keeps_what_was_typed(case, client, typed, sentence):
    facts = {"when": "3 May 2020", "agency": "panel", "event": "Kept words.", "child_seen": "no", "source": "My source"}
    response = client.post(url(case, "row-add"), facts | typed)
    assert sentence in text(response)
    assert "My source" in response.content.decode()
    assert not Row.objects.exists()


def upload(client, case, file, name="rows.xlsx", agency="panel"):
    return client.post(
        url(case, "import"), {"agency": agency, "file": SimpleUploadedFile(name, file.getvalue())}, follow=True
    )


def test_import_shows_a_preview_and_imports_it_once_confirmed(case, cast, client):
    file = xlsx([line("03/05/2020", "Good one."), line("31/02/2020", "Bad one."), line("March 2019", "Good two.")])
    page = upload(client, case, file, agency=cast.agencies.hospital.pk)
    assert "Row 3" in text(page)
    assert "is not a real date" in text(page)
    assert "Import 2 rows, leave out 1" in text(page)
    assert not Row.objects.exists()
    preview = page.context["preview"]
    address = url(case, "import-preview", preview.key)
    assert "nothing was imported" in text(client.post(address, {"digest": "0"}, follow=True))
    assert not Row.objects.exists()
    done = client.post(address, {"digest": preview.digest}, follow=True)
    assert "2 rows imported" in text(done)
    assert sorted(row.event for row in Row.objects.all()) == ["Good one.", "Good two."]
    assert "were imported on" in text(client.get(address))


def test_a_file_without_a_good_row_cannot_be_confirmed(case, client):
    page = text(upload(client, case, io.BytesIO(b"Date,Source\n03/05/2020,GP\n"), "rows.csv"))
    assert "There is no column “Event”" in page
    assert "Import 0" not in page
    assert "Choose another file" in page


def test_an_upload_without_a_file_says_so(case, client):
    assert "Choose a spreadsheet" in text(client.post(url(case, "import"), {"agency": "panel"}))


def test_the_templates_are_offered(case, client):
    for kind in ("xlsx", "csv"):
        response = client.get(url(case, "template", kind))
        assert response.status_code == 200
        assert f"chronology-template.{kind}" in response["Content-Disposition"]
    assert client.get(url(case, "template", "exe")).status_code == 404


def test_the_spreadsheet_holds_what_the_page_shows_and_no_formula(case, cast, client):
    add(case, cast.agencies.police, ON, "=cmd|' /C calc'!A0")
    add(case, cast.agencies.police, ON, "Rowan was seen.", who="@mother", comment="-1", response="+44")
    add(case, cast.agencies.hospital, ON, "Not of the police.")
    response = client.get(url(case, "export", "xlsx", query=f"?agency={cast.agencies.police.pk}"))
    assert response["Content-Disposition"] == f'attachment; filename="{case.reference}-chronology.xlsx"'
    sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell.value for cell in cells if str(cell.value).startswith(("=", "+", "-", "@"))]
    said = " ".join(str(cell.value) for cell in cells)
    assert "Child A was seen." in said
    assert "Rowan" not in said
    assert "Not of the police." not in said
    event = Event.objects.get(verb="chronology.exported")
    assert event.sentence == "Mel Sample exported the chronology as XLSX: 2 rows, by pseudonym."
    named = client.get(url(case, "export", "xlsx", query="?names=1"))
    sheet = load_workbook(io.BytesIO(named.content)).worksheets[0]
    assert any("Rowan was seen." in str(cell) for row in sheet.values for cell in row)
    assert "with names" in Event.objects.filter(verb="chronology.exported").first().sentence


def test_what_goes_out_comes_back_the_same(case, cast, client):
    """The exported text with its apostrophe is read as what it was."""
    add(case, cast.agencies.police, ON, "-1 degrees outside; child without a coat.")
    content = client.get(url(case, "export", "xlsx")).content
    other = make_case(2)
    page = upload(client, other, io.BytesIO(content))
    assert page.context["preview"].rows[0]["event"] == "-1 degrees outside; child without a coat."


def test_history_and_titles_carry_no_names(case, cast, client):
    add(case, cast.agencies.police, ON, "Rowan was seen.")
    for name in PAGES:
        title = re.search(
            r"<title>(.*?)</title>", client.get(url(case, name, query="?names=1")).content.decode(), re.S
        )[1]
        assert case.reference in title
        assert "Rowan" not in title
    assert not [event for event in Event.objects.all() if "Rowan" in event.sentence]


def test_the_findings_page_tells_each_kind(case, cast, client):
    add(case, cast.agencies.police, date(2025, 1, 1), "Rowan seen.", child_seen=Seen.YES)
    add(case, cast.agencies.council, date(2025, 1, 1), "Nobody in.", child_seen=Seen.NO)
    add(case, cast.agencies.police, ON, "Seen again.")
    assert "No agency saw Child A for 61 days" in text(client.get(url(case, "findings")))
    assert "Police did not see Child A" in text(client.get(url(case, "findings", query="?kind=agency-gaps")))
    page = text(client.get(url(case, "findings", query="?kind=contradictions")))
    assert "Police says that Child A was seen, Council that the child was not" in page
    second = case.children.last()
    only = text(client.get(url(case, "findings", query=f"?child={second.pk}")))
    assert "saw Child B" in only
    assert "saw Child A" not in only
    named = text(client.get(url(case, "findings", query="?names=1")))
    assert "No agency saw Rowan Invented for 61 days" in named
    assert "There is none." in text(client.get(url(case, "findings", query="?kind=duplicates&start=x")))


def test_the_picture_has_its_figures_as_a_table(case, cast, client):
    add(case, cast.agencies.police, date(2025, 1, 1))
    add(case, cast.agencies.police, date(2025, 1, 9))
    add(case, cast.agencies.hospital, ON)
    response = client.get(url(case, "picture"))
    chart = response.context["chart"]
    assert chart.periods == ("Jan 2025", "Feb 2025", "Mar 2025")
    assert chart.lanes == (("Hospital", (0, 0, 1)), ("Police", (2, 0, 0)))
    assert b"<script" not in chart.svg()
    assert "Swim lanes." in response.content.decode()


def test_the_length_of_a_gap_is_changed_on_its_page(case, cast, client):
    page = text(client.post(url(case, "gap-length"), {"days": "40"}, follow=True))
    assert "from 40 days on" in page
    assert "A gap is 40 days or more" in page
    assert "must be between 1 and 3,650 days" in text(client.post(url(case, "gap-length"), {"days": "0"}))


@pytest.mark.parametrize("name", ["row-add", "row-edit", "row-withdraw", "row-episode", "import"])
def test_what_was_typed_outlives_the_session_and_is_not_saved(case, cast, client, name):
    row = add(case, cast.agencies.police, ON, "First words.")
    address = url(case, name, *([] if name in {"row-add", "import"} else [row.key]))
    field = {"row-withdraw": "reason", "row-episode": "title", "import": "agency"}.get(name, "event")
    typed = str(cast.agencies.hospital.pk) if field == "agency" else "Half a sentence about Sorr"
    client.get(address)
    keep_typed(person=cast.member, path=address, typed=QueryDict(urlencode({field: typed})), now=timezone.now())
    page = client.get(address)
    assert "Restored." in page.content.decode()
    assert page.context["form"][field].value() == typed
    assert not page.context["form"].errors
    row.refresh_from_db()
    assert (row.event, row.withdrawn_at, row.is_key_episode) == ("First words.", None, False)
    assert Row.objects.count() == 1
