"""Importing and saving beside what their disk and their reader need at least."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from grants_app.services import imports, intake
from grants_app.store.sqlite import sqlite_engine
from tests import makers, offices
from tests.benchmarks.measuring import Row, ms, p95, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Engine

ROWS = 20_000
SAVES = 200
STANDING = 680  # applications there already, as many as the sample has


def import_rows() -> Iterator[Row]:
    """A workbook of 20,000 rows: read, judged, compared, written, journalled."""
    with TemporaryDirectory() as folder:
        office = offices.new_office(Path(folder))
        path = Path(folder) / "list.xlsx"
        makers.write_workbook(path, office.campaign().setup, ROWS)
        floor = seconds(lambda: _read_bare(path))
        plans: list[Any] = []
        planned = seconds(lambda: plans.append(imports.plan(office, [path], branch="KAZNU-BSH")))
        applied = seconds(lambda: imports.apply(office, plans[0], accept_warnings=True))
        ours = planned + applied
        yield Row(
            "import 20,000 rows", "<= 6 s", f"{ours:.1f} s (plan {planned:.1f}, write {applied:.1f})",
            f"calamine reading alone {floor:.1f} s", f"{ours / floor:.0f} x", ours <= 6,
        )  # fmt: skip
        office.store.close()


def _read_bare(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()


def save_rows() -> Iterator[Row]:
    """New applications saved one after another, each beside a bare durable commit of two rows."""
    with TemporaryDirectory() as folder:
        office = offices.new_office(Path(folder))
        makers.fill_campaign(office, STANDING)
        bare = sqlite_engine(Path(folder) / "bare.sqlite")
        with bare.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql("CREATE TABLE thing (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
            connection.exec_driver_sql("CREATE TABLE event (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
        forms = [
            intake.SaveForm(
                entry=replace(
                    entry, person=replace(entry.person, pin=f"{entry.person.pin[:9]}{99999 - n:05d}")
                )
            )
            for n, entry in enumerate(makers.entries(office.campaign().setup, SAVES, seed=7))
        ]
        body = json.dumps(
            {"surname": "Осмон тегин", "given": "Темирлан"} | {f"field{n}": "x" * 20 for n in range(15)}
        )
        ours, floor = [], []
        for form in forms:
            ours.append(seconds(lambda: intake.save(office, form)))  # noqa: B023 - called at once
            floor.append(seconds(lambda: _two_rows(bare, body)))
        bare.dispose()
        office.store.close()
    ratio = p95(ours) / p95(floor)
    yield Row(
        "save one application, p95", "<= 3 x", ms(p95(ours)), f"bare two-row commit {ms(p95(floor))}",
        f"{ratio:.1f} x", ratio <= 3,
    )  # fmt: skip


def _two_rows(bare: Engine, body: str) -> None:
    with bare.execution_options(writing=True).begin() as connection:
        connection.exec_driver_sql("INSERT INTO thing (body) VALUES (?)", (body,))
        connection.exec_driver_sql("INSERT INTO event (body) VALUES (?)", (body,))
