"""The check finds what somebody did to the database behind the program's back, and names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.makers import PERMIT
from tests.store.store_makers import NOW, handed_in, kept_run, made_campaign

if TYPE_CHECKING:
    from grants_app.store.engine import Store

DAMAGE = {
    "schema_version": ("UPDATE alembic_version SET version_num = '0002'",),
    "table_missing": ("DROP TABLE transfer",),
    "guard_missing": ("DROP TRIGGER journal_head_stays",),
    "reference_broken": ("DELETE FROM person",),
    "journal_gap": ("DROP TRIGGER journal_keeps_deletes_out", "DELETE FROM journal WHERE seq = 2"),
    "journal_altered": ("DROP TRIGGER journal_keeps_updates_out", "UPDATE journal SET actor = 'x'"),
    "journal_cut": ("UPDATE journal_head SET seq = 9",),
    "ledger_seats": ("UPDATE pool SET seats = 19 WHERE code = 'K/6B01'",),
    "ledger_total": ("UPDATE campaign SET total = 49",),
    "ledger_stray": ("UPDATE seat SET active = 0 WHERE id = (SELECT seat FROM award)",),
    "paper_numbers": ("UPDATE number_series SET last = 5 WHERE kind LIKE 'paper:%'",),
}


def awarded(store: Store) -> None:
    """A campaign with two applications, an award and its letter."""
    campaign = made_campaign(store).id
    ids = handed_in(store, campaign, 2)
    with store.work(PERMIT) as work:
        run = kept_run(work, campaign)
        grant = work.awards.offer(
            campaign=campaign, application=ids[0], pool="E/6B03", label="open", run=run, round=1, at=NOW
        )
        number = work.papers.next_number(campaign, "K", "award_letter", "КБ", "2026")
        work.papers.add(
            campaign=campaign, kind="award_letter", branch="K", number=number, application=ids[0],
            award=grant.id, run=run, langs=("ru",), facts="{}", at=NOW, by="А.",
        )  # fmt: skip
        work.commit()


@pytest.mark.parametrize("code", DAMAGE)
def test_the_check_finds(sqlite_store: Store, code: str) -> None:
    awarded(sqlite_store)
    assert sqlite_store.check() == ()
    with sqlite_store.engine.execution_options(writing=True).connect() as connection:
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        with connection.begin():
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            for statement in DAMAGE[code]:
                connection.exec_driver_sql(statement)
        connection.connection.cursor().execute("PRAGMA foreign_keys = ON")
    found = {finding.code for finding in sqlite_store.check()}
    if code.startswith("journal_") and code != "journal_cut":
        assert "guard_missing" in found  # the guards' own loss comes first: it is put right, then seen
        with sqlite_store.engine.connect() as connection:
            from grants_app.store.check import journal_findings

            found |= {finding.code for finding in journal_findings(connection)}
    assert code in found


def test_the_check_finds_a_page_overwritten_on_the_disk(sqlite_store: Store) -> None:
    awarded(sqlite_store)
    with sqlite_store.engine.connect() as connection:
        place = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_application_campaign_pin_id'"
        every = "SELECT max(rootpage) FROM sqlite_master WHERE type = 'index' AND tbl_name = 'application'"
        page = connection.exec_driver_sql(place).scalar() or connection.exec_driver_sql(every).scalar_one()
    sqlite_store.close()
    assert sqlite_store.path is not None
    data = bytearray(sqlite_store.path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    sqlite_store.path.write_bytes(data)
    assert "database_damaged" in {finding.code for finding in sqlite_store.check()}
