"""The pages of the disclosure check in a browser without scripts."""

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from publications.disclosure.states import CheckStatus, FindingStatus
from publications.models import DisclosureCheck
from publications.workflow import disclosure
from tests.cast import sign_in
from tests.publications.disclosure.factories import BORN, LEAK, checked, report
from tests.publications.factories import planned
from tests.referrals.factories import CHILD_NAME

pytestmark = pytest.mark.django_db


def address(name, publication, **more):
    return reverse(f"publications:{name}", kwargs={"reference": publication.practice_review.reference} | more)


def test_check_propose_accept_and_check_again(cast):
    publication = planned()
    browser, home = sign_in(cast.business_manager), address("disclosure", publication)
    assert "No check has been made yet" in browser.get(home).content.decode()
    empty = browser.post(address("disclosure-ask", publication), {"save": ""})
    assert "Choose the file of the report" in empty.content.decode()
    assert browser.post(address("disclosure-ask", publication), {"file": report(LEAK, BORN)}).status_code == 302
    assert "is still running" in browser.get(home).content.decode()
    check = DisclosureCheck.objects.get()
    disclosure.make(pk=check.pk, now=timezone.now())
    shown = browser.get(home).content.decode()
    assert "2 findings are open" in shown
    assert "paragraph 4" in shown
    assert "paragraph 5" not in browser.get(home, {"kind": "child"}).content.decode()

    chosen = "&".join(f"finding={one.pk}" for one in check.findings.all())
    propose, decide = (f"{address(name, publication)}?{chosen}" for name in ("disclosure-propose", "disclosure-decide"))
    assert "Say why" not in browser.get(propose).content.decode()
    assert browser.post(propose, {"reason": "It is a flower."}).status_code == 302
    refused = browser.post(decide, {"answer": "accept"})
    assert "A second person accepts or refuses" in refused.content.decode()
    second = sign_in(cast.chair)
    assert "It is a flower." in second.get(decide).content.decode()
    assert "Say why it must be mended" in second.post(decide, {"answer": "refuse"}).content.decode()
    assert second.post(decide, {"answer": "accept"}).status_code == 302
    assert set(check.findings.values_list("status", flat=True)) == {FindingStatus.ACCEPTED}
    assert "Nothing in this check stops publication" in browser.get(home).content.decode()

    again = checked(publication, LEAK)
    assert "1 mended, 0 new" in browser.get(home).content.decode()
    earlier = browser.get(address("disclosure-check", publication, number=1)).content.decode()
    assert "This is an earlier check" in earlier
    paper = browser.get(address("disclosure-list", publication, number=again.number))
    assert paper.content.startswith(b"%PDF")
    assert CHILD_NAME not in paper["Content-Disposition"]
    assert Event.objects.filter(verb="disclosure.printed").count() == 1


def test_a_refused_file_keeps_the_page_with_its_sentence(cast):
    publication = planned()
    file = report("x", name="Report.txt")
    page = sign_in(cast.business_manager).post(address("disclosure-ask", publication), {"file": file})
    assert page.status_code == 200
    assert "The name of the file ends in .txt" in page.content.decode()
    assert not DisclosureCheck.objects.exists()


def test_the_list_costs_the_same_for_one_and_for_three(cast, django_assert_num_queries):
    browser = sign_in(cast.chair)

    def look(check):
        assert check.status == CheckStatus.DONE
        return browser.get(address("disclosure", check.publication))

    look(checked(planned(), LEAK))
    few, many = checked(planned(number=2), LEAK), checked(planned(number=3), LEAK, BORN, "To Zebediah Primary School.")
    with django_assert_num_queries(QUERIES):
        look(few)
    with django_assert_num_queries(QUERIES):
        assert look(many).content.decode().count("app-disclosure__one") == 3


QUERIES = 47
