"""Prints the table of measured targets: `python -m tests.benchmarks [--full] [--only WORD]`.

`--full`, or GRANTS_PROVE in the environment, measures how a recomputation grows at a million applications.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests import makers, offices
from tests.benchmarks import deciding, keeping, measuring, papering
from tests.benchmarks.measuring import Row, ms, until_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

STARTS = 5
SMALL, LARGE = 20_000, 100_000
FAST, SCROLLED, MIDDLE = 0.025, 0.030, 0.050  # targets of a key at 20,000, a jump, a key at 100,000


def start_rows(database: Path) -> Iterator[Row]:
    """Start to a painted list, each beside an empty window started in the same breath."""
    ours, floors = [], []
    for _ in range(STARTS):
        floors.append(until_ready(["-m", "tests.benchmarks.window", "empty"]))
        ours.append(until_ready(["-m", "tests.benchmarks.window", "start", str(database)]))
    own, floor = statistics.median(ours), statistics.median(floors)
    yield Row(
        "start to a usable list, 20,000", "<= 2.5 x", ms(own), f"empty window + sqlalchemy {ms(floor)}",
        f"{own / floor:.2f} x", own / floor <= 2.5,
    )  # fmt: skip


def list_rows(database: Path, count: int, sorting: str) -> Iterator[Row]:
    """Search as you type, sort and scroll in the real window."""
    told = measuring.told(["-m", "tests.benchmarks.window", "lists", str(database)])
    like = f"LIKE, counted and paged {ms(like_seconds(database))}"
    target = FAST if count == SMALL else MIDDLE
    yield Row(
        f"a key typed in search, painted, p95, {count:,}", f"<= {target * 1000:.0f} ms",
        f"{ms(told['search'])}, of it answered {ms(told['answered'])}", like, "", told["search"] <= target,
    )  # fmt: skip
    yield Row(
        f"of it one or two letters, then three and more, {count:,}", "",
        f"{ms(told['search_short'])}, {ms(told['search_long'])}", "", "", None,
    )  # fmt: skip
    for key, what in (("mistyped", "a surname with a typing error"), ("other_layout", "in the other layout")):
        yield Row(
            f"{what}, painted, p95, {count:,}", f"<= {target * 1000:.0f} ms", ms(told[key]), like, "",
            told[key] <= target,
        )  # fmt: skip
    if count == SMALL:
        yield Row(
            f"memory of the window, {count:,} open", "<= 250 MiB", f"{told['resident']:.0f} MiB",
            f"after searching and scrolling {told['resident_after']:.0f} MiB", "", told["resident"] <= 250,
        )  # fmt: skip
        return
    yield Row(
        f"sort by any column, p95, {count:,}", "<= 50 ms",
        f"{ms(told['sort'])}, at most {ms(told['sort_most'])}",
        sorting, "", told["sort"] <= MIDDLE,
    )  # fmt: skip
    yield Row(
        f"scroll anywhere, p95, {count:,}", "<= 30 ms",
        f"{ms(told['scroll'])}, at most {ms(told['scroll_most'])}",
        "", "", told["scroll"] <= SCROLLED,
    )  # fmt: skip


def like_seconds(database: Path) -> float:
    """The peer: the folded names searched by LIKE, counted, and a page of them sorted."""
    from grants_app.store.sqlite import sqlite_engine

    engine = sqlite_engine(database)
    with engine.connect() as connection:
        took = measuring.best(
            lambda: (
                connection.exec_driver_sql(
                    "SELECT count(*) FROM application WHERE search_key LIKE '%осмо%'"
                ).all(),
                connection.exec_driver_sql(
                    "SELECT id FROM application WHERE search_key LIKE '%осмо%' "
                    "ORDER BY sort_key, id LIMIT 256"
                ).all(),
            )
        )
    engine.dispose()
    return took


def window_rows(folder: Path) -> Iterator[Row]:
    """Everything that needs the window: at 20,000, then at 100,000."""
    small = filled(folder / "small", SMALL)
    yield from start_rows(small)
    yield from list_rows(small, SMALL, "")
    peer = measuring.told(["-m", "tests.benchmarks.window", "proxy"])
    sorting = f"proxy model: sort {ms(peer['sort'])}, filter {ms(peer['filter'])}"
    yield from list_rows(filled(folder / "large", LARGE), LARGE, sorting)


def what_if_rows(folder: Path) -> Iterator[Row]:
    """What-if on the smaller campaign."""
    filled(folder / "small", SMALL)
    office = offices.opened(folder / "small")
    yield from deciding.what_if_rows(office)
    office.store.close()


def filled(folder: Path, count: int) -> Path:
    """The database of so many applications in this folder, made if it is not there."""
    database = folder / "grants.sqlite"
    if not database.exists():
        folder.mkdir(parents=True)
        office = offices.new_office(folder)
        makers.fill_campaign(office, count)
        office.store.close()
    return database


def main() -> int:
    """Measure what was asked for and print one table; 0 even with misses: they are named, not hidden."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--full", action="store_true", default=bool(os.environ.get("GRANTS_PROVE")))
    parser.add_argument("--only", default="", help="part of a group's name")
    asked = parser.parse_args()
    rows: list[Row] = []
    with TemporaryDirectory(prefix="grants-bench-") as name:
        groups: Mapping[str, Callable[[], Iterator[Row]]] = {
            "window": partial(window_rows, Path(name)),
            "allocate": deciding.allocate_rows,
            "recompute": partial(deciding.growth_rows, full=asked.full),
            "what-if": partial(what_if_rows, Path(name)),
            "letters": papering.letter_rows,
            "workbook": papering.workbook_rows,
            "import": keeping.import_rows,
            "save": keeping.save_rows,
        }
        for group, measure in groups.items():
            if asked.only in group:
                print(f"measuring: {group}", file=sys.stderr, flush=True)
                rows += measure()
    print(measuring.show(rows))
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    print(f"\n{os.cpu_count()} cores, load {load:.1f}: other work makes the times above longer")
    missed = [row.what for row in rows if row.ok is False]
    print(f"\n{len(missed)} missed" + (": " + "; ".join(missed) if missed else ""))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
