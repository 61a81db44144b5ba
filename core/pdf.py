"""HTML to an accessible PDF (PDF/UA-1, ISO 14289-1) by WeasyPrint.

Text in a report comes from people. So nothing is fetched: not from the network, not from this machine's files, not
from `data:` addresses; only resources that the caller packs by name. `presentational_hints` stays off: attributes in
HTML would otherwise reach the layout (CVE-2026-49452).
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import weasyprint
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


def render_pdf(html: str, *, resources: Mapping[str, Resource] | None = None, identifier: bytes = b"") -> bytes:
    """The bytes of the PDF: tagged, PDF/UA-1, with bookmarks from the headings and fonts embedded.

    `html` is a whole document with <html lang> and <title>, its style in <style>. `identifier` (hex digits) makes
    the file's ID repeatable. Raises PdfError.
    """
    fetcher = PackagedOnly(resources or {})
    document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url=None)
    _check(document)
    options: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "presentational_hints": False}
    if identifier:
        options["pdf_identifier"] = identifier
    content: bytes = document.write_pdf(**options)
    if fetcher.missing:
        raise PdfError(f"The document refers to resources that were not packed: {', '.join(fetcher.missing)}.")
    return content


def _check(document: weasyprint.HTML) -> None:
    root = document.etree_element
    title = root.find("head/title")
    if title is None or not (title.text or "").strip():
        raise PdfError("A PDF needs a <title>: it is what a reader's window and a screen reader say first.")
    if not root.get("lang"):
        raise PdfError("A PDF needs <html lang>: a screen reader chooses its voice by it.")
