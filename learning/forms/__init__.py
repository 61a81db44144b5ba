from learning.forms.briefings import BriefingForm
from learning.forms.messages import (
    AskForm,
    AttendanceForm,
    ConfirmForm,
    DayForm,
    ImpactForm,
    MessageForm,
    ProductForm,
    ReasonForm,
)
from learning.forms.points import PointForm, SourcedPointForm
from learning.forms.reading import AssignForm, DecideForm, ImplicationsForm, ReviewForm

__all__ = [
    "AskForm",
    "AssignForm",
    "AttendanceForm",
    "BriefingForm",
    "ConfirmForm",
    "DayForm",
    "DecideForm",
    "ImpactForm",
    "ImplicationsForm",
    "MessageForm",
    "PointForm",
    "ProductForm",
    "ReasonForm",
    "ReviewForm",
    "SourcedPointForm",
]
