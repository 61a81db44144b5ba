"""Asking, making, taking and removing bundles: once each, whoever is lost on the way, and only for who may."""

import json
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from core.errors import NotPermitted
from core.guard import workflow as guarded
from rapid_reviews import workflow
from rapid_reviews.bundles import making, store
from rapid_reviews.bundles.access import variants_for
from rapid_reviews.choices import Variant
from rapid_reviews.models import Bundle, SafeCopy
from rapid_reviews.states import BundleStatus, Status
from rapid_reviews.workflow import bundles
from tests.documents.conftest import folder  # noqa: F401 - a fixture
from tests.documents.factories import store as store_document
from tests.rapid_reviews.bundles import make, pages, reader
from tests.rapid_reviews.factories import rapid_review_at
from tests.referrals.factories import invite, wall_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
FULL, REDACTED = Variant.FULL, Variant.REDACTED


def url(review, name="bundle-list", *more):
    return reverse(f"rapid_reviews:{name}", args=[review.referral.reference, *more])


def ask(review, by, variant=FULL, now=None):
    return workflow.ask_bundle(review=review, variant=variant, by=by, now=now or timezone.now())


def stored():
    try:
        return sorted(storages["documents"].listdir("bundles")[1])
    except FileNotFoundError:
        return []


def test_who_may_have_which(cast):
    review = rapid_review_at(Status.OPENED)
    invite(review.referral, cast.invited)
    wall_off(review.referral, cast.walled)
    today = timezone.localdate()
    expected = {
        "business_manager": (FULL, REDACTED), "chair": (FULL, REDACTED), "member": (FULL, REDACTED),
        "deputy": (FULL, REDACTED), "partner_icb": (REDACTED,), "scrutineer": (REDACTED,),
        "invited": (), "contributor": (), "walled": (), "outsider": (),
    }  # fmt: skip
    for person, variants in expected.items():
        user = getattr(cast, person)
        assert variants_for(user, review, on=today) == variants, person
        for variant in set(Variant) - set(variants):
            with pytest.raises(NotPermitted):
                ask(review, user, variant)


def test_a_second_click_gives_the_same_and_one_after_it_is_made_another(cast, sign_in):
    review = rapid_review_at(Status.OPENED)
    for person in (cast.member, cast.member, cast.chair):
        assert sign_in(person).post(url(review, "bundle-ask"), {"variant": "full"}).url == url(review)
    assert sign_in(cast.chair).post(url(review, "bundle-ask"), {"variant": "other"}).status_code == 404
    first = Bundle.objects.get()
    assert ask(review, cast.member, REDACTED) != first
    bundles.make(pk=first.pk, clock=timezone.now)
    assert ask(review, cast.member) != first
    assert Event.objects.filter(verb="rapid_review.bundle_asked").count() == 3


def test_a_delivery_twice_makes_it_once(cast):
    bundle = make(rapid_review_at(Status.OPENED))
    before = (bundle.attempts, bundle.zip_sha256, stored())
    bundles.make(pk=bundle.pk, clock=timezone.now)
    bundle.refresh_from_db()
    assert (bundle.attempts, bundle.zip_sha256, stored()) == before


def test_a_lost_worker_is_followed_by_another_and_finds_that_it_is_too_late(cast):
    now = timezone.now()
    bundle = ask(rapid_review_at(Status.OPENED), cast.member, now=now)
    lost = bundles.claim(pk=bundle.pk, now=now)
    bundles.beat(bundle=lost, step="Document 1 of 9", done=0, of=13, now=now)
    assert bundles.claim(pk=bundle.pk, now=now + timedelta(minutes=9)) is None
    assert bundles.sweep(now=now + timedelta(minutes=9)) == 0
    again = bundles.claim(pk=bundle.pk, now=now + timedelta(minutes=11))
    assert (again.attempts, again.status) == (2, BundleStatus.MAKING)
    with pytest.raises(bundles.LostClaim):
        bundles.beat(bundle=lost, step="Document 2 of 9", done=1, of=13, now=now)
    with pytest.raises(bundles.LostClaim):
        bundles.keep(bundle=lost, facts={}, now=now)
    bundles.release(bundle=lost, now=now)
    bundle.refresh_from_db()
    assert (bundle.status, bundle.attempts, bundle.step) == (BundleStatus.MAKING, 2, "Beginning")


