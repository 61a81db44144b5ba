from datetime import date

from deadlines import published
from deadlines.models import BankHoliday, CalendarYear, LadderStep, Rule


def test_every_limit_of_the_field_is_there_and_valid(db):
    codes = set(Rule.objects.filter(milestone_of="").values_list("code", flat=True))
    assert codes == {
        "notify-national-panel", "inform-partners", "looked-after-death", "rapid-review", "national-panel-reply",
        "inform-of-lcspr", "lcspr-publish", "lcspr-copy", "lcspr-available", "delay-notice", "yearly-report",
        "panel-meeting",
    }  # fmt: skip
    for rule in Rule.objects.all():
        rule.full_clean()
    for step in LadderStep.objects.all():
        step.full_clean()


def test_the_milestones_inside_the_fifteen_days(db):
    milestones = Rule.objects.milestones_of("rapid-review", date(2026, 11, 2))
    assert [rule.length for rule in milestones] == [1, 2, 5, 8, 10, 12, 13, 14, 15]


def test_the_edition_follows_the_trigger_date(db):
    def edition(day):
        return Rule.objects.for_trigger("rapid-review", date.fromisoformat(day)).edition

    assert edition("2012-01-03") == "2018, ch. 4"  # no earlier one is held
    assert edition("2023-12-14") == "2018, ch. 4"
    assert edition("2023-12-15") == "2023, ch. 5"
    assert edition("2026-11-02") == "2023, ch. 5; guidance of June 2025"


def test_what_is_not_confirmed_says_so(db):
    unsure = Rule.objects.filter(status="to-be-confirmed")
    assert {rule.code for rule in unsure} == {"looked-after-death", "inform-of-lcspr"}
    assert all(rule.status_note for rule in unsure)


def test_the_stored_holidays_are_those_of_the_published_list(db):
    """Title for title: the seed was taken from the package, and the package still says the same."""
    assert dict(BankHoliday.objects.values_list("date", "title")) == published.holidays()
    assert list(CalendarYear.objects.order_by("year").values_list("year", flat=True)) == list(range(2012, 2029))


def test_the_days_proclaimed_late_are_there(db):
    for day in ("2022-06-03", "2022-09-19", "2023-05-08", "2020-05-08", "2026-12-28", "2027-12-27", "2027-12-28"):
        assert BankHoliday.objects.filter(date=day).exists(), day
