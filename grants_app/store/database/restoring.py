"""Making a backup a database again: with an identity of its own, and no number given out a second time.

The window and the commands decide where to; what stood there is never lost and never met half done.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select, update
from sqlalchemy.exc import NoResultFound

from grants_app.domain.errors import Refused
from grants_app.store import schema
from grants_app.store.backup import (
    BackupFacts,
    facts_of,
    keep_rights,
    making,
    mark,
    pour,
    read_back,
    sync_file,
    told_by,
)
from grants_app.store.database.leftovers import REPLACED, sweep
from grants_app.store.database.locks import hold_alone
from grants_app.store.database.state import NumberRange, Series, State, link_at, state_of
from grants_app.store.engine import create_store, is_server, publish, sync_folder
from grants_app.store.journal import JournalRepository
from grants_app.store.numbers import skip_all, void_facts
from grants_app.store.refusals import translate_errors
from grants_app.store.register_tables import about, campaign
from grants_app.store.sqlite import demand_ours, sqlite_engine
from grants_app.store.transaction import Transaction
from grants_app.store.whereabouts import demand_folder, demand_safe_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy.engine import Connection

    from grants_app.domain.permit import Permit


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What this machine has seen of the databases that follow the backup's or that it follows.

    `journal` is how far the backup's own database had come; `series` the highest numbers any of them gave
    out.
    """

    family: frozenset[str] = frozenset()
    journal: int = 0
    series: Mapping[Series, int] = field(default_factory=dict)


NOTHING = Remembered()


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was brought back, from which file to which, and what became of what stood there before.

    `lost` are the positions of the journal the backup does not hold although they were seen; None: there
    are none, or nobody knows. `kept` is where the database replaced is kept; None: there was none.
    """

    facts: BackupFacts
    target: str
    database: str
    parent: str
    lost: tuple[int, int] | None
    void: tuple[NumberRange, ...]
    kept: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What a restore would leave behind, as far as the target and this machine's memory tell."""

    lost: tuple[int, int] | None
    series: Mapping[Series, int]


def restore(
    address: str,
    file: Path,
    clock: Callable[[], datetime],
    *,
    permit: Permit,
    remembered: Remembered = NOTHING,
    beside: bool = False,
) -> Restored:
    """Put a backup in the database's place, all at once; what stood there is kept under a dated name.

    `beside` refuses (database_exists) where anything stands already. Refused too: a database that is open
    anywhere (database_open), the backup's own place (restore_onto_itself). A server's database must be empty.
    """
    facts = read_back(file)
    if is_server(address):
        return _restore_server(address, file, facts, clock, permit, remembered)
    path = Path(address).resolve()  # a symbolic link stays one: the file it names is replaced
    demand_folder(path)
    demand_safe_place(path)
    there = path.exists()
    if there and path.samefile(file):
        raise Refused("restore_onto_itself", file=str(file))
    if there and beside:
        raise Refused("database_exists", file=str(path))
    hold = hold_alone(path)
    try:
        sweep(path.parent)
        return _replace(path, file, facts, clock, permit, remembered)
    finally:
        hold.release()


def _replace(
    path: Path,
    file: Path,
    facts: BackupFacts,
    clock: Callable[[], datetime],
    permit: Permit,
    remembered: Remembered,
) -> Restored:
    there = path.exists()
    kept = (
        path.with_name(f"{path.stem}-{REPLACED}-{clock():%Y%m%d-%H%M%S-%f}{path.suffix}") if there else None
    )
    with making(path) as part:
        shutil.copyfile(file, part)
        if told_by(read_back(part)) != told_by(facts):
            raise Refused("backup_failed", file=str(file))
        if kept is not None:
            _settle(path, kept)
        loss = loss_of(path if there else None, file, facts, remembered)
        made = _own_life(part, clock, permit, facts, loss, path, kept)
        mark(part, 0)
        keep_rights(path if there else file, part)
        sync_file(part)
        if kept is None:
            publish(part, path)
            return made
        _keep(path, kept)
        try:
            part.replace(path)  # at once: the old database or the new one stands here, never neither
        except OSError as problem:
            kept.unlink(missing_ok=True)  # it is the old database's second name
            raise Refused("database_open", file=str(path)) from problem
        sync_folder(path.parent)
    return made