def test_tried_three_times_then_given_up_and_nothing_of_it_is_kept(cast, monkeypatch, caplog):
    bundle = ask(rapid_review_at(Status.OPENED), cast.member)

    def fail(*args, **kwargs):
        raise RuntimeError("Rowan Invented stands in this message")

    monkeypatch.setattr(making.binding, "bind", fail)
    for attempt in (1, 2, 3):
        bundles.make(pk=bundle.pk, clock=timezone.now)
        bundle.refresh_from_db()
        assert bundle.attempts == attempt
    assert bundle.status == BundleStatus.FAILED
    assert "RuntimeError" in caplog.text
    assert "Rowan" not in caplog.text
    assert stored() == []
    monkeypatch.undo()
    assert make(bundle.review).status == BundleStatus.READY


def test_removed_when_its_time_is_over(cast, settings, sign_in):
    now = timezone.now()
    bundle = make(rapid_review_at(Status.OPENED), now=now)
    assert len(stored()) == 2
    bundles.sweep(now=now + timedelta(days=settings.BUNDLE_DAYS, minutes=-1))
    assert len(stored()) == 2
    for _ in range(2):
        bundles.sweep(now=now + timedelta(days=settings.BUNDLE_DAYS, minutes=1))
    bundle.refresh_from_db()
    assert bundle.status == BundleStatus.REMOVED
    assert sign_in(cast.member).get(url(bundle.review, "bundle-take", bundle.key, "zip")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_files_go_with_the_row_and_strays_with_the_sweep(cast, settings, tmp_path):
    now = timezone.now()
    bundle = make(rapid_review_at(Status.OPENED), now=now)
    stray = tmp_path / "stray"
    stray.write_bytes(b"what a crash left")
    store.save("0" * 32, 1, "zip", stray)
    bundles.sweep(now=now + timedelta(hours=1))
    assert len(stored()) == 3
    bundles.sweep(now=now + timedelta(hours=25))
    assert len(stored()) == 2
    bundles.sweep(now=now + timedelta(days=settings.BUNDLE_DAYS, minutes=1))
    assert stored() == []
    bundle.refresh_from_db()
    assert len(bundle.zip_sha256) == 64


def test_the_page_tells_how_far_it_is(cast, sign_in):
    review = rapid_review_at(Status.OPENED)
    client = sign_in(cast.member)
    bundle = ask(review, cast.member)
    assert "It waits for a worker." in client.get(url(review)).content.decode()
    claimed = bundles.claim(pk=bundle.pk, now=timezone.now())
    bundles.beat(bundle=claimed, step="Document 3 of 9", done=2, of=13, now=timezone.now())
    page = client.get(url(review)).content.decode()
    assert "Document 3 of 9: 2 of 13 steps are done." in page
    progress = url(review, "bundle-progress", bundle.key)
    assert json.loads(client.get(progress).content) == {"rendering": True, "status": "Being made"}


def test_taken_by_who_may_under_a_neutral_name_and_told(cast, sign_in):
    review = rapid_review_at(Status.OPENED)
    wall_off(review.referral, cast.walled)
    full, redacted = make(review), make(review, REDACTED)
    for kind, start in (("pdf", b"%PDF"), ("zip", b"PK")):
        response = sign_in(cast.member).get(url(review, "bundle-take", full.key, kind))
        assert b"".join(response.streaming_content).startswith(start)
        name = f"{review.referral.reference}-evidence-full-{full.pk}.{kind}"
        assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    events = Event.objects.filter(verb="rapid_review.bundle_taken").order_by("pk")
    assert [(event.actor, event.details["kind"]) for event in events] == [(cast.member, "PDF"), (cast.member, "ZIP")]
    partner = sign_in(cast.partner_la)
    assert partner.get(url(review, "bundle-take", full.key, "pdf")).status_code == 404
    response = partner.get(url(review, "bundle-take", redacted.key, "pdf"))
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    page = partner.get(url(review)).content.decode()
    assert full.zip_sha256 not in page
    assert redacted.zip_sha256 in page
    assert sign_in(cast.walled).get(url(review, "bundle-take", redacted.key, "pdf")).status_code == 404
    other = rapid_review_at(Status.OPENED)
    assert sign_in(cast.member).get(url(other, "bundle-take", full.key, "pdf")).status_code == 404


def test_marking_a_copy_without_names(cast, sign_in):
    review = rapid_review_at(Status.OPENED)
    document = store_document(review.referral, pages(["No names here"]))
    mark, unmark = url(review, "copy-mark", document.key), url(review, "copy-unmark", document.key)
    chair = sign_in(cast.chair)
    assert "Say what you checked" in chair.post(mark, {"reason": " "}).content.decode()
    for _ in range(2):
        assert chair.post(mark, {"reason": "All pages read."}).url == url(review)
    assert SafeCopy.objects.get().marked_by == cast.chair
    page = " ".join(sign_in(cast.member).get(url(review)).content.decode().split())
    assert "Stands in redacted bundles: All pages read. (Cora Example" in page
    assert mark not in page
    for person in (cast.member, cast.partner_la):
        assert sign_in(person).post(mark, {"reason": "Me too."}).status_code == 403
        assert sign_in(person).post(unmark).status_code == 403
    other = rapid_review_at(Status.OPENED)
    assert chair.get(url(other, "copy-mark", document.key)).status_code == 404
    for _ in range(2):
        assert chair.post(unmark).url == url(review)
    assert not SafeCopy.objects.exists()
    assert Event.objects.filter(verb__startswith="rapid_review.copy").count() == 2


def test_taking_the_mark_back_takes_the_redacted_bundles_back(cast):
    """The one that is ready goes; one that is being made begins again without the document."""
    review, now = rapid_review_at(Status.OPENED), timezone.now()
    document = store_document(review.referral, pages(["A name after all"]))
    workflow.mark_safe_copy(review=review, document=document, reason="Read.", by=cast.chair, now=now)
    full, ready = ask(review, cast.member), make(review, REDACTED)
    making_it = bundles.claim(pk=ask(review, cast.member, REDACTED).pk, now=now)
    workflow.unmark_safe_copy(review=review, document=document, by=cast.chair, now=now)
    statuses = dict(Bundle.objects.values_list("pk", "status"))
    assert statuses[ready.pk] == BundleStatus.REMOVED
    assert statuses[full.pk] == statuses[making_it.pk] == BundleStatus.WAITING
    with pytest.raises(bundles.LostClaim):
        bundles.keep(bundle=making_it, facts={}, now=now)
    again = make(review, REDACTED)
    assert (again.pk, again.attempts) == (making_it.pk, 2)
    text = " ".join(page.extract_text() for page in reader(again).pages)
    assert "A name after all" not in text


@pytest.mark.parametrize("size", [1, 3])
def test_the_page_costs_the_same(cast, sign_in, django_assert_num_queries, size):
    review, now = rapid_review_at(Status.OPENED), timezone.now()
    for number in range(size):
        document = store_document(review.referral, pages([f"Page {number}"]))
        workflow.mark_safe_copy(review=review, document=document, reason="Read.", by=cast.chair, now=now)
        failed = Bundle(review=review, variant=FULL, status=BundleStatus.FAILED, asked_by=cast.chair, asked_at=now)
        guarded(failed.save)()
    client = sign_in(cast.chair)
    with django_assert_num_queries(16):
        client.get(url(review))
