"""Whether every file is there, unchanged."""

import hashlib
from dataclasses import dataclass

from django.core.files.base import File

from documents import storage
from documents.models import Document

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Result:
    """How many files were right before the first fault; `fault` is a sentence with a neutral name, or nothing."""

    checked: int
    fault: str = ""


def verify() -> Result:
    """Read every stored file, oldest first, up to the first that is missing or is not what was stored."""
    checked = 0
    for document in Document.objects.with_file().select_related("kind").order_by("pk").iterator():
        try:
            with storage.open_file(document.key) as file:
                digest = _digest(file)
        except FileNotFoundError:
            return Result(checked, f"{document.name} is missing: {storage.path_of(document.key)}")
        if digest != document.sha256_stored:
            return Result(checked, f"{document.name} was changed: {storage.path_of(document.key)}")
        checked += 1
    return Result(checked)


def _digest(file: File) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()
