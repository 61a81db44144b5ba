"""The chapters of the report, each a small function over the review's contents. To add one: write it, list it."""

from collections.abc import Callable, Iterable

from agency_returns.models import InformationRequest
from deadlines.models import Clock
from deadlines.trail import trail_of
from rapid_reviews.choices import CIRCUMSTANCES, CRITERIA, NATIONAL_CRITERIA, Criterion, SectionKey
from rapid_reviews.models import Recommendation
from rapid_reviews.outline import Part
from rapid_reviews.report import lines
from rapid_reviews.report.blocks import NOTHING, Block, Source, facts, heading, prose, say, table
from referrals.facts import Row, agency_rows, child_rows, date_rows, incident_rows, people_rows

K = SectionKey
NO_ANSWER = "No finding yet."


def case(source: Source) -> list[Block]:
    """What happened, and who was aware when."""
    return [
        facts("The incident", _rows(source, incident_rows(source.case))),
        facts("Dates of the notification", _rows(source, date_rows(source.case))),
    ]


def children(source: Source) -> list[Block]:
    """Each child, then the family, as known at the incident."""
    blocks: list[Block] = []
    for child in source.children:
        title = f"{child}, index child" if child.is_index else str(child)
        blocks.append(facts(title, _rows(source, child_rows(child, source.case, names=source.with_names))))
    for person, rows in people_rows(source.case, names=source.with_names):
        blocks.append(facts(str(person), _rows(source, rows)))
    return blocks or [prose("No child is recorded in the case.")]


def agencies(source: Source) -> list[Block]:
    """Who was involved, and what each agency returned."""
    involved = source.case.involved_agencies.select_related("agency")
    asked = InformationRequest.objects.filter(referral=source.case).select_related("agency")
    rows = [[one.agency.name, one.get_status_display(), say(one.asked_at), say(one.returned_at)] for one in asked]
    blocks = [facts("Agencies involved", _rows(source, agency_rows(involved, source.case)))]
    if rows:
        blocks.append(table("Returns", ["Agency", "Where it stands", "Asked on", "Returned on"], rows))
    return [*blocks, *_written(source, K.AGENCIES)]


def section(key: SectionKey, more: Callable[[Source], list[Block]] | None = None) -> Callable[[Source], list[Block]]:
    """The chapter of one section, child by child where it is written so; then `more`, its lines."""

    def chapter(source: Source) -> list[Block]:
        return [*_written(source, key), *(more(source) if more else [])]

    return chapter


def characteristics(source: Source) -> list[Block]:
    """How race, ethnicity, culture, disability and other protected characteristics bear on the case: never blank."""
    blocks: list[Block] = []
    for key in (K.ETHNICITY, K.CULTURE, K.DISABILITY, K.CHARACTERISTICS):
        blocks += [heading(str(key.label)), *_written(source, key)]
    return blocks


def grounds(source: Source) -> list[Block]:
    """The finding on each criterion and each circumstance, with its reasons."""
    return [
        table("Criteria (2018 Regulations, regulation 11)", ["Criterion", "Finding", "Reasons"],
              _findings(source, CRITERIA)),
        table("Circumstances to have regard to (Working Together)", ["Circumstance", "Finding", "Reasons"],
              _findings(source, CIRCUMSTANCES)),
        *_national(source),
        *lines.evidence(source),
    ]  # fmt: skip


def _national(source: Source) -> list[Block]:
    """Regulation 3, where it was asked or answered."""
    asked = source.contents.needs_national or any(one in source.contents.answers for one in NATIONAL_CRITERIA)
    rows = _findings(source, NATIONAL_CRITERIA)
    return [table("Criteria for a national review (regulation 3)", ["Criterion", "Finding", "Reasons"], rows)] * asked


def recommendation(source: Source) -> list[Block]:
    """What the Panel recommends, and how it was reached: who was there, quorum, ruling, dissent."""
    found = source.contents.standing or source.contents.draft
    if found is None:
        return [prose("The Panel has not recommended yet.")]
    return [*_recommendation(source, found), *lines.particulars(source, found), *_present(source, found)]


def decisions(source: Source) -> list[Block]:
    """What each of the three Safeguarding Partners decided, and why."""
    rows = []
    for partner, decision in source.contents.decisions.items():
        if decision is None:
            rows.append([partner.label, "No decision yet", "", ""])
            continue
        view = decision.get_view_display()
        if decision.amended_outcome:
            view = f"{view}: {decision.get_amended_outcome_display()}"
        rows.append([partner.label, view, source.text(decision.reasons), say(decision.decided_at)])
    outcome = source.review.get_outcome_display()
    agreed = f"Agreed outcome: {outcome}, {say(source.review.decided_on)}." if outcome else "There is no outcome yet."
    return [
        prose(agreed),
        table("Decisions of the Safeguarding Partners", ["Partner", "Decision", "Reasons", "Decided on"], rows),
        *lines.resolution(source),
    ]


def earlier(source: Source) -> list[Block]:
    """Recommendations that were reopened, with the decisions on them: dissent is kept. Nothing where there is none."""
    blocks: list[Block] = []
    for past in source.contents.past:
        rows = [
            [one.get_partner_display(), one.get_view_display(), source.text(one.reasons), say(one.decided_at)]
            for one in past.decisions.all()
        ]
        blocks += [*_recommendation(source, past), *lines.particulars(source, past)]
        blocks.append(prose(f"Reopened on {say(past.reopened_at)}: {source.text(past.reopen_reason)}"))
        if rows:
            caption = f"Decisions on recommendation {past.number}"
            blocks.append(table(caption, ["Partner", "Decision", "Reasons", "Decided on"], rows))
    return blocks


