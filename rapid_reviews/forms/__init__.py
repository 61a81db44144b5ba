from rapid_reviews.forms.bundles import SafeCopyForm
from rapid_reviews.forms.criteria import CriteriaForm
from rapid_reviews.forms.decisions import DecisionForm
from rapid_reviews.forms.evidence import WordsForm
from rapid_reviews.forms.recommending import RecommendationForm
from rapid_reviews.forms.sections import SectionForm
from rapid_reviews.forms.steps import MilestoneForm, ReopenForm, SendForm, WithdrawForm
from rapid_reviews.forms.themes import ThemesForm

__all__ = [
    "CriteriaForm",
    "DecisionForm",
    "MilestoneForm",
    "RecommendationForm",
    "ReopenForm",
    "SafeCopyForm",
    "SectionForm",
    "SendForm",
    "ThemesForm",
    "WithdrawForm",
    "WordsForm",
]
