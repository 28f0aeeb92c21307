"""The ranked list of a pool as screen and papers show it: its columns, its rows, where the cutoff runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.papers import Cell, Column
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.runs import RankedLine
from grants_app.services import runs, standing
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grants_app.services.access import Office
    from grants_app.wording import Words


@dataclass(frozen=True, slots=True)
class PoolTable:
    """A pool's ranked list for the screen: the columns, the lines, and after which line the cutoff runs."""

    columns: tuple[Column, ...]
    lines: tuple[RankedLine, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cutoff_after: int | None


def merit_columns(rules: RuleSet) -> tuple[Column, ...]:
    """The total and each tie level that is a number, as columns; named criteria keep the rules' names."""
    columns = [Column("score", mark("Score"), "decimal", 8)]
    for level in rules.ties.levels:
        if level == "grounds":
            columns.append(Column("grounds", mark("Priority categories"), "text", 8))
        elif level == "profile":
            columns.append(Column("profile", mark("Profile subject"), "decimal", 8))
        elif level == "average":
            columns.append(Column("average", mark("Average mark"), "decimal", 8))
        elif level == "ort_main":
            columns.append(Column("ort_main", mark("Main test"), "decimal", 8))
        else:
            columns.append(Column(level, level, "decimal", 8, named=True))
    return tuple(columns)


def merit_cells(
    merit: Sequence[str],
    levels: Sequence[str],
    columns: Sequence[Column],
    grounds: str,
    places: Mapping[str, int],
) -> dict[str, Cell]:
    """The merit's value at each level with its criterion's decimal `places`; not given is empty, not zero."""
    by_level: dict[str, list[str]] = {}
    for level, value in zip(levels, merit, strict=False):
        by_level.setdefault(level, []).append(value)
    cells: dict[str, Cell] = {}
    for column in columns:
        values = by_level.get(column.key, [])
        if column.key == "grounds":
            cells["grounds"] = grounds
        elif not values or (len(values) > 1 and values[0] == "0"):
            cells[column.key] = None
        else:
            exact = Decimal(values[-1])
            digits = places.get(column.key, 0)
            cells[column.key] = exact.quantize(Decimal(1).scaleb(-digits)) if digits else exact
    return cells


def pool_table(office: Office, words: Words, pool: str = "", *, run_no: int | None = None) -> PoolTable:
    """The ranked list of one pool, or of all pools one after another, with the cutoff's place."""
    return listed(office, words, basis_of(office, run_no), pool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What every pool's list of one run is made from, read once: at 100,000 applications it matters.

    The rules and the grounds are the run's own, whatever the register and the rules say by now.
    """

    run: int
    setup: CampaignSetup
    rules: RuleSet
    levels: Mapping[str, tuple[str, ...]]
    grounds: Mapping[str, tuple[str, ...]]


def basis_of(office: Office, run_no: int | None = None) -> Basis:
    """What the lists of this run, else of the one in force, are made from; Refused where there is none."""
    record = runs.run_record(office, run_no)
    if record is None:
        raise Refused("no_run_yet")
    rules = standing.rules_of_run(office, record)
    setup = office.campaign().setup
    grounds = _grounds_counted(runs.run_file(office, record.no))
    return Basis(
        run=record.id, setup=setup, rules=rules, levels=runs.merit_levels(setup, rules), grounds=grounds
    )


class _Claims(msgspec.Struct, gc=False):
    no: str
    grounds: tuple[str, ...] = ()


class _Claiming(msgspec.Struct):
    applications: tuple[_Claims, ...]


def _grounds_counted(file: bytes) -> dict[str, tuple[str, ...]]:
    """The grounds that counted in a run, by application, and nothing else of its file."""
    return {one.no: one.grounds for one in msgspec.json.decode(file, type=_Claiming).applications}


def listed(office: Office, words: Words, basis: Basis, pool: str) -> PoolTable:
    """The ranked list of one pool, or of all, out of what was read for all of them."""
    merit = merit_columns(basis.rules)
    columns = (
        *(() if pool else (Column("programme", mark("Programme"), "text", 18),)),
        Column("position", mark("Place"), "int", 5),
        Column("no", mark("No."), "text", 7),
        Column("name", mark("Surname, given name, patronymic"), "text", 24),
        *merit,
        Column("choice", mark("Choice"), "int", 5),
        Column("outcome", mark("Outcome"), "text", 12),
    )
    places = {measure.code: measure.places for measure in basis.rules.measures}
    with office.store.reading() as reading:
        lines = tuple(reading.ranked(basis.run, pool)[1])
    rows = []
    for line in lines:
        grounds = _ground_names(basis.grounds, line.application_no, basis.rules, words)
        cells = merit_cells(line.merit, basis.levels[line.pool], merit, grounds, places)
        rows.append(_ranked_row(line, columns, cells, basis.setup, words))
    return PoolTable(columns, lines, tuple(rows), _cutoff(lines) if pool else None)


def _ground_names(grounds: Mapping[str, tuple[str, ...]], number: str, rules: RuleSet, words: Words) -> str:
    names = []
    for code in grounds.get(number, ()):
        ground = rules.ground(code)
        names.append(ground.names.get(words.lang) if ground else code)
    return ", ".join(names)


def _ranked_row(
    line: RankedLine,
    columns: Sequence[Column],
    merit: Mapping[str, Cell],
    setup: CampaignSetup,
    words: Words,
) -> tuple[Cell, ...]:
    cells: dict[str, Cell] = {
        "programme": programme_name(setup, line.pool, words),
        "position": line.position,
        "no": line.application_no,
        "name": " ".join(part for part in (line.surname, line.given, line.patronymic) if part),
        "choice": line.choice,
        "outcome": outcome_words(words, line.outcome, line.reserve),
        **merit,
    }
    return tuple(cells[column.key] for column in columns)


def outcome_words(words: Words, outcome: str, reserve: int | None) -> str:
    """An outcome as the lists say it; a reserve place with its number."""
    if outcome == "refused" and reserve is not None:
        return words.code("outcome_reserve", n=reserve)
    return words.code(f"outcome_{outcome}")


def _cutoff(lines: Sequence[RankedLine]) -> int | None:
    """After which line the open seats end: quotas may reach further down, placements anywhere."""
    taken = [i for i, line in enumerate(lines) if line.outcome in ("awarded", "tied")]
    taken = [i for i in taken if lines[i].seat in ("open", "")] or taken
    return taken[-1] + 1 if taken and taken[-1] + 1 < len(lines) else None


def programme_name(setup: CampaignSetup, pool_id: str, words: Words) -> str:
    """Programme and branch of a pool in the reader's language."""
    pool = setup.pool(pool_id)
    branch = setup.branch(pool.branch)
    return f"{setup.programme(pool.programme).names.get(words.lang)} · {branch.short.get(words.lang)}"
