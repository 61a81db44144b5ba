from chronology.views.exporting import export
from chronology.views.importing import preview, template, upload
from chronology.views.rows import add_row, edit_row, mark_episode, set_gap_days, withdraw_row
from chronology.views.timeline import findings, picture, timeline

__all__ = [
    "add_row",
    "edit_row",
    "export",
    "findings",
    "mark_episode",
    "picture",
    "preview",
    "set_gap_days",
    "template",
    "timeline",
    "upload",
    "withdraw_row",
]
