"""Rules made wrong on purpose, one small change at a time: a test of the rules notices nine of ten and more.

The changes nobody notices stand in `surviving_mutants.toml`, each with the reason why it may.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.rigs.mutants import known_survivors, module_names, mutants
from tests.rigs.mutations import Key, mutants_of

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def verdicts(
    figure: Callable[[int], int], tmp_path_factory: pytest.TempPathFactory
) -> tuple[set[Key], set[Key]]:
    """The mutants tried, and those of them no test noticed."""
    told = tmp_path_factory.mktemp("mutants") / "verdicts.json"
    jobs = "1" if "PYTEST_XDIST_WORKER" in os.environ else "2"
    tenths = str(figure(10))
    done = subprocess.run(
        [sys.executable, "-m", "tests.rigs.mutants", "--tenths", tenths, "--jobs", jobs, "--json", told],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    print(done.stdout)  # noqa: T201 - the figures are part of the proof
    verdicts = json.loads(told.read_text(encoding="utf-8"))
    return {Key(*key) for key in verdicts["mutants"]}, {Key(*key) for key in verdicts["survivors"]}


@pytest.mark.prove
def test_nine_of_ten_wrong_rules_are_noticed(verdicts: tuple[set[Key], set[Key]]) -> None:
    tried, survived = verdicts
    assert {key.module for key in tried} == set(module_names())
    assert len(survived) <= len(tried) / 10, f"{len(survived)} of {len(tried)}"


@pytest.mark.prove
def test_every_wrong_rule_nobody_notices_is_named_with_its_reason(
    verdicts: tuple[set[Key], set[Key]],
) -> None:
    _, survived = verdicts
    assert sorted(map(str, survived - known_survivors().keys())) == []


@pytest.mark.prove
def test_what_is_named_as_unnoticed_is_so(verdicts: tuple[set[Key], set[Key]]) -> None:
    """At full figures: a tenth takes the list's word for it, which is quicker."""
    tried, survived = verdicts
    assert sorted(map(str, known_survivors().keys() & (tried - survived))) == []


def test_what_is_named_as_unnoticed_is_still_there() -> None:
    there = {mutant.key for mutant in mutants(module_names())}
    assert sorted(map(str, known_survivors().keys() - there)) == []
    assert all(len(why) > 10 for why in known_survivors().values())


def changes(source: str) -> set[str]:
    return {f"{key.was} → {key.becomes}" for key in (mutant.key for mutant in mutants_of(source, "m"))}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("return a < b", {"return a < b → return a <= b", "return a < b → return None"}),
        ("x.a = 1", {"x.a = 1 → pass", "x.a = 1 → x.a = 2", "x.a = 1 → x.a = 0"}),
        ("if a and b: continue", {"if a and b: → if a or b:", "if a and b: → if True:", "continue → pass"}),
        ("yield a", {"yield a → pass"}),
        ("raise E('x')", {"raise E('x') → pass", "raise E('x') → raise E('#')"}),
        ("a = not b", {"a = not b → a = b"}),
        ("a = b + c", {"a = b + c → a = b - c"}),
        ("a += b", {"a += b → pass", "a += b → a -= b"}),
        ("a = b[c:]", {"a = b[c:] → a = b[:]"}),
        ("a = f'{b}.x'", {"a = f'{b}.x' → a = f'{b}#'"}),
        ("a = min(b, key=c)", {"a = min(b, key=c) → a = max(b, key=c)", "a = min(b, key=c) → a = min(b)"}),
        ("a = sorted(b)", {"a = sorted(b) → a = list(b)"}),
        ("a = [b for b in c if b]", {"a = [b for b in c if b] → a = [b for b in c if True]"}),
    ],
)
def test_a_mutant_is_one_small_change(code: str, expected: set[str]) -> None:
    assert expected <= changes(f"def f():\n    for q in r:\n        {code}\n")


@pytest.mark.parametrize(
    "code",
    [
        '"""Words."""',
        "import a",
        "if TYPE_CHECKING:\n    a = 1",
        "@mark(1)\nclass A(B, frozen=True):\n    __slots__ = ('a',)",
        "def f(a: Literal[1]) -> Literal[2]:\n    '''Words.'''",
        "assert a, 'words'",
        "T = TypeVar('T')",
    ],
)
def test_words_types_and_marks_are_left_alone(code: str) -> None:
    assert changes(code) == set()
