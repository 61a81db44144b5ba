from practice_reviews.forms.asking import AnswerForm, AskForm, FindingsForm, ReaddressForm
from practice_reviews.forms.commissioning import CommissionForm, PartnersForm
from practice_reviews.forms.reviewers import (
    AppointForm,
    DeclarationForm,
    RequestAnswerForm,
    RequestForm,
    ReviewerForm,
    RulingForm,
)
from practice_reviews.forms.steps import (
    DoneForm,
    EnquiryForm,
    ExpectForm,
    HeldForm,
    MeetingForm,
    MemberForm,
    MilestoneForm,
    ReasonForm,
    ScopeForm,
)
from practice_reviews.forms.telling import DelayForm, LetterForm, SentForm

__all__ = [
    "AnswerForm",
    "AppointForm",
    "AskForm",
    "CommissionForm",
    "DeclarationForm",
    "DelayForm",
    "DoneForm",
    "EnquiryForm",
    "ExpectForm",
    "FindingsForm",
    "HeldForm",
    "LetterForm",
    "MeetingForm",
    "MemberForm",
    "MilestoneForm",
    "PartnersForm",
    "ReaddressForm",
    "ReasonForm",
    "RequestAnswerForm",
    "RequestForm",
    "ReviewerForm",
    "RulingForm",
    "ScopeForm",
    "SentForm",
]
