"""The gate on coverage holds decisions to every branch and the rest to nearly all."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.gates import coverage

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def _file(lines: int, of_lines: int, branches: int = 0, of_branches: int = 0) -> dict[str, object]:
    return {
        "summary": {
            "covered_lines": lines,
            "num_statements": of_lines,
            "covered_branches": branches,
            "num_branches": of_branches,
        },
        "missing_lines": list(range(of_lines - lines)),
        "missing_branches": [[number, -1] for number in range(of_branches - branches)],
    }


def _report(folder: Path, **changed: dict[str, object]) -> str:
    files = {
        f"grants_app/{name}/module.py": changed.get(name, _file(10, 10, 4, 4)) for name in coverage.LEAST
    }
    path = folder / "coverage.json"
    path.write_text(json.dumps({"files": files}), encoding="utf-8")
    return str(path)


def test_all_lines_and_branches_pass(tmp_path: Path) -> None:
    assert coverage.main(_report(tmp_path)) == 0


def test_one_branch_of_the_rules_not_taken_fails_and_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert coverage.main(_report(tmp_path, rules=_file(10, 10, 3, 4))) == 1
    assert "grants_app/rules/module.py: lines [], branches 0→-1" in capsys.readouterr().out


def test_services_may_lack_five_in_a_hundred_but_not_six(tmp_path: Path) -> None:
    assert coverage.main(_report(tmp_path, services=_file(95, 100))) == 0
    assert coverage.main(_report(tmp_path, services=_file(94, 100))) == 1


def test_a_folder_nothing_was_measured_in_fails(tmp_path: Path) -> None:
    assert coverage.main(_report(tmp_path, store=_file(0, 0))) == 1
