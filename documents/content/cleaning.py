from dataclasses import dataclass, field

from documents.content import images, office, pdfs
from documents.content.kinds import FileType


@dataclass(frozen=True)
class Cleaned:
    """The bytes to store, what was taken out of them and what could not be."""

    data: bytes
    taken: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


TEXT = "what is written in the file"
_CLEANERS = {"pdf": pdfs.clean, "image": images.clean, "office": office.clean, "odt": office.clean}


def clean(data: bytes, kind: FileType) -> Cleaned:
    """`data` without what it tells about people besides its content."""
    cleaner = _CLEANERS.get(kind.family)
    return Cleaned(*cleaner(data)) if cleaner is not None else Cleaned(data, [], [TEXT])
