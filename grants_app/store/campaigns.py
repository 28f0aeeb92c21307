"""Campaigns: kept with their set-up, their seats kept in step with their pools, closed ones never changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.exc import IntegrityError

from grants_app.domain.campaign import Campaign, CampaignState
from grants_app.domain.errors import Refused
from grants_app.store import register_tables as t
from grants_app.store.campaign_rows import head_values, keyed_rows, load_campaigns, placed_rows
from grants_app.store.decision_tables import award, seat
from grants_app.store.moments import date_text
from grants_app.store.rows import new_id
from grants_app.store.stale import demand_seen

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Table
    from sqlalchemy.engine import Row

    from grants_app.domain.campaign import CampaignSetup
    from grants_app.store.transaction import Transaction

_IN_USE = {"branch": "branch_in_use", "programme": "programme_in_use", "pool": "pool_in_use"}


class CampaignRepository:
    """Campaigns by id."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._connection = transaction.connection

    def add(self, setup: CampaignSetup, state: CampaignState, opened_on: date | None) -> Campaign:
        """Keep a new campaign; Refused (campaign_exists) when its code is taken."""
        taken = select(t.campaign.c.id).where(t.campaign.c.code == setup.code)
        if self._connection.execute(taken).first() is not None:
            raise Refused("campaign_exists", campaign=setup.code)
        made = self._connection.execute(
            t.campaign.insert(),
            {**head_values(setup), "state": state.value, "opened_on": date_text(opened_on), "version": 1},
        )
        campaign = Campaign(id=new_id(made), setup=setup, state=state, opened_on=opened_on, version=1)
        self._write(campaign.id, setup)
        return campaign

    def get(self, campaign_id: int) -> Campaign:
        """The campaign; Refused (not_found) when there is none."""
        found = load_campaigns(self._connection, campaign_id)
        if not found:
            raise Refused("not_found", kind="campaign", key=campaign_id)
        return found[0]

    def all(self) -> Sequence[Campaign]:
        """Every campaign, the newest first."""
        return load_campaigns(self._connection)

    def lock(self, campaign_id: int) -> None:
        """Keep every other writer of the campaign out; to be called before anything else is written."""
        self._transaction.demand_open(campaign_id, exclusive=True)

    def put(self, campaign: Campaign, *, seen: int) -> Campaign:
        """Replace the set-up; Refused when stale, over the total, or when something in use would go."""
        self._transaction.demand_open(campaign.id, exclusive=True)
        self._demand_seen(campaign, seen)
        saved = replace(campaign, version=seen + 1)
        self._connection.execute(
            update(t.campaign)
            .where(t.campaign.c.id == campaign.id)
            .values(**head_values(campaign.setup), opened_on=date_text(campaign.opened_on), version=seen + 1)
        )
        self._write(campaign.id, campaign.setup)
        return saved

    def put_state(self, campaign_id: int, state: CampaignState, *, seen: int) -> Campaign:
        """Move the campaign to another state; the one write a closed campaign takes (its reopening)."""
        query = select(t.campaign.c.id).where(t.campaign.c.id == campaign_id).with_for_update()
        self._connection.execute(query)
        campaign = self.get(campaign_id)
        self._demand_seen(campaign, seen)
        self._connection.execute(
            update(t.campaign)
            .where(t.campaign.c.id == campaign_id)
            .values(state=state.value, version=seen + 1)
        )
        return replace(campaign, state=state, version=seen + 1)

    def _demand_seen(self, campaign: Campaign, seen: int) -> None:
        query = select(t.campaign.c.version).where(t.campaign.c.id == campaign.id)
        version = self._connection.execute(query).scalar_one()
        demand_seen(
            self._connection, version, seen, campaign=campaign.id, subject=campaign.setup.code, acts="setup."
        )

    def _write(self, campaign_id: int, setup: CampaignSetup) -> None:
        seats = sum(pool.seats for pool in setup.pools)
        if seats > setup.total:
            raise Refused("seats_over_total", seats=seats, total=setup.total)
        placed = placed_rows(setup)
        for table, _ in placed:
            self._connection.execute(delete(table).where(table.c.campaign == campaign_id))
        gone = [(table, self._upsert(table, campaign_id, rows)) for table, rows in keyed_rows(setup)]
        self._seats(campaign_id, setup)
        for table, codes in reversed(gone):
            self._remove(table, campaign_id, codes)
        for table, rows in placed:
            if rows:
                self._connection.execute(table.insert(), [{"campaign": campaign_id, **row} for row in rows])

    def _upsert(self, table: Table, campaign_id: int, rows: list[dict[str, Any]]) -> list[str]:
        """Write the rows by code and answer the codes that are there no more."""
        query = select(table.c.code).where(table.c.campaign == campaign_id)
        there = set(self._connection.execute(query).scalars())
        for row in rows:
            if row["code"] in there:
                change = update(table).where(table.c.campaign == campaign_id, table.c.code == row["code"])
                self._connection.execute(change.values(**row))
        fresh = [{"campaign": campaign_id, **row} for row in rows if row["code"] not in there]
        if fresh:
            self._connection.execute(table.insert(), fresh)
        return sorted(there - {row["code"] for row in rows})

    def _remove(self, table: Table, campaign_id: int, codes: list[str]) -> None:
        for code in codes:
            try:
                self._connection.execute(
                    delete(table).where(table.c.campaign == campaign_id, table.c.code == code)
                )
            except IntegrityError:
                raise Refused(_IN_USE[table.name], name=code) from None

    def _seats(self, campaign_id: int, setup: CampaignSetup) -> None:
        """Keep as many active seats as each pool has; of too many the highest free ones are closed.

        A seat somebody holds cannot be taken away; one closed before opens again before a new one is made.
        """
        wanted = {pool.id: pool.seats for pool in setup.pools}
        rows = self._connection.execute(
            select(seat).where(seat.c.campaign == campaign_id).order_by(seat.c.pool, seat.c.number)
        ).all()
        held = set(
            self._connection.execute(
                select(award.c.seat).where(award.c.campaign == campaign_id, award.c.holding == 1)
            ).scalars()
        )
        fresh = []
        for pool in sorted({row.pool for row in rows} | set(wanted)):
            mine = [row for row in rows if row.pool == pool]
            active = [row for row in mine if row.active]
            lacking = wanted.get(pool, 0) - len(active)
            if lacking < 0:
                free = [row for row in reversed(active) if row.id not in held]
                if len(free) < -lacking:
                    raise Refused("seat_held", pool=pool, seat=active[-1].number)
                self._turn(free[:-lacking], active=0)
            elif lacking > 0:
                again = [row for row in mine if not row.active][:lacking]
                self._turn(again, active=1)
                first = max((row.number for row in mine), default=0) + 1
                fresh += [
                    {"campaign": campaign_id, "pool": pool, "number": number, "active": 1}
                    for number in range(first, first + lacking - len(again))
                ]
        if fresh:
            self._connection.execute(seat.insert(), fresh)
        unused = select(award.c.id).where(award.c.seat == seat.c.id)
        self._connection.execute(
            delete(seat).where(seat.c.campaign == campaign_id, seat.c.active == 0, ~exists(unused))
        )

    def _turn(self, rows: Sequence[Row[Any]], *, active: int) -> None:
        for row in rows:
            self._connection.execute(update(seat).where(seat.c.id == row.id).values(active=active))
