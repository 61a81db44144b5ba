from rapid_reviews.forms.circulation import AnswerForm, CirculateForm, EndCirculationForm, RecordCirculationForm
from rapid_reviews.forms.criteria import CriteriaForm
from rapid_reviews.forms.decisions import DecisionForm, ResolutionForm
from rapid_reviews.forms.meetings import MoveForForm, PlanForForm
from rapid_reviews.forms.recommending import RecommendationForm
from rapid_reviews.forms.sections import SectionForm
from rapid_reviews.forms.steps import MilestoneForm, ReopenForm, SendForm, WithdrawForm

__all__ = [
    "AnswerForm",
    "CirculateForm",
    "CriteriaForm",
    "DecisionForm",
    "EndCirculationForm",
    "MilestoneForm",
    "MoveForForm",
    "PlanForForm",
    "RecommendationForm",
    "RecordCirculationForm",
    "ReopenForm",
    "ResolutionForm",
    "SectionForm",
    "SendForm",
    "WithdrawForm",
]
