"""The folder or the bucket, from the environment; what is half set is said."""

import pytest

from cspr import document_storage
from cspr.checks import check_documents
from cspr.configuration import Environment


@pytest.fixture
def given(monkeypatch, tmp_path):
    def read(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(f"DOCUMENTS_{name}", value)
        env = Environment()
        return document_storage.storage(env, tmp_path), document_storage.problems(env)

    return read


def test_a_folder_by_default(given, tmp_path):
    storage, problems = given()
    assert storage["OPTIONS"] == {"location": str(tmp_path / "documents")}
    assert not problems


def test_a_bucket(given):
    storage, problems = given(S3_BUCKET="papers", S3_REGION="eu-west-2", S3_ACCESS_KEY="k", S3_SECRET_KEY="s")
    options = storage["OPTIONS"]
    assert storage["BACKEND"] == "storages.backends.s3.S3Storage"
    assert options["bucket_name"] == "papers"
    assert (options["access_key"], options["secret_key"]) == ("k", "s")
    assert options["default_acl"] == "private"
    assert options["file_overwrite"] is False
    assert options["object_parameters"] == {"ServerSideEncryption": "AES256"}
    assert not problems


def test_the_bucket_is_understood_by_the_library(given, settings):
    """The options are ones that django-storages knows: a wrong one is an error when it is opened."""
    from django.core.files.storage import storages  # noqa: PLC0415 - after the settings changed

    settings.STORAGES = settings.STORAGES | {"documents": given(S3_BUCKET="papers", S3_REGION="eu-west-2")[0]}
    assert storages["documents"].bucket_name == "papers"


def test_a_key_of_ones_own(given):
    storage, _ = given(S3_BUCKET="papers", S3_KMS_KEY="key-1")
    assert storage["OPTIONS"]["object_parameters"] == {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": "key-1"}


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"S3_REGION": "eu-west-2"}, "DOCUMENTS_S3_BUCKET is not"),
        ({"S3_BUCKET": "papers", "S3_ACCESS_KEY": "k"}, "go together"),
        ({"S3_BUCKET": "papers", "S3_SECRET_KEY": "s"}, "go together"),
    ],
)
def test_half_set(given, variables, words):
    _, problems = given(**variables)
    assert any(words in problem for problem in problems)


def test_a_folder_that_is_served_is_refused(settings):
    settings.CLAMD_URL = ""
    settings.STORAGES = settings.STORAGES | {"documents": {"OPTIONS": {"location": settings.STATIC_ROOT / "papers"}}}
    assert [message.id for message in check_documents()] == ["cspr.E022"]
