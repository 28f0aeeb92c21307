"""The journal takes only additions, and its chain shows every edit, deletion, reordering and cut."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from grants_app.domain.journal import Event, link_of
from grants_app.store.check import journal_findings
from grants_app.store.register_tables import journal, journal_head
from tests.makers import PERMIT
from tests.store.store_makers import made_campaign

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection

    from grants_app.store.engine import Store


def written(store: Store, count: int) -> int:
    """A campaign with so many events in two transactions."""
    campaign = made_campaign(store)
    for half in (range(1, count // 2), range(count // 2, count)):
        with store.work(PERMIT) as work:
            for number in half:
                work.journal.add(
                    "application.submitted", f"B-{number:04}", after='{"n":1}', campaign=campaign.id
                )
            work.commit()
    return campaign.id


def without_guards(connection: Connection) -> None:
    """What somebody would do who opens the file with another tool."""
    if connection.dialect.name == "sqlite":
        for name in (
            "journal_keeps_updates_out",
            "journal_keeps_deletes_out",
            "journal_keeps_replaces_out",
            "journal_head_stays",
        ):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
    else:
        for table in ("journal", "journal_head"):
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def codes(connection: Connection, checkpoint: tuple[int, str] | None = None) -> list[str]:
    return [finding.code for finding in journal_findings(connection, checkpoint)]


def test_events_come_back_in_order_and_chained(store: Store) -> None:
    campaign = written(store, 10)
    with store.reading() as reading:
        total, events = reading.events(campaign)
        assert total == 10
        assert [event.seq for event in events] == list(range(10, 0, -1))
        assert all(event.link == link_of(event) for event in events)
        assert reading.checkpoint() == (10, events[0].link)
        assert [event.subject for event in reading.events_about(campaign, "B-0003")] == ["B-0003"]
        assert reading.events(campaign, act="campaign")[0] == 1
        assert reading.events(campaign, text="B-000", limit=2)[0] == 9
        assert reading.events(campaign, actor="nobody") == (0, [])
    assert store.check() == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET reason = 'x' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal",
        "DELETE FROM journal_head",
    ],
)
def test_the_engine_itself_refuses_to_change_the_journal(store: Store, statement: str) -> None:
    written(store, 4)
    with pytest.raises(DBAPIError, match="append-only"), store.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    assert store.check() == ()


def test_sqlites_replace_does_not_get_around_the_refusal(sqlite_store: Store) -> None:
    written(sqlite_store, 4)
    with pytest.raises(DBAPIError, match="append-only"), sqlite_store.engine.begin() as connection:
        connection.exec_driver_sql("INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 2")


@pytest.mark.parametrize("table", ["journal", "journal_head"])
def test_postgresqls_truncate_is_refused(postgres_store: Store, table: str) -> None:
    written(postgres_store, 4)
    with pytest.raises(DBAPIError, match="append-only"), postgres_store.engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {table}")


def test_nothing_is_written_when_an_act_has_no_event(store: Store) -> None:
    with store.work(PERMIT) as work:
        work.drafts.put("А.", "form", "{}")
        work.commit()
    with store.reading() as reading:
        assert reading.journal_head() == 0
        assert reading.drafts("А.")[0].form == "{}"


def test_a_journal_rewritten_as_a_whole_shows_against_a_checkpoint(store: Store) -> None:
    written(store, 6)
    with store.engine.execution_options(writing=True).begin() as connection:
        kept = connection.execute(select(journal_head.c.seq, journal_head.c.link)).one()
        checkpoint = (kept.seq, kept.link)
        assert codes(connection, checkpoint) == []
        without_guards(connection)
        rewritten_from(connection, 3)
        assert codes(connection) == []
        assert codes(connection, checkpoint) == ["journal_rewritten"]
        connection.rollback()


def rewritten_from(connection: Connection, start: int) -> None:
    """Change an event and make every link after it fit again."""
    rows = connection.execute(select(journal).where(journal.c.seq >= start).order_by(journal.c.seq)).all()
    link = rows[0].previous
    for row in rows:
        event = replace(Event(**row._mapping), actor="Никто", previous=link)
        link = link_of(event)
        connection.execute(
            update(journal)
            .where(journal.c.seq == event.seq)
            .values(actor=event.actor, previous=event.previous, link=link)
        )
    connection.execute(update(journal_head).values(link=link))


def edit(connection: Connection, chance: random.Random, count: int) -> None:
    column = chance.choice(
        ("at", "actor", "branch", "act", "subject", "reason", "before", "after", "previous", "link")
    )
    row = update(journal).where(journal.c.seq == chance.randint(1, count))
    connection.execute(row.values({column: journal.c[column] + " "}))


def delete(connection: Connection, chance: random.Random, count: int) -> None:
    connection.execute(journal.delete().where(journal.c.seq == chance.randint(1, count)))


def reorder(connection: Connection, chance: random.Random, count: int) -> None:
    one, other = chance.sample(range(1, count + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        connection.execute(update(journal).where(journal.c.seq == old).values(seq=new))


def cut(connection: Connection, chance: random.Random, count: int) -> None:
    """Take the end off and set the head back to fit: only a checkpoint kept elsewhere can tell."""
    last = chance.randint(1, count - 1)
    connection.execute(journal.delete().where(journal.c.seq > last))
    link = connection.execute(select(journal.c.link).where(journal.c.seq == last)).scalar_one()
    connection.execute(update(journal_head).values(seq=last, link=link))


@pytest.mark.prove
def test_every_kind_of_tampering_is_found(store: Store, figure: Callable[[int], int]) -> None:
    count = 40
    written(store, count)
    kinds = (edit, delete, reorder, cut)
    missed = []
    with store.engine.execution_options(writing=True).begin() as connection:
        head = connection.execute(select(journal_head.c.seq, journal_head.c.link)).one()
        without_guards(connection)
        for number in range(figure(1000)):
            chance = random.Random(number)
            with connection.begin_nested() as trial:
                kinds[number % len(kinds)](connection, chance, count)
                if not codes(connection, (head.seq, head.link)):
                    missed.append(number)
                trial.rollback()
        assert codes(connection, (head.seq, head.link)) == []
        connection.rollback()
    assert missed == []
