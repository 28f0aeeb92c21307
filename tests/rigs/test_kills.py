"""`kill -9` while saving, importing, sealing and issuing letters: before or after, never between."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pytest

from grants_app.services import upkeep
from tests import offices
from tests.rigs import killing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from grants_app.services.access import Office

pytestmark = pytest.mark.prove

SEED = 20260810
BURST_S = 0.4  # a burst of saves: some are done, one is under way
MOST_TRIES = 4  # victims that lived through their act before the blow came are tried again


@dataclass(frozen=True, slots=True)
class Found:
    """How much of an act a database holds, each part counted by itself."""

    events: int
    """Journal events of the act."""
    kept: tuple[int, ...]
    """What the act keeps, part by part."""
    wrong: tuple[str, ...]
    """What the check found."""


def events(office: Office, *acts: str) -> int:
    return sum(upkeep.journal(office, act=act, limit=1)[0] for act in acts)


def found(office: Office, act: str) -> Found:
    """What there is now of an act, and what the check says."""
    wrong = tuple(finding.code for finding in upkeep.check(office))
    with office.store.reading() as reading:
        if act == "import":
            applications = reading.applications(office.campaign_id)
            conflicts = sum(len(one.conflicts) for one in applications)
            bases = len(reading.imported_entries(office.campaign_id))
            happened = events(office, "application.imported", "application.merged", "import.applied")
            return Found(happened, (len(applications), conflicts, bases), wrong)
        if act == "seal":
            sealed = reading.last_run(office.campaign_id, "sealed")
            awards = reading.awards(office.campaign_id)
            return Found(events(office, "run.sealed"), (int(sealed is not None), len(awards)), wrong)
        papers = reading.papers(office.campaign_id, kind="award_letter")
        numbers = {paper.number for paper in papers}
        return Found(events(office, "paper.issued"), (len(papers), len(numbers)), wrong)


def state_of(folder: Path, act: str) -> Found:
    office = offices.opened(folder)
    try:
        return found(office, act)
    finally:
        office.store.close()


def copied(start: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(start / "grants.sqlite", folder / "grants.sqlite")
    return folder


def saves_survive(
    victims: killing.Template, folder: Path, kills: int, sabotage: str = ""
) -> tuple[Counter[str], list[str]]:
    """Kill bursts of saves in one database, one after another; what happened, and every broken promise."""
    blows = killing.Blows(Random(SEED), folder)
    blows.acting, blows.writing = BURST_S, BURST_S / 4
    acknowledged: dict[str, int] = {}
    surnames: dict[str, str] = {}
    seen: Counter[str] = Counter()
    broken: list[str] = []
    while seen["kills"] < kills and not (sabotage and broken):
        seed = 1 + seen["kills"]
        strike = blows.turn(seed)
        told = victims.run("save", folder, seed=seed, sabotage=sabotage, strike=strike)
        assert told.killed
        seen["kills"] += 1
        seen["while writing"] += told.writing
        for one in told.saved:
            acknowledged[one["saved"]] = one["version"]
            surnames[one["saved"]] = one["surname"]
        seen["acknowledged"] += len(told.saved)
        broken += _lost(folder, acknowledged, surnames, seen)
    return seen, broken


def _lost(
    folder: Path, acknowledged: dict[str, int], surnames: dict[str, str], seen: Counter[str]
) -> Iterator[str]:
    """What is not as acknowledged; one save more than acknowledged may be there, and is from now on."""
    office = offices.opened(folder)
    with office.store.reading() as reading:
        kept = {one.no: one for one in reading.applications(office.campaign_id)}
        listed = reading.application_lines(office.campaign_id, limit=1)[0]
    submitted, corrected = events(office, "application.submitted"), events(office, "application.corrected")
    yield from (f"check: {finding.code}" for finding in upkeep.check(office))
    office.store.close()
    for no, version in acknowledged.items():
        if no not in kept or kept[no].version < version:
            yield f"{no}: version {version} was acknowledged and is lost"
        elif kept[no].entry.person.surname != surnames[no]:
            yield f"{no}: is another person's"
    if not submitted == len(kept) == listed:
        yield f"{len(kept)} applications, {listed} listed, {submitted} submissions in the journal"
    if corrected != sum(one.version - 1 for one in kept.values()):
        yield f"{corrected} corrections in the journal, not what the applications say"
    if any(
        not one.entry.scores or not one.entry.choices or not one.entry.person.phones for one in kept.values()
    ):
        yield "an application is there without its parts"
    more = {no: one for no, one in kept.items() if one.version > acknowledged.get(no, 0)}
    seen["committed unacknowledged"] += len(more)
    if len(more) > 1:
        yield f"{len(more)} saves nobody acknowledged"
    acknowledged.update({no: one.version for no, one in more.items()})
    surnames.update({no: one.entry.person.surname for no, one in more.items()})


def whole_or_nothing(
    victims: killing.Template, start: Path, folder: Path, act: str, kills: int, sabotage: str = ""
) -> tuple[Counter[str], list[str]]:
    """Kill one act again and again, each time from the same start; what happened, and what lay between."""
    blows = killing.Blows(Random(SEED), folder)
    before = state_of(copied(start, folder), act)
    lived = victims.run(act, folder, strike=blows.watch)
    assert lived.done
    blows.acting = lived.took
    after = state_of(folder, act)
    assert before.wrong == after.wrong == ()
    assert before.events < after.events
    seen: Counter[str] = Counter()
    broken: list[str] = []
    for number in range(kills * MOST_TRIES):
        if seen["kills"] == kills or (sabotage and broken):
            break
        copied(start, folder)
        told = victims.run(act, folder, sabotage=sabotage, strike=blows.turn(number))
        seen["kills"] += told.killed
        seen["while writing"] += told.killed and told.writing
        now = state_of(folder, act)
        seen["before" if now == before else "after" if now == after else "between"] += told.killed
        if now not in (before, after) or (told.done and now != after):
            broken.append(f"kill {number}: {now}, neither {before} nor {after}")
    assert sabotage or seen["kills"] == kills
    return seen, broken


def test_saves_acknowledged_survive_kills(
    victims: killing.Template, starts: Path, tmp_path: Path, figure: Callable[[int], int]
) -> None:
    folder = copied(starts / "save", tmp_path / "office")
    seen, broken = saves_survive(victims, folder, figure(100))
    print(f"saving: {dict(seen)}")  # noqa: T201 - the figures are part of the proof
    assert broken == []
    assert seen["acknowledged"] > seen["kills"]
    assert seen["while writing"] > 0


@pytest.mark.parametrize(("act", "full"), [("import", 100), ("seal", 50), ("letters", 50)])
def test_a_killed_act_is_wholly_there_or_not_at_all(
    victims: killing.Template,
    starts: Path,
    tmp_path: Path,
    figure: Callable[[int], int],
    act: str,
    full: int,
) -> None:
    seen, broken = whole_or_nothing(victims, starts / act, tmp_path / "office", act, figure(full))
    print(f"{act}: {dict(seen)}")  # noqa: T201 - the figures are part of the proof
    assert broken == []
    assert seen["while writing"] > 0


def test_the_rig_finds_a_save_committed_in_two_parts(
    victims: killing.Template, starts: Path, tmp_path: Path
) -> None:
    folder = copied(starts / "save", tmp_path / "office")
    _, broken = saves_survive(victims, folder, 100, sabotage="commit_in_two")
    assert broken


def test_the_rig_finds_a_save_acknowledged_before_it_was_made(
    victims: killing.Template, starts: Path, tmp_path: Path
) -> None:
    folder = copied(starts / "save", tmp_path / "office")
    _, broken = saves_survive(victims, folder, 100, sabotage="acknowledge_early")
    assert any("lost" in one for one in broken)


@pytest.mark.parametrize("act", ["import", "seal", "letters"])
def test_the_rig_finds_an_act_committed_in_two_parts(
    victims: killing.Template, starts: Path, tmp_path: Path, act: str
) -> None:
    start, folder = starts / act, tmp_path / "office"
    _, broken = whole_or_nothing(victims, start, folder, act, 100, sabotage="commit_in_two")
    assert broken
