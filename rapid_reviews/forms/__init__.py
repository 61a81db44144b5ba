from rapid_reviews.forms.criteria import CriteriaForm
from rapid_reviews.forms.decisions import DecisionForm
from rapid_reviews.forms.issues import (
    AcceptForm,
    AnswerForm,
    AskAgainForm,
    IssueForm,
    IssueReasonForm,
    ReaddressForm,
    RepresentativeForm,
)
from rapid_reviews.forms.recommending import RecommendationForm
from rapid_reviews.forms.sections import SectionForm
from rapid_reviews.forms.steps import MilestoneForm, ReopenForm, SendForm, WithdrawForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "AskAgainForm",
    "CriteriaForm",
    "DecisionForm",
    "IssueForm",
    "IssueReasonForm",
    "MilestoneForm",
    "ReaddressForm",
    "RecommendationForm",
    "ReopenForm",
    "RepresentativeForm",
    "SectionForm",
    "SendForm",
    "WithdrawForm",
]
