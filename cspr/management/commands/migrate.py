"""manage.py migrate: Django's own, in a fraction of its time.

For each constraint, index and trigger that a migration adds, Django renders anew every model that is related to the one
concerned, by way of the user nearly all of them. With some hundred and fifty models and a thousand such steps that is
minutes. None of these steps changes a field or a relation, so the model as it is rendered is told of it instead.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db.migrations import AddConstraint, AddIndex, RemoveConstraint, RemoveIndex
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

OPTION_ONLY = (AddConstraint, RemoveConstraint, AddIndex, RemoveIndex, AddTrigger, RemoveTrigger)


def _tell_rendered(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """In place of `ProjectState.reload_model`: the rendered model, where there is one, gets the new options."""
    if "apps" not in state.__dict__:
        return
    options = state.models[app_label, model_name.lower()].options
    rendered = state.apps.get_model(app_label, model_name)
    for name in ("constraints", "indexes", "triggers"):
        setattr(rendered._meta, name, list(options.get(name, [])))


def _without_rendering(operation: type[Operation]) -> Any:
    forwards = operation.state_forwards

    def state_forwards(self: Operation, app_label: str, state: ProjectState) -> None:
        with patch.object(ProjectState, "reload_model", _tell_rendered):
            forwards(self, app_label, state)

    return patch.object(operation, "state_forwards", state_forwards)


@contextmanager
def rendering_only_what_changes() -> Iterator[None]:
    """While inside, adding or removing a constraint, an index or a trigger renders no model."""
    with ExitStack() as patches:
        for operation in OPTION_ONLY:
            patches.enter_context(_without_rendering(operation))
        yield


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with rendering_only_what_changes():
            super().handle(*args, **options)
