"""What stands between a planned publication and its go-live: one sentence for each thing that is missing."""

from collections.abc import Sequence
from datetime import date

from deadlines.working_days import WorkingCalendar
from panel.roles import StatutoryRole
from practice_reviews.states import Status as ReviewStatus
from publications import plan
from publications.choices import COPIES, Subject
from publications.disclosure import gate as disclosure
from publications.holding import holding_sentences
from publications.models import PlanStep, Publication, PublicPage
from publications.standing import missing_partners


def reasons(publication: Publication, *, on: date, calendar: WorkingCalendar) -> list[str]:
    """Everything that stops publishing on the day `on`; empty where it may go ahead."""
    steps = list(publication.steps.all())
    return [
        *_review(publication),
        *_words(publication),
        *disclosure.blocking_reasons(publication, on=on),
        *_partners(publication),
        *_copies(steps, on, calendar),
        *holding_sentences(publication.practice_review),
        *_day(publication, on),
    ]


def _review(publication: Publication) -> list[str]:
    review = publication.practice_review
    if review.status == ReviewStatus.SIGNED_OFF:
        return []
    return [f"The review is not signed off: it stands at “{review.get_status_display()}”."]


def _words(publication: Publication) -> list[str]:
    missing = []
    if not publication.title or not publication.slug:
        missing.append("The published report has no title or public address yet.")
    if publication.report is None and not publication.web_text:
        missing.append("There is no report to publish: neither a file nor a public text.")
    if publication.report is not None and not publication.report.is_available:
        missing.append("The file of the report is not available: it waits for the virus scan, or was withdrawn.")
    if not PublicPage.current().is_on and not publication.external_address:
        missing.append("Nobody could find the report: the public page is off and no other address is entered.")
    return missing


def _partners(publication: Publication) -> list[str]:
    sentences = []
    for subject, what in ((Subject.REPORT, "the report as it now stands"), (Subject.STRATEGY, "the media strategy")):
        for partner in missing_partners(publication, subject):
            has = "have" if partner == StatutoryRole.POLICE.label else "has"
            sentences.append(f"{_The(partner)} {has} not agreed to {what}.")
    return sentences


def _The(partner: str) -> str:  # noqa: N802 - "the", capitalised
    return f"The {partner[:1].lower()}{partner[1:]}"


def _copies(steps: Sequence[PlanStep], on: date, calendar: WorkingCalendar) -> list[str]:
    """Working Together: the full report goes to both at least seven working days before publication."""
    rule = plan.rules_on(on)[plan.COPY_RULE]
    sentences = []
    for step in steps:
        if step.kind not in COPIES:
            continue
        who = COPIES[step.kind].label  # type: ignore[index]
        if step.done_on is None:
            sentences.append(f"The full report has not been sent to the {who} ({rule.length_text} publication).")
            continue
        first = plan.earliest_after_copy(step.done_on, calendar, rule)
        if on < first:
            sentences.append(
                f"The report went to the {who} on {plan.spoken(step.done_on)}, too late for publication on "
                f"{plan.spoken(on)}: the first day with {rule.length_text} it is {plan.spoken(first)}."
            )
    return sentences


def _day(publication: Publication, on: date) -> list[str]:
    if on >= publication.planned_on:
        return []
    return [f"Publication is planned for {plan.spoken(publication.planned_on)}. Move the date to publish earlier."]
