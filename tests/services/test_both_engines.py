"""The same campaign on SQLite and on PostgreSQL comes to the same sealed bytes."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from grants_app.domain.ruleset import ScoreFormula, Term, TieChain
from grants_app.rules import allocation, runfile
from grants_app.services import (
    awards,
    chair_sheet,
    decisions,
    demonstration,
    rule_changes,
    runs,
    standing,
    upkeep,
)
from grants_app.store.engine import create_store
from grants_app.store.sqlite import sqlite_engine
from grants_app.store.tables import METADATA
from tests import offices, postgres

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Column

    from grants_app.services.access import Office
    from grants_app.store.engine import Store
    from grants_app.wording import Words


def test_sqlite_and_postgresql_propose_the_same_run_file(
    office_at: Callable[[str], Office], postgres_database: str, tmp_path: Path, words: Words
) -> None:
    office = offices.new_office(tmp_path, address=postgres_database)
    office = replace(office, clock=lambda: demonstration.SAMPLE_DAY)
    demonstration.fill(office, words, offices.quiet)
    demonstration.settle_conflicts(office, words, offices.quiet)
    demonstration.seal_sample(office, words, offices.quiet)
    theirs = office_at("sealed")
    assert _unsigned(office) == _unsigned(theirs)
    assert awards.totals(office) == awards.totals(theirs)
    assert replace(chair_sheet.look(office), lines=()) == replace(chair_sheet.look(theirs), lines=())
    assert upkeep.check(office) == ()
    office.store.close()


def _unsigned(office: Office) -> tuple[str, object]:
    view = runs.overview(office)
    return view.fingerprint, view.result


RENUMBERED = ("person", "application", "placement", "tie_decision")
KEPT_BY_THE_NEW = ("about", "journal", "journal_head")


def whose_id(column: Column) -> str:
    """The table whose rows a column names, followed through composite keys; "" when it names none."""
    if column.name == "id":
        return column.table.name
    return next(filter(None, (whose_id(key.column) for key in column.foreign_keys)), "")


def poured(source: Path, target: Store, random: Random) -> None:
    """Copy a database, the rows of every table in any order, people and applications under other ids."""
    engine = sqlite_engine(source)
    with engine.connect() as old, target.engine.execution_options(writing=True).begin() as new:
        others = {}
        for name in RENUMBERED:
            ids = list(old.execute(select(METADATA.tables[name].c.id)).scalars())
            others[name] = dict(zip(ids, random.sample(ids, len(ids)), strict=True))
        for table in METADATA.sorted_tables:
            rows = [dict(row) for row in old.execute(select(table)).mappings()]
            for column in table.columns:
                renumbered = others.get(whose_id(column), {})
                for row in rows:
                    row[column.name] = renumbered.get(row[column.name], row[column.name])
            random.shuffle(rows)
            if rows and table.name not in KEPT_BY_THE_NEW:
                new.execute(table.insert(), rows)
    engine.dispose()


def run_file(office: Office) -> bytes:
    """The run file the register comes to."""
    inputs = runs.gathered(office).inputs
    return runfile.write(inputs, allocation.allocate(inputs))


@pytest.fixture
def decided(office_at: Callable[[str], Office]) -> Office:
    """The sample under rules that make many equals: a tie decided by lot, others open, somebody placed."""
    office = office_at("settled")
    rules = standing.current_rules(office)
    coarse = replace(
        rules,
        version=rules.version + 1,
        score=ScoreFormula(terms=(Term(criterion="ort_main"),)),
        ties=TieChain(levels=()),
    )
    rule_changes.put(office, coarse, "minutes No. 2")
    result = runs.propose(office).result
    tied = {number for tie in result.open_ties for number in tie.applications}
    placed = next(no for no in result.not_awarded if no not in tied)
    decisions.place(office, placed, result.awards[0].pool, "court decision 12")
    tie = runs.propose(office).result.open_ties[0]
    lot = decisions.TieHow(
        kind="lot", minutes_no="3", on=demonstration.SAMPLE_DAY.date(), seed="20260806", present="commission"
    )
    decisions.decide_tie(office, tie.pool, tie.applications, lot)
    return office


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_rows_kept_in_any_order_under_any_id_come_to_the_same_bytes(
    decided: Office, postgres_url: str, tmp_path: Path, engine: str
) -> None:
    expected = run_file(decided)
    for kept in (b'"ties":[{', b'"placements":[{', b'"open_ties":[{'):
        assert kept in expected
    for seed in range(3):
        with contextlib.ExitStack() as stack:
            address = str(tmp_path / f"{seed}.sqlite")
            if engine == "postgresql":
                address = stack.enter_context(postgres.database(postgres_url))
            store = stack.enter_context(contextlib.closing(create_store(address, offices.summer)))
            poured(tmp_path / "settled" / "grants.sqlite", store, Random(seed))
            other = replace(decided, store=store)
            with store.reading() as reading, decided.store.reading() as before:
                numbers = [one.no for one in reading.applications(other.campaign_id)]
                assert numbers != [one.no for one in before.applications(other.campaign_id)]
            assert run_file(other) == expected
