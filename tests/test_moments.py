"""A moment becomes somebody's date and hour in one place; else an act of 00:06 is dated the day before."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from grants_app.wording import Words, local, local_day

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "grants_app"

# Where a moment may be turned into a date or another zone, and why.
ALLOWED = {
    ("wording.py", "date"): "the one way a moment becomes a day",
    ("wording.py", "astimezone"): "the one way a moment becomes local",
    (
        "store/moments.py",
        "astimezone",
    ): "moments are kept in UTC and come back with the zone they were typed in",
    ("domain/journal.py", "astimezone"): "the journal is written in UTC",
    ("sheets/reader.py", "cut"): "the child has named what follows by its first letter",
    ("sheets/child.py", "date"): "a cell of somebody's spreadsheet has no zone",
}


def _turned(path: Path) -> list[tuple[str, int]]:
    """Every `.date()`, `.astimezone(…)` and `date.fromisoformat(…[:10])` of a moment in a file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if (name == "date" and not node.args and not node.keywords) or name == "astimezone":
                found.append((name, node.lineno))
            cut = node.args[0] if node.args else None
            if (
                name == "fromisoformat"
                and isinstance(cut, ast.Subscript)
                and isinstance(cut.slice, ast.Slice)
            ):
                found.append(("cut", node.lineno))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("date.today", "datetime.today"):
            found.append(("today", node.lineno))
    return found


def test_a_moment_becomes_local_through_one_function_alone() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)}:{line} {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name, line in _turned(path)
        if (path.relative_to(PACKAGE).as_posix(), name) not in ALLOWED
    ]
    assert wrong == []


def test_no_exception_outlives_its_reason() -> None:
    kept = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for path in sorted(PACKAGE.rglob("*.py"))
        for name, _line in _turned(path)
    }
    assert set(ALLOWED) <= kept


def test_the_gate_sees_a_date_of_a_moment(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text("day = act.at.date()\nday = at.astimezone(zone)\n", encoding="utf-8")
    assert _turned(tmp_path / "one.py") == [("date", 1), ("astimezone", 2)]


def test_six_minutes_past_midnight_in_bishkek_is_the_new_day() -> None:
    moment = datetime(2026, 11, 30, 18, 6, tzinfo=UTC)
    assert local_day(moment, "Asia/Bishkek") == date(2026, 12, 1)
    assert Words("ru").date_time(moment, "Asia/Bishkek") == "01.12.2026 00:06"
    assert local(moment, "Asia/Bishkek").hour == 0


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        local(datetime(2026, 11, 30, 18, 6), "Asia/Bishkek")  # noqa: DTZ001 - that is what is tried
