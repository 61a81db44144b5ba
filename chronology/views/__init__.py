from chronology.views.dismissing import dismiss_finding, findings, restore_finding
from chronology.views.exporting import export, export_file, export_new, export_page, export_progress
from chronology.views.importing import preview, template, upload
from chronology.views.rows import add_row, edit_row, mark_episode, set_gap_days, withdraw_row
from chronology.views.timeline import picture, timeline

__all__ = [
    "add_row",
    "dismiss_finding",
    "edit_row",
    "export",
    "export_file",
    "export_new",
    "export_page",
    "export_progress",
    "findings",
    "mark_episode",
    "picture",
    "preview",
    "restore_finding",
    "set_gap_days",
    "template",
    "timeline",
    "upload",
    "withdraw_row",
]
