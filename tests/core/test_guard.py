"""Guarded rows are written by workflow functions only. Shown on the case, the first guarded model."""

import pytest
from django.apps import apps
from django.db import transaction

from core.errors import UnguardedWrite, WorkflowError
from core.guard import GuardedModel, workflow
from referrals.models import Referral

GUARDED = [model for model in apps.get_models() if issubclass(model, GuardedModel)]


def test_case_data_is_guarded():
    assert Referral in GUARDED
    assert len(GUARDED) >= 5


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize(
    "write", ["save", "delete", "update", "queryset delete", "create", "bulk_create", "bulk_update"]
)
def test_writing_elsewhere_is_a_programming_error(db, model, write):
    row, rows = model(pk=1), model.objects.all()
    field = next(f for f in model._meta.concrete_fields if not f.primary_key)
    writes = {
        "save": row.save,
        "delete": row.delete,
        "update": lambda: rows.update(**{field.attname: None}),
        "queryset delete": rows.delete,
        "create": lambda: model.objects.create(pk=1),
        "bulk_create": lambda: model.objects.bulk_create([row]),
        "bulk_update": lambda: model.objects.bulk_update([row], [field.name]),
    }
    with pytest.raises(UnguardedWrite, match=f"{model.__name__} is written only by"):
        writes[write]()


def test_inside_a_workflow_function_the_guard_is_open(db):
    @workflow
    def empty() -> int:
        return Referral.objects.all().delete()[0]

    assert empty() == 0
    with pytest.raises(UnguardedWrite):
        Referral.objects.all().delete()


def test_the_guard_closes_after_an_error(db):
    @workflow
    def fails() -> None:
        raise WorkflowError("no")

    with pytest.raises(WorkflowError):
        fails()
    with pytest.raises(UnguardedWrite):
        Referral.objects.all().delete()


def test_a_workflow_function_is_one_transaction(db, cast):
    @workflow
    def half() -> None:
        cast.member.name = "Changed"
        cast.member.save()
        raise WorkflowError("and then it failed")

    with pytest.raises(WorkflowError), transaction.atomic():
        half()
    cast.member.refresh_from_db()
    assert cast.member.name == "Mel Sample"


def test_one_workflow_function_may_call_another(db):
    @workflow
    def inner() -> None:
        Referral.objects.all().delete()

    @workflow
    def outer() -> int:
        inner()
        return Referral.objects.all().delete()[0]

    assert outer() == 0
