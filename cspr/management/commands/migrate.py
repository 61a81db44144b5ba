"""manage.py migrate: Django's own, in a fraction of its time.

For each constraint, index and trigger that a migration adds, Django renders anew every model that is related to the one
concerned, by way of the user nearly all of them; for each new model likewise. With some three hundred models and two
thousand such steps that is minutes. A constraint changes no field and no relation, so the model as it is rendered is
told of it instead; a new model is rendered alone, as it is when Django starts: the others stay what they are.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from typing import Any
from unittest.mock import patch

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db.migrations import AddConstraint, AddIndex, CreateModel, RemoveConstraint, RemoveIndex
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


def _render_alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """In place of `ProjectState.reload_model`: renders the new model; the classes beside it are kept.

    A kept class answers for its reverse relations by way of the registry that it was made in: it is moved to this one.
    """
    if "apps" not in state.__dict__:
        return
    with state.apps.bulk_update():
        state.apps.render_multiple([state.models[app_label, model_name.lower()]])
        for model in chain.from_iterable(models.values() for models in state.apps.all_models.values()):
            model._meta.apps = state.apps


def _rendering_by(render: Callable[..., None], operation: type[Operation]) -> Any:
    forwards = operation.state_forwards

    def state_forwards(self: Operation, app_label: str, state: ProjectState) -> None:
        with patch.object(ProjectState, "reload_model", render):
            forwards(self, app_label, state)

    return patch.object(operation, "state_forwards", state_forwards)


@contextmanager
def rendering_only_what_changes() -> Iterator[None]:
    """While inside, constraints, indexes and triggers render no model, and a new model renders itself alone."""
    with ExitStack() as patches:
        for operation in OPTION_ONLY:
            patches.enter_context(_rendering_by(_tell_rendered, operation))
        patches.enter_context(_rendering_by(_render_alone, CreateModel))
        yield


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with rendering_only_what_changes():
            super().handle(*args, **options)
