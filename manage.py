#!/usr/bin/env python3
"""Django's command line. Without DATABASE_URL it uses the embedded PostgreSQL in var/, starting it if need be."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV_PYTHON = ROOT / ".venv" / "bin" / "python"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cspr.settings")
    try:
        from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django may be missing
    except ImportError:
        if VENV_PYTHON.exists() and Path(sys.prefix) != ROOT / ".venv":
            os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])  # noqa: S606 - the same program, the right Python
        sys.exit("Django is not installed here. Run script/setup first, then .venv/bin/python manage.py …")
    from cspr.local import prepare  # noqa: PLC0415 - needs the installed packages

    try:
        prepare(sys.argv)
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
