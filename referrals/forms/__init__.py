from referrals.forms.access import (
    AnswerForm,
    ConflictForm,
    DeclareForm,
    EmergencyForm,
    EndConflictForm,
    InvitationForm,
    InvolveForm,
    ReviewForm,
    RulingForm,
    WithdrawInvitationForm,
)
from referrals.forms.agencies import AgencyForm, NoAgencyForm
from referrals.forms.base import ConfirmForm
from referrals.forms.child import ChildForm
from referrals.forms.dates import DatesForm
from referrals.forms.incident import IncidentForm
from referrals.forms.lead import LeadForm
from referrals.forms.notification import InformedForm, NotifiedForm, ToldForm
from referrals.forms.screening import ScreeningForm, WithdrawForm
from referrals.forms.start import KindForm, StartForm

__all__ = [
    "AgencyForm",
    "AnswerForm",
    "ChildForm",
    "ConfirmForm",
    "ConflictForm",
    "DatesForm",
    "DeclareForm",
    "EmergencyForm",
    "EndConflictForm",
    "IncidentForm",
    "InformedForm",
    "InvitationForm",
    "InvolveForm",
    "KindForm",
    "LeadForm",
    "NoAgencyForm",
    "NotifiedForm",
    "ReviewForm",
    "RulingForm",
    "ScreeningForm",
    "StartForm",
    "ToldForm",
    "WithdrawForm",
    "WithdrawInvitationForm",
]
