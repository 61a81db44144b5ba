"""Imports only go down. The floors of the house, and which neighbours may be imported on the same floor."""

import ast
from collections.abc import Iterator

import pytest

from tests.house import APPS, Module, modules

FLOORS = {
    "core": 0,
    "audit": 1,
    "notifications": 1,
    "access_links": 1,
    "documents": 1,
    "deadlines": 1,
    "panel": 1,
    "referrals": 2,
    "chronology": 3,
    "agency_returns": 3,
    "rapid_reviews": 3,
    "practice_reviews": 3,
    "publications": 3,
    "learning": 3,
    "actions": 3,
    "meetings": 3,
    "highlight_reports": 4,
    "overview": 4,
    "demo": 5,
    "cspr": 5,
}
# panel stands beside the ledgers on floor 1 and writes into two of them; they do not know it.
# cspr, which nobody imports, starts the demonstration.
SIDEWAYS = {("panel", "audit"), ("panel", "notifications"), ("cspr", "demo")}
# The order on floor 3, left is imported by right: a new app takes its place here.
FLOOR_3 = [
    "chronology",
    "agency_returns",
    "rapid_reviews",
    "practice_reviews",
    "publications",
    "learning",
    "actions",
    "meetings",
]


def allowed(importer: str, imported: str) -> bool:
    if importer == imported:
        return True
    if imported == "cspr":
        return False  # settings are read through django.conf
    above, below = FLOORS[importer], FLOORS[imported]
    if above == below == 3:
        return FLOOR_3.index(importer) > FLOOR_3.index(imported)
    return above > below or (importer, imported) in SIDEWAYS


def edges(module: Module) -> Iterator[tuple[int, str]]:
    """(line, app) for each import of one of our apps, wherever in the file it stands."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module.where}:{node.lineno}: write imports in full, not relative"
            names = [node.module or ""]
        else:
            continue
        for name in names:
            app = name.partition(".")[0]
            if app in FLOORS:
                yield node.lineno, app


@pytest.mark.parametrize("app", APPS)
def test_imports_only_go_down(app):
    wrong = [
        f"{module.where}:{line}: {app} (floor {FLOORS[app]}) imports {other} (floor {FLOORS[other]})"
        for module in modules()
        if module.app == app
        for line, other in edges(module)
        if not allowed(app, other)
    ]
    assert not wrong, "\n".join(["imports only go down:", *wrong])


def test_every_app_has_a_floor(settings):
    ours = {name.partition(".")[0] for name in settings.INSTALLED_APPS} & {m.app for m in modules()}
    assert ours <= set(FLOORS)
    assert set(APPS) == set(FLOORS)


def test_the_test_sees_an_edge_that_goes_up():
    assert not allowed("core", "panel")
    assert not allowed("audit", "notifications")
    assert not allowed("deadlines", "panel")
    assert not allowed("referrals", "rapid_reviews")
    assert not allowed("overview", "highlight_reports")
    assert allowed("rapid_reviews", "referrals")


def test_no_import_inside_a_function_without_a_reason():
    """Ruff finds them (PLC0415); here each exception must carry its reason, once for a block of them."""
    wrong = []
    for module in modules():
        blocks = [n for n in ast.walk(module.tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
        for block in blocks:
            imports = [n for n in ast.walk(block) if isinstance(n, ast.Import | ast.ImportFrom)]
            texts = [module.lines[n.lineno - 1] for n in imports]
            wrong += [
                f"{module.where}:{n.lineno}: import inside {block.name} without noqa: PLC0415"
                for n, text in zip(imports, texts, strict=True)
                if "PLC0415" not in text
            ]
            if texts and not any("PLC0415 - " in text for text in texts):
                wrong.append(f"{module.where}:{imports[0].lineno}: say why {block.name} imports inside itself")
    assert not wrong, "\n".join(wrong)


def test_models_are_wired_by_no_signal():
    """No model signal carries a business rule (architecture.md)."""
    banned = {"pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}
    wrong = [
        f"{module.where}:{node.lineno}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & banned
    ]
    assert not wrong, wrong
