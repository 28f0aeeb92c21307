"""Random acts on a small campaign: whatever happens, the ledger adds up and nobody inadmissible comes in."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.store.engine import Store, open_store
from tests.rigs.random_acts import RandomWalk
from tests.rigs.walking import BEGINNING, make_templates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.prove

WALKS = 2_000
PARTS = 4  # so that two workers share them


class Field:
    """One database file that every walk finds as a template is: for odd seeds with a run sealed already."""

    def __init__(self, folder: Path) -> None:
        self._templates, self._file, self.folder = make_templates(folder), folder / "grants.sqlite", folder
        shutil.copy(self._templates[0], self._file)
        self._opened = open_store(str(self._file), lambda: BEGINNING)

    def walk(self, seed: int) -> RandomWalk:
        """A walk over a fresh copy; the engine stays, what it has read does not."""
        self._opened.engine.dispose()
        shutil.copy(self._templates[seed % 2], self._file)
        walks: list[RandomWalk] = []
        store = Store(str(self._file), self._opened.engine, lambda: walks[0].now if walks else BEGINNING)
        walks.append(RandomWalk(store, self.folder, seed))
        return walks[0]

    def close(self) -> None:
        """Let go of the file."""
        self._opened.close()


@pytest.fixture
def field() -> Iterator[Field]:
    """A field to walk over, in memory where there is such a place: what a disk does is not asked here."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with tempfile.TemporaryDirectory(prefix="grants-", dir=memory if memory.is_dir() else None) as folder:
        made = Field(Path(folder))
        yield made
        made.close()


@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_happens_the_ledger_adds_up_and_nobody_inadmissible_comes_in(
    field: Field, figure: Callable[[int], int], part: int
) -> None:
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    unfit = 0
    for seed in range(part, figure(WALKS), PARTS):
        walk = field.walk(seed)
        try:
            walk.go()
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise
        done += walk.done
        refused += walk.refused
        unfit += walk.unfit_seen
    lazy = {act.__name__ for act, _ in RandomWalk.acts(walk)} - done.keys()
    assert not lazy, f"never done: {lazy}; refused: {refused}"
    assert {"received_late", "seated_not_admitted", "run_has_open_ties"} <= refused.keys()
    assert unfit, "holders lost their admission in some walk"
