"""Behind the wall a case's documents do not exist: list, page, download, home, admin, attention, queryset."""

import pytest
from django.urls import reverse
from django.utils import timezone

from core.attention import collect
from core.needs import collect as needs
from documents.models import Document
from documents.states import Status
from tests.documents import files
from tests.documents.clamd import Scanner
from tests.documents.factories import store
from tests.referrals.factories import SECRET, invite, make_referral, wall_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cast, settings):
    """A case with a document and a refused one, before the wall."""
    scanner = Scanner()
    settings.CLAMD_URL = scanner.url
    referral = make_referral(by=cast.business_manager)
    store(referral)
    store(referral, files.EICAR, "txt")
    yield referral
    scanner.stop()


def test_the_queryset(cast, closed):
    other = store(make_referral(by=cast.business_manager))
    assert Document.objects.visible_to(cast.business_manager).count() == 3
    for person in (cast.outsider, cast.contributor, cast.invited):
        assert not Document.objects.visible_to(person).exists()
    invite(closed, cast.invited)
    assert Document.objects.visible_to(cast.invited).count() == 2
    wall_off(closed, cast.business_manager, by=cast.chair)
    assert list(Document.objects.visible_to(cast.business_manager)) == [other]


def test_visible_is_one_query(cast, closed, django_assert_num_queries):
    cast.chair.memberships_on(timezone.localdate())
    with django_assert_num_queries(1):
        list(Document.objects.visible_to(cast.chair))


def test_every_page(cast, closed, sign_in):
    available = Document.objects.get(status=Status.AVAILABLE)
    where = [closed.reference, available.key]
    names = ["detail", "version", "withdraw", "hold", "release", "dispose"]
    urls = [reverse(f"referrals:document-{name}", args=where) for name in names]
    urls += [reverse(f"referrals:document-{name}", args=[closed.reference]) for name in ("list", "upload")]
    urls.append(reverse("documents:document-download", args=[available.key]))
    client = sign_in(cast.business_manager)
    for url in urls:
        response = client.get(url)
        list(response)  # a download holds its file open until it is read
        assert response.status_code == 200, f"{url}: the test would prove nothing"
    wall_off(closed, cast.business_manager, by=cast.chair)
    for url in urls:
        for method in (client.get, client.post):
            response = method(url)
            assert response.status_code in {404, 405}
            for leak in (closed.reference, files.CHILD, SECRET):
                assert leak not in response.content.decode() or leak in url


def test_a_document_is_not_reached_through_another_case(cast, closed, sign_in):
    other = make_referral(by=cast.business_manager)
    document = Document.objects.filter(reference=closed.reference).first()
    url = reverse("referrals:document-detail", args=[other.reference, document.key])
    assert sign_in(cast.business_manager).get(url).status_code == 404


def test_home_and_admin(cast, closed, sign_in):
    client = sign_in(cast.business_manager)
    changelist = reverse("admin:documents_document_changelist")
    hidden = Document.objects.filter(reference=closed.reference).first()
    before = client.get(changelist)
    assert closed.reference in before.content.decode()
    assert files.CHILD not in before.content.decode()
    assert SECRET not in before.content.decode()
    change = client.get(f"{changelist}{hidden.pk}/change/")
    assert change.status_code == 200
    assert files.CHILD not in change.content.decode()
    assert len(needs(cast.business_manager, timezone.localdate())) >= 1
    assert closed.reference in client.get("/").content.decode()
    told = collect(timezone.now())

    wall_off(closed, cast.business_manager, by=cast.chair)
    after = client.get(changelist).content.decode()
    assert closed.reference not in after
    assert "0 documents" in after
    assert closed.reference not in client.get("/").content.decode()
    assert client.get(f"{changelist}{hidden.pk}/change/").status_code == 302
    assert collect(timezone.now()) == told, "what needs attention counts no documents"


def test_admin_changes_nothing(cast, closed, sign_in):
    client = sign_in(cast.business_manager)
    hidden = Document.objects.first()
    assert client.get(reverse("admin:documents_document_add")).status_code == 403
    assert client.post(reverse("admin:documents_document_delete", args=[hidden.pk])).status_code == 403


def test_types_are_edited_in_the_admin_site(cast, sign_in):
    client = sign_in(cast.business_manager)
    data = {"code": "minutes", "name": "Minutes", "position": 90, "is_active": "on"}
    assert client.post(reverse("admin:documents_documentkind_add"), data).status_code == 302
    assert "Minutes" in client.get(reverse("admin:documents_documentkind_changelist")).content.decode()
