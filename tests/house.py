"""Our own source files, for the tests about the house itself."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = (
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
)


@dataclass(frozen=True)
class Module:
    """One Python file of ours, parsed."""

    path: Path
    app: str
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


@cache
def modules() -> tuple[Module, ...]:
    """Every module of our apps, migrations left out."""
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                text = path.read_text()
                found.append(Module(path, app, text, ast.parse(text)))
    return tuple(found)


def functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the last statement; decorators and comments after it do not count."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
