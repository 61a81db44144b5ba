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
from referrals.forms.child import ChildForm, CorrectionForm
from referrals.forms.dates import DatesForm
from referrals.forms.incident import IncidentCorrectionForm, IncidentForm
from referrals.forms.lead import LeadForm
from referrals.forms.links import LinkForm, UnlinkForm
from referrals.forms.notification import InformedForm, NotifiedForm, ToldForm
from referrals.forms.people import PersonForm
from referrals.forms.referrer import ReferrerForm
from referrals.forms.screening import ScreeningForm, WithdrawForm
from referrals.forms.start import KindForm, StartForm

__all__ = [
    "AgencyForm",
    "AnswerForm",
    "ChildForm",
    "ConfirmForm",
    "ConflictForm",
    "CorrectionForm",
    "DatesForm",
    "DeclareForm",
    "EmergencyForm",
    "EndConflictForm",
    "IncidentCorrectionForm",
    "IncidentForm",
    "InformedForm",
    "InvitationForm",
    "InvolveForm",
    "KindForm",
    "LeadForm",
    "LinkForm",
    "NoAgencyForm",
    "NotifiedForm",
    "PersonForm",
    "ReferrerForm",
    "ReviewForm",
    "RulingForm",
    "ScreeningForm",
    "StartForm",
    "ToldForm",
    "UnlinkForm",
    "WithdrawForm",
    "WithdrawInvitationForm",
]
