"""Search: walls, pseudonyms, words; and that the index follows what changes."""

from datetime import timedelta
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from docx import Document as WordFile
from openpyxl import Workbook

from audit.models import Event
from documents.workflow import withdraw
from overview import workflow
from overview.models import DocumentText, SearchEntry
from overview.search.reading import READERS, read
from overview.search.words import snippet, words_of
from tests.chronology.factories import add as add_row
from tests.documents.factories import store
from tests.overview.factories import NOW, moment, queries_of
from tests.referrals.factories import CHILD_NAME, invite, make_referral, wall_off

SEARCH = reverse("overview:search")
QUERIES = 14
EVENT = "Zoë at the Löwenherz clinic, where Rowan’s bruises were seen"
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine(NOW)]


def index(minutes: int = 0) -> int:
    now = timezone.now() + timedelta(minutes=minutes)
    workflow.read_documents(now=now)
    return workflow.index_stale(now=now)


def told(cast, day: str = "2026-11-20"):
    """A case whose chronology and document speak of a clinic."""
    case = make_referral(now=moment(day))
    add_row(case, cast.agencies.council, moment(day).date(), event=EVENT, by=cast.business_manager)
    store(case, b"Statement of the nursery: bruises on Rowan", "txt", by=cast.business_manager, now=timezone.now())
    return case


def hits(client, asked: str, **more) -> list[str]:
    page = BeautifulSoup(client.get(SEARCH, {"q": asked, **more}).content, "html.parser")
    return [" ".join(hit.get_text(" ").split()) for hit in page.select(".app-search__hit")]


def test_words_accents_beginnings_and_stems(cast, sign_in):
    told(cast)
    index()
    client = sign_in(cast.member)
    for asked in ("Löwenherz", "lowenherz", "LOEW".replace("OE", "Ö"), "löw", "zoe clinic", "bruising löwenherz"):
        assert any("Chronology" in hit for hit in hits(client, asked)), asked
    assert hits(client, "owenherz") == hits(client, "zoe hospital") == []
    page = client.get(SEARCH, {"q": "lowenherz"}).content.decode()
    assert "<mark>Löwenherz</mark>" in page
    assert "Nothing that you may see" in client.get(SEARCH, {"q": "marzipan"}).content.decode()


def test_a_name_is_found_by_those_who_see_names_alone(cast, sign_in):
    case = told(cast)
    index()
    found = hits(sign_in(cast.member), "rowan")
    assert {hit.split(":")[0] for hit in found} == {"Child", "Chronology", "Document"}
    assert any(CHILD_NAME in hit for hit in found)
    for person in (cast.partner_la, cast.scrutineer):
        client = sign_in(person)
        assert hits(client, "rowan") == hits(client, "Rowan’s bruises") == hits(client, "nursery") == []
        (hit,) = hits(client, "bruises")
        assert hit.startswith(f"Chronology: {case.reference}")
        assert "Child A" in hit
        assert "Rowan" not in client.get(SEARCH, {"q": "clinic"}).content.decode()
        assert hits(client, "child a")


def test_the_wall_hides_hits_counts_and_the_jump(cast, sign_in):
    case, other = told(cast), told(cast, "2026-11-19")
    index()
    wall_off(case, cast.walled)
    client = sign_in(cast.walled)
    page = client.get(SEARCH, {"q": "bruises"})
    assert case.reference not in page.content.decode()
    assert page.context["results"].total == 2
    assert sign_in(cast.member).get(SEARCH, {"q": "bruises"}).context["results"].total == 4
    assert client.get(SEARCH, {"q": case.reference}).status_code == 200
    assert client.get(SEARCH, {"q": other.reference}).url == other.get_absolute_url()


def test_an_invited_representative_finds_in_their_case_alone(cast, sign_in):
    mine, other = told(cast), told(cast, "2026-11-19")
    invite(mine, cast.invited)
    index()
    page = sign_in(cast.invited).get(SEARCH, {"q": "bruises"}).content.decode()
    assert mine.reference in page
    assert other.reference not in page
    assert hits(sign_in(cast.contributor), "bruises") == []
    assert sign_in(cast.outsider).get(SEARCH, {"q": "bruises"}).status_code == 404


@pytest.mark.parametrize("write", ["{}", " {} ", "lower", "short"])
def test_a_reference_leads_straight_to_the_case(cast, sign_in, write):
    case = make_referral(now=moment("2026-11-20"))
    _, year, number = case.reference.split("-")
    ways = {"lower": case.reference.lower(), "short": f"{year}/{int(number)}"}
    asked = ways.get(write) or write.format(case.reference)
    assert sign_in(cast.partner_icb).get(SEARCH, {"q": asked}).url == case.get_absolute_url()


