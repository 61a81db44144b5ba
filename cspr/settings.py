"""All settings. Everything that differs between machines comes from the environment: README.md has the table."""

import sys
from pathlib import Path

import pghistory
from celery.schedules import crontab
from csp.constants import NONCE, SELF

from cspr import document_storage, local
from cspr.configuration import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = local.state_dir()
env = Environment()  # NAME_FILE reads a secret from a file; what is wrong or missing, cspr/checks.py says

ENVIRONMENT = env.text("ENVIRONMENT", "development")
PRODUCTION = ENVIRONMENT != "development"  # a misspelt environment is treated as the strict one
CONFIGURED = {name for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL") if env.given(name)}
DEMO = env.yes("DEMO", not PRODUCTION)  # the ribbon "invented data", demo accounts on the sign-in page
DEMO_DOMAIN, DEMO_PASSWORD = "@partnership.example", "correct-horse-demo"  # shown on the sign-in page of a demo

SECRET_KEY = env.text("SECRET_KEY", "" if PRODUCTION else "development-only-key-never-used-in-production")
DEBUG = env.yes("DEBUG", False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])
SITE_URL = env.text("SITE_URL", "" if PRODUCTION else f"http://127.0.0.1:{env.number('PORT', 8000)}").rstrip("/")

INSTALLED_APPS = [
    "cspr.admin_config.CsprAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_forms_gds",
    "django_filters",
    "import_export",
    "core",
    "audit",
    "notifications",
    "access_links",
    "documents",
    "deadlines",
    "panel",
    "referrals",
    "chronology",
    "agency_returns",
    "rapid_reviews",
    "practice_reviews",
    "publications",
    "learning",
    "actions",
    "meetings",
    "highlight_reports",
    "overview",
    "demo",
    "cspr",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "publications.middleware.WithoutCookiesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "panel.middleware.KeepTypedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "panel.middleware.RequireSecondFactorMiddleware",
    "panel.middleware.NoStoreMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "cspr.urls"
WSGI_APPLICATION = "cspr.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "panel.context_processors.partnership",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# PostgreSQL is the only database; without DATABASE_URL it is the embedded one in var/.
DATABASES = {"default": env.read("db_url", "DATABASE_URL", local.database_url())}
DATABASES["default"].setdefault("TEST", {})["NAME"] = "test_cspr"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.text("REDIS_URL", local.redis_url())
CACHES = {"default": {"BACKEND": "core.cache.SparedRedisCache", "LOCATION": REDIS_URL}}

# Row history (`@pghistory.track()`): each insert, update and delete, append-only, with who did it in the row itself,
# so that the audit seal covers that too.
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
PGHISTORY_APPEND_ONLY = True
PGHISTORY_BASE_MODEL = "audit.history.Event"
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()

# Sign-in: e-mail and password, second factor, by invitation only.
AUTH_USER_MODEL = "panel.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "panel.backends.ConfigurationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "overview:home"
ACCOUNT_ADAPTER = "panel.adapters.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the business manager's invitation proves the address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers
ACCOUNT_EMAIL_NOTIFICATIONS = True  # "your password was changed"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "panel.forms.SignInForm",
    "reset_password": "panel.forms.ForgottenPasswordForm",
    "reset_password_from_key": "panel.forms.NewPasswordForm",
    "change_password": "panel.forms.OtherPasswordForm",
    "reauthenticate": "panel.forms.ConfirmPasswordForm",
}
PASSWORD_RESET_TIMEOUT = 24 * 3600  # seconds; an invitation lasts longer: panel/tokens.py
# Rate limits by address need the client's own: how many proxies stand before this server.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", int(env.yes("BEHIND_PROXY", PRODUCTION)))
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ADAPTER = "panel.adapters.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "panel.forms.AddPasskeyForm"}
MFA_TOTP_ISSUER = "CSPR Panel"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_REQUIRED = env.yes("MFA_REQUIRED", PRODUCTION)
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# GOV.UK: long, not common, never expiring, paste allowed.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
CSRF_FAILURE_VIEW = "panel.views.csrf_failure"
SESSION_COOKIE_AGE = env.number("SESSION_MINUTES", 60) * 60
SESSION_SAVE_EVERY_REQUEST = True  # idle time-out
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

