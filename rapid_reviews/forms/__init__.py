from rapid_reviews.forms.criteria import CriteriaForm
from rapid_reviews.forms.decisions import DecisionForm
from rapid_reviews.forms.recommending import RecommendationForm
from rapid_reviews.forms.sections import SectionForm
from rapid_reviews.forms.sending import AnswerForm, ReceiptForm, ReplyForm, ReportForm, SendForm
from rapid_reviews.forms.steps import MilestoneForm, ReopenForm, WithdrawForm

__all__ = [
    "AnswerForm",
    "CriteriaForm",
    "DecisionForm",
    "MilestoneForm",
    "ReceiptForm",
    "RecommendationForm",
    "ReopenForm",
    "ReplyForm",
    "ReportForm",
    "SectionForm",
    "SendForm",
    "WithdrawForm",
]
