from actions.models.action import Action, ActionNumber, ActionQuerySet, OtherAgency
from actions.models.escalation import DayMail, Escalation, LadderStep, Told
from actions.models.progress import DateChange, Evidence, ProgressNote
from actions.models.tables import ImportPreview, RememberedColumns, SavedFilter

__all__ = [
    "Action",
    "ActionNumber",
    "ActionQuerySet",
    "DateChange",
    "DayMail",
    "Escalation",
    "Evidence",
    "ImportPreview",
    "LadderStep",
    "OtherAgency",
    "ProgressNote",
    "RememberedColumns",
    "SavedFilter",
    "Told",
]
