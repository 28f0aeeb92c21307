"""Proves that the database is whole: guards, pages, references, the journal's chain, the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import and_, func, select

from grants_app.domain.errors import Refused
from grants_app.domain.journal import FIRST_LINK, link_of
from grants_app.domain.stopping import breathing
from grants_app.domain.values import Finding
from grants_app.store.decision_tables import award, paper, seat
from grants_app.store.guards import missing_guards
from grants_app.store.journal_queries import stream_journal
from grants_app.store.register_tables import (
    campaign,
    journal,
    journal_head,
    number_series,
    pool,
    void_numbers,
)
from grants_app.store.schema import HEAD, version_of
from grants_app.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

    from grants_app.store.engine import Store


# The acts that may make numbers void.
SKIPPING = ("database.restored", "database.behind")


class _Skipped(msgspec.Struct):
    """What such an act says of numbers: kind, owner, first, last."""

    void: list[tuple[str, str, int, int]]


def check(store: Store) -> tuple[Finding, ...]:
    """Everything that is not as it must be; empty when all is well."""
    try:
        with store.engine.connect() as connection:
            return tuple(_schema(connection)) or _damage(connection) or tuple(_contents(connection))
    except Refused as refused:
        if refused.code != "database_damaged":
            raise
        return (Finding("database_damaged", {"what": str(refused.__cause__)}),)


def _damage(connection: Connection) -> tuple[Finding, ...]:
    """What is wrong with the file itself: what else it says cannot be read for certain then."""
    return tuple(_pages(connection)) if connection.dialect.name == "sqlite" else ()


def _contents(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name == "sqlite":
        yield from _references(connection)
    yield from journal_findings(connection)
    yield from _ledger(connection)
    yield from _numbers(connection)
    yield from _void(connection)


def _schema(connection: Connection) -> Iterator[Finding]:
    version = version_of(connection)
    if version != HEAD:
        yield Finding("schema_version", {"version": version, "known": HEAD})
    for name in METADATA.tables:
        if not connection.dialect.has_table(connection, name):
            yield Finding("table_missing", {"name": name})
    for name in missing_guards(connection):
        yield Finding("guard_missing", {"name": name})


def _pages(connection: Connection) -> Iterator[Finding]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check(20)"):
        if said != "ok":
            yield Finding("database_damaged", {"what": said})


def _references(connection: Connection) -> Iterator[Finding]:
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding("reference_broken", {"table": row[0], "row": str(row[1]), "refers": row[2]})


def journal_findings(connection: Connection, checkpoint: tuple[int, str] | None = None) -> Iterator[Finding]:
    """Where the journal's chain breaks: an edit, a deletion, a reordering, an end cut off.

    Against a `checkpoint` (number and link) kept elsewhere, a journal rewritten as a whole shows too.
    """
    expected, previous = 1, FIRST_LINK
    reached = checkpoint is None or checkpoint[0] == 0
    for event in breathing(stream_journal(connection)):
        if event.seq != expected:
            yield Finding("journal_gap", {"expected": str(expected), "found": str(event.seq)})
            return
        if event.previous != previous or event.link != link_of(event):
            yield Finding("journal_altered", {"seq": str(event.seq)})
            return
        if checkpoint is not None and event.seq == checkpoint[0]:
            reached = event.link == checkpoint[1]
            if not reached:
                yield Finding("journal_rewritten", {"seq": str(event.seq)})
                return
        expected, previous = event.seq + 1, event.link
    head = connection.execute(select(journal_head)).all()
    if (
        len(head) != 1
        or (head[0].seq, head[0].link) != (expected - 1, previous)
        or (not reached and checkpoint is not None)
    ):
        yield Finding("journal_cut", {"last": str(expected - 1)})


def _ledger(connection: Connection) -> Iterator[Finding]:
    """Seats are those of the pools, pools no more than the total, holders no more than seats."""
    active = (
        select(seat.c.campaign, seat.c.pool, func.count().label("n"))
        .where(seat.c.active == 1)
        .group_by(seat.c.campaign, seat.c.pool)
        .subquery()
    )
    seats = select(
        pool.c.campaign, pool.c.code, pool.c.seats, func.coalesce(active.c.n, 0).label("n")
    ).outerjoin(active, and_(active.c.campaign == pool.c.campaign, active.c.pool == pool.c.code))
    for row in connection.execute(seats):
        if row.seats != row.n:
            yield Finding("ledger_seats", {"pool": row.code, "seats": str(row.seats), "found": str(row.n)})
    totals = (
        select(campaign.c.code, campaign.c.total, func.sum(pool.c.seats).label("n"))
        .join(pool, pool.c.campaign == campaign.c.id)
        .group_by(campaign.c.id, campaign.c.code, campaign.c.total)
    )
    for code, total, found in connection.execute(totals):
        if found > total:
            yield Finding("ledger_total", {"campaign": code, "total": str(total), "found": str(found)})
    strays = (
        select(award.c.id)
        .join(seat, seat.c.id == award.c.seat)
        .where(award.c.holding == 1, (seat.c.active == 0) | (seat.c.campaign != award.c.campaign))
    )
    for (stray,) in connection.execute(strays):
        yield Finding("ledger_stray", {"award": str(stray)})


def _numbers(connection: Connection) -> Iterator[Finding]:
    """Every number of a series of papers was used once or is void: as many of both as numbers given."""
    kind = func.substr(number_series.c.kind, len("paper:") + 1)
    used = (
        select(paper.c.campaign, paper.c.kind, paper.c.branch, func.count().label("n"))
        .group_by(paper.c.campaign, paper.c.kind, paper.c.branch)
        .subquery()
    )
    void = (
        select(
            void_numbers.c.campaign,
            void_numbers.c.kind,
            void_numbers.c.owner,
            func.sum(void_numbers.c.last - void_numbers.c.first + 1).label("n"),
        )
        .group_by(void_numbers.c.campaign, void_numbers.c.kind, void_numbers.c.owner)
        .subquery()
    )
    series = (
        select(
            number_series.c.owner,
            number_series.c.last,
            kind.label("paper"),
            (func.coalesce(used.c.n, 0) + func.coalesce(void.c.n, 0)).label("n"),
        )
        .outerjoin(
            used,
            and_(
                used.c.campaign == number_series.c.campaign,
                used.c.kind == kind,
                used.c.branch == number_series.c.owner,
            ),
        )
        .outerjoin(
            void,
            and_(
                void.c.campaign == number_series.c.campaign,
                void.c.kind == number_series.c.kind,
                void.c.owner == number_series.c.owner,
            ),
        )
        .where(number_series.c.kind.startswith("paper:"))
    )
    for row in connection.execute(series):
        if row.last != row.n:
            yield Finding(
                "paper_numbers",
                {"kind": row.paper, "branch": row.owner, "last": str(row.last), "found": str(row.n)},
            )


def _void(connection: Connection) -> Iterator[Finding]:
    """Numbers are void where the journal says that a restore skipped them, and nowhere else."""
    told: set[tuple[int | None, str, str, int, int]] = set()
    acts = select(journal.c.campaign, journal.c.after).where(journal.c.act.in_(SKIPPING))
    for row in connection.execute(acts):
        try:
            told |= {(row.campaign, *one) for one in msgspec.json.decode(row.after, type=_Skipped).void}
        except msgspec.DecodeError:
            yield Finding("void_numbers", {"kind": "?", "branch": "?", "numbers": "?"})
    there = {tuple(row) for row in connection.execute(select(void_numbers))}
    for _, kind, owner, first, last in sorted(told ^ there, key=str):
        numbers = f"{first}–{last}"
        yield Finding("void_numbers", {"kind": kind, "branch": owner, "numbers": numbers})
