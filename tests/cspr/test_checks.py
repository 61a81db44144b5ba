"""Each mistake in the configuration has its sentence; a right configuration has none."""

import pytest

from cspr import checks
from tests.cspr.machine import environment, python

PRODUCTION = {
    "PRODUCTION": True, "ENVIRONMENT": "production", "SECRET_KEY": "k" * 64, "ALLOWED_HOSTS": ["cspr.partnership.test"],
    "SITE_URL": "https://cspr.partnership.test", "CONFIGURED": {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"},
    "CLAMD_URL": "tcp://clamav:3310",
    "DEMO": False, "MFA_REQUIRED": True, "DEFAULT_FROM_EMAIL": "cspr@partnership.test",
}  # fmt: skip
SMTP = "django.core.mail.backends.smtp.EmailBackend"


def found(settings, **values):
    """The ids of our checks' messages under these settings."""
    for name, value in {"EMAIL_BACKEND": SMTP, **values}.items():
        setattr(settings, name, value)
    messages = [
        *checks.check_environment(),
        *checks.check_production(),
        *checks.check_deployment(),
        *checks.check_documents(),
    ]
    assert all("; " in message.msg or ": " in message.msg for message in messages), "each says what to do"
    return {message.id for message in messages}


def test_a_right_production_has_nothing_to_say(settings):
    assert found(settings, **PRODUCTION) == set()


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"SECRET_KEY": "short"}, "cspr.E001"),
        ({"SECRET_KEY": ""}, "cspr.E001"),
        ({"ALLOWED_HOSTS": []}, "cspr.E002"),
        ({"ALLOWED_HOSTS": ["*"]}, "cspr.E002"),
        ({"SITE_URL": ""}, "cspr.E003"),
        ({"SITE_URL": "http://cspr.partnership.test"}, "cspr.E003"),
        ({"CONFIGURED": {"REDIS_URL", "EMAIL_URL"}}, "cspr.E004"),
        ({"CONFIGURED": {"DATABASE_URL", "EMAIL_URL"}}, "cspr.E005"),
        ({"REDIS_URL": "amqp://broker"}, "cspr.E005"),
        ({"CONFIGURED": {"DATABASE_URL", "REDIS_URL"}}, "cspr.E006"),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, "cspr.E006"),
        ({"CONFIGURATION_PROBLEMS": ["PORT cannot be read as a whole number; correct or remove it."]}, "cspr.E008"),
        ({"ENVIRONMENT": "prodution"}, "cspr.E009"),
        ({"DEMO": True}, "cspr.E010"),
        ({"MFA_REQUIRED": False}, "cspr.W003"),
        ({"CLAMD_URL": ""}, "cspr.W020"),
        ({"CLAMD_URL": "clamav:3310"}, "cspr.E021"),
        ({"CLAMD_URL": "unix://"}, "cspr.E021"),
        ({"DOCUMENT_STORAGE_PROBLEMS": ["DOCUMENTS_S3_BUCKET is not set; set it."]}, "cspr.E020"),
        ({"DOCUMENTS_MAX_MB": 0}, "cspr.E023"),
        ({"DEFAULT_FROM_EMAIL": "CSPR Panel <cspr-panel@partnership.example>"}, "cspr.W004"),
    ],
)
def test_a_mistake_in_production_has_its_sentence(settings, wrong, expected):
    assert found(settings, **(PRODUCTION | wrong)) == {expected}


def test_another_database_is_refused(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    assert found(settings, **PRODUCTION) == {"cspr.E007"}


def test_development_settings_serve_this_machine_only(settings):
    values = PRODUCTION | {"PRODUCTION": False, "ENVIRONMENT": "development"}
    assert found(settings, **(values | {"ALLOWED_HOSTS": ["localhost", "127.0.0.1"]})) == set()
    assert found(settings, **(values | {"ALLOWED_HOSTS": ["localhost", "cspr.partnership.test"]})) == {"cspr.E011"}


def test_a_machine_that_lacks_something_is_told(settings, monkeypatch, tmp_path):
    monkeypatch.setattr(checks, "PANGO", ("libno-such-library.so.0",))
    settings.ASSETS_DIR = tmp_path
    assert {message.id for message in checks.check_machine()} == {"cspr.W001", "cspr.W002"}


def test_production_without_any_setting_speaks_instead_of_raising():
    result = python("manage.py", "check", "--deploy", env=environment(ENVIRONMENT="production", SESSION_MINUTES="many"))
    assert "Traceback" not in result.stderr
    for number in ("001", "002", "003", "004", "005", "006", "008"):
        assert f"cspr.E{number}" in result.stderr
    assert "SESSION_MINUTES cannot be read as a whole number; correct or remove it." in result.stderr
