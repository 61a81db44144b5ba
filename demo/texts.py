"""What the invented rapid reviews say. Written for the demonstration; no sentence comes from a real case."""

from rapid_reviews.choices import Criterion, Finding, Outcome, SectionKey

K, C, F, O = SectionKey, Criterion, Finding, Outcome  # noqa: E741 - read aloud beside the texts

SECTIONS: dict[SectionKey, str] = {
    K.SAFEGUARDING: "The child is safe: a strategy meeting was held the same day, and a social worker visits weekly.",
    K.FACTS: "An injury was noticed at a routine appointment. The account given did not explain it. The family had "
    "moved twice in the year before.",
    K.AGENCIES: "Health visiting, the nursery and housing knew the family. Nobody had brought together what each knew.",
    K.EPISODES: "Two missed appointments were recorded and not followed up. A neighbour's report was closed without a "
    "visit.",
    K.VOICE: "The child was quiet at nursery and stayed close to one member of staff, who wrote down what she saw.",
    K.ETHNICITY: "The family's ethnicity is recorded in one of three systems. It did not bear on the response, as far "
    "as the review can see.",
    K.CULTURE: "The family speaks English at home. No interpreter was needed.",
    K.DISABILITY: "The child has no known disability. A parent's health needs were known to the GP alone.",
    K.CHARACTERISTICS: "The parents were young when the child was born. Support for young parents was offered once.",
    K.GOOD_PRACTICE: "The nursery kept a careful chronology and shared it within the hour.",
    K.IMMEDIATE_LEARNING: "A missed appointment of a child under two is now followed up by telephone within two days.",
    K.FURTHER_LEARNING: "How housing moves are told to health visiting deserves a closer look across the partnership.",
    K.PARALLEL: "A police investigation is open. There are no care proceedings and no inquest.",
    K.NATIONAL: "The case does not raise issues that are complex or of national importance.",
}

ANSWERS: dict[Criterion, tuple[Finding, str]] = {
    C.IMPROVEMENTS: (F.MET, "Following up missed appointments needs to be better, and was found wanting before."),
    C.THEMES: (F.MET, "Information that stays in one agency is a theme of three reviews in five years."),
    C.WORKING_TOGETHER: (F.MET, "Housing and health did not tell each other of the moves."),
    C.NATIONAL_VIEW: (F.NOT_MET, "The national Panel has not considered this case before."),
    C.SINGLE_AGENCY: (F.NOT_MET, ""),
    C.NO_AGENCY: (F.NOT_MET, ""),
    C.SEVERAL_AREAS: (F.NOT_CLEAR, "An earlier address in another area is being checked."),
    C.INSTITUTION: (F.NOT_MET, ""),
}

RECOMMENDATION = (
    "The learning is about two agencies and one step in the pathway. A learning review with the practitioners reaches "
    "it sooner than a full review would."
)
CIRCULATED = (
    "Two agencies held half of the picture each, and this was found twice before. A review with an independent "
    "reviewer would reach both."
)
REASONS = {O.MULTI_AGENCY: RECOMMENDATION, O.LCSPR: CIRCULATED}
ENQUIRIES = (
    ("How do housing moves become known to health visiting?", "The family moved twice, and nobody told anybody."),
    (
        "What happens after a second missed appointment?",
        "It was recorded and not followed up, as in an earlier review.",
    ),
)
AUDIENCES = ("Frontline practitioners", "Managers and supervisors", "Commissioners")
DECISION = "The recommendation answers what the facts show, and the learning can begin now."
DISSENT = "A closer look at the first move is needed before this is settled."
LATE_REASON = "The hospital's chronology came four working days after it was asked for, and the meeting was moved."
TOLD = "The three Safeguarding Partners and the national Panel's secretariat, by telephone and in writing."
WITHDRAWAL = "The medical opinion is now that the injury was accidental. The criteria are found not met."
