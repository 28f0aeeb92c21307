"""Every promise of the table has its test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.gates import promises

if TYPE_CHECKING:
    from pathlib import Path


def test_every_promise_names_a_test_that_is_there() -> None:
    assert promises.broken(promises.promises()) == []


def test_a_promise_without_its_test_is_named(tmp_path: Path) -> None:
    (tmp_path / "day.toml").write_text(
        '[[promise]]\nsays = "Nothing is lost."\ntest = "tests/test_promises.py::test_no_such"\n'
        '[[promise]]\nsays = "Held."\n'
        'test = "tests/test_promises.py::test_a_promise_without_its_test_is_named"\n'
        '[[promise]]\nsays = "Forgotten."\n',
        encoding="utf-8",
    )
    assert promises.broken(promises.promises(tmp_path)) == [
        "day: Nothing is lost. -> tests/test_promises.py::test_no_such",
        "day: Forgotten. -> no test",
    ]
