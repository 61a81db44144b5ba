"""Settings from the environment. What cannot be read is kept for the system checks, which say it in a sentence."""

import os
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured


class Environment:
    """The process's environment. NAME_FILE names a file that holds the value, as secrets have it."""

    def __init__(self) -> None:
        self._env = environ.FileAwareEnv()
        self.problems: list[str] = []  # sentences: a variable that is there and means nothing

    def given(self, name: str) -> bool:
        return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))

    def read(self, kind: str, name: str, default: Any) -> Any:
        """The variable `name` as `kind` (a method of environ.Env: str, int, list, db_url …), else `default`."""
        method = getattr(self._env, kind)
        if self.given(name):
            try:
                return method(name)
            except (ImproperlyConfigured, ValueError, KeyError, TypeError, OSError):
                self.problems.append(f"{name} cannot be read as {_KINDS.get(kind, 'a text')}; correct or remove it.")
        return method(f"{name}__unset", default=default)

    def text(self, name: str, default: str = "") -> str:
        return self.read("str", name, default)

    def number(self, name: str, default: int) -> int:
        return self.read("int", name, default)

    def words(self, name: str, default: list[str]) -> list[str]:
        return self.read("list", name, default)

    def yes(self, name: str, default: bool) -> bool:
        """true/false in the usual spellings; anything else is a problem, not a silent no."""
        value = self.text(name).strip().lower()
        if value in {"true", "1", "yes", "on"}:
            return True
        if value and value not in {"false", "0", "no", "off"}:
            self.problems.append(f"{name} is neither true nor false; set it to one of them.")
            return default
        return default if not value else False


_KINDS = {"int": "a whole number", "db_url": "a database's address", "email_url": "a mail server's address"}
