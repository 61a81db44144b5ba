"""HTML to an accessible PDF (PDF/UA-1, ISO 14289-1) by WeasyPrint; for the archive at once PDF/A-3a (ISO 19005-3).

Text in a report comes from people. So nothing is fetched: not from the network, not from this machine's files, not
from `data:` addresses; only resources that the caller packs by name. `presentational_hints` stays off: attributes in
HTML would otherwise reach the layout (CVE-2026-49452).
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import weasyprint
from weasyprint.document import DocumentMetadata
from weasyprint.urls import URLFetcher, URLFetcherResponse

logger = logging.getLogger(__name__)

SCHEME = "packaged"  # <img src="packaged:chart.svg">


class PdfError(Exception):
    """The HTML cannot become a proper PDF: no title, no language, or a packed resource that is not there."""


@dataclass(frozen=True)
class Resource:
    """Bytes that the HTML may refer to as `packaged:<name>`."""

    content_type: str
    content: bytes


class PackagedOnly(URLFetcher):
    """Answers `packaged:` addresses from the given resources and refuses every other address."""

    def __init__(self, resources: Mapping[str, Resource]) -> None:
        super().__init__(allowed_protocols=(SCHEME,), allow_redirects=False)
        self._resources = resources
        self.missing: list[str] = []

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme != SCHEME:
            # The address itself may hold what nobody should read in a log.
            logger.warning("A document asked for a %s address; it was refused.", scheme[:20])
            raise ValueError("Only packaged resources are allowed in a PDF.")
        if name not in self._resources:
            self.missing.append(name)
            raise ValueError("There is no such packaged resource.")
        resource = self._resources[name]
        return URLFetcherResponse(url, resource.content, {"Content-Type": resource.content_type})


@dataclass(frozen=True)
class Enclosed:
    """A file inside an archive PDF: the data that the document shows. `made_at` is what its date is said to be."""

    name: str
    description: str
    content: bytes
    made_at: datetime


# PDF/A-3 takes a property of another standard only where the file itself describes it (ISO 19005-3, 6.6.2.3.2).
UA_MARK = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 with which the file complies</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
END = b"</rdf:RDF>"


class ArchiveMetadata(DocumentMetadata):
    """WeasyPrint 70 writes the mark of one standard into a document's metadata. A file that keeps both carries both."""

    def generate_rdf_metadata(self, variant: str, version: int, conformance: str) -> bytes:
        made: bytes = super().generate_rdf_metadata(variant, version, conformance)
        if not made.endswith(END):  # another WeasyPrint: better no file than one that is not what it says it is
            raise PdfError("The metadata of the PDF have another form than expected.")
        return made.removesuffix(END) + UA_MARK + END


def render_pdf(
    html: str,
    *,
    resources: Mapping[str, Resource] | None = None,
    identifier: bytes = b"",
    archive: bool = False,
    enclosed: Sequence[Enclosed] = (),
) -> bytes:
    """The bytes of the PDF: tagged, PDF/UA-1, with bookmarks from the headings and fonts embedded.

    `html` is a whole document with <html lang> and <title>, its style in <style>. `identifier` (hex digits) makes
    the file's ID repeatable. `archive`: PDF/A-3a as well; only there may files be `enclosed`. Raises PdfError.
    """
    if enclosed and not archive:
        raise PdfError("Files are enclosed in an archive PDF only.")
    fetcher = PackagedOnly(resources or {})
    document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
    _check(document)
    options: dict[str, Any] = {"pdf_variant": "pdf/a-3a" if archive else "pdf/ua-1", "presentational_hints": False}
    if identifier:
        options["pdf_identifier"] = identifier
    if archive:
        options["attachments"] = [_attachment(file) for file in enclosed]
    rendered = document.render(**options)
    if archive:
        rendered.metadata = ArchiveMetadata(**vars(rendered.metadata))
    content: bytes = rendered.write_pdf(**options)
    if fetcher.missing:
        raise PdfError(f"The document refers to resources that were not packed: {', '.join(fetcher.missing)}.")
    return content


def _attachment(file: Enclosed) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=file.made_at,
        modified=file.made_at,
        relationship="Data",
    )


def _check(document: weasyprint.HTML) -> None:
    root = document.etree_element
    title = root.find("head/title")
    if title is None or not (title.text or "").strip():
        raise PdfError("A PDF needs a <title>: it is what a reader's window and a screen reader say first.")
    if not root.get("lang"):
        raise PdfError("A PDF needs <html lang>: a screen reader chooses its voice by it.")
