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


def test_each_bite_stands_just_once_and_leaves_a_program_behind() -> None:
    assert promises.toothless(promises.promises()) == []


def test_a_bite_that_stands_nowhere_or_leaves_no_program_behind_is_named(tmp_path: Path) -> None:
    (tmp_path / "kept.py").write_text("a = 1\nb = 1\n", encoding="utf-8")
    bites = (("c = 1", "c = 2"), (" = 1", " = 2"), ("a = 1", "a = "), ("a = 1", "a = 2"))
    (tmp_path / "day.toml").write_text(
        '[[promise]]\nsays = "Kept."\ntest = "tests/test_x.py::test_x"\n'
        + "".join(f'[[promise.bite]]\nfile = "kept.py"\nwas = "{a}"\nbecomes = "{b}"\n' for a, b in bites),
        encoding="utf-8",
    )
    found = promises.promises(tmp_path)
    assert len(promises.toothless(found, tmp_path)) == 3
    assert found[0].bites[3].changed(tmp_path) == "a = 2\nb = 1\n"
