"""The import ladder has one direction, its rules bite, and the rules of name hold."""

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
    *("gui/kit/__init__", "gui/widgets/__init__", "gui/table_models", "gui/tasks"),
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
    ("gui-ladder", "gui.kit", "grants_app.gui.dialogs"),
    ("gui-ladder", "gui.widgets", "grants_app.gui.dialogs"),
    ("gui-ladder", "gui.widgets", "grants_app.gui.kit"),
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
