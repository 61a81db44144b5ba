"""The what-if page and the list of limits."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deadlines.models import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(business_manager_client):
    def ask(rule="", day="", month="", year="", length=""):
        query = {"rule": rule, "length": length, "date_0": day, "date_1": month, "date_2": year}
        response = business_manager_client.get(reverse("deadlines:calculator"), query)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return ask


def words(soup):
    return " ".join(soup.main.get_text(" ").split())


def test_it_begins_as_an_empty_form_without_errors(business_manager_client):
    soup = BeautifulSoup(business_manager_client.get(reverse("deadlines:calculator")).content, "html.parser")
    assert soup.main.form["method"] == "get"
    assert soup.find(class_="govuk-error-summary") is None
    assert soup.title.string.startswith("Date calculator")
    assert "delay-notice" not in [option["value"] for option in soup.find_all("option")]


def test_a_limit_is_counted_and_explained(ask):
    soup = ask("looked-after-death", 24, 12, 2026)
    assert soup.h2.get_text() == "Tuesday 5 January 2027"
    assert soup.title.string.startswith("5 January 2027")
    text = words(soup)
    for expected in ("To be confirmed", "No separate limit was found", "No: Boxing Day (substitute day)",
                     "Working Together to Safeguard Children", "For the minutes"):  # fmt: skip
        assert expected in text


def test_the_stricter_reading_is_named(ask):
    assert "Stricter reading: count from the day “Local authority becomes aware”" in words(
        ask("rapid-review", 2, 11, 2026)
    )
    assert "On the due date itself only 6 clear working days" in words(ask("lcspr-copy", 28, 1, 2027))


@pytest.mark.parametrize(
    ("kind", "length", "due"),
    [
        ("forward-working-days", 3, "Tuesday 5 January 2027"),
        ("back-working-days", 3, "Wednesday 23 December 2026"),
        ("forward-months", 2, "Sunday 28 February 2027"),
        ("back-months", 1, "Monday 30 November 2026"),
        ("forward-years", 2, "Sunday 31 December 2028"),
    ],
)
def test_a_count_of_your_own(ask, kind, length, due):
    day = 31 if "working" not in kind else 30
    assert ask(kind, day, 12, 2026, length).h2.get_text() == due


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Select time limit"),
        ({"rule": "nonsense", "day": 1, "month": 1, "year": 2026}, "Select a time limit from the list"),
        ({"rule": "rapid-review"}, "Enter the date to count from"),
        ({"rule": "rapid-review", "day": 31, "month": 2, "year": 2026}, "The date to count from must be a real date"),
        ({"rule": "rapid-review", "day": 1, "year": 2026}, "The date to count from must include a month"),
        ({"rule": "forward-months", "day": 1, "month": 1, "year": 2026}, "Enter how many"),
        ({"rule": "forward-months", "day": 1, "month": 1, "year": 2026, "length": "x"}, "must be a whole number"),
        ({"rule": "forward-months", "day": 1, "month": 1, "year": 2026, "length": "0"}, "must be 1 or more"),
        ({"rule": "rapid-review", "day": 20, "month": 12, "year": 2028}, "Add the bank holidays of 2029"),
        ({"rule": "lcspr-copy", "day": 4, "month": 1, "year": 2012}, "Add the bank holidays of 2011"),
    ],
)
def test_a_mistake_is_in_the_error_summary(ask, asked, sentence):
    soup = ask(**asked)
    assert sentence in soup.find(class_="govuk-error-summary").get_text()
    assert soup.title.string.startswith("Error: ")
    assert soup.h2.get_text(strip=True) == "There is a problem"
    for link in soup.find(class_="govuk-error-summary").find_all("a"):
        assert soup.find(id=link["href"][1:]) is not None


def test_it_changes_nothing(ask, django_assert_max_num_queries):
    with CaptureQueriesContext(connection) as queries:
        ask("rapid-review", 2, 11, 2026)
    assert {query["sql"].split()[0] for query in queries} <= {"SELECT", "SAVEPOINT", "RELEASE", "UPDATE"}
    assert [q["sql"] for q in queries if q["sql"].startswith("UPDATE") and "session" not in q["sql"]] == []
    assert not Clock.objects.exists()


def test_every_limit_stands_in_the_list_with_its_source(business_manager_client):
    soup = BeautifulSoup(business_manager_client.get(reverse("deadlines:rules")).content, "html.parser")
    text = words(soup)
    for expected in ("Give notice of delay", "No day count", "10 to 15 working days (expected)", "Returns collated",
                     "2012 to 2028", "Terms of Reference of the Panel, section 3", "To be confirmed",
                     "29 Jun 2018 to 14 Dec 2023"):  # fmt: skip
        assert expected in text
