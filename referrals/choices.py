"""The closed lists that a case is described with. Lists that a partnership edits are reference data instead."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """How the case came in."""

    SIN = "sin", "Serious incident notification"
    REFERRAL = "referral", "CSPR referral"


class Route(TextChoices):
    """What a referral is not (terms of reference, section 1)."""

    WHISTLEBLOWING = "whistleblowing", "Whistleblowing"
    DISAGREEMENT = "disagreement", "A professional disagreement"
    COMPLAINT = "complaint", "A complaint about a service"
    OPERATIONAL = "operational", "An operational decision or a current risk"


class Nature(TextChoices):
    DEATH = "death", "Death of a child"
    SERIOUS_HARM = "serious_harm", "Serious harm to a child"
    OTHER = "other", "Other"


class Precision(TextChoices):
    EXACT = "exact", "Exact date"
    ABOUT = "about", "About this date"
    MONTH = "month", "Some day in this month"
    YEAR = "year", "Some day in this year"


class PlaceType(TextChoices):
    HOME = "home", "Child's home"
    RELATIVE = "relative", "Home of a relative or friend"
    PLACEMENT = "placement", "Foster home or children's home"
    SCHOOL = "school", "School, college or early years setting"
    HOSPITAL = "hospital", "Hospital or other health setting"
    CUSTODY = "custody", "Custody or secure setting"
    PUBLIC = "public", "Public place"
    ONLINE = "online", "Online"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


class YesNoUnknown(TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not_known", "Not known"


class Outcome(TextChoices):
    """What happened to this child in the incident."""

    DIED = "died", "Died"
    HARMED = "harmed", "Seriously harmed"
    NOT_HARMED = "not_harmed", "Not seriously harmed, or not known"


class Sex(TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    NOT_KNOWN = "not_known", "Not known"


class Ethnicity(TextChoices):
    """The 19 groups of the 2021 Census of England and Wales (Office for National Statistics), and not known."""

    ASIAN_BANGLADESHI = "asian_bangladeshi", "Asian or Asian British: Bangladeshi"
    ASIAN_CHINESE = "asian_chinese", "Asian or Asian British: Chinese"
    ASIAN_INDIAN = "asian_indian", "Asian or Asian British: Indian"
    ASIAN_PAKISTANI = "asian_pakistani", "Asian or Asian British: Pakistani"
    ASIAN_OTHER = "asian_other", "Asian or Asian British: any other Asian background"
    BLACK_AFRICAN = "black_african", "Black or Black British: African"
    BLACK_CARIBBEAN = "black_caribbean", "Black or Black British: Caribbean"
    BLACK_OTHER = "black_other", "Black or Black British: any other Black background"
    MIXED_WHITE_ASIAN = "mixed_white_asian", "Mixed: White and Asian"
    MIXED_WHITE_AFRICAN = "mixed_white_african", "Mixed: White and Black African"
    MIXED_WHITE_CARIBBEAN = "mixed_white_caribbean", "Mixed: White and Black Caribbean"
    MIXED_OTHER = "mixed_other", "Mixed: any other mixed or multiple background"
    WHITE_BRITISH = "white_british", "White: English, Welsh, Scottish, Northern Irish or British"
    WHITE_IRISH = "white_irish", "White: Irish"
    WHITE_TRAVELLER = "white_traveller", "White: Gypsy or Irish Traveller"
    WHITE_ROMA = "white_roma", "White: Roma"
    WHITE_OTHER = "white_other", "White: any other White background"
    OTHER_ARAB = "other_arab", "Other: Arab"
    OTHER_ANY = "other_any", "Other: any other ethnic group"
    NOT_KNOWN = "not_known", "Not known"


class LegalStatus(TextChoices):
    """The child's legal status when the incident happened."""

    NONE = "none", "None: universal services only"
    EARLY_HELP = "early_help", "Early help"
    CHILD_IN_NEED = "child_in_need", "Child in need"
    CHILD_PROTECTION = "child_protection", "Child protection plan"
    LOOKED_AFTER = "looked_after", "Looked after"
    CARE_LEAVER = "care_leaver", "Care leaver"
    NOT_KNOWN = "not_known", "Not known"