def test_the_trail_says_who_searched_and_not_for_what(cast, sign_in):
    sign_in(cast.member).get(SEARCH, {"q": "Rowan"})
    event = Event.objects.get(verb="search.made")
    assert (event.actor, event.sentence) == (cast.member, f"{cast.member.name} searched.")
    assert "Rowan" not in f"{event.text}{event.details}{event.reference}"


def test_the_index_follows_what_changes_and_rests_otherwise(cast, sign_in):
    case = told(cast)
    assert index() >= 2
    before = set(SearchEntry.objects.values_list("pk", flat=True))
    add_row(case, None, moment("2026-11-19").date(), event="A marmalade jar", by=cast.business_manager)
    assert index(minutes=1) == 1
    assert hits(sign_in(cast.member), "marmalade")
    assert before < set(SearchEntry.objects.values_list("pk", flat=True)), "what has not changed stays as it is"
    assert workflow.index_everything(now=timezone.now() + timedelta(minutes=10)) >= 2
    assert SearchEntry.objects.count() == len(before) + 1
    assert index(minutes=11) == 0


def test_a_withdrawn_document_is_found_no_more_and_its_text_goes(cast, sign_in):
    case = told(cast)
    document = store(case, b"Marmalade", "txt", by=cast.business_manager, now=timezone.now())
    index()
    client = sign_in(cast.member)
    assert len(hits(client, "marmalade")) == 1
    withdraw(document=document, reason="Wrong file", by=cast.business_manager, now=timezone.now())
    assert hits(client, "marmalade") == [], "at once, before the index follows"
    index(minutes=1)
    assert not DocumentText.objects.filter(document=document).exists()
    assert not SearchEntry.objects.filter(kind="document", object_id=document.pk).exists()


def test_a_file_is_tried_three_times_at_most(cast, monkeypatch):
    case = make_referral(now=moment("2026-11-20"))
    store(case, b"Marmalade", "txt", by=cast.business_manager, now=timezone.now())

    def dies(data):
        raise SystemExit  # as a worker that is killed for its memory: nothing catches it

    monkeypatch.setitem(READERS, "txt", dies)
    for minute in range(3):
        with pytest.raises(SystemExit):
            workflow.read_documents(now=timezone.now() + timedelta(minutes=minute))
    assert workflow.read_documents(now=timezone.now() + timedelta(minutes=9)) == 0
    assert DocumentText.objects.get().tries == 3


def test_the_number_of_queries_does_not_grow(cast, sign_in):
    client, address = sign_in(cast.member), f"{SEARCH}?q=bruises"
    told(cast)
    index()
    one = queries_of(client, address)
    told(cast, "2026-11-19")
    told(cast, "2026-11-18")
    index(minutes=1)
    assert queries_of(client, address) == one == QUERIES
    assert len(hits(client, "bruises")) == 6


def _file(kind: str) -> bytes:
    out = BytesIO()
    if kind == "docx":
        word = WordFile()
        word.add_paragraph("Marmalade")
        word.add_table(1, 1).rows[0].cells[0].text = "jar"
        word.save(out)
    else:
        book = Workbook()
        book.worksheets[0].append(["Marmalade", None, "jar"])
        book.save(out)
    return out.getvalue()


def test_files_are_read_within_limits():
    for kind in ("docx", "xlsx"):
        assert words_of(read(_file(kind), kind).text) == ["marmalade", "jar"]
    assert read(b"no PDF at all", "pdf").problem == "The file could not be read."
    assert read(b"GIF89a", "gif").problem == "Files of this type are not searched."
    long = read(b"word " * 100_000, "txt")
    assert (len(long.text), long.is_cut) == (300_000, True)
    assert read(b"a\x00b", "txt").text == "ab"


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Zoë O’Neill came", ["oneill"], "Zoë [O’Neill] came"),
        ("Ärger und ÄRGER", ["arger"], "[Ärger] und [ÄRGER]"),
        ("They visited; visits stopped", ["visiting"], "They [visited]; [visits] stopped"),
        ("<b>bruise</b>", ["bruise"], "<b>[bruise]</b>"),
        ("nothing here", ["else"], "nothing here"),
    ],
)
def test_snippets_mark_words_where_they_stand(text, words, shown):
    assert "".join(f"[{part.text}]" if part.is_hit else part.text for part in snippet(text, words)) == shown


def test_a_long_text_is_cut_at_words_round_the_hit():
    text = " ".join(["before"] * 100 + ["bruise"] + ["after"] * 100)
    shown = "".join(part.text for part in snippet(text, ["bruise"]))
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert len(shown) < 300
