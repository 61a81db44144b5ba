"""Nothing grows too big to read. Over budget: split by noun, never into a utils2.py."""

import ast

from tests.house import ROOT, functions, length, modules

MODULE, FUNCTION, VIEW, TEMPLATE, NESTING = 400, 40, 25, 150, 3
BLOCKS = (ast.If, ast.For, ast.While, ast.Try, ast.AsyncFor, ast.Match)  # a `with` decides nothing
VAGUE_NAMES = {"utils", "helpers", "managers", "services", "misc", "common"}


def depth(node: ast.AST, inside: int = 0) -> int:
    """How deep blocks stand in blocks. An elif is beside its if, not in it; a function inside starts anew."""
    deepest = inside
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            is_elif = isinstance(node, ast.If) and name == "orelse" and isinstance(child, ast.If) and len(value) == 1
            step = 1 if isinstance(child, BLOCKS) and not is_elif else 0
            deepest = max(deepest, depth(child, inside + step))
    return deepest


def test_modules():
    over = [f"{m.where}: {len(m.lines)} lines" for m in modules() if len(m.lines) > MODULE]
    assert not over, f"over {MODULE} lines; make it a package, one file a noun: " + ", ".join(over)


def test_functions():
    over = [
        f"{m.where}:{f.lineno}: {f.name}, {length(f)} lines"
        for m in modules()
        for f in functions(m)
        if length(f) > FUNCTION
    ]
    assert not over, "\n".join([f"over {FUNCTION} lines; name the steps:", *over])


def test_views():
    over = [
        f"{m.where}:{f.lineno}: {f.name}, {length(f)} lines"
        for m in modules()
        if m.path.stem == "views" or m.path.parent.name == "views"
        for f in functions(m)
        if length(f) > VIEW
    ]
    assert not over, "\n".join([f"over {VIEW} lines; a view fetches, asks a form, calls the workflow:", *over])


def test_nesting():
    over = [
        f"{m.where}:{f.lineno}: {f.name}, {depth(f)} deep"
        for m in modules()
        for f in functions(m)
        if depth(f) > NESTING
    ]
    assert not over, "\n".join([f"blocks more than {NESTING} deep; return early or name the inner part:", *over])


def test_templates():
    over = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        if (lines := len(path.read_text().splitlines())) > TEMPLATE
    ]
    assert not over, f"over {TEMPLATE} lines; include a part: " + ", ".join(over)


def test_no_vague_names():
    vague = [m.where for m in modules() if m.path.stem in VAGUE_NAMES]
    assert not vague, f"name the noun: {vague}"
    classes = [
        f"{m.where}:{node.lineno}: {node.name}"
        for m in modules()
        for node in ast.walk(m.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(("Service", "Helper", "Utils"))
    ]
    assert not classes, classes


def test_nothing_is_left_for_later():
    words = ("TO" + "DO", "FIX" + "ME", "for n" + "ow,", "simpl" + "ified")
    found = [
        f"{m.where}:{number}: {line.strip()}"
        for m in modules()
        for number, line in enumerate(m.lines, 1)
        if any(word in line for word in words)
    ]
    assert not found, "\n".join(found)
