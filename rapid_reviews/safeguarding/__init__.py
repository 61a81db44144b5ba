"""Immediate safeguarding issues: who may do what, the links to them, and whom to remind."""