def loss_of(target: Path | None, file: Path, facts: BackupFacts, remembered: Remembered) -> Loss:
    """What restoring the backup leaves behind: in a target of its family, and as the machine remembers.

    A target nobody can read tells nothing.
    """
    highest = dict(remembered.series)
    lost = (facts.journal_seq + 1, remembered.journal) if remembered.journal > facts.journal_seq else None
    if target is not None:
        try:
            state, common = _compared(target, file, facts)
        except (Refused, NoResultFound):
            # A damaged database is why backups are brought back: the machine's memory has to do.
            return Loss(lost=lost, series=highest)
        if {state.database, state.parent} & {facts.database, *remembered.family}:
            for series, last in state.series.items():
                highest[series] = max(last, highest.get(series, 0))
            if common and common < state.journal:
                lost = (common + 1, max(state.journal, lost[1] if lost else 0))
    return Loss(lost=lost, series=highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """What restoring a backup into a new file would leave behind: journal entries and numbers."""

    lost: tuple[int, int] | None
    void: tuple[NumberRange, ...]


def foresee(file: Path, facts: BackupFacts, remembered: Remembered) -> Foreseen:
    """What the machine remembers beyond a backup; nothing is written."""
    loss = loss_of(None, file, facts, remembered)
    with _connected(file) as connection:
        given = state_of(connection).series
    void = [
        NumberRange(series, given.get(series, 0) + 1, last)
        for series, last in sorted(loss.series.items())
        if series.campaign in facts.codes and last > given.get(series, 0)
    ]
    return Foreseen(lost=loss.lost, void=tuple(void))


def _compared(target: Path, file: Path, facts: BackupFacts) -> tuple[State, int]:
    """The state of the database that is there, and how far its journal is the backup's."""
    demand_ours(target)
    with _connected(target) as connection, _connected(file) as source:
        state = state_of(connection)
        return state, _common(source, facts.journal_seq, connection, state.journal)


def _common(one: Connection, one_head: int, other: Connection, other_head: int) -> int:
    """How far two journals are the same: links chain, so where one is equal all before it are."""
    low, high = 0, min(one_head, other_head)
    while low < high:
        middle = (low + high + 1) // 2
        if link_at(one, middle) == link_at(other, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _own_life(
    part: Path,
    clock: Callable[[], datetime],
    permit: Permit,
    facts: BackupFacts,
    loss: Loss,
    path: Path,
    kept: Path | None,
) -> Restored:
    """Bring the copy up to date and let it begin a life of its own, in one transaction."""
    engine = sqlite_engine(part)
    translate_errors(engine)
    try:
        with engine.connect() as connection:
            old = schema.version_of(connection) != schema.HEAD
        if old:
            schema.upgrade(engine)
        with engine.execution_options(writing=True).begin() as connection:
            made = enter(connection, clock, permit, facts, loss, str(path), kept)
        with engine.connect() as connection:
            if facts_of(connection, facts.file).applications != facts.applications:
                raise Refused("backup_failed", file=str(facts.file))
    finally:
        engine.dispose()
    return made


def enter(
    connection: Connection,
    clock: Callable[[], datetime],
    permit: Permit,
    facts: BackupFacts,
    loss: Loss,
    target: str,
    kept: Path | None,
) -> Restored:
    """Give the database its own identity, skip the numbers given out before, and say so in the journal.

    Every campaign's journal says it, with the numbers void in it.
    """
    fresh = uuid.uuid4().hex
    connection.execute(update(about).values(database=fresh, parent=facts.database))
    transaction = Transaction(connection, clock)
    journal = JournalRepository(transaction, permit)
    void: list[NumberRange] = []
    campaigns = connection.execute(select(campaign.c.id, campaign.c.code).order_by(campaign.c.id)).all()
    for campaign_id, code in campaigns:
        mine = skip_all(connection, campaign_id, code, loss.series)
        void += mine
        journal.add(
            "database.restored",
            facts.file.name,
            before=_json({"database": facts.database, "journal": loss.lost[1] if loss.lost else None}),
            after=_json(
                {
                    "database": fresh,
                    "journal": facts.journal_seq,
                    "lost": list(loss.lost) if loss.lost else None,
                    "replaced": kept.name if kept else None,
                    "void": void_facts(mine),
                }
            ),
            campaign=campaign_id,
        )
    journal.chain()
    return Restored(
        facts=facts,
        target=target,
        database=fresh,
        parent=facts.database,
        lost=loss.lost,
        void=tuple(void),
        kept=kept,
    )


def _json(facts: Mapping[str, object]) -> str:
    return msgspec.json.encode(dict(facts), order="sorted").decode()


def _keep(path: Path, kept: Path) -> None:
    """Give the old database a second name; where the file system has no links, a copy."""
    try:
        os.link(path, kept)
    except FileExistsError:
        raise Refused("file_exists", file=str(kept)) from None
    except OSError:
        shutil.copy2(path, kept)
        sync_file(kept)


def _settle(path: Path, kept: Path) -> None:
    """Undo what a killed program left half done: its journal must never meet the database brought back."""
    journal = path.with_name(path.name + "-journal")
    if not journal.exists():
        return
    engine = sqlite_engine(path)
    translate_errors(engine)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            connection.exec_driver_sql("SELECT 1")
    except Refused as refused:
        if refused.code == "database_busy":
            raise
    finally:
        engine.dispose()
    if journal.exists():  # the old database is damaged beyond that: its journal goes with it
        journal.rename(kept.with_name(kept.name + "-journal"))


def _restore_server(
    address: str,
    file: Path,
    facts: BackupFacts,
    clock: Callable[[], datetime],
    permit: Permit,
    remembered: Remembered,
) -> Restored:
    loss = loss_of(None, file, facts, remembered)
    with _connected(file) as source:
        if schema.version_of(source) != schema.HEAD:
            raise Refused("backup_old", file=str(file))
        with (
            contextlib.closing(create_store(address, clock)) as store,
            store.engine.execution_options(writing=True).begin() as connection,
        ):
            pour(source, connection)
            return enter(connection, clock, permit, facts, loss, address, None)


@contextlib.contextmanager
def _connected(file: Path) -> Iterator[Connection]:
    """A connection to a file of ours, and the end of both."""
    engine = sqlite_engine(file)
    translate_errors(engine)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()
