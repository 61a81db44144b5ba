"""manage.py deadline: count a date and say how, or check a table of worked dates."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import date_format

from core.errors import WorkflowError
from deadlines import calendar as stored
from deadlines.checking import check_table
from deadlines.choices import Unit
from deadlines.dates import iso_date
from deadlines.explain import Deadline, compute
from deadlines.models import Rule


class Command(BaseCommand):
    help = (
        "Print the date that a time limit gives (ISO, first line), then every day on the way. "
        "Exit code 0; 1 where a checked table differs; 2 for a bad rule, date or file, or a date beyond the calendar."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("rule", nargs="?", help="code of a time limit, as in rapid-review")
        parser.add_argument("date", nargs="?", help="the trigger date, as in 2026-11-23")
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")
        parser.add_argument("--check", metavar="FILE.csv", help="check a table: rule, kind, length, trigger, due")

    def handle(self, *args: Any, rule: str | None, date: str | None, **options: Any) -> None:
        try:
            if options["check"]:
                self._check(options["check"], is_alone=not (rule or date or options["json"]))
            elif rule and date:
                self._explain(rule, date, as_json=options["json"])
            else:
                raise WorkflowError("Give a rule and a date, or --check and a file. The rules are: " + _codes())
        except WorkflowError as error:
            raise CommandError(str(error), returncode=2) from error

    def _explain(self, code: str, date: str, *, as_json: bool) -> None:
        trigger = iso_date(date)
        try:
            rule = Rule.objects.for_trigger(code, trigger)
        except WorkflowError as error:
            raise WorkflowError(f"{error} The codes are: {_codes()}") from error
        calendar = stored.current() if rule.unit == Unit.WORKING_DAYS else None
        deadline = compute(rule, trigger, calendar)
        if as_json:
            self.stdout.write(json.dumps(_as_json(deadline), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_as_text(rule, deadline)))

    def _check(self, name: str, *, is_alone: bool) -> None:
        if not is_alone:
            raise WorkflowError("--check stands alone: give it only a file.")
        codes = set(Rule.objects.values_list("code", flat=True))
        checked = check_table(Path(name), codes, stored.current())
        failed = [row for row in checked if not row.passed]
        for row in failed:
            self.stdout.write(str(row))
        self.stdout.write(f"{len(checked) - len(failed)} passed, {len(failed)} failed")
        if failed:
            sys.exit(1)


def _codes() -> str:
    return ", ".join(sorted(set(Rule.objects.values_list("code", flat=True)))) + "."


def _as_json(deadline: Deadline) -> dict[str, Any]:
    return {
        "rule": deadline.rule,
        "trigger": deadline.trigger.isoformat(),
        "due": deadline.due.isoformat(),
        "source": deadline.source,
        "days": [{"date": day.date.isoformat(), "counted": day.counted, "why": day.why} for day in deadline.days],
    }


def _as_text(rule: Rule, deadline: Deadline) -> list[str]:
    lines = [
        deadline.due.isoformat(),
        "",
        f"{rule.title}: {rule.length_text}",
        f"Source:  {rule.source} ({rule.edition}; {rule.get_category_display().lower()})",
        f"Trigger: {rule.trigger}",
    ]
    if deadline.trigger < rule.effective_from:
        lines.append(f"Note:    no edition before {rule.effective_from.isoformat()} is held; counted by this one.")
    if rule.status_note:
        lines.append(f"Note:    {rule.status_note}")
    lines += ["", f"  {deadline.trigger.isoformat()} {deadline.trigger:%a}    day 0, the trigger"]
    for day in deadline.days:
        number = f"{day.number:3}" if day.counted else "  -"
        lines.append(f"  {day.date.isoformat()} {day.date:%a} {number}  {day.why}")
    if deadline.stricter_due:
        spoken = date_format(deadline.stricter_due, "l j F Y")
        lines += ["", f"Stricter reading: {spoken} {deadline.stricter_reason}."]
    return [*lines, "", "For the minutes:", deadline.minutes_line]
