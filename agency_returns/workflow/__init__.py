"""Every change of a request and its return, by noun. Nothing else writes their rows."""

from agency_returns.workflow.answering import (
    PartConflictError,
    begin,
    declare_no_involvement,
    end_hand_over,
    explain_no_rows,
    finish_hand_over,
    hand_over,
    link_opened,
    save_part,
)
from agency_returns.workflow.asking import (
    Wanted,
    ask,
    ask_again,
    change_request,
    close,
    close_ended,
    close_for,
    is_walled,
    revoke_links,
)
from agency_returns.workflow.chasing import chase
from agency_returns.workflow.files import attach, open_file, remove_file
from agency_returns.workflow.signing import add_more, send_back, sign_off, submit, take_back

__all__ = [
    "PartConflictError",
    "Wanted",
    "add_more",
    "ask",
    "ask_again",
    "attach",
    "begin",
    "change_request",
    "chase",
    "close",
    "close_ended",
    "close_for",
    "declare_no_involvement",
    "end_hand_over",
    "explain_no_rows",
    "finish_hand_over",
    "hand_over",
    "is_walled",
    "link_opened",
    "open_file",
    "remove_file",
    "revoke_links",
    "save_part",
    "send_back",
    "sign_off",
    "submit",
    "take_back",
]
