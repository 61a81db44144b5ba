"""Every stored field of ours says how sensitive it is, in its app's classification.py."""

import importlib

import pytest
from django.apps import apps
from pghistory.models import Event as HistoryEvent

from core.classification import DataClass
from tests.house import APPS


def concrete_fields(model) -> set[str]:
    return {field.name for field in model._meta.concrete_fields} | {field.name for field in model._meta.many_to_many}


def models_of(app: str) -> list:
    """The models that say something of their own; a history table says what its model says."""
    found = apps.get_app_config(app).get_models(include_auto_created=False)
    return [model for model in found if not issubclass(model, HistoryEvent) and not model._meta.proxy]


APPS_WITH_MODELS = [app for app in APPS if models_of(app)]


@pytest.mark.parametrize("app", APPS_WITH_MODELS)
def test_every_field_is_classified(app):
    fields = importlib.import_module(f"{app}.classification").FIELDS
    missing = [
        f"{model.__name__}.{name}"
        for model in models_of(app)
        for name in sorted(
            concrete_fields(model) - set(fields.get(model.__name__, {})) - {"groups", "user_permissions"}
        )
    ]
    assert not missing, f"say in {app}/classification.py how sensitive these are: {missing}"


@pytest.mark.parametrize("app", APPS_WITH_MODELS)
def test_no_name_is_stale(app):
    fields = importlib.import_module(f"{app}.classification").FIELDS
    there = {model.__name__: concrete_fields(model) for model in models_of(app)}
    stale = [
        f"{model}.{name}" for model, names in fields.items() for name in names if name not in there.get(model, set())
    ]
    stale += [model for model in fields if model not in there]
    assert not stale, f"no such field or model any more: {stale}"


@pytest.mark.parametrize("app", APPS_WITH_MODELS)
def test_classes_are_from_the_list(app):
    fields = importlib.import_module(f"{app}.classification").FIELDS
    assert {value for names in fields.values() for value in names.values()} <= set(DataClass)


def test_free_text_about_cases_is_never_called_harmless():
    """A TextField of a case app holds what people write about children."""
    harmless = []
    for app in {"referrals", "rapid_reviews", "agency_returns", "actions"} & set(APPS_WITH_MODELS):
        fields = importlib.import_module(f"{app}.classification").FIELDS
        for model in models_of(app):
            for field in model._meta.concrete_fields:
                said = fields.get(model.__name__, {}).get(field.name)
                if field.get_internal_type() == "TextField" and not field.choices and said == DataClass.NONE:
                    harmless.append(f"{model.__name__}.{field.name}")
    assert not harmless, harmless
