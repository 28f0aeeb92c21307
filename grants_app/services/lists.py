"""The lists of the office from one column definition each: what the screen shows is what is exported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.campaign import CampaignSetup
from grants_app.domain.errors import Refused
from grants_app.domain.papers import Cell, Column, Divider, Table
from grants_app.domain.ruleset import RuleSet
from grants_app.domain.runs import RankedLine
from grants_app.services import awards, campaign_acts, intake, runs, standing
from grants_app.services.naming import Naming
from grants_app.wording import mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from grants_app.services.access import Office
    from grants_app.wording import Words

EVERYBODY = 1_000_000


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
            columns.append(Column("grounds", mark("Grounds"), "text", 8))
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
    return _pool_table(office, words, _basis(office, run_no), pool)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Basis:
    """What every pool's list of one run is made from, read once: at 100,000 applications it matters.

    The rules and the grounds are the run's own, whatever the register and the rules say by now.
    """

    run: int
    setup: CampaignSetup
    rules: RuleSet
    levels: Mapping[str, tuple[str, ...]]
    grounds: Mapping[str, tuple[str, ...]]


def _basis(office: Office, run_no: int | None = None) -> _Basis:
    record = runs.run_record(office, run_no)
    if record is None:
        raise Refused("no_run_yet")
    rules = standing.rules_of_run(office, record)
    setup = office.campaign().setup
    grounds = _grounds_counted(runs.run_file(office, record.no))
    return _Basis(
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


def _pool_table(office: Office, words: Words, basis: _Basis, pool: str) -> PoolTable:
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


def table(office: Office, words: Words, kind: str) -> Table:
    """The list called `shortlist`, `public`, `reserve`, `ledger` or `applications`, worded."""
    makers: Mapping[str, Callable[[Office, Words], Table]] = {
        "shortlist": _shortlist,
        "public": _public,
        "reserve": _reserve,
        "ledger": _ledger,
        "applications": _applications,
    }
    if kind not in makers:
        raise Refused("list_unknown", kind=kind, known=", ".join(makers))
    return makers[kind](office, words)


def _titled(
    office: Office,
    words: Words,
    title: str,
    columns: tuple[Column, ...],
    rows: Sequence[Sequence[Cell]],
    dividers: tuple[Divider, ...] = (),
) -> Table:
    setup = office.campaign().setup
    record = runs.run_record(office)
    subtitle = [setup.titles.get(words.lang)]
    if record is not None and record.kind == "sealed":
        subtitle.append(
            words(
                "Run {no}, minutes No. {minutes} of {day}",
                no=record.no,
                minutes=record.minutes_no,
                day=record.minutes_on,
            )
        )
    elif record is not None:
        subtitle.append(words("Draft run {no}: not approved yet", no=record.no))
    return Table(
        title=title,
        columns=columns,
        rows=rows,
        subtitle=tuple(subtitle),
        dividers=dividers,
        fingerprint=record.fingerprint if record else "",
        made_on=office.now().date(),
        sample=setup.sample,
    )


def _shortlist(office: Office, words: Words) -> Table:
    """Every pool one after another, in the campaign's order, each with its cutoff."""
    return _by_pool(office, words, words("Ranked list"))


def _public(office: Office, words: Words) -> Table:
    """Rank, number, programme, score parts, status: no name, PIN, birth date, phone or ground."""
    made = _without(_by_pool(office, words, words("Ranked list for publication")), ("name", "grounds"))
    return replace(made, subtitle=(*made.subtitle, *_published(office, words)))


def _published(office: Office, words: Words) -> tuple[str, ...]:
    """How the run stands published: as preliminary or final, when, under which minutes."""
    record = runs.run_record(office)
    if record is None or record.kind != "sealed":
        return ()
    act = campaign_acts.publication(campaign_acts.history(office), record.id)
    if act is None:
        return (words("Not published yet"),)
    facts = {"day": act.at.date(), "minutes": act.minutes_no, "minutes_day": act.minutes_on}
    if act.kind == "publish_final":
        return (words("Final list, published {day}, minutes No. {minutes} of {minutes_day}", **facts),)
    return (words("Preliminary list, published {day}, minutes No. {minutes} of {minutes_day}", **facts),)


