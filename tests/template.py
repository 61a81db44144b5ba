"""A migrated database from which each test database is copied: migrations run once, until one of them changes."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.stack import ROOT, database_url

PREFIX = "migrated_"


def migrated_template() -> str:
    """The name of the template for the migrations as they are now; made here if it is missing, older ones dropped."""
    name = PREFIX + _fingerprint()
    with _alone(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = {row[0] for row in cursor.fetchall()}
        if name in found:
            return name
        for old in found:
            cursor.execute(f'DROP DATABASE "{old}"')
        # Under its own name only when it is whole: a run that was broken off leaves no template.
        making = "being_migrated"
        cursor.execute(f'DROP DATABASE IF EXISTS "{making}"')
        cursor.execute(f'CREATE DATABASE "{making}"')
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": database_url(making)}, check=True)
        cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')
    return name


def _fingerprint() -> str:
    """Of every migration, ours and others', by name and content."""
    digest = hashlib.sha256()
    migrations = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    for (app, name), migration in sorted(migrations.items()):
        digest.update(f"{app}.{name}".encode() + Path(sys.modules[migration.__module__].__file__).read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    """One at a time, of all the workers of all runs on this state folder."""
    folder = Path(os.environ.get("STATE_DIR", ROOT / "var"))
    folder.mkdir(parents=True, exist_ok=True)
    with Path(folder, "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
