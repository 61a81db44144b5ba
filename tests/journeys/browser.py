"""Looking at a page as axe, a narrow phone, the browser's console and a careful person would."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text()
SCREENSHOTS = ROOT / "var/screenshots" if os.environ.get("SCREENSHOTS") else None
CHROMIUM = os.environ.get("CHROMIUM_PATH") or "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESK, PHONE, NARROWEST = 1280, 390, 320  # CSS pixels
HEIGHT = 900


class Eyes:
    """Every page shown to `look` leaves its faults in `faults`; the journey ends with `assert eyes.faults == []`."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.seen: list[str] = []

    def watch(self, page: Page) -> Page:
        """Note what the browser itself complains of, and any request that leaves this machine."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error on {page.url}: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 4xx on purpose is also reported here; _response decides about those.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.hostname != "127.0.0.1":
            self.faults.append(f"request to another machine: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500 or (response.status >= 400 and "/static/" in response.url):
            self.faults.append(f"{response.status} {response.url}")

    def look(self, page: Page, name: str) -> None:
        """Examine the page at every width; `name` is for the fault and the screenshot."""
        self.seen.append(name)
        self._heading_and_title(page, name)
        page.evaluate(AXE)
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            self._axe(page, f"{name} at {width} px")
            self._photograph(page, name, width)
        for width in (PHONE, NARROWEST):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            self._sideways(page, f"{name} at {width} px")
        page.set_viewport_size({"width": DESK, "height": HEIGHT})

    def _heading_and_title(self, page: Page, name: str) -> None:
        headings = page.locator("h1").all_inner_texts()
        if len(headings) != 1:
            self.faults.append(f"{name}: {len(headings)} h1 {headings}")
        if not re.match(r"\S.* [–|] ", page.title()):
            self.faults.append(f"{name}: title is {page.title()!r}")

    def _axe(self, page: Page, where: str) -> None:
        for violation in page.evaluate("axe.run()")["violations"]:
            nodes = "; ".join(f"{node['target']} {node['html'][:160]}" for node in violation["nodes"][:4])
            self.faults.append(
                f"axe {violation['id']} ({violation['impact']}) on {where}: {violation['help']}: {nodes}"
            )

    def _sideways(self, page: Page, where: str) -> None:
        wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if wide > room:
            culprits = page.evaluate(
                """room => [...document.body.querySelectorAll('*')]
                    .filter(e => e.getBoundingClientRect().right > room + 1)
                    .slice(0, 4).map(e => e.outerHTML.slice(0, 120))""",
                room,
            )
            self.faults.append(f"scrolls sideways: {where} is {wide} px wide: {culprits}")

    def _photograph(self, page: Page, name: str, width: int) -> None:
        if SCREENSHOTS:
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            stem = re.sub(r"\W+", "-", name.lower()).strip("-")
            page.screenshot(path=SCREENSHOTS / f"{stem}-{width}.png", full_page=True)
