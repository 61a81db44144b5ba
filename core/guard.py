"""Guarded models: rows that only a workflow function may write.

Raw SQL and the database's own cascades are not seen here; the audit seal finds those.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import models, transaction

from core.errors import UnguardedWrite

P = ParamSpec("P")
R = TypeVar("R")

_writing: ContextVar[bool] = ContextVar("writing", default=False)


@contextmanager
def _allowed() -> Iterator[None]:
    token = _writing.set(True)
    try:
        yield
    finally:
        _writing.reset(token)


def workflow(function: Callable[P, R]) -> Callable[P, R]:
    """Mark `function` as the one place for its change of state: atomic, and may write guarded models."""

    @functools.wraps(function)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), _allowed():
            return function(*args, **kwargs)

    return inner


def _check(model: type[models.Model]) -> None:
    if not _writing.get():
        raise UnguardedWrite(f"{model.__name__} is written only by its app's workflow.py (a @workflow function).")


class GuardedQuerySet(models.QuerySet[Any]):
    """A queryset whose writing methods refuse outside a workflow function."""

    def update(self, **kwargs: Any) -> int:
        _check(self.model)
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        _check(self.model)
        return super().delete()

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[Any]:
        _check(self.model)
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        _check(self.model)
        return super().bulk_update(*args, **kwargs)


class GuardedModel(models.Model):
    """Base of case, decision and report rows."""

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        _check(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        _check(type(self))
        return super().delete(*args, **kwargs)