def _reserve(office: Office, words: Words) -> Table:
    """Those each pool would ask next, in their order."""
    return _by_pool(office, words, words("Reserve list"), reserve_only=True)


def _by_pool(office: Office, words: Words, title: str, *, reserve_only: bool = False) -> Table:
    basis = _basis(office)
    setup = basis.setup
    columns: tuple[Column, ...] = ()
    rows: list[tuple[Cell, ...]] = []
    dividers: list[Divider] = []
    for pool in setup.pools:
        ranked = _pool_table(office, words, basis, pool.id)
        columns = (Column("programme", mark("Programme"), "text", 18), *ranked.columns)
        name = programme_name(setup, pool.id, words)
        kept = [
            (name, *row)
            for row, line in zip(ranked.rows, ranked.lines, strict=True)
            if not reserve_only or line.reserve is not None
        ]
        if kept:
            heading = words("{programme}: {seats} seats", programme=name, seats=pool.seats)
            dividers.append(Divider(len(rows), heading))
        if ranked.cutoff_after is not None and not reserve_only:
            dividers.append(Divider(len(rows) + ranked.cutoff_after, words("cutoff"), "cutoff"))
        rows += kept
    return _titled(office, words, title, columns, rows, tuple(dividers))


def _without(made: Table, hidden: tuple[str, ...]) -> Table:
    kept = [i for i, column in enumerate(made.columns) if column.key not in hidden]
    return replace(
        made,
        columns=tuple(made.columns[i] for i in kept),
        rows=[tuple(row[i] for i in kept) for row in made.rows],
    )


def _ledger(office: Office, words: Words) -> Table:
    """Every seat in the campaign's order; a seat held for a ground is called as the run's rules call it."""
    setup = office.campaign().setup
    record = runs.run_record(office)
    rules = standing.current_rules(office) if record is None else standing.rules_of_run(office, record)
    naming = Naming(words, setup, rules)
    columns = (
        Column("programme", mark("Programme"), "text", 22),
        Column("seat", mark("Seat"), "int", 5),
        Column("label", mark("Kind"), "text", 8),
        Column("no", mark("No."), "text", 7),
        Column("holder", mark("Holder"), "text", 24),
        Column("state", mark("State"), "text", 10),
        Column("deadline", mark("Answer due"), "text", 12),
        Column("phone", mark("Phone"), "text", 12),
    )
    rows = [
        (
            programme_name(setup, line.pool, words),
            line.seat,
            naming.ground(line.label),
            line.application_no,
            line.full_name,
            words.code(f"award_{line.state}") if line.state else words.code("award_free"),
            words.date_time(line.deadline, setup.zone) if line.deadline else "",
            line.phone,
        )
        for line in awards.ledger(office)
    ]
    return _titled(office, words, words("Ledger of seats"), columns, rows)


def _applications(office: Office, words: Words) -> Table:
    columns = (
        Column("no", mark("No."), "text", 7),
        Column("surname", mark("Surname"), "text", 14),
        Column("given", mark("Given name"), "text", 12),
        Column("patronymic", mark("Patronymic"), "text", 14),
        Column("born", mark("Born"), "date", 9),
        Column("pin", mark("PIN"), "text", 13),
        Column("phone", mark("Phone"), "text", 12),
        Column("first_choice", mark("First choice"), "text", 20),
        Column("score", mark("Score"), "decimal", 7),
        Column("state", mark("State"), "text", 10),
        Column("received", mark("Received"), "text", 10),
    )
    setup = office.campaign().setup
    _, lines = intake.lines(office, limit=EVERYBODY)
    rows = [
        (
            line.no,
            line.surname,
            line.given,
            line.patronymic,
            line.born,
            line.pin,
            line.phone,
            programme_name(setup, line.first_choice, words) if line.first_choice else "",
            line.score,
            words.code(f"state_{line.state}"),
            words.date_time(line.received_at, setup.zone) if line.received_at else "",
        )
        for line in lines
    ]
    return _titled(office, words, words("Applications"), columns, rows)
