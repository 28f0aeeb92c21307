"""What this machine has seen of each database: how far its journal came, which numbers it gave out.

It lies apart from any database, so that an older state of one is noticed, and no number is given out twice
even where the file that gave it is gone.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import msgspec

from grants_app.domain.errors import Refused
from grants_app.domain.values import Finding
from grants_app.services.entry_changes import text_of
from grants_app.services.files import make_folder, write_whole
from grants_app.store.database.locks import hold_waiting
from grants_app.store.database.restoring import Remembered
from grants_app.store.database.state import Committed, Series, State
from grants_app.store.numbers import void_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from grants_app.services.access import Folders
    from grants_app.store.engine import Store
    from grants_app.store.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of one database.

    `journal` and `link` are where it stands now, `highest` is how far it ever came; they differ once an
    older state of it was gone on with.
    """

    database: str
    parent: str
    journal: int
    link: str
    highest: int
    series: tuple[tuple[str, str, str, int], ...]

    def numbers(self) -> dict[Series, int]:
        """The highest number of each series."""
        return {Series(*series): last for *series, last in self.series}


class Memory:
    """The machine's memory, one small file a database."""

    def __init__(self, folders: Folders) -> None:
        self._folder = folders.known

    def of(self, database: str) -> Seen | None:
        """What was seen of a database; None when it never was here."""
        try:
            return msgspec.json.decode(self._file(database).read_bytes(), type=Seen)
        except (OSError, msgspec.DecodeError):
            return None

    def family(self, database: str) -> frozenset[str]:
        """The database, all it was restored from, and all that were restored from any of these."""
        parents = {seen.database: seen.parent for seen in self._all()}
        family, grown = {database}, True
        while grown:
            more = {parents[one] for one in family if parents.get(one)}
            more |= {one for one, parent in parents.items() if parent in family}
            grown = not more <= family
            family |= more
        return frozenset(family)

    def remembered(self, database: str) -> Remembered:
        """How far a database came, and the highest numbers it and its family gave out."""
        family = self.family(database)
        highest: dict[Series, int] = {}
        for seen in self._all():
            if seen.database in family:
                for series, last in seen.numbers().items():
                    highest[series] = max(last, highest.get(series, 0))
        own = self.of(database)
        return Remembered(family=family, journal=own.highest if own else 0, series=highest)

    def saw(self, state: State) -> None:
        """Remember a database's state, unless a later one is remembered."""
        self._change(state.database, lambda seen: _later(seen, state))

    def watch(self, state: State) -> Callable[[Committed], None]:
        """What is told of every commit to this database; it goes on from there, even if it was behind."""

        def committed(done: Committed) -> None:
            now = State(
                database=state.database,
                parent=state.parent,
                journal=done.journal,
                link=done.link,
                series=done.numbers,
            )
            try:
                # Not made to last at once: after a power cut the database itself is read again.
                self._change(state.database, lambda seen: _gone_on(seen, now), last=False)
            except Refused:
                # The act is done and kept; what is not remembered now is read again at the next opening.
                _log.warning("the state of the database could not be remembered")

        return committed

    def _change(self, database: str, change: Callable[[Seen | None], Seen], *, last: bool = True) -> None:
        make_folder(self._folder)
        hold = hold_waiting(self._folder / ".lock")
        try:
            before = self.of(database)
            after = change(before)
            if after != before:
                write_whole(self._file(database), msgspec.json.encode(after), last=last)
        finally:
            hold.release()

    def _all(self) -> list[Seen]:
        names = sorted(file.stem for file in self._folder.glob("*.json"))
        return [seen for name in names if (seen := self.of(name)) is not None]

    def _file(self, database: str) -> Path:
        return self._folder / f"{database}.json"


def acquaint(folders: Folders, store: Store) -> tuple[Finding, ...]:
    """Compare a database just opened with what this machine has seen of it; answers what is to be said.

    The numbers given out elsewhere since are skipped by its first writing act, together with the note of it
    in the journal: who only reads an older state changes nothing. From now on every commit is remembered.
    """
    if store.is_copy:
        return ()
    memory = Memory(folders)
    with store.reading() as reading:
        state = reading.state()
        open_ones = {one.id: one.setup.code for one in reading.campaigns() if not one.read_only}
        seen = memory.of(state.database)
        diverged = seen is not None and seen.journal > 0 and reading.link_at(seen.journal) != seen.link
    highest = memory.remembered(state.database).series
    owed = {
        series: last
        for series, last in highest.items()
        if series.campaign in open_ones.values() and last > state.series.get(series, 0)
    }
    behind = seen is not None and (diverged or seen.journal > state.journal)
    if behind or owed:
        store.first = _skipping(open_ones, highest, state, seen.journal if seen else state.journal)
    memory.saw(state)
    store.watch = memory.watch(state)
    if seen is not None and behind:
        facts = {"here": str(state.journal), "seen": str(seen.journal)}
        if seen.journal > state.journal:
            return (Finding("database_behind", facts),)
        return (Finding("database_diverged", facts),)
    return (Finding("numbers_elsewhere", {"n": str(len(owed))}),) if owed else ()


def _skipping(
    campaigns: Mapping[int, str], highest: Mapping[Series, int], state: State, seen: int
) -> Callable[[UnitOfWork], None]:
    """What the first writing act at an older state does before anything else."""

    def first(work: UnitOfWork) -> None:
        for campaign_id, code in campaigns.items():
            void = work.skip_numbers(campaign_id, code, highest)
            work.journal.add(
                "database.behind",
                code,
                before=text_of({"journal": seen}),
                after=text_of({"journal": state.journal, "void": void_facts(void)}),
                campaign=campaign_id,
            )

    return first


def _later(seen: Seen | None, state: State) -> Seen:
    if seen is None or state.journal >= seen.journal:
        return _gone_on(seen, state)
    return msgspec.structs.replace(seen, series=_highest(seen, state.series))


def _gone_on(seen: Seen | None, state: State) -> Seen:
    return Seen(
        database=state.database,
        parent=state.parent,
        journal=state.journal,
        link=state.link,
        highest=max(state.journal, seen.highest if seen else 0),
        series=_highest(seen, state.series),
    )


def _highest(seen: Seen | None, series: Mapping[Series, int]) -> tuple[tuple[str, str, str, int], ...]:
    highest = seen.numbers() if seen else {}
    for key, last in series.items():
        highest[key] = max(last, highest.get(key, 0))
    return tuple((*key, highest[key]) for key in sorted(highest))
