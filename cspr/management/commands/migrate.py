"""manage.py migrate: Django's own, in a fraction of its time.

For each field, constraint, index and trigger that a migration adds, Django renders anew every model that is related
to the one concerned, by way of the user nearly all of them; for each new model likewise. With some three hundred models
and two thousand such steps that is minutes. Here the model as it is rendered is told of what is new instead; a new
model is rendered alone, as it is when Django starts: the others stay what they are.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from typing import Any
from unittest.mock import patch

from django.core.management.commands.migrate import Command as DjangoCommand
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    CreateModel,
    RemoveConstraint,
    RemoveIndex,
)
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger

OPTION_ONLY = (AddConstraint, RemoveConstraint, AddIndex, RemoveIndex, AddTrigger, RemoveTrigger)
_as_django_does = ProjectState.reload_model


def _tell_options(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """In place of `ProjectState.reload_model`: the rendered model, where there is one, gets the new options."""
    if "apps" not in state.__dict__:
        return
    options = state.models[app_label, model_name.lower()].options
    rendered = state.apps.get_model(app_label, model_name)
    for name in ("constraints", "indexes", "triggers"):
        setattr(rendered._meta, name, list(options.get(name, [])))


def _tell_fields(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """In place of `ProjectState.reload_model`: the rendered model, where there is one, gets the fields it lacks."""
    if "apps" not in state.__dict__:
        return
    rendered = state.apps.get_model(app_label, model_name)
    has = {field.name for field in chain(rendered._meta.local_fields, rendered._meta.local_many_to_many)}
    with state.apps.bulk_update():
        _move_all_to(state)
        for name, field in state.models[app_label, model_name.lower()].fields.items():
            if name not in has:
                rendered.add_to_class(name, field.clone())


def _render_alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """In place of `ProjectState.reload_model`: renders the model; the classes beside it are kept."""
    if "apps" not in state.__dict__:
        return
    with state.apps.bulk_update():
        state.apps.render_multiple([state.models[app_label, model_name.lower()]])
        _move_all_to(state)


def _render_altered(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> None:
    """In place of `ProjectState.reload_model`: without a relation concerned, the model alone, until code needs all."""
    if not delay or "apps" not in state.__dict__:
        _as_django_does(state, app_label, model_name, delay)
        return
    state.is_delayed = True
    state.apps.unregister_model(app_label, model_name.lower())
    _render_alone(state, app_label, model_name)


def _move_all_to(state: ProjectState) -> None:
    """A kept class answers for its relations by way of the registry that it was made in: it is moved to this one."""
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
    """While inside, a step of a migration renders no more than the model that it changes."""
    with ExitStack() as patches:
        for operation in OPTION_ONLY:
            patches.enter_context(_rendering_by(_tell_options, operation))
        patches.enter_context(_rendering_by(_tell_fields, AddField))
        patches.enter_context(_rendering_by(_render_alone, CreateModel))
        patches.enter_context(_rendering_by(_render_altered, AlterField))
        yield


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with rendering_only_what_changes():
            super().handle(*args, **options)
