"""A browser and the running stack: web server, worker, beat, Redis and mail server over the test database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, Playwright

from panel.models import User
from tests.cast import PASSWORD, Cast, make_cast
from tests.journeys.browser import CHROMIUM, CHROMIUM_FLAGS, DESK, HEIGHT, ROOT, Eyes
from tests.stack import MailCatcher, celery_beat, celery_worker, environment, mail_catcher, redis_server, web_server

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright keeps an event loop in this thread; nothing of ours is async


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    arguments: dict[str, object] = {"args": CHROMIUM_FLAGS, "headless": True}
    if Path(CHROMIUM).exists():
        arguments["executable_path"] = CHROMIUM
    return arguments


@pytest.fixture(scope="session")
def static_files() -> None:
    """What the web server serves, gathered as in an installation."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "cspr.settings"}, check=True)


@dataclass
class Site:
    """A running installation, its people, and browsers to open in it."""

    url: str
    cast: Cast
    eyes: Eyes
    browser: Browser
    mails: MailCatcher

    def open(self, person: User | None = None, **options: object) -> Page:
        """A fresh browser; with `person`, signed in as them by e-mail and password."""
        options = {"viewport": {"width": DESK, "height": HEIGHT}, "locale": "en-GB"} | options
        context: BrowserContext = self.browser.new_context(base_url=self.url, **options)
        page = self.eyes.watch(context.new_page())
        if person is not None:
            self.sign_in(page, person)
        return page

    def sign_in(self, page: Page, person: User) -> None:
        page.goto("/accounts/login/")
        page.get_by_label("E-mail").fill(person.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{self.url}/")


@pytest.fixture(scope="session")
def loop_connections(playwright: Playwright) -> Iterator[None]:
    """Close what was opened while Playwright's event loop runs in this thread.

    Django keeps connections apart from those of before the loop, so nobody else would find and close them.
    """
    yield
    connections.close_all()


@pytest.fixture
def people(loop_connections, transactional_db, settings) -> Cast:
    """The cast, with passwords that the web server's own settings accept."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    return make_cast()


@pytest.fixture
def site(people: Cast, browser: Browser, static_files: None) -> Iterator[Site]:
    """The web server alone: what is queued stays queued."""
    with ExitStack() as running:
        redis = running.enter_context(redis_server())
        mails = running.enter_context(mail_catcher())
        url = running.enter_context(web_server(environment(redis=redis, mail=mails.url)))
        yield Site(url, people, Eyes(), browser, mails)


@pytest.fixture
def whole_site(people: Cast, browser: Browser, static_files: None) -> Iterator[Site]:
    """Everything that runs in an installation. Mail goes at any hour, so that the journey does not wait for morning."""
    with ExitStack() as running:
        redis = running.enter_context(redis_server())
        mails = running.enter_context(mail_catcher())
        env = environment(redis=redis, mail=mails.url, MAIL_HOURS="always")
        url = running.enter_context(web_server(env))
        env["SITE_URL"] = url
        running.enter_context(celery_worker(env))
        running.enter_context(celery_beat(env))
        yield Site(url, people, Eyes(), browser, mails)