def dates(source: Source) -> list[Block]:
    """The statutory date and how it was reached, day by day in one sentence; then the milestones."""
    clock = source.review.clock
    how = trail_of(clock, clock.rule, source.calendar)
    blocks = [prose(how.minutes_line)]
    if clock.stricter_due_on:
        blocks.append(prose(f"By the stricter reading: {say(clock.stricter_due_on)}. {clock.stricter_reason}"))
    if clock.late_reason:
        blocks.append(prose(f"Late. Why: {source.text(clock.late_reason)} Told: {source.text(clock.told)}"))
    inside = [one for one in source.contents.milestones if one.due_on != clock.due_on]  # the last is this very sending
    rows = [[one.rule.title, f"Day {one.length}", say(one.due_on), _ended(one)] for one in inside]
    if rows:
        blocks.append(table("Milestones", ["Milestone", "Working day", "Due", "Done"], rows))
    return blocks


Chapter = Callable[[Source], list[Block]]

# In the order of what a good rapid review holds (national Panel guidance). A chapter without blocks is left out.
CHAPTERS: tuple[tuple[str, str, Chapter], ...] = (
    ("safeguarding", "Immediate safeguarding of every child", section(K.SAFEGUARDING, lines.issues)),
    ("case", "The case", case),
    ("children", "The children and their family", children),
    ("facts", K.FACTS.label, section(K.FACTS)),
    ("agencies", K.AGENCIES.label, agencies),
    ("episodes", K.EPISODES.label, section(K.EPISODES, lines.episodes)),
    ("voice", K.VOICE.label, section(K.VOICE)),
    ("characteristics", "Race, ethnicity, culture, disability and other protected characteristics", characteristics),
    ("good-practice", K.GOOD_PRACTICE.label, section(K.GOOD_PRACTICE)),
    ("grounds", "Criteria and circumstances", grounds),
    ("recommendation", "The Panel’s recommendation", recommendation),
    ("decisions", "Decisions of the three Safeguarding Partners", decisions),
    ("earlier", "Earlier recommendations and decisions", earlier),
    ("immediate-learning", K.IMMEDIATE_LEARNING.label, section(K.IMMEDIATE_LEARNING, lines.learning)),
    ("further-learning", K.FURTHER_LEARNING.label, section(K.FURTHER_LEARNING)),
    ("parallel", K.PARALLEL.label, section(K.PARALLEL, lines.proceedings)),
    ("national", K.NATIONAL.label, section(K.NATIONAL)),
    ("dates", "Dates and how they were reached", dates),
)


def _rows(source: Source, rows: Iterable[Row]) -> list[tuple[str, str]]:
    return [(row.label, source.text(row.value)) for row in rows]


def _written(source: Source, key: SectionKey) -> list[Block]:
    """What the Panel wrote under `key`, child by child where it is written so."""
    blocks: list[Block] = []
    for part in source.contents.parts:
        if part.key == key:
            title = [heading(source.child(part.child))] if part.child else []
            blocks += [*title, prose(source.text(_words(part)))]
    return blocks


def _words(part: Part) -> str:
    """Never blank: "not known" says why."""
    if part.section is None:
        return NOTHING
    unknown = f"Not known: {part.section.unknown_reason}" if part.section.is_unknown else ""
    return "\n\n".join(text for text in (unknown, part.section.text) if text) or NOTHING


def _findings(source: Source, criteria: Iterable[Criterion]) -> list[list[str]]:
    rows = []
    for criterion in criteria:
        answer = source.contents.answers.get(criterion)
        found = [answer.finding_label, source.text(answer.reason)] if answer else [NO_ANSWER, ""]
        rows.append([criterion.label, *found])
    return rows


def _recommendation(source: Source, found: Recommendation) -> list[Block]:
    quorum = "Quorate: all three Safeguarding Partners were represented." if found.is_quorate else "Not quorate."
    rows = [
        ("The Panel recommends", found.get_outcome_display()),
        ("Reasons", source.text(found.reason)),
        ("Panel meeting", say(found.met_on)),
        ("Quorum", quorum if found.recorded_at else "Not recorded yet"),
    ]
    if found.chair_ruling and found.ruled_by:
        who = found.ruled_by.name if source.with_names else "the chair or deputy chair"
        rows.append(("Ruling where not quorate", f"{source.text(found.chair_ruling)} ({who})"))
    if found.dissent or not found.dissents.all():
        rows.append(("Dissent", source.text(found.dissent) or "None recorded"))
    return [facts(f"Recommendation {found.number}", rows)]


def _present(source: Source, found: Recommendation) -> list[Block]:
    rows = []
    for seat in found.attendances.all():
        member = seat.membership
        counts = "Conflict of interest: does not count" if seat.is_conflicted else seat.get_represents_display()
        who = [member.user.name] if source.with_names else []
        rows.append([*who, member.get_role_display(), member.agency.name, counts])
    columns = [*(["Who"] if source.with_names else []), "Role", "Agency", "Counts for"]
    rows.sort(key=lambda row: row[-3:])
    return [table("Present", columns, rows)] if rows else []


def _ended(clock: Clock) -> str:
    if clock.completed_on:
        return f"{say(clock.completed_on)}{', late' if clock.was_late else ''}"
    return "Stopped" if clock.withdrawn_on else "Open"
