"""Errors that people read. Each says what is wrong and what to do."""

from django.core.exceptions import PermissionDenied


class WorkflowError(Exception):
    """A change of state that cannot be made. Its text is a sentence for the page."""


class InvalidTransition(WorkflowError):
    """The status does not allow the verb."""


class NotPermitted(WorkflowError, PermissionDenied):
    """The person may not do this, whatever the status."""


class UnguardedWrite(RuntimeError):
    """A guarded row was written outside a workflow function: a programming error."""
