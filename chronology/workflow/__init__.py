from chronology.workflow.dismissing import dismiss_finding, restore_finding
from chronology.workflow.episodes import mark_key_episode, note_export, set_gap_days, unmark_key_episode
from chronology.workflow.exporting import (
    KEPT_FOR as EXPORT_KEPT_FOR,
)
from chronology.workflow.exporting import (
    ask_export,
    check_export,
    make_export_again,
    make_export_part,
    sweep_exports,
)
from chronology.workflow.importing import (
    StalePreviewError,
    forget_previews,
    import_rows,
    keep_preview,
)
from chronology.workflow.refreshing import keep_findings, refresh_stale, sweep
from chronology.workflow.rows import add_row, change_row, comparable, copy_rows, release_rows, withdraw_row

__all__ = [
    "EXPORT_KEPT_FOR",
    "StalePreviewError",
    "add_row",
    "ask_export",
    "change_row",
    "check_export",
    "comparable",
    "copy_rows",
    "dismiss_finding",
    "forget_previews",
    "import_rows",
    "keep_findings",
    "keep_preview",
    "make_export_again",
    "make_export_part",
    "mark_key_episode",
    "note_export",
    "refresh_stale",
    "release_rows",
    "restore_finding",
    "set_gap_days",
    "sweep",
    "sweep_exports",
    "unmark_key_episode",
    "withdraw_row",
]
