"""Looking whether an address answers: a HEAD request, nothing of the page is kept."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from urllib.parse import urlsplit

TIMEOUT = 10  # seconds
AGENT = "CSPR-Panel-link-check"
NO_HEAD = {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}


@dataclass(frozen=True)
class Answer:
    """`words` says what came back, as in "200 OK", "404 Not Found", "no answer"."""

    is_good: bool
    words: str


class _Web(urllib.request.HTTPRedirectHandler):
    """Follows redirects to the web alone: never to files or other schemes, whatever a server says."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        if urlsplit(newurl).scheme not in ("http", "https"):
            return None
        made = super().redirect_request(req, fp, code, msg, headers, newurl)
        if made is not None:
            made.method = req.get_method()  # the library would go on with GET
        return made


def look(address: str, *, timeout: float = TIMEOUT) -> Answer:
    """Ask for the head of `address`. Never raises: whatever goes wrong is the answer."""
    if urlsplit(address).scheme not in ("http", "https"):
        return Answer(False, "not an address of the web")
    found = _ask(address, "HEAD", timeout)
    if isinstance(found, int) and found in NO_HEAD:  # some servers answer GET only
        found = _ask(address, "GET", timeout)
    if isinstance(found, int):
        return Answer(200 <= found < 300, _spoken(found))
    return Answer(False, found)


def _ask(address: str, method: str, timeout: float) -> int | str:
    opener = urllib.request.build_opener(_Web)
    request = urllib.request.Request(address, method=method, headers={"User-Agent": AGENT})  # noqa: S310 - scheme checked
    try:
        with opener.open(request, timeout=timeout) as response:
            status: int = response.status
            return status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        return f"no answer ({type(reason).__name__ if isinstance(reason, Exception) else reason})"[:200]


def _spoken(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
