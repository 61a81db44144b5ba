"""Where finished bundles are kept: beside the documents, in a folder of their own, under keys that say nothing."""

import re
from datetime import datetime
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import Storage, storages

FOLDER = "bundles"
KINDS = {"pdf": "application/pdf", "zip": "application/zip"}
NAME = re.compile(r"([0-9a-f]{32})-\d+\.(?:pdf|zip)")


def _storage() -> Storage:
    return storages["documents"]


def _path(key: str, attempt: int, kind: str) -> str:
    return f"{FOLDER}/{key}-{attempt}.{kind}"


def save(key: str, attempt: int, kind: str, source: Path) -> None:
    """Each attempt has a name of its own, so that two workers never write to one."""
    with source.open("rb") as file:
        _storage().save(_path(key, attempt, kind), File(file))


def open_file(key: str, attempt: int, kind: str) -> File:
    """FileNotFoundError where it is missing."""
    return _storage().open(_path(key, attempt, kind), "rb")


def delete(key: str, attempt: int) -> None:
    for kind in KINDS:
        _storage().delete(_path(key, attempt, kind))


def remove_strays(wanted: set[str], *, before: datetime) -> int:
    """Remove what belongs to none of the bundles `wanted` and was written before `before`; returns how many went."""
    try:
        names = _storage().listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    strays = [name for name in names if (found := NAME.fullmatch(name)) and found[1] not in wanted]
    gone = [name for name in strays if _storage().get_modified_time(f"{FOLDER}/{name}") < before]
    for name in gone:
        _storage().delete(f"{FOLDER}/{name}")
    return len(gone)
