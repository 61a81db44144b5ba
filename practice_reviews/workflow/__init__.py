"""Every change of state of a commissioned review, one function each."""

from practice_reviews.workflow.asking import answer, ask, ask_again, readdress, receive_report, withdraw_ask
from practice_reviews.workflow.chasing import sweep
from practice_reviews.workflow.commissioning import Commission, begin, commission, stop
from practice_reviews.workflow.milestones import add_milestone, complete_milestone, expect_milestone
from practice_reviews.workflow.panel import add_member, call_off_meeting, member_leaves, plan_meeting, record_meeting
from practice_reviews.workflow.reviewers import (
    Asked,
    Declared,
    appoint,
    consider,
    end_appointment,
    record_answer,
    record_declaration,
    request_of_reviewer,
    rule_on_declaration,
    turn_down,
)
from practice_reviews.workflow.scope import Scope, agree_terms, remove_enquiry, save_enquiry, set_scope
from practice_reviews.workflow.telling import (
    Delay,
    change_letter,
    record_letter_sent,
    write_letters,
    write_notice,
)

__all__ = [
    "Asked",
    "Commission",
    "Declared",
    "Delay",
    "Scope",
    "add_member",
    "add_milestone",
    "agree_terms",
    "answer",
    "appoint",
    "ask",
    "ask_again",
    "begin",
    "call_off_meeting",
    "change_letter",
    "commission",
    "complete_milestone",
    "consider",
    "end_appointment",
    "expect_milestone",
    "member_leaves",
    "plan_meeting",
    "readdress",
    "receive_report",
    "record_answer",
    "record_declaration",
    "record_letter_sent",
    "record_meeting",
    "remove_enquiry",
    "request_of_reviewer",
    "rule_on_declaration",
    "save_enquiry",
    "set_scope",
    "stop",
    "sweep",
    "turn_down",
    "withdraw_ask",
    "write_letters",
    "write_notice",
]
