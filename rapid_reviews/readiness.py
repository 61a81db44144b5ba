"""The stop list: what keeps a rapid review from being recommended or sent. One place, for page and workflow alike."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from panel.models import User
from rapid_reviews.choices import NEEDS_ENQUIRY, Outcome
from rapid_reviews.contents import Contents
from rapid_reviews.models import Recommendation
from referrals.models import Child


@dataclass(frozen=True)
class Blocker:
    """One reason, as the end of "It cannot be sent yet because …", and the page on which it is mended."""

    text: str
    url: str


def _url(name: str, contents: Contents, **more: str) -> str:
    return reverse(f"rapid_reviews:{name}", kwargs={"reference": contents.review.referral.reference} | more)


def _criteria(contents: Contents) -> list[Blocker]:
    url = _url("criteria-edit", contents)
    return [Blocker(f"“{criterion.label}” has no finding", url) for criterion in contents.unanswered]


def _sections(contents: Contents) -> list[Blocker]:
    return [
        Blocker(
            f"“{part.title}” is {'not complete' if part.is_started else 'not started'}",
            _url("section-edit", contents, slug=part.slug),
        )
        for part in contents.parts
        if not part.is_complete
    ]


def _episodes(contents: Contents) -> list[Blocker]:
    return [
        Blocker(
            f"the key practice episode “{episode.row.key_title}” is {'half' if episode.analysis else 'not'} analysed",
            _url("episode-edit", contents, key=str(episode.row.key)),
        )
        for episode in contents.episodes
        if episode.is_marked and not episode.is_complete
    ]


def _children(contents: Contents) -> list[Blocker]:
    """Every child is known by age, ethnicity and disability: "not known" is an answer with a reason, blank is none."""
    children = list(dict.fromkeys(part.child for part in contents.parts if part.child))
    if not children:
        return [Blocker("no child is recorded in the case", _url("review-workspace", contents))]
    found = []
    for child in children:
        url = reverse("referrals:child-correct", args=[contents.review.referral.reference, child.key])
        missing = [what for what, value in _facts_of(child) if not value]
        found += [Blocker(f"{what} of {child} is not recorded", url) for what in missing]
    return found


def _facts_of(child: Child) -> list[tuple[str, object]]:
    born: list[tuple[str, object]] = [] if child.is_unborn else [("the date of birth", child.date_of_birth)]
    return [*born, ("the ethnicity", child.ethnicity), ("the answer on disability or health needs", child.disability)]


def _agencies(contents: Contents) -> list[Blocker]:
    """Who was involved; that nobody was is an answer too."""
    case = contents.review.referral
    if case.no_agency_involved or case.involved_agencies.exists():
        return []
    return [Blocker("no agency is recorded as involved", reverse("referrals:agency-involve", args=[case.reference]))]


def _decisions(contents: Contents) -> list[Blocker]:
    if contents.standing is None:
        return [Blocker("the Panel’s recommendation is not recorded", _url("recommendation-edit", contents))]
    url = _url("decision-list", contents)
    missing = [partner for partner, decision in contents.decisions.items() if decision is None]
    if missing:
        return [Blocker(f"there is no decision by the {partner.label.lower()}", url) for partner in missing]
    if contents.review.partners_differ_since:
        return [Blocker("the three partners differ, and it is back to the Panel", url)]
    return []


def _safeguarding(contents: Contents, reader: User | None, on: date | None) -> list[Blocker]:
    """An invited representative of another agency reads that there is one, not whose it is."""
    found: list[Blocker] = []
    for issue in contents.issues:
        if not issue.blocks_sending:
            continue
        if reader is None or on is None or issue.is_shown_to(reader, on=on):
            day = f"{timezone.localdate(issue.raised_at):%-d %B %Y}"
            text = f"the safeguarding issue raised to {issue.agency} on {day} is not answered"
            found.append(Blocker(text, issue.get_absolute_url()))
        else:
            text = "a safeguarding issue raised to another agency is not answered"
            found.append(Blocker(text, _url("issue-list", contents)))
    return found


def before_recommending(contents: Contents) -> list[Blocker]:
    """What keeps the recommendation from being recorded."""
    blockers = _criteria(contents)
    if contents.draft is None:
        blockers.append(Blocker("the recommendation is not written", _url("recommendation-edit", contents)))
    else:
        blockers += _particulars(contents, contents.draft)
    return blockers


def _particulars(contents: Contents, draft: Recommendation) -> list[Blocker]:
    """A review that asks something says what; one of single agencies says of which."""
    url = _url("recommendation-edit", contents)
    missing = []
    if draft.outcome in NEEDS_ENQUIRY and not draft.enquiries.all():
        missing.append(Blocker("there is no key line of enquiry", url))
    if draft.outcome == Outcome.SINGLE_AGENCY and not draft.asked_agencies.all():
        missing.append(Blocker("it does not say of which agency the review is asked", url))
    return missing


def before_sending(contents: Contents, *, reader: User | None = None, on: date | None = None) -> list[Blocker]:
    """What keeps the review from being sent to the national Panel; empty where nothing does. `reader`: whose page."""
    return [
        *_safeguarding(contents, reader, on),
        *_children(contents),
        *_agencies(contents),
        *_sections(contents),
        *_episodes(contents),
        *_criteria(contents),
        *_decisions(contents),
    ]


def sentence(blockers: list[Blocker]) -> str:
    """All of them in one sentence, for the workflow's refusal."""
    return "; ".join(blocker.text for blocker in blockers)
