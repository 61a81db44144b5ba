"""Closed lists of publication."""

from django.db.models import TextChoices

from panel.roles import StatutoryRole

PARTNERS = (StatutoryRole.LOCAL_AUTHORITY, StatutoryRole.ICB, StatutoryRole.POLICE)


class Authority(TextChoices):
    """Whom the full report goes to ahead of publication, and who may comment on a decision not to publish."""

    NATIONAL_PANEL = "national_panel", "National Panel"
    SECRETARY_OF_STATE = "secretary_of_state", "Secretary of State"


class StepKind(TextChoices):
    """What a step of the plan is. Those that other facts settle are never ticked off by hand: see SETTLED."""

    APPROVAL_LA = "approval_la", "Approval of the local authority"
    APPROVAL_ICB = "approval_icb", "Approval of the integrated care board"
    APPROVAL_POLICE = "approval_police", "Approval of the police"
    STRATEGY = "strategy", "Media strategy agreed"
    COPY_NATIONAL_PANEL = "copy_national_panel", "Copy to the national Panel"
    COPY_SECRETARY = "copy_secretary", "Copy to the Secretary of State"
    FAMILY = "family", "Family informed"
    AGENCIES = "agencies", "Agencies informed"
    STAFF = "staff", "Staff informed"
    COMMS = "comms", "Communications teams told"
    GO_LIVE = "go_live", "Go-live"
    REPOSITORY = "repository", "NSPCC repository"
    AVAILABLE = "available", "Available until"
    OTHER = "other", "Another step"


APPROVALS = {
    StepKind.APPROVAL_LA: StatutoryRole.LOCAL_AUTHORITY,
    StepKind.APPROVAL_ICB: StatutoryRole.ICB,
    StepKind.APPROVAL_POLICE: StatutoryRole.POLICE,
}
COPIES = {
    StepKind.COPY_NATIONAL_PANEL: Authority.NATIONAL_PANEL,
    StepKind.COPY_SECRETARY: Authority.SECRETARY_OF_STATE,
}
SETTLED = frozenset({*APPROVALS, StepKind.STRATEGY, StepKind.GO_LIVE, StepKind.AVAILABLE})


class Subject(TextChoices):
    """What the three partners agree to. Each agreement holds for the words that were agreed to and no others."""

    REPORT = "report", "Report and public text"
    STRATEGY = "strategy", "Media strategy"


class MoveCause(TextChoices):
    """Why the dates of a plan moved."""

    PERSON = "person", "Moved by hand"
    CALENDAR = "calendar", "Bank holiday or time limit changed"


class Place(TextChoices):
    """Where a published report is to be found."""

    OWN = "own", "The public page of this service"
    EXTERNAL = "external", "Another address"
