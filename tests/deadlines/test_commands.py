import json

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
HEADER = "rule,kind,length,trigger,due\n"


def run(capsys, *arguments):
    """Standard output of `manage.py deadline`."""
    call_command("deadline", *arguments)
    return capsys.readouterr().out


def refused(*arguments):
    """The sentence with which it exits with 2."""
    with pytest.raises(CommandError) as error:
        call_command("deadline", *arguments)
    assert error.value.returncode == 2
    return str(error.value)


def test_the_first_line_is_the_date_then_every_day(capsys):
    lines = run(capsys, "notify-national-panel", "2026-12-24").splitlines()
    assert lines[0] == "2027-01-05"
    assert "  2026-12-24 Thu    day 0, the trigger" in lines
    assert "  2026-12-25 Fri   -  Christmas Day" in lines
    assert "  2026-12-29 Tue   1  working day 1" in lines
    assert any(line.startswith("Source:  Children Act 2004 s16C(1)") for line in lines)


def test_to_be_confirmed_is_said(capsys):
    assert "No separate limit was found" in run(capsys, "looked-after-death", "2026-11-02")


def test_json_has_exactly_its_shape(capsys):
    answer = json.loads(run(capsys, "inform-of-lcspr", "2026-11-06", "--json"))
    assert answer == {
        "rule": "inform-of-lcspr",
        "trigger": "2026-11-06",
        "due": "2026-11-09",
        "source": "Working Together to Safeguard Children",
        "days": [
            {"date": "2026-11-07", "counted": False, "why": "Saturday"},
            {"date": "2026-11-08", "counted": False, "why": "Sunday"},
            {"date": "2026-11-09", "counted": True, "why": "working day 1"},
        ],
    }


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["no-such-rule", "2026-11-02"], "There is no time limit with the code 'no-such-rule'. The codes are: "),
        (["rapid-review", "2026-02-30"], "'2026-02-30' is not a date"),
        (["rapid-review", "20261102"], "'20261102' is not a date"),
        (["rapid-review", "2028-12-20"], "The calendar of bank holidays runs from 2012 to 2028"),
        (["lcspr-copy", "2029-01-02"], "Add the bank holidays of 2029"),
        (["rapid-review", "2011-12-30"], "Add the bank holidays of 2011"),
        (["delay-notice", "2026-11-02"], "has no number of days"),
        (["rapid-review"], "Give a rule and a date"),
        ([], "Give a rule and a date"),
        (["rapid-review", "2026-11-02", "--check", "x.csv"], "--check stands alone"),
        (["--check", "/no/such/file.csv"], "cannot be read"),
    ],
)
def test_a_mistake_is_a_sentence(arguments, sentence):
    assert sentence in refused(*arguments)


def test_months_reach_past_the_holiday_calendar(capsys):
    assert run(capsys, "lcspr-publish", "2028-07-03").startswith("2029-01-03\n")


def table(tmp_path, text):
    path = tmp_path / "dates.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_right_table_passes(capsys, tmp_path):
    rows = "rapid-review,forward-working-days,15,2026-11-02,2026-11-23\n\n"
    rows += "rapid-review,forward-months,1,2026-01-31,2026-02-28\n"
    assert run(capsys, "--check", table(tmp_path, "\ufeff" + HEADER + rows)) == "2 passed, 0 failed\n"


def test_a_mismatch_is_printed_and_exits_with_1(capsys, tmp_path):
    rows = "rapid-review,forward-working-days,15,2026-11-02,2026-11-24\n"
    with pytest.raises(SystemExit) as stop:
        call_command("deadline", "--check", table(tmp_path, HEADER + rows))
    assert stop.value.code == 1
    assert capsys.readouterr().out == (
        "line 2: rapid-review forward-working-days 15 from 2026-11-02: the table says 2026-11-24, counted 2026-11-23\n"
        "0 passed, 1 failed\n"
    )


def test_the_kind_and_length_of_the_row_are_honoured(capsys, tmp_path):
    rows = (
        "rapid-review,back-working-days,2,2026-11-23,2026-11-19\nlcspr-publish,forward-years,1,2028-02-29,2029-02-28\n"
    )
    assert run(capsys, "--check", table(tmp_path, HEADER + rows)) == "2 passed, 0 failed\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "has no column rule, kind, length, trigger, due"),
        ("rule,kind,length,trigger\n", "has no column due"),
        (HEADER + "nothing,forward-months,6,2026-01-01,2026-07-01\n", "line 2: there is no rule 'nothing'"),
        (HEADER + "rapid-review,sideways,6,2026-01-01,2026-07-01\n", "line 2: there is no kind 'sideways'"),
        (HEADER + "rapid-review,forward-months,six,2026-01-01,2026-07-01\n", "'six' is no length"),
        (HEADER + "rapid-review,forward-months,0,2026-01-01,2026-07-01\n", "between 1 and 2000, not 0"),
        (HEADER + "rapid-review,forward-months,6,1.1.2026,2026-07-01\n", "'1.1.2026' is not a date"),
        (HEADER + "rapid-review,forward-months,6,2026-01-01,\n", "'' is not a date"),
        (HEADER + "rapid-review,forward-months,6\n", "3 values for 5 columns"),
        (
            HEADER + "rapid-review,forward-working-days,15,2028-12-20,2029-01-12\n",
            "line 2: The calendar of bank holidays",
        ),
    ],
)
def test_a_malformed_table_is_a_sentence_with_its_line(tmp_path, text, sentence):
    assert sentence in refused("--check", table(tmp_path, text))


def test_a_file_that_is_no_text(tmp_path):
    path = tmp_path / "dates.csv"
    path.write_bytes(b"\xff\xfe\x00")
    assert "is no CSV table in UTF-8" in refused("--check", str(path))
