from actions.forms.action import ActionForm, OriginForm
from actions.forms.importing import ColumnsForm, UploadForm
from actions.forms.steps import (
    AnswerForm,
    AskDateForm,
    CloseForm,
    ColourForm,
    DecideDateForm,
    EscalateForm,
    EvidenceForm,
    ImpactForm,
    NoteForm,
    ReasonForm,
    ReopenForm,
)

__all__ = [
    "ActionForm",
    "AnswerForm",
    "AskDateForm",
    "CloseForm",
    "ColourForm",
    "ColumnsForm",
    "DecideDateForm",
    "EscalateForm",
    "EvidenceForm",
    "ImpactForm",
    "NoteForm",
    "OriginForm",
    "ReasonForm",
    "ReopenForm",
    "UploadForm",
]
