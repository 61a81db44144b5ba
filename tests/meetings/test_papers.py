"""The papers: one file a reader; nothing of a closed case in text, bookmarks or properties."""

import subprocess
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from core.errors import WorkflowError
from meetings import workflow
from meetings.choices import PackState
from meetings.models import Pack
from meetings.workflow import packs
from notifications.models import Message
from tests.actions.factories import action_at
from tests.cast import sign_in
from tests.documents.factories import store
from tests.highlight_reports.test_report_pdf import validator
from tests.meetings.factories import invited
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import CHILD_NAME, wall_off

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def everything_in(content: bytes) -> str:
    """Text, bookmarks, properties, and the raw bytes of every stream."""
    reader = PdfReader(BytesIO(content))

    def titles(outline):
        for one in outline:
            yield from titles(one) if isinstance(one, list) else [one.title]

    text = [page.extract_text() for page in reader.pages]
    properties = [str(reader.metadata), reader.xmp_metadata.rdf_root.toxml() if reader.xmp_metadata else ""]
    streams = []
    for number in range(1, len(reader.xref.get(0, {})) + 1):
        found = reader.get_object(number)
        streams.append(repr(found) + (found.get_data().decode("latin-1") if hasattr(found, "get_data") else ""))
    return "\n".join([*text, *titles(reader.outline), *properties, *streams])


@pytest.fixture
def made(cast):
    """Papers of a meeting about two cases, of which one is closed to the reader `walled`."""
    closed, seen = rapid_review_at("gathering"), rapid_review_at("gathering")
    store(closed.referral, b"Statement\n", "txt", by=cast.business_manager, now=NOW)
    late = timezone.localdate() + timedelta(days=1)
    action_at("complete", due_on=late)
    wall_off(closed.referral, cast.walled)
    meeting = invited()
    workflow.assemble(meeting=meeting, by=cast.business_manager, now=NOW)
    workflow.ask_packs(meeting=meeting, by=cast.business_manager, now=NOW)
    cast.meeting, cast.closed, cast.seen = meeting, closed.referral, seen.referral
    for person in (cast.walled, cast.member):
        packs.make(pk=Pack.objects.get(meeting=meeting, person=person).pk, now=NOW)
    return cast


def pack_of(cast, person) -> Pack:
    return Pack.objects.get(meeting=cast.meeting, person=person)


def test_a_walled_members_pack_has_no_trace_of_the_case(made):
    mine, other = pack_of(made, made.walled), pack_of(made, made.member)
    assert (mine.state, other.state) == (PackState.READY, PackState.READY)
    walled, whole = everything_in(bytes(mine.pdf)), everything_in(bytes(other.pdf))
    for wanted in (made.closed.reference, f"{made.closed.reference}-legal-1"):
        assert wanted in whole
        assert wanted not in walled
    assert made.seen.reference in walled
    assert CHILD_NAME not in walled + whole
    assert {one.referral for one in mine.cases.all()} == {made.seen}
    outline = PdfReader(BytesIO(bytes(mine.pdf))).outline[1]
    titles = [one.title for one in outline if not isinstance(one, list)]
    assert [t.split(".")[0] for t in titles[1:]] == [str(n) for n in range(1, len(titles))]  # bookmarks, without a gap


@pytest.mark.skipif(validator() is None, reason="PDF/UA-1 is validated by veraPDF: see tests/highlight_reports.")
def test_the_pack_complies_with_pdf_ua_1(made, tmp_path):
    file = tmp_path / "pack.pdf"
    file.write_bytes(bytes(pack_of(made, made.member).pdf))
    done = subprocess.run([str(validator()), str(file)], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout


def test_each_reads_their_own_and_says_so(made):
    url = reverse("meetings:pack-file", args=[made.meeting.pk])
    read = reverse("meetings:pack-read", args=[made.meeting.pk])
    client = sign_in(made.member)
    client.post(read)
    assert pack_of(made, made.member).read_at is None  # not before it was opened
    response = client.get(url)
    assert response.content == bytes(pack_of(made, made.member).pdf)
    client.post(read)
    row = pack_of(made, made.member)
    assert (row.opened_at is not None, row.read_at is not None) == (True, True)
    assert sign_in(made.partner_la).get(url).status_code == 404  # was not invited: has none
    mail = Message.objects.get(kind="meeting-papers", address=made.walled.email)
    assert not mail.attachments.exists()
    assert made.seen.reference not in mail.subject + mail.text


def test_a_wall_that_goes_up_later_closes_the_pack_and_the_next_edition_is_without(made):
    wall_off(made.closed, made.member)
    url = reverse("meetings:pack-file", args=[made.meeting.pk])
    assert sign_in(made.member).get(url).status_code == 404
    with pytest.raises(WorkflowError, match="being made"):
        workflow.take_pack(pack=pack_of(made, made.member), by=made.member, now=NOW)
    packs.sweep(now=NOW)
    assert pack_of(made, made.member).state == PackState.WAITING
    packs.make(pk=pack_of(made, made.member).pk, now=NOW)
    row = pack_of(made, made.member)
    assert (row.state, row.number) == (PackState.READY, 2)
    assert made.closed.reference not in everything_in(bytes(row.pdf))


def test_double_delivery_makes_it_once_and_a_hopeless_one_is_given_up(made):
    row = pack_of(made, made.member)
    packs.make(pk=row.pk, now=NOW + timedelta(hours=1))
    assert pack_of(made, made.member).made_at == row.made_at
    waiting = pack_of(made, made.chair)
    for _ in range(packs.MAX_ATTEMPTS):
        assert packs.begin_attempt(pk=waiting.pk, now=NOW)
    assert not packs.begin_attempt(pk=waiting.pk, now=NOW)
    assert pack_of(made, made.chair).state == PackState.FAILED
