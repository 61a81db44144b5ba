"""The ZIP: the PDF, the spreadsheet, the documents as they are stored, and the hashes of all of them."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from chronology.formulas import safe

BLOCK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """One file of the ZIP. `note` says where its pages are in the PDF, or why it has none."""

    name: str
    path: Path
    note: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def sha256(self) -> str:
        return sha256(self.path)


def sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def table(entries: Sequence[Entry]) -> bytes:
    """hashes.csv: for people and spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["File", "Bytes", "SHA-256", "Note"])
    writer.writerows([safe(one.name), one.size, one.sha256, safe(one.note)] for one in entries)
    return out.getvalue().encode("utf-8-sig")


def checksums(entries: Sequence[Entry]) -> bytes:
    """SHA256SUMS: `sha256sum -c SHA256SUMS` in the unpacked folder says which file is not what it was."""
    return "".join(f"{one.sha256}  {one.name}\n" for one in entries).encode()


def pack(entries: Sequence[Entry], target: Path, *, folder: str, work: Path, made_at: datetime) -> list[Entry]:
    """Write the ZIP to `target`, everything in one folder; returns what is in it, the list of hashes included."""
    listing = work / "hashes.csv"
    listing.write_bytes(table(entries))
    everything = [*entries, Entry("hashes.csv", listing, "This list for spreadsheets")]
    when = (made_at.year, made_at.month, made_at.day, made_at.hour, made_at.minute, made_at.second)
    with zipfile.ZipFile(target, "w") as packed:
        for one in everything:
            info = zipfile.ZipInfo(f"{folder}/{one.name}", when)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            with one.path.open("rb") as source, packed.open(info, "w", force_zip64=True) as inside:
                while block := source.read(BLOCK):
                    inside.write(block)
        info = zipfile.ZipInfo(f"{folder}/SHA256SUMS", when)
        info.external_attr = 0o600 << 16
        packed.writestr(info, checksums(everything))
    return everything
