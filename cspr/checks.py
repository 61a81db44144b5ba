"""System checks of the configuration: what is wrong with the environment, and what to do, one sentence each."""

import ctypes
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

SECRET_KEY_LENGTH = 50  # characters, as Django's own security.W009
LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's way to say that it is empty
        return ""


@register
def check_environment(**kwargs: Any) -> Iterator[CheckMessage]:
    """Values that mean nothing, whatever the environment."""
    if settings.ENVIRONMENT not in {"development", "production"}:
        yield Error(
            f"ENVIRONMENT is {settings.ENVIRONMENT!r}; set it to 'development' or 'production'.", id="cspr.E009"
        )
    yield from (Error(problem, id="cspr.E008") for problem in settings.CONFIGURATION_PROBLEMS)
    if settings.DATABASES["default"].get("ENGINE") != "django.db.backends.postgresql":
        yield Error(
            "The database is not PostgreSQL; set DATABASE_URL to postgres://user:password@host/name.", id="cspr.E007"
        )
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        yield Error(
            "Mail does not go through SMTP; set EMAIL_URL to smtp://, smtp+tls:// or smtp+ssl://…", id="cspr.E006"
        )
    if urlsplit(settings.REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
        yield Error("REDIS_URL is no address of a Redis; set it to redis://host:6379/0.", id="cspr.E005")


@register
def check_documents(**kwargs: Any) -> Iterator[CheckMessage]:
    """Where documents are kept and what scans them: set half, or where the web server could show them."""
    yield from (Error(problem, id="cspr.E020") for problem in settings.DOCUMENT_STORAGE_PROBLEMS)
    address = urlsplit(settings.CLAMD_URL)
    names_a_daemon = {"tcp": address.hostname, "unix": address.path}.get(address.scheme)
    if settings.CLAMD_URL and not names_a_daemon:
        yield Error(
            "CLAMD_URL is no address of a scanner; set it to tcp://host:3310 or unix:///run/clamav/clamd.ctl.",
            id="cspr.E021",
        )
    storage: Any = settings.STORAGES["documents"]
    folder = storage.get("OPTIONS", {}).get("location")
    served = [settings.STATIC_ROOT, settings.ASSETS_DIR, Path(settings.BASE_DIR) / "static"]
    if folder and any(Path(folder).resolve().is_relative_to(Path(place).resolve()) for place in served):
        yield Error(
            "Documents are kept where static files are served; set DOCUMENTS_DIR to another folder.", id="cspr.E022"
        )
    if min(settings.DOCUMENTS_MAX_MB, settings.DOCUMENTS_MAX_FILES, settings.CLAMD_TIMEOUT) < 1:
        yield Error(
            "DOCUMENTS_MAX_MB, DOCUMENTS_MAX_FILES or CLAMD_TIMEOUT is below 1, so nothing could be uploaded; "
            "set a larger number.",
            id="cspr.E023",
        )


@register
def check_production(**kwargs: Any) -> Iterator[CheckMessage]:
    """What a real installation must have been told."""
    if not settings.PRODUCTION:
        if set(settings.ALLOWED_HOSTS) - LOOPBACK:
            yield Error(
                "ALLOWED_HOSTS names more than this machine; set ENVIRONMENT=production for that.", id="cspr.E011"
            )
        return
    if len(_secret_key()) < SECRET_KEY_LENGTH:
        yield Error(
            f"SECRET_KEY is missing or short; set it to {SECRET_KEY_LENGTH} or more random characters,"
            " or SECRET_KEY_FILE to a file that holds them.",
            id="cspr.E001",
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS is empty or '*'; set it to the names of this site, parted by commas.", id="cspr.E002"
        )
    address = urlsplit(settings.SITE_URL)
    if address.scheme != "https" or not address.hostname:
        yield Error("SITE_URL, the start of every link in a mail, is missing or not https://; set it.", id="cspr.E003")
    if "DATABASE_URL" not in settings.CONFIGURED:
        yield Error(
            "DATABASE_URL is missing; production uses a PostgreSQL of its own, never the embedded one.", id="cspr.E004"
        )
    if "REDIS_URL" not in settings.CONFIGURED:
        yield Error(
            "REDIS_URL is missing; production uses a Redis of its own: set it to redis://host:6379/0.", id="cspr.E005"
        )
    if "EMAIL_URL" not in settings.CONFIGURED:
        yield Error("EMAIL_URL is missing; set it to smtp+tls://user:password@host:587.", id="cspr.E006")
    if settings.DEMO:
        yield Error(
            "DEMO is on, which shows accounts with a known password; set DEMO=false in production.", id="cspr.E010"
        )


@register(deploy=True)
def check_deployment(**kwargs: Any) -> Iterator[CheckMessage]:
    """What a real installation can run without, but should not."""
    if not settings.MFA_REQUIRED:
        yield Warning("MFA_REQUIRED is off; people sign in without a second factor: set it to true.", id="cspr.W003")
    if not settings.CLAMD_URL:
        yield Warning(
            "CLAMD_URL is not set, so documents are stored unscanned; set it to the address of a ClamAV daemon.",
            id="cspr.W020",
        )
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith(".example"):
        yield Warning(
            "Mails are from an example address; set DEFAULT_FROM_EMAIL to the partnership's own.", id="cspr.W004"
        )


@register
def check_machine(**kwargs: Any) -> Iterator[CheckMessage]:
    """What this machine lacks."""
    if not all(_loads(library) for library in PANGO):
        yield Warning(
            f"Pango is missing, so reports cannot be rendered; run: apt-get install {PANGO_PACKAGES}", id="cspr.W001"
        )
    if not (Path(settings.ASSETS_DIR) / "app.css").exists():
        yield Warning("The style sheets are not built; run script/setup (or npm run build).", id="cspr.W002")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
