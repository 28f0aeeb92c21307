"""A process killed while it saves leaves every save whole or undone, and loses none it acknowledged."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grants_app.store.engine import create_store, open_store
from tests.store.store_makers import clock, made_campaign

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]


def killed(address: str, campaign: int, start: int, wait: float) -> list[tuple[str, int]]:
    """Run the saver, kill it some moments after its first acknowledgement; answers all it acknowledged."""
    command = [sys.executable, "-m", "tests.store.saver", address, str(campaign), str(start)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(wait)
        process.kill()
        said = [first, *process.stdout.readlines()]
    return [(act, int(number)) for act, number in (line.split() for line in said if line.endswith("\n"))]


@pytest.mark.prove
def test_killed_while_saving_nothing_acknowledged_is_lost_and_nothing_is_half_done(
    tmp_path: Path, figure: Callable[[int], int]
) -> None:
    address = str(tmp_path / "grants.sqlite")
    store = create_store(address, clock)
    campaign = made_campaign(store).id
    store.close()
    chance = random.Random(1)
    acknowledged: list[tuple[str, int]] = []
    for kill in range(figure(100)):
        acknowledged += killed(address, campaign, kill * 1000, chance.uniform(0, 0.1))
        store = open_store(address, clock)
        assert store.check() == ()
        with store.reading() as reading:
            there = {one.id: one for one in reading.applications(campaign)}
            events = len(reading.events(campaign, limit=None)[1])
        store.close()
        corrected = [one for one in there.values() if one.version == 2]
        assert {number for act, number in acknowledged if act == "added"} <= there.keys()
        assert {number for act, number in acknowledged if act == "corrected"} <= {one.id for one in corrected}
        assert events == 1 + len(there) + len(corrected)
        for one in there.values():
            whole = one.entry.note == one.entry.person.surname.replace("Фамилия ", "n")
            assert whole if one.version == 2 else one.entry.note == ""
            assert len(one.entry.choices) == (1 if one.version == 2 else 2)
    assert acknowledged
