from rapid_reviews.forms.bundles import SafeCopyForm
from rapid_reviews.forms.circulation import (
    AnswerForm,
    CirculateForm,
    EndCirculationForm,
    HandOnForm,
    RecordCirculationForm,
)
from rapid_reviews.forms.criteria import CriteriaForm
from rapid_reviews.forms.decisions import DecisionForm, ResolutionForm
from rapid_reviews.forms.evidence import WordsForm
from rapid_reviews.forms.issues import (
    AcceptForm,
    AskAgainForm,
    IssueAnswerForm,
    IssueForm,
    IssueReasonForm,
    ReaddressForm,
    RepresentativeForm,
)
from rapid_reviews.forms.meetings import MoveForForm, PlanForForm
from rapid_reviews.forms.recommending import RecommendationForm
from rapid_reviews.forms.sections import SectionForm
from rapid_reviews.forms.sending import QuestionsAnswerForm, ReceiptForm, ReplyForm, ReportForm, SendForm
from rapid_reviews.forms.steps import MilestoneForm, ReopenForm, WithdrawForm
from rapid_reviews.forms.themes import ThemesForm
from rapid_reviews.forms.workspace import CommentForm, EpisodeForm, LearningForm, LineForm, OwnersForm, ProceedingForm

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "AskAgainForm",
    "CirculateForm",
    "CommentForm",
    "CriteriaForm",
    "DecisionForm",
    "EndCirculationForm",
    "EpisodeForm",
    "HandOnForm",
    "IssueAnswerForm",
    "IssueForm",
    "IssueReasonForm",
    "LearningForm",
    "LineForm",
    "MilestoneForm",
    "MoveForForm",
    "OwnersForm",
    "PlanForForm",
    "ProceedingForm",
    "QuestionsAnswerForm",
    "ReaddressForm",
    "ReceiptForm",
    "RecommendationForm",
    "RecordCirculationForm",
    "ReopenForm",
    "ReplyForm",
    "ReportForm",
    "RepresentativeForm",
    "ResolutionForm",
    "SafeCopyForm",
    "SectionForm",
    "SendForm",
    "ThemesForm",
    "WithdrawForm",
    "WordsForm",
]
