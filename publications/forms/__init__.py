from publications.forms.ending import AgainForm, CommentForm, PublishForm, TakeDownForm, ToldForm, WithholdForm
from publications.forms.plan import AddStepForm, DayItemForm, MoveForm, PlanForm, StepForm
from publications.forms.words import AgreeForm, ReportForm, StrategyForm, TextForm

__all__ = [
    "AddStepForm",
    "AgainForm",
    "AgreeForm",
    "CommentForm",
    "DayItemForm",
    "MoveForm",
    "PlanForm",
    "PublishForm",
    "ReportForm",
    "StepForm",
    "StrategyForm",
    "TakeDownForm",
    "TextForm",
    "ToldForm",
    "WithholdForm",
]
