"""The fixed lists of a rapid review, each in the order in which people read it (a leaf)."""

from django.db.models import TextChoices

from panel.roles import StatutoryRole

PARTNERS = (StatutoryRole.LOCAL_AUTHORITY, StatutoryRole.ICB, StatutoryRole.POLICE)


class SectionKey(TextChoices):
    """What a good rapid review holds (national Panel guidance)."""

    SAFEGUARDING = "safeguarding", "Immediate safeguarding"
    FACTS = "facts", "Facts and context"
    AGENCIES = "agencies", "Agency involvement and gaps"
    EPISODES = "episodes", "Key practice episodes"
    VOICE = "voice", "The child’s voice and lived experience"
    ETHNICITY = "ethnicity", "Race and ethnicity"
    CULTURE = "culture", "Culture, religion and language"
    DISABILITY = "disability", "Disability"
    CHARACTERISTICS = "characteristics", "Other protected characteristics"
    GOOD_PRACTICE = "good-practice", "Good practice"
    IMMEDIATE_LEARNING = "immediate-learning", "Immediate learning and how it is shared"
    FURTHER_LEARNING = "further-learning", "Further learning"
    PARALLEL = "parallel-proceedings", "Parallel proceedings"
    NATIONAL = "national-importance", "National importance"


OF_EACH_CHILD = (SectionKey.SAFEGUARDING, SectionKey.VOICE)  # written for every child of the case


class ProceedingKind(TextChoices):
    """Proceedings that may run beside a review."""

    CRIMINAL = "criminal", "Criminal investigation or trial"
    INQUEST = "inquest", "Inquest"
    CARE = "care", "Care or family proceedings"
    CDOP = "cdop", "Child death overview panel (CDOP)"
    PSII = "psii", "Patient safety incident investigation (PSII)"
    IOPC = "iopc", "Independent Office for Police Conduct (IOPC)"
    SAR = "sar", "Safeguarding adults review (SAR)"
    DHR = "dhr", "Domestic homicide review (DHR)"
    OTHER = "other", "Other"


class Criterion(TextChoices):
    """Child Safeguarding Practice Review and Relevant Agency (England) Regulations 2018, regulation 11 (a) to (d)."""

    IMPROVEMENTS = "a", "(a) Improvements needed to safeguard and promote the welfare of children"
    THEMES = "b", "(b) Recurrent themes"
    WORKING_TOGETHER = "c", "(c) Two or more organisations or agencies working together effectively"
    NATIONAL_VIEW = "d", "(d) The national Panel’s view that a local review may be more appropriate"
    # Circumstances to have regard to (Working Together).
    SINGLE_AGENCY = "single-agency", "Concern about a single agency’s actions"
    NO_AGENCY = "no-agency", "No agency was involved and that is a concern"
    SEVERAL_AREAS = "several-areas", "More than one local authority, police area or ICB, or a family that moved"
    INSTITUTION = "institution", "An institutional setting"
    # National review: the Panel's view whether there is a question of one, then regulation 3.
    NATIONAL_IMPORTANCE = "national", "Issues that are complex or of national importance"
    NATIONAL_IMPROVEMENTS = (
        "national-a",
        "National: improvements needed to safeguard children",
    )
    NATIONAL_LAW = "national-b", "National: a change of law or guidance is needed"
    NATIONAL_THEMES = "national-c", "National: recurrent themes"


CRITERIA = (Criterion.IMPROVEMENTS, Criterion.THEMES, Criterion.WORKING_TOGETHER, Criterion.NATIONAL_VIEW)
CIRCUMSTANCES = (Criterion.SINGLE_AGENCY, Criterion.NO_AGENCY, Criterion.SEVERAL_AREAS, Criterion.INSTITUTION)
# Child Safeguarding Practice Review and Relevant Agency (England) Regulations 2018, regulation 3.
NATIONAL_CRITERIA = (Criterion.NATIONAL_IMPROVEMENTS, Criterion.NATIONAL_LAW, Criterion.NATIONAL_THEMES)
NATIONAL = (Criterion.NATIONAL_IMPORTANCE, *NATIONAL_CRITERIA)


class Finding(TextChoices):
    MET = "met", "Met"
    NOT_MET = "not_met", "Not met"
    NOT_CLEAR = "not_clear", "Not clear"


class Outcome(TextChoices):
    """What the Panel may recommend. Meeting the criteria does not make a local review automatic."""

    LCSPR = "lcspr", "Local child safeguarding practice review"
    MULTI_AGENCY = "multi_agency", "Local multi-agency learning review"
    SINGLE_AGENCY = "single_agency", "Single-agency review or audit"
    OTHER = "other", "Other partnership activity"
    NONE = "none", "No further review: learning complete in the rapid review"
    NATIONAL = "national", "Raise for national review"


class Naming(TextChoices):
    """How people stand in a report."""

    FULL = "full", "Full, with names"
    PSEUDONYMISED = "pseudonymised", "Pseudonymised"


class ReportState(TextChoices):
    """Where a report's files are: the row is the queue."""

    WAITING = "waiting", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


class Reply(TextChoices):
    """What the national Panel answers."""

    AGREE = "agree", "Agrees with the decision"
    DISAGREE = "disagree", "Disagrees with the decision"
    NATIONAL = "national", "Will review the case nationally"
    QUESTIONS = "questions", "Asks questions first"


class View(TextChoices):
    """What one Safeguarding Partner says to the Panel's recommendation."""

    AGREE = "agree", "Agree"
    DISAGREE = "disagree", "Disagree"
    AMEND = "amend", "Amend: a different outcome"


NEEDS_ENQUIRY = (Outcome.LCSPR, Outcome.MULTI_AGENCY)  # a review that asks something says what


class Answer(TextChoices):
    """What one member answers to a recommendation circulated outside a meeting."""

    AGREE = "agree", "Agree"
    DISAGREE = "disagree", "Disagree"
    ABSTAIN = "abstain", "Abstain"


class Variant(TextChoices):
    """A bundle with names and every document, or with pseudonyms and without documents that nobody has cleared."""

    FULL = "full", "Full bundle"
    REDACTED = "redacted", "Redacted bundle"


class IssueLevel(TextChoices):
    """How far a safeguarding issue without an answer has gone, in order. The labels stand within sentences."""

    AGENCY = "agency", "the agency"
    CHAIR = "chair", "the chair"
    PARTNERS = "partners", "the three Safeguarding Partners"


class NoticeState(TextChoices):
    SENT = "sent", "Sent"
    SUPERSEDED = "superseded", "Superseded by a later reminder"
