"""The same campaign on SQLite and on PostgreSQL comes to the same sealed bytes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from grants_app.services import awards, chair_sheet, demonstration, runs, upkeep
from tests import offices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from grants_app.services.access import Office
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
