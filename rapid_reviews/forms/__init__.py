from rapid_reviews.forms.criteria import CriteriaForm
from rapid_reviews.forms.decisions import DecisionForm
from rapid_reviews.forms.recommending import RecommendationForm
from rapid_reviews.forms.sections import SectionForm
from rapid_reviews.forms.steps import MilestoneForm, ReopenForm, SendForm, WithdrawForm
from rapid_reviews.forms.workspace import CommentForm, EpisodeForm, LearningForm, LineForm, OwnersForm, ProceedingForm

__all__ = [
    "CommentForm",
    "CriteriaForm",
    "DecisionForm",
    "EpisodeForm",
    "LearningForm",
    "LineForm",
    "MilestoneForm",
    "OwnersForm",
    "ProceedingForm",
    "RecommendationForm",
    "ReopenForm",
    "SectionForm",
    "SendForm",
    "WithdrawForm",
]
