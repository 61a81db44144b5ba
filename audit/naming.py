"""Which case a row belongs to, for a message about a fault. This app knows no case, so it goes by a convention:

a model with a field `reference` is a case or names one; else the nearest such model up the foreign keys; else what the
audit events about the record say.
"""

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from audit.models import Event

DEPTH = 3  # foreign keys to follow


def reference_of(model: type[models.Model], key: Any, depth: int = DEPTH) -> str:
    """The neutral reference of the case that row `key` of `model` belongs to, "" where nothing tells."""
    found = _from_fields(model, key, depth)
    if not found:
        events = Event.objects.filter(object_label=model._meta.label, object_id=str(key)).exclude(reference="")
        found = events.values_list("reference", flat=True).first() or ""
    return found


def _from_fields(model: type[models.Model], key: Any, depth: int) -> str:
    row = _row(model, key)
    if row is None:
        return ""
    if _has_reference(model):
        return str(row["reference"] or "")
    if depth == 0:
        return ""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if isinstance(field, models.ForeignKey) and isinstance(target, type) and row.get(field.attname):
            found = _from_fields(target, row[field.attname], depth - 1)
            if found:
                return found
    return ""


def _has_reference(model: type[models.Model]) -> bool:
    try:
        return isinstance(model._meta.get_field("reference"), models.CharField)
    except FieldDoesNotExist:
        return False


def _row(model: type[models.Model], key: Any) -> dict[str, Any] | None:
    """The record's own row, or its newest history where the record is gone."""
    found = model._base_manager.filter(pk=key).values().first()
    history = next(iter(getattr(model, "pgh_event_models", {}).values()), None)
    if found is None and history is not None:
        found = history._base_manager.filter(pgh_obj_id=key).order_by("-pgh_id").values().first()
    return found
