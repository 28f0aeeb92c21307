"""Questions about campaigns and what surrounds them: rules, keys, actors, drafts, imports, figures."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlalchemy import and_, case, func, not_, or_, select

from grants_app.domain.application import GONE
from grants_app.domain.records import Figures
from grants_app.store.actors import load_actors
from grants_app.store.application_tables import application, duplicate_pair
from grants_app.store.campaign import hanging
from grants_app.store.campaign.emblems import load_emblems
from grants_app.store.campaign_rows import load_campaigns
from grants_app.store.decision_tables import award, seat
from grants_app.store.drafts import load_drafts
from grants_app.store.imports import load_base, load_batches
from grants_app.store.keys import key_of, public_keys
from grants_app.store.moments import utc_or_none
from grants_app.store.records import load_scenarios
from grants_app.store.register_tables import campaign
from grants_app.store.rows import pairs
from grants_app.store.rule_sets import load_rule_set, load_rule_sets

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlalchemy.engine import Connection

    from grants_app.domain.campaign import Campaign
    from grants_app.domain.journal import Actor
    from grants_app.domain.records import FormDraft, ImportBatch, Scenario
    from grants_app.domain.ruleset import RuleSet
    from grants_app.domain.setup_checks import Hanging
    from grants_app.store.shelf import Shelf

_HERE = application.c.state.not_in(sorted(GONE))  # those somebody still works on
_TWICE = 2  # `verified`: every decisive number was typed twice


class CampaignQueries:
    """The part of a reading that looks at campaigns."""

    _connection: Connection
    _shelf: Shelf

    def campaign(self, campaign_id: int) -> Campaign:
        """The campaign; Refused (not_found) when there is none."""
        return self._shelf.campaign(self._connection, campaign_id)

    def campaigns(self) -> Sequence[Campaign]:
        """Every campaign, the newest first."""
        return load_campaigns(self._connection)

    def rule_set(self, campaign_id: int, on: date) -> RuleSet:
        """The rules in force on a day."""
        return self._shelf.rule_set(self._connection, campaign_id, on)

    def rule_set_version(self, campaign_id: int, version: int) -> RuleSet:
        """The rules of this version, whatever is in force; Refused (not_found) when there are none such."""
        return load_rule_set(self._connection, campaign_id, version)

    def rule_sets(self, campaign_id: int) -> Sequence[RuleSet]:
        """Every version of the rules, the oldest first."""
        return load_rule_sets(self._connection, campaign_id)

    def public_key(self, campaign_id: int) -> bytes:
        """The campaign's raw Ed25519 public key."""
        return key_of(self._connection, campaign_id).public

    def public_keys(self) -> Sequence[tuple[int, bytes]]:
        """Every campaign with every public key it ever had, the oldest first."""
        return public_keys(self._connection)

    def emblems(self, digests: Iterable[str]) -> Mapping[str, bytes]:
        """The letterheads' pictures of these names that are there, by name."""
        return load_emblems(self._connection, digests)

    def hanging_on_branch(self, campaign_id: int, code: str, letter: str) -> Sequence[Hanging]:
        """What hangs on a branch beside its programmes and signatories."""
        return hanging.on_branch(self._connection, campaign_id, code, letter)

    def hanging_on_pools(self, campaign_id: int, pools: Sequence[str]) -> Sequence[Hanging]:
        """What hangs on pools of seats."""
        return hanging.on_pools(self._connection, campaign_id, pools)

    def hanging_on_required_paper(self, campaign_id: int, code: str) -> Sequence[Hanging]:
        """What hangs on a paper files must hold."""
        return hanging.on_required_paper(self._connection, campaign_id, code)

    def actors(self) -> Sequence[Actor]:
        """Everybody who may act, by name."""
        return load_actors(self._connection)

    def drafts(self, actor: str) -> Sequence[FormDraft]:
        """Forms this actor has begun, the latest first."""
        return load_drafts(self._connection, actor)

    def import_batches(self, campaign_id: int) -> Sequence[ImportBatch]:
        """The campaign's imports, the latest first."""
        return load_batches(self._connection, campaign_id)

    def imported_entries(self, campaign_id: int) -> Mapping[tuple[str, str], str]:
        """What each office's list said last, by (branch, identity), as JSON."""
        return load_base(self._connection, campaign_id)

    def scenarios(self, campaign_id: int) -> Sequence[Scenario]:
        """The campaign's what-ifs kept under a name, by name."""
        return load_scenarios(self._connection, campaign_id)

    def figures(self, campaign_id: int) -> Figures:
        """What the first page shows: counts of applications, seats and awards."""
        by_state = self._counts(campaign_id, application.c.state)
        total = select(campaign.c.total).where(campaign.c.id == campaign_id)
        seats = (
            select(func.count()).select_from(seat).where(seat.c.campaign == campaign_id, seat.c.active == 1)
        )
        awards = (
            select(award.c.state, func.count()).where(award.c.campaign == campaign_id).group_by(award.c.state)
        )
        last = select(func.max(application.c.entered_at)).where(application.c.campaign == campaign_id)
        return Figures(
            applications=sum(by_state.values()),
            by_state=by_state,
            by_branch=self._counts(campaign_id, application.c.branch),
            by_first_choice=self._counts(campaign_id, application.c.first_choice, _HERE),
            total=self._connection.execute(total).scalar_one(),
            seats=self._connection.execute(seats).scalar_one(),
            awards=pairs(self._connection, awards),
            last_entered_at=utc_or_none(self._connection.execute(last).scalar() or ""),
        )

    def queues(self, campaign_id: int) -> Mapping[str, int]:
        """How many applications stand in each state and carry each flag, and `duplicate` pairs to decide.

        Nothing waits for those withdrawn or annulled, so no flag counts them.
        """
        counted: Counter[str] = Counter(self._counts(campaign_id, application.c.state))
        rows = (
            select(application.c.own_flags, application.c.flags, func.count())
            .where(application.c.campaign == campaign_id, _HERE)
            .group_by(application.c.own_flags, application.c.flags)
        )
        for own, given, count in self._connection.execute(rows):
            for flag in {*own.split(), *given.split()}:
                counted[flag] += count
        pairs = (
            select(func.count())
            .select_from(duplicate_pair)
            .where(duplicate_pair.c.campaign == campaign_id, duplicate_pair.c.decided == "")
        )
        counted["duplicate"] = self._connection.execute(pairs).scalar_one()
        return counted

    def looked_at_twice(self, campaign_id: int) -> Mapping[str, tuple[int, int]]:
        """By branch: applications whose decisive numbers were all typed twice, of those asked to be."""
        waits = application.c.flags.contains(" unverified ", autoescape=True)
        done = and_(application.c.verified == _TWICE, not_(waits))
        query = (
            select(
                application.c.branch,
                func.sum(case((done, 1), else_=0)),
                func.sum(case((or_(done, waits), 1), else_=0)),
            )
            .where(application.c.campaign == campaign_id, _HERE)
            .group_by(application.c.branch)
        )
        return {branch: (int(seen), int(asked)) for branch, seen, asked in self._connection.execute(query)}

    def _counts(
        self, campaign_id: int, column: ColumnElement[str], *where: ColumnElement[bool]
    ) -> dict[str, int]:
        mine = application.c.campaign == campaign_id
        query = select(column, func.count()).where(mine, *where).group_by(column)
        return pairs(self._connection, query)
