"""Where documents are kept: a local folder, or an S3 bucket. README.md has the table of variables."""

from pathlib import Path
from typing import Any

from cspr.configuration import Environment

S3_OPTIONS = {
    "DOCUMENTS_S3_BUCKET": "bucket_name",
    "DOCUMENTS_S3_REGION": "region_name",
    "DOCUMENTS_S3_ENDPOINT": "endpoint_url",
    "DOCUMENTS_S3_ACCESS_KEY": "access_key",
    "DOCUMENTS_S3_SECRET_KEY": "secret_key",
}


def storage(env: Environment, state_dir: Path) -> dict[str, Any]:
    """The entry "documents" of STORAGES. A bucket wins over a folder; nothing is ever public or overwritten."""
    given = {option: env.text(name) for name, option in S3_OPTIONS.items()}
    if not given["bucket_name"]:
        folder = env.text("DOCUMENTS_DIR", str(state_dir / "documents"))
        return {"BACKEND": "documents.storage.PrivateFileSystemStorage", "OPTIONS": {"location": folder}}
    options = {option: value for option, value in given.items() if value}
    encryption = {"ServerSideEncryption": env.text("DOCUMENTS_S3_ENCRYPTION", "AES256")}
    if key := env.text("DOCUMENTS_S3_KMS_KEY"):
        encryption = {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": options | {
            "default_acl": "private", "file_overwrite": False, "querystring_auth": True,
            "object_parameters": encryption, "signature_version": "s3v4",
        },
    }  # fmt: skip


def problems(env: Environment) -> list[str]:
    """Sentences about variables that do not go together."""
    given = {name for name in (*S3_OPTIONS, "DOCUMENTS_S3_KMS_KEY") if env.given(name)}
    found = []
    if given and "DOCUMENTS_S3_BUCKET" not in given:
        found.append(f"{min(given)} is set but DOCUMENTS_S3_BUCKET is not; set it, or remove the DOCUMENTS_S3_… ones.")
    if ("DOCUMENTS_S3_ACCESS_KEY" in given) != ("DOCUMENTS_S3_SECRET_KEY" in given):
        found.append("DOCUMENTS_S3_ACCESS_KEY and DOCUMENTS_S3_SECRET_KEY go together; set both or neither.")
    return found
