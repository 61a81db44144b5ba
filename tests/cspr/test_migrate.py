"""Our `migrate` (ADR 0009) leaves nothing out: what the models name stands in the database."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.state import ProjectState

from cspr.management.commands.migrate import OPTION_ONLY, rendering_only_what_changes

pytestmark = pytest.mark.django_db
MODELS = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


def names(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def test_every_column_is_there():
    there = names("SELECT table_name || '.' || column_name FROM information_schema.columns")
    tables = [*MODELS, *(field.remote_field.through for model in MODELS for field in model._meta.local_many_to_many)]
    named = {f"{one._meta.db_table}.{field.column}" for one in tables for field in one._meta.local_concrete_fields}
    assert len(named) > 2000
    assert named - there == set()


def test_every_constraint_and_index_is_there():
    there = names("SELECT conname FROM pg_constraint") | names("SELECT indexname FROM pg_indexes")
    named = {one.name for model in MODELS for one in (*model._meta.constraints, *model._meta.indexes)}
    assert len(named) > 200
    assert named - there == set()


def test_every_trigger_is_there():
    there = names("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    named = {one.get_pgid(model) for model in MODELS for one in getattr(model._meta, "triggers", [])}
    assert len(named) > 200
    assert named - there == set()


def test_afterwards_django_is_as_it_was():
    before = [(ProjectState.reload_model, *(operation.state_forwards for operation in OPTION_ONLY))]
    with rendering_only_what_changes():
        assert OPTION_ONLY[0].state_forwards is not before[0][1]
    assert [(ProjectState.reload_model, *(operation.state_forwards for operation in OPTION_ONLY))] == before
