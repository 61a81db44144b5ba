"""Where the bytes are: a private place outside the web root (STORAGES["documents"]), under a key that says nothing."""

import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages

KEY = re.compile(r"[0-9a-f]{32}")


class PrivateFileSystemStorage(FileSystemStorage):
    """A local folder that only this service's account reads; it has no address on the web."""

    def __init__(self, **options: Any) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700, **options)

    def url(self, name: str | None) -> str:
        raise ValueError("Documents have no address; they are read through documents.views.download.")

    def _save(self, name: str, content: File) -> str:
        """On the disk before the row says so: a power cut leaves an orphan at worst, never a row without its file."""
        saved: str = super()._save(name, content)  # type: ignore[misc]
        for path in (Path(self.path(saved)), Path(self.path(saved)).parent):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
        return saved


def _storage() -> Storage:
    return storages["documents"]


def path_of(key: UUID) -> str:
    return f"{key.hex[:2]}/{key.hex}"


def save(key: UUID, data: bytes) -> None:
    """Write `data` under `key`. Nothing ever stands there already: each document has its own key."""
    name = path_of(key)
    saved = _storage().save(name, ContentFile(data))
    if saved != name:
        raise FileExistsError(f"{name} is there already")


def open_file(key: UUID) -> File:
    """The stored bytes as a file to read. FileNotFoundError where they are missing."""
    return _storage().open(path_of(key), "rb")


def read(key: UUID) -> bytes:
    with open_file(key) as file:
        content: bytes = file.read()
    return content


def delete(key: UUID) -> None:
    _storage().delete(path_of(key))


def written_at(key: UUID) -> datetime:
    return _storage().get_modified_time(path_of(key))


def everything() -> Iterator[UUID]:
    """The key of everything that is stored. What bears another name is not ours and is passed over."""
    store = _storage()
    try:
        folders = store.listdir("")[0]
    except FileNotFoundError:
        return
    for folder in folders:
        for name in store.listdir(folder)[1]:
            if KEY.fullmatch(name):
                yield UUID(hex=name)
