"""{% due_date %} and {% clock_day %}."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from core.guard import workflow
from deadlines.models import CalendarYear, Clock
from deadlines.workflow import complete_clock, proclaim_holiday, withdraw_clock
from tests.deadlines.factories import at, running_clock

pytestmark = pytest.mark.django_db
LIST = Template(
    "{% load deadlines_tags %}{% for clock in clocks %}{% due_date clock %}{% clock_day clock %}{% endfor %}"
)


def page(*clocks, today="2026-11-13", **context):
    html = LIST.render(Context({"clocks": clocks, "today": date.fromisoformat(today), **context}))
    return BeautifulSoup(html, "html.parser")


def text(soup):
    return " ".join(soup.get_text(" ").split())


def test_the_date_opens_how_it_was_reached():
    clock = running_clock(
        trigger="2026-12-14", stricter_trigger_on=date(2026, 12, 10), stricter_reason="From awareness."
    )
    soup = page(clock)
    assert soup.details.summary.time["datetime"] == "2027-01-07"
    assert "how this date was reached" in soup.details.summary.get_text()
    words = text(soup.details)
    for expected in (
        "Rapid review: Thursday 7 January 2027",
        "national Panel guidance (2023, ch. 5; guidance of June 2025)",
        "Stricter reading: Tuesday 5 January 2027 , counted from Thursday 10 December 2026. From awareness.",
        "0 Mon 14 Dec 2026 Trigger, not counted",
        "– not counted Fri 25 Dec 2026 No: Christmas Day",
        "15 Thu 7 Jan 2027 Yes, due",
        "For the minutes Rapid review: Thursday 7 January 2027, being 15 working days after",
    ):
        assert expected in words
    assert not soup.find_all(style=True)


@pytest.mark.parametrize(
    ("today", "words", "colour"),
    [
        ("2026-11-02", "day 0 of 15", "blue"),
        ("2026-11-13", "day 9 of 15", "blue"),
        ("2026-11-20", "day 14 of 15", "yellow"),
        ("2026-11-23", "due today", "orange"),
        ("2026-11-24", "1 working day late", "red"),
        ("2026-11-26", "3 working days late", "red"),
        ("2029-02-01", "late", "red"),  # past the known calendar
    ],
)
def test_where_a_rapid_review_stands(today, words, colour):
    tag = page(running_clock(), today=today).find(class_="govuk-tag")
    assert tag.get_text() == words
    assert f"govuk-tag--{colour}" in tag["class"]


@pytest.mark.parametrize(
    ("code", "trigger", "words"),
    [
        ("lcspr-publish", "2026-10-01", "month 2 of 6"),
        ("lcspr-copy", "2026-12-01", "due in 5 working days"),
        ("lcspr-available", "2026-10-01", "until 1 Oct 2027"),
        ("national-panel-reply", "2026-10-01", "expected 16 working days ago"),
        ("rapid-review", "2026-11-16", "starts 16 Nov 2026"),
    ],
)
def test_where_other_clocks_stand(code, trigger, words):
    assert page(running_clock(code=code, trigger=trigger)).find(class_="app-clock-day").get_text() == words


def test_a_due_date_on_a_friday_is_late_on_saturday():
    assert page(running_clock(trigger="2026-10-30"), today="2026-11-21").find(class_="govuk-tag").get_text() == "late"


def test_a_finished_clock_tells_the_trail_by_which_it_was_judged():
    clock = running_clock()
    clock = complete_clock(clock=clock, on=date(2026, 11, 20), by=None, now=at("2026-11-20"))
    proclaim_holiday(date=date(2026, 11, 12), title="Proclaimed later", reason="", by=None, now=at("2026-11-20"))
    words = text(page(clock))
    assert "Completed on Friday 20 November 2026. The days are kept as they were judged then." in words
    assert "Proclaimed later" not in words
    assert "completed on day 14 of 15" in words


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (lambda c: complete_clock(clock=c, on=date(2026, 11, 26), by=None, now=at("2026-11-26"), late_reason="Ill"),
         "completed 3 working days late"),
        (lambda c: withdraw_clock(clock=c, on=date(2026, 11, 26), by=None, now=at("2026-11-26"), reason="Not met"),
         "withdrawn 26 Nov 2026"),
    ],
)  # fmt: skip
def test_how_a_clock_ended(end, words):
    assert page(end(running_clock())).find(class_="govuk-tag").get_text() == words


def test_a_calendar_cut_short_is_said():
    clock = running_clock()
    workflow(lambda: CalendarYear.objects.filter(year__gte=2026).delete())()
    assert "are not entered any more" in text(page(clock))


@pytest.mark.parametrize("request_given", [True, False])
@pytest.mark.parametrize("number", [1, 12])
def test_no_query_per_clock(number, request_given):
    for n in range(number):
        clock = running_clock(label=f"CSPR-2026-{n:03}")
    complete_clock(clock=clock, on=date(2026, 11, 2), by=None, now=at("2026-11-02"))
    running_clock(label="CSPR-2026-999")
    clocks = list(Clock.objects.all())
    extra = {"request": RequestFactory().get("/")} if request_given else {}
    with CaptureQueriesContext(connection) as queries:
        page(*clocks, **extra)
    assert len(queries) == 3  # known years, holidays, rules


def test_hostile_words_are_escaped():
    clock = running_clock(stricter_trigger_on=date(2026, 10, 30), stricter_reason="<script>alert(1)</script>")
    assert page(clock).script is None
