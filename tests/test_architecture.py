"""The import ladder has one direction, its rules bite, and the rules of size and name hold."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "grants_app"

MODULES = (
    *("__init__", "__main__", "bootstrap", "wording", "paths", "cli/__init__", "services/__init__"),
    *("store/__init__", "papers/__init__", "sheets/__init__", "rules/__init__", "domain/__init__"),
    *("rules/allocation", "rules/checker", "rules/checker_seats", "rules/standings"),
    *("gui/__init__", "gui/application", "gui/main_window", "gui/pages/__init__", "gui/dialogs/__init__"),
    *("gui/widgets/__init__", "gui/table_models", "gui/tasks"),
)
# The rule, the module that breaks it, what that module must not import.
BREACHES = (
    ("ladder", "bootstrap", "grants_app.__main__"),
    ("ladder", "gui", "grants_app.bootstrap"),
    ("ladder", "gui", "grants_app.cli"),
    ("ladder", "cli", "grants_app.gui"),
    ("ladder", "services", "grants_app.gui"),
    ("ladder", "services", "grants_app.cli"),
    ("ladder", "store", "grants_app.services"),
    ("ladder", "store", "grants_app.papers"),
    ("ladder", "papers", "grants_app.sheets"),
    ("ladder", "sheets", "grants_app.rules"),
    ("ladder", "rules", "grants_app.store"),
    ("ladder", "domain", "grants_app.rules"),
    ("ladder", "domain", "grants_app.wording"),
    ("ladder", "wording", "grants_app.domain"),
    ("ladder", "paths", "grants_app.wording"),
    ("screens", "gui", "grants_app.store"),
    ("screens", "gui", "grants_app.papers"),
    ("screens", "cli", "grants_app.sheets"),
    ("screens", "cli", "grants_app.rules"),
    ("domain", "domain", "grants_app.paths"),
    ("domain", "domain", "pathlib"),
    ("domain", "domain", "time"),
    ("checker", "rules.checker", "grants_app.rules.allocation"),
    ("checker", "rules.checker_seats", "grants_app.rules.standings"),
    ("gui-ladder", "gui.main_window", "grants_app.gui.application"),
    ("gui-ladder", "gui.pages", "grants_app.gui.main_window"),
    ("gui-ladder", "gui.dialogs", "grants_app.gui.pages"),
    ("gui-ladder", "gui.widgets", "grants_app.gui.dialogs"),
    ("gui-ladder", "gui.table_models", "grants_app.gui.widgets"),
    ("gui-ladder", "gui.tasks", "grants_app.gui.table_models"),
    ("qt", "services", "PySide6"),
    ("qt", "papers", "shiboken6"),
    ("sql", "services", "sqlalchemy"),
    ("sql", "gui", "alembic"),
    ("sql", "bootstrap", "sqlcipher3"),
    ("sql", "sheets", "sqlite3"),
    ("sql", "cli", "psycopg"),
    ("paper", "services", "reportlab"),
    ("paper", "gui", "zxingcpp"),
    ("paper", "store", "xlsxwriter"),
    ("pdfium", "services", "pypdfium2"),
    ("spreadsheets", "services", "python_calamine"),
)


def _lint(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", *arguments],
        cwd=folder,
        env={"COLUMNS": "10000", "PATH": "", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each rule says of a package of empty modules in which every rule is broken; by the rule's id."""
    folder = tmp_path_factory.mktemp("breaches")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name in MODULES:
        path = folder / "grants_app" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        imported = {
            what for _, who, what in BREACHES if who == name.removesuffix("/__init__").replace("/", ".")
        }
        path.write_text("".join(f"import {what}\n" for what in sorted(imported)), encoding="utf-8")
    rules = {rule for rule, _, _ in BREACHES}
    return {rule: _lint(folder, "--contract", rule) for rule in sorted(rules)}


@pytest.mark.parametrize(("rule", "who", "what"), BREACHES)
def test_the_rule_names_who_breaks_it(broken: dict[str, str], rule: str, who: str, what: str) -> None:
    assert f"grants_app.{who} -> {what} (l." in broken[rule]


def test_every_rule_of_the_ladder_was_seen_to_bite() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    rules = {line.split('"')[1] for line in text.splitlines() if line.startswith("id = ")}
    assert rules == {rule for rule, _, _ in BREACHES}


def test_the_package_keeps_every_rule_of_the_ladder() -> None:
    assert "0 broken" in _lint(ROOT)


def _trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))]


# More than the house's measure, each with its reason.
LONGER_FILES: dict[str, str] = {}
LONGER_FUNCTIONS: dict[str, str] = {
    "grants_app/gui/pages/appeals_list.py:_columns": "a table's columns, one after another",
    "grants_app/gui/pages/journal.py:_columns": "a table's columns, one after another",
    "grants_app/gui/pages/awards_calls.py:columns": "a table's columns, one after another",
    "grants_app/gui/pages/papers_letters.py:_columns": "a table's columns, one after another",
    "grants_app/store/campaign_rows.py:placed_rows": "four tables' columns, one after another",
}
LARGER_CLASSES: dict[str, str] = {}


def test_no_file_is_longer_than_400_lines() -> None:
    longer = {
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > 400
    }
    assert longer == set(LONGER_FILES)


def test_no_function_is_longer_than_40_lines() -> None:
    longer = {
        f"{path.relative_to(ROOT)}:{node.name}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and _lines(node) > 40
    }
    assert longer == set(LONGER_FUNCTIONS)


def _lines(function: ast.FunctionDef) -> int:
    """The lines of a function's body; its docstring is no code."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_no_class_has_more_than_20_methods_of_its_own() -> None:
    larger = {
        f"{path.relative_to(ROOT)}:{node.name}"
        for path, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and sum(map(_is_method, node.body)) > 20
    }
    assert larger == set(LARGER_CLASSES)


def _is_method(part: ast.stmt) -> bool:
    """A method somebody calls: neither a property nor one that Python calls."""
    if not isinstance(part, ast.FunctionDef) or part.name.startswith("__"):
        return False
    return not any(isinstance(mark, ast.Name) and mark.id == "property" for mark in part.decorator_list)


def test_every_module_opens_with_a_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path, tree in _trees()
        if not (ast.get_docstring(tree) or "").split("\n")[0]
    ]
    assert silent == []


def test_no_module_is_named_for_nothing_in_particular() -> None:
    vague = {"utils", "helpers", "common", "manager", "core", "misc"}
    assert [str(path) for path in PACKAGE.rglob("*.py") if path.stem in vague] == []


def test_every_exception_from_a_check_carries_its_reason() -> None:
    mark = re.compile(r"#\s*(?:noqa|type:\s*ignore)\b(?:: [A-Z0-9, ]+|\[[a-z-, ]+\])?(?P<reason>.*)")
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in (PACKAGE, ROOT / "db", ROOT / "tests")
        for path in sorted(folder.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if (found := mark.search(line)) and len(found["reason"].strip(" -#")) < 5
    ]
    assert silent == []