class PlanCategory(TextChoices):
    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical abuse"
    SEXUAL = "sexual", "Sexual abuse"
    EMOTIONAL = "emotional", "Emotional abuse"
    MULTIPLE = "multiple", "Multiple"


class CareSection(TextChoices):
    """Children Act 1989 unless said."""

    S20 = "s20", "Section 20: accommodated by agreement"
    S31 = "s31", "Section 31: care order"
    S38 = "s38", "Section 38: interim care order"
    S44 = "s44", "Section 44: emergency protection order"
    S46 = "s46", "Section 46: police protection"
    PLACEMENT = "placement", "Placement order (Adoption and Children Act 2002, section 21)"
    REMAND = "remand", "Remand to youth detention accommodation or to local authority accommodation"


class Placement(TextChoices):
    PARENTS = "parents", "With one or both parents"
    RELATIVES = "relatives", "With relatives or friends"
    FOSTER = "foster", "Foster carers"
    CHILDRENS_HOME = "childrens_home", "Children's home"
    SUPPORTED = "supported", "Supported or semi-independent accommodation"
    SECURE = "secure", "Secure setting"
    HOSPITAL = "hospital", "Hospital"
    INDEPENDENT = "independent", "Living independently"
    OTHER = "other", "Other"
    NOT_KNOWN = "not_known", "Not known"


class PersonRole(TextChoices):
    """Who somebody is to the children."""

    MOTHER = "mother", "Mother"
    FATHER = "father", "Father"
    STEP_PARENT = "step_parent", "Step-parent or parent’s partner"
    CARER = "carer", "Carer"
    SIBLING = "sibling", "Sibling"
    HOUSEHOLD = "household", "Household member"
    ALLEGED = "alleged", "Alleged perpetrator"
    OTHER = "other", "Other person"


class LinkKind(TextChoices):
    """Why two cases belong together."""

    SAME_CHILD = "same_child", "Same child"
    SIBLING = "sibling", "Sibling"
    HOUSEHOLD = "household", "Same household"
    THEME = "theme", "Same theme"


class AbuseOrNeglect(TextChoices):
    KNOWN = "known", "Known"
    SUSPECTED = "suspected", "Suspected"
    NEITHER = "neither", "Neither known nor suspected"


class HarmTest(TextChoices):
    DIED = "died", "A child died"
    HARMED = "harmed", "A child was seriously harmed"
    NEITHER = "neither", "Neither"


class Whereabouts(TextChoices):
    """Children Act 2004 s16C(1): where the child died or was seriously harmed."""

    IN_AREA = "in_area", "In the local authority's area"
    OUTSIDE_ENGLAND = "outside_england", "Outside England, while normally resident in the area"
    NEITHER = "neither", "Neither"


class Decision(TextChoices):
    """The outcome of a screening; each is a verb of the state table."""

    RAPID_REVIEW = "accept_for_rapid_review", "Rapid review"
    PANEL = "put_to_the_panel", "Panel consideration without a notification"
    MORE_INFORMATION = "ask_for_information", "More information needed"
    REDIRECT = "redirect", "Redirect: this is not a referral"
    NOT_MET = "find_not_met", "Criteria not met"


class ConflictKind(TextChoices):
    AGENCY = "agency", "Manages a service that is under review"
    PERSONAL = "personal", "Personal"
    PROFESSIONAL = "professional", "Professional"


class SheetCode(TextChoices):
    """What a part of the sheet for the national notification form holds."""

    NOTIFIER = "notifier", "Who notifies, and the case’s reference"
    INCIDENT = "incident", "The incident"
    CHILDREN = "children", "Each child"
    FAMILY = "family", "Parents, carers and other people"
    CIRCUMSTANCES = "circumstances", "What happened, and proceedings"
    AGENCIES = "agencies", "Agencies involved"
    DATES = "dates", "Dates, and who was told"
