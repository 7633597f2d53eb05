"""The folders may lean on each other in one direction only; screens lie where they must."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OUTSIDE = {"streamlit", "plotly", "sqlalchemy", "geopandas"}
FORBIDDEN = {
    "metrics": OUTSIDE | {"data_access", "pages", "os", "pathlib", "time"},
    "data_access": {"streamlit", "plotly", "pages", "metrics.metric", "metrics.catalogue"},
    "pages/figures": OUTSIDE - {"plotly"} | {"data_access", "pages.components", "pages.screens"},
    "pages/components": {"sqlalchemy", "geopandas", "pages.screens"},
    "pages/screens": OUTSIDE - {"streamlit"}
    | {"polars", "data_access", "pages.figures", "pages.screens"},
}
TOP_LEVEL = {
    "app.py",
    "pages",
    "data_access",
    "metrics",
    "assets",
    "tests",
    "requirements.txt",
    "README.md",
}
# The two files that may lie in pages/: it is app.py that serves the frame (see pages/frame.py).
IN_PAGES = {"__init__.py", "frame.py"}


def imported_names(source: str) -> set[str]:
    """Return every module a source imports, with each parent: a.b.c gives a, a.b and a.b.c."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    parts = [name.split(".") for name in names]
    return {".".join(p[:i]) for p in parts for i in range(1, len(p) + 1)}


@pytest.mark.parametrize("place", FORBIDDEN)
def test_folder_imports_only_what_it_may(place):
    broken = {
        f"{path.relative_to(ROOT)} imports {', '.join(sorted(found))}"
        for path in (ROOT / place).rglob("*.py")
        if (found := imported_names(path.read_text()) & FORBIDDEN[place])
    }
    assert not broken


def test_a_forbidden_import_would_be_seen():
    assert "sqlalchemy" in imported_names("from sqlalchemy.orm import Session")
    assert "data_access" in imported_names("import data_access.tables as t")


def test_no_screen_lies_directly_in_pages():
    """Streamlit would serve it to a first visitor by its name, without app.py around it."""
    assert {path.name for path in (ROOT / "pages").glob("*.py")} == IN_PAGES


def test_nothing_else_lies_at_the_top():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith((".", "__"))}
    assert found <= TOP_LEVEL


def test_metrics_ask_no_clock():
    """A figure must be the same tomorrow: the date always comes in as an argument."""
    asked = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "metrics").rglob("*.py")
        if ".today()" in path.read_text() or ".now(" in path.read_text()
    }
    assert not asked


def test_every_public_function_is_explained():
    silent = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for folder in ("metrics", "data_access", "pages")
        for path in (ROOT / folder).rglob("*.py")
        for node in public_definitions(ast.parse(path.read_text()))
        if ast.get_docstring(node) is None
    ]
    assert not silent


def public_definitions(module: ast.Module) -> list[ast.FunctionDef | ast.ClassDef]:
    """Return the functions and classes of a module and the methods of the classes."""
    found = []
    for node in module.body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
            found.append(node)
        if isinstance(node, ast.ClassDef):
            methods = (part for part in node.body if isinstance(part, ast.FunctionDef))
            found += [method for method in methods if not method.name.startswith("_")]
    return found
