"""Several files chosen together: each is stored or refused for itself."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from core.errors import NotPermitted, WorkflowError
from documents import workflow
from documents.models import Document
from documents.states import Status

INFECTED = (
    "The virus scan found something harmful in it. It was not kept, and the business manager is told. "
    "Do not open it, and tell whoever sent it to you."
)


def is_key(text: str) -> bool:
    """Whether the text may be the key of a document."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@dataclass
class Outcome:
    """What was stored, and for each refused file the name it came under and the sentence. For the page only."""

    stored: list[Document] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(document.status == Status.WAITING for document in self.stored)

    def sentence(self) -> str:
        """ "2 documents were stored. 1 of them waits for the virus scan." """
        count = len(self.stored)
        told = f"{count} document{' was' if count == 1 else 's were'} stored."
        if self.waiting:
            told += f" Waiting for the virus scan before anybody can download them: {self.waiting}."
        return told


def store_each(files: Iterable[UploadedFile], **facts: Any) -> Outcome:
    """`facts` as workflow.store takes them, but for the file."""
    outcome = Outcome()
    for file in files:
        try:
            document = workflow.store(file=file, **facts)
        except NotPermitted:
            raise
        except WorkflowError as error:
            outcome.refused.append((str(file.name), str(error)))
            continue
        if document.status == Status.REFUSED:
            outcome.refused.append((str(file.name), INFECTED))
        else:
            outcome.stored.append(document)
    return outcome
