"""Every change of state of a disclosure check and its findings, one function each."""

from publications.workflow.disclosure.asking import ask_check, try_again
from publications.workflow.disclosure.deciding import accept, propose, refuse, reopen
from publications.workflow.disclosure.making import make, sweep

__all__ = ["accept", "ask_check", "make", "propose", "refuse", "reopen", "sweep", "try_again"]
