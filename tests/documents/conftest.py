"""Every test of documents has a storage folder of its own, and no scanner unless it starts one."""

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    """The folder in which this test's documents are kept."""
    place = tmp_path / "documents"
    backend = "documents.storage.PrivateFileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"documents": {"BACKEND": backend, "OPTIONS": {"location": place}}}
    settings.CLAMD_URL = ""
    return place
