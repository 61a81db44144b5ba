"""How sensitive each field of meetings is: see core/classification.py."""

from core.classification import DataClass

FIELDS: dict[str, dict[str, DataClass]] = {}
