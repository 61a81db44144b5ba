from meetings.forms.capturing import CaptureForm, ConflictForm, DissentForm, MeetingActionForm
from meetings.forms.planning import TermsForm, YearForm
from meetings.forms.preparing import ApproveForm, EntryForm, ItemForm, ReplyForm

__all__ = [
    "ApproveForm",
    "CaptureForm",
    "ConflictForm",
    "DissentForm",
    "EntryForm",
    "ItemForm",
    "MeetingActionForm",
    "ReplyForm",
    "TermsForm",
    "YearForm",
]
