"""What is made of lines within the chapters: episodes, learning, proceedings, issues, evidence, enquiries."""

from django.db.models import prefetch_related_objects

from chronology.timeline import when
from panel.models import Membership
from rapid_reviews.choices import CIRCUMSTANCES, CRITERIA, NATIONAL_CRITERIA
from rapid_reviews.models import EpisodeAnalysis, Evidence, Recommendation
from rapid_reviews.report.blocks import Block, Source, facts, prose, say, table
from rapid_reviews.states import IssueStatus

ANALYSIS = (
    ("What happened", "happened"),
    ("What was expected", "expected"),
    ("Why it went as it did", "why"),
    ("What it teaches", "teaches"),
)


def episodes(source: Source) -> list[Block]:
    """Each key practice episode of the chronology with its analysis, in order of time."""
    return [
        facts(
            f"{when(episode.row)}: {source.text(episode.title)}",
            [
                ("Agency", episode.row.agency.name if episode.row.agency else "The Panel"),
                ("In the chronology", source.text(episode.row.event)),
                *_analysis(source, episode.analysis),
            ],
        )
        for episode in source.contents.episodes
    ]


def _analysis(source: Source, analysis: EpisodeAnalysis | None) -> list[tuple[str, str]]:
    if analysis is None:
        return [("Analysis", "Not written yet")]
    return [(label, source.text(getattr(analysis, name)) or "Not written yet") for label, name in ANALYSIS]


def learning(source: Source) -> list[Block]:
    """What was learned, who needs to know, and how, by whom and by when it is shared."""
    rows = [
        [
            source.text(line.message), line.audience, f"{line.channel}, by {source.text(line.by_whom)}",
            say(line.due_on), say(line.shared_on) or "Not yet",
        ]
        for line in source.contents.learning
    ]  # fmt: skip
    columns = ["What was learned", "Who needs to know", "How it is shared", "By when", "Shared on"]
    return [table("How immediate learning is shared", columns, rows)] if rows else []


def proceedings(source: Source) -> list[Block]:
    """Each parallel proceeding. Who is the contact is told in the report with names only."""
    rows = [
        [
            line.get_kind_display(), *([line.contact] if source.with_names else []), source.text(line.state),
            say(line.next_on) or "None set", source.text(line.effect),
        ]
        for line in source.contents.proceedings
    ]  # fmt: skip
    contact = ["Contact"] if source.with_names else []
    columns = ["Proceeding", *contact, "State", "Next date", "Effect on this review and on publication"]
    return [table("Parallel proceedings", columns, rows)] if rows else []


def issues(source: Source) -> list[Block]:
    """Immediate safeguarding issues that were raised to agencies and what was answered. Raised in error: left out."""
    rows = []
    prefetch_related_objects(source.contents.issues, "answers")
    for issue in source.contents.issues:
        if issue.status == IssueStatus.WITHDRAWN:
            continue
        answer = next(reversed(issue.answers.all()), None)
        answered = f"{say(answer.answered_at)}: {source.text(answer.text)}" if answer else "Not answered"
        rows.append([issue.agency.name, say(issue.raised_at), source.text(issue.concern), answered,
                     issue.get_status_display()])  # fmt: skip
    columns = ["Agency", "Raised on", "What is of concern", "Answer", "Where it stands"]
    return [table("Safeguarding issues raised to agencies", columns, rows)] if rows else []


def evidence(source: Source) -> list[Block]:
    """What each finding rests on, by its number; and the practice themes of the case."""
    found = source.contents.evidence
    rows = [
        [criterion.label, "; ".join(_piece(source, piece) for piece in found[criterion])]
        for criterion in (*CRITERIA, *CIRCUMSTANCES, *NATIONAL_CRITERIA)
        if found.get(criterion)
    ]
    themes = ", ".join(theme.name for theme in source.contents.themes)
    blocks = [table("Evidence", ["Criterion or circumstance", "Rests on"], rows)] if rows else []
    return [*blocks, *([prose(f"Practice themes: {themes}.")] if themes else [])]


def _piece(source: Source, piece: Evidence) -> str:
    if piece.row is not None:
        return f"{piece.label}, chronology, {when(piece.row)}, {piece.row.agency.name if piece.row.agency else 'Panel'}"
    if piece.agency_return is not None:
        return f"{piece.label}, return of {piece.agency_return.request.agency.name}"
    named = f": {source.text(piece.document.description)}" if piece.document and piece.document.description else ""
    return f"{piece.label}, document{named}"


def particulars(source: Source, found: Recommendation) -> list[Block]:
    """What belongs to a recommendation: lines of enquiry, agencies asked, audiences, dissent, circulated answers."""
    blocks = []
    if enquiries := [
        [str(one.number), source.text(one.question), source.text(one.why)] for one in found.enquiries.all()
    ]:
        blocks.append(table("Key lines of enquiry", ["Number", "Question", "Why it is asked"], enquiries))
    audiences = [one.audience.name for one in found.audiences.all()]
    rows = [
        ("Reviews are asked of", ", ".join(one.agency.name for one in found.asked_agencies.all())),
        ("Audiences for the learning", ", ".join(audiences)),
        ("Other audiences", source.text(found.other_audiences)),
    ]
    if rows := [row for row in rows if row[1]]:
        blocks.append(facts("For whom", rows))
    return [*blocks, *_dissent(source, found), *_answers(source, found)]


def _dissent(source: Source, found: Recommendation) -> list[Block]:
    rows = [[*_who(source, one.membership), source.text(one.text)] for one in found.dissents.all()]
    return [table("Dissent", [*_who_columns(source), "What they say"], rows)] if rows else []


def _answers(source: Source, found: Recommendation) -> list[Block]:
    """How the members answered where the recommendation was circulated outside a meeting."""
    rows = [
        [*_who(source, one.membership), one.get_answer_display() or "No answer", source.text(one.reasons)]
        for circulation in found.circulations.all()
        if circulation.ended_by_id is None
        for one in circulation.answers.all()
    ]
    return [table("Answers by circulation", [*_who_columns(source), "Answer", "Reasons"], rows)] if rows else []


def _who(source: Source, seat: Membership) -> list[str]:
    return [*([seat.user.name] if source.with_names else []), seat.get_role_display(), seat.agency.name]


def _who_columns(source: Source) -> list[str]:
    return [*(["Who"] if source.with_names else []), "Role", "Agency"]


def resolution(source: Source) -> list[Block]:
    """What the lead partners agreed where the three differed; their first decisions stay above."""
    agreed = source.contents.resolution
    if agreed is None:
        return []
    leads = [("Lead partners", ", ".join([agreed.lead_la, agreed.lead_icb, agreed.lead_police]))]
    return [
        facts(
            "Resolved by the lead partners",
            [
                ("Agreed outcome", agreed.get_outcome_display()),
                ("Reasons", source.text(agreed.reasons)),
                ("Agreed on", say(agreed.agreed_on)),
                *(leads if source.with_names else []),
            ],
        )
    ]