# Security headers. Production adds TLS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.yes("BEHIND_PROXY", PRODUCTION) else None
SECURE_SSL_REDIRECT = env.yes("SECURE_SSL_REDIRECT", PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz/$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "cspr_session"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

# Deadlines are dates in Europe/London; instants are stored in UTC.
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(STATE_DIR / "static")))
ASSETS_DIR = local.ROOT / "var" / "assets"  # built from static/scss by npm
_NPM = BASE_DIR / "node_modules"
_GOVUK, _MOJ = _NPM / "govuk-frontend/dist/govuk", _NPM / "@ministryofjustice/frontend/moj"
STATICFILES_DIRS = [
    ("app", BASE_DIR / "static" / "js"),
    ("app", BASE_DIR / "static" / "images"),
    ("app", ASSETS_DIR),
    ("frontend/images", _GOVUK / "assets" / "images"),
    ("frontend/images", _MOJ / "assets" / "images"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STATE_DIR / "media"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    "documents": document_storage.storage(env, STATE_DIR),
}

# Documents: what may be uploaded, and what scans it.
DOCUMENT_STORAGE_PROBLEMS = document_storage.problems(env)
CLAMD_URL = env.text("CLAMD_URL")
CLAMD_TIMEOUT = env.number("CLAMD_TIMEOUT", 30)  # seconds
DOCUMENTS_MAX_MB = env.number("DOCUMENTS_MAX_MB", 25)  # clamd's own StreamMaxLength must not be smaller
DOCUMENTS_MAX_FILES = env.number("DOCUMENTS_MAX_FILES", 20)  # at once
DOCUMENTS_MAX_PAGES = 5000  # of a PDF
DOCUMENTS_MAX_MEGAPIXELS = 50  # of a picture
DOCUMENTS_MAX_PARTS = 5000  # of an Office file, which is a ZIP archive inside
DOCUMENTS_MAX_UNPACKED_MB = 200
DOCUMENTS_MAX_XML_MB = 50  # one part of it, which is read as a tree
DOCUMENTS_MAX_RATIO = 100  # unpacked to packed, where it unpacks to more than …
DOCUMENTS_RATIO_FREE_MB = 20
BUNDLE_DAYS = env.number("BUNDLE_DAYS", 7)  # how long an evidence bundle is kept after it was made

IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True  # a cell that starts with = is text

# Mail goes through SMTP, always.
vars().update(env.read("email_url", "EMAIL_URL", f"smtp://127.0.0.1:{env.number('MAIL_PORT', 1025)}"))
EMAIL_TIMEOUT = 30  # seconds
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "CSPR Panel <cspr-panel@partnership.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS = [("Administrator", address) for address in env.words("ADMINS", [])]

# Celery wakes people up; the truth is in PostgreSQL rows. Losing Redis costs one sweep at most.
MAIL_HOURS = env.text("MAIL_HOURS", "08:00-18:00")  # on working days; "always" for no quiet hours
SWEEP_SECONDS = env.number("SWEEP_SECONDS", 120)
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_keepalive": True, "socket_connect_timeout": 3}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(STATE_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "sweep-deadlines": {"task": "deadlines.tasks.sweep_deadlines", "schedule": SWEEP_SECONDS},
    "sweep-outbox": {
        "task": "notifications.tasks.sweep_outbox",
        "schedule": min(SWEEP_SECONDS, 60),
        "options": {"expires": min(SWEEP_SECONDS, 60)},  # sweeps do not heap up while no worker is there
    },
    "chase-returns": {"task": "agency_returns.tasks.chase_returns", "schedule": max(SWEEP_SECONDS, 300)},
    "chase-issues": {"task": "rapid_reviews.tasks.chase_issues", "schedule": max(SWEEP_SECONDS, 300)},
    "chase-drafts": {"task": "practice_reviews.tasks.chase_drafts", "schedule": max(SWEEP_SECONDS, 300)},
    "sweep-reviews": {"task": "practice_reviews.tasks.sweep_reviews", "schedule": max(SWEEP_SECONDS, 300)},
    "sweep-learning": {"task": "learning.tasks.sweep_learning", "schedule": max(SWEEP_SECONDS, 300)},
    "sweep-actions": {"task": "actions.tasks.sweep_actions", "schedule": max(SWEEP_SECONDS, 300)},
    "sweep-publications": {"task": "publications.tasks.sweep_publications", "schedule": max(SWEEP_SECONDS, 300)},
    "sweep-reports": {"task": "highlight_reports.tasks.sweep_reports", "schedule": SWEEP_SECONDS},
    "prepare-reports": {"task": "highlight_reports.tasks.prepare_reports", "schedule": max(SWEEP_SECONDS, 300)},
    "sweep-review-reports": {"task": "rapid_reviews.tasks.sweep_reports", "schedule": SWEEP_SECONDS},
    "scan-documents": {"task": "documents.tasks.scan_documents", "schedule": SWEEP_SECONDS},
    "sweep-disclosure": {"task": "publications.tasks.sweep_disclosure_checks", "schedule": SWEEP_SECONDS},
    "sweep-documents": {"task": "documents.tasks.sweep_documents", "schedule": crontab(hour=3, minute=20)},
    "sweep-bundles": {"task": "rapid_reviews.tasks.sweep_bundles", "schedule": SWEEP_SECONDS},
    "sweep-chronologies": {"task": "chronology.tasks.sweep_chronologies", "schedule": SWEEP_SECONDS},
    "index-search": {
        "task": "overview.tasks.index_search",
        "schedule": min(SWEEP_SECONDS, 60),
        "options": {"expires": 60},
    },
    "sweep-packs": {"task": "meetings.tasks.sweep_packs", "schedule": SWEEP_SECONDS},
    "send-digests": {"task": "overview.tasks.send_digests", "schedule": max(SWEEP_SECONDS, 300)},
    "sweep-circulations": {"task": "rapid_reviews.tasks.sweep_circulations", "schedule": max(SWEEP_SECONDS, 300)},
    "seal-audit": {"task": "audit.tasks.seal_audit", "schedule": 300},
    "clear-codes": {"task": "access_links.tasks.clear_codes", "schedule": crontab(hour=3, minute=20)},
    "clear-unsent": {"task": "referrals.tasks.clear_unsent", "schedule": crontab(hour=3, minute=30)},
    "clear-sessions": {"task": "panel.tasks.clear_sessions", "schedule": crontab(hour=3, minute=10)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools", "pikepdf")},  # chatty below that
}

TESTING = "pytest" in sys.modules
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_AUTOREFRESH = True  # nothing is collected

CONFIGURATION_PROBLEMS = env.problems
